"""The clock wall: every duty once, in the order in which it goes late, for who may see the child."""

from datetime import timedelta

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.desk.rules.wall import DUTIES, OF_THE_PATHWAY, WHO, WallAsked, by_duty, entries_of, wall_page
from wayhome.desk.tests.arranged import a_return, some_children
from wayhome.desk.tests.conftest import words
from wayhome.desk.tests.lines import HOME, NOON, TEAM, a_duty, a_line
from wayhome.desk.tests.test_query_counts import asked_by
from wayhome.missing.commands import Offer, judge_risk, offer_interview, settle_without_interview
from wayhome.missing.vocabulary import Duty, WallDuty

ADDRESSES = ("/wall", "/wall/rows")
LATE = a_line(1, a_duty(Duty.SAFE_AND_WELL, -2), a_duty(Duty.INTERVIEW, 30), home_id=HOME)
SOON = a_line(2, a_duty(WallDuty.SENIOR_NOTICE, 3), lead_id=TEAM)


def shown(asked, *lines, reasons=None):
    """The wall as it was asked for: the duties of each group."""
    written = reasons or {}
    entries = entries_of(lines, lambda episode_id, duty: written.get((episode_id, duty.kind), ""))
    found = wall_page(entries, asked, NOON)
    return {group.key: [entry.duty.kind for entry in group.entries] for group in found.groups}


def test_duties_stand_in_the_order_in_which_they_go_late():
    also = a_line(3, a_duty(Duty.REASSESS_RISK, -5))
    found = shown(WallAsked(), LATE, SOON, also)
    assert found == {
        "late": [Duty.REASSESS_RISK, Duty.SAFE_AND_WELL],
        "soon": [WallDuty.SENIOR_NOTICE],
        "due": [Duty.INTERVIEW],
    }


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({"duty": Duty.INTERVIEW}, {Duty.INTERVIEW}),
        ({"late": "yes"}, {Duty.SAFE_AND_WELL}),
        ({"unexplained": "yes"}, {Duty.SAFE_AND_WELL}),
        ({"team": str(HOME)}, {Duty.SAFE_AND_WELL, Duty.INTERVIEW}),
        ({"team": str(TEAM)}, {WallDuty.SENIOR_NOTICE}),
        ({"who": "coordinators"}, {WallDuty.SENIOR_NOTICE}),
        ({"who": "return-interviewers"}, {Duty.INTERVIEW}),
        ({"group": "due"}, {Duty.INTERVIEW}),
    ],
)
def test_filters_leave_out_the_rest(asked, kinds):
    found = shown(WallAsked.of(asked), LATE, SOON)
    assert {kind for group in found.values() for kind in group} == kinds


def test_what_is_explained_is_not_asked_for_again():
    reasons = {(LATE.episode_id, Duty.SAFE_AND_WELL): "The child was in hospital."}
    assert shown(WallAsked(unexplained="yes"), LATE, reasons=reasons)["late"] == []


def test_the_address_holds_codes_and_ids_and_nothing_that_was_typed():
    asked = WallAsked.of({"duty": "Robin", "who": "Robin", "team": "Robin", "group": "Robin", "page": "x"})
    assert asked == WallAsked()
    assert asked.query() == ""
    assert "Robin" not in WallAsked.of({"team": str(TEAM), "late": "Robin"}).query()


def test_a_group_alone_comes_in_pages():
    lines = [a_line(number, a_duty(Duty.INTERVIEW, 30)) for number in range(1, 252)]
    entries = entries_of(lines, lambda *_: "")
    page = wall_page(entries, WallAsked(group="due", page=3), NOON)
    assert [(group.key, group.total) for group in page.groups] == [("due", 251)]
    assert (page.total, page.pages, len(page.entries), page.first, page.last) == (251, 11, 25, 51, 75)
    assert by_duty(entries, NOON) == [(Duty.INTERVIEW, "Return interview", 251, 0)]


def a_full_wall():
    """Sixty duties, of which thirty are late, five due soon and the rest due."""
    dues = [*range(-30, 0), *range(1, 6), *range(30, 55)]
    lines = [a_line(number, a_duty(Duty.SAFE_AND_WELL, due)) for number, due in enumerate(reversed(dues), 1)]
    return entries_of(lines, lambda *_: "")


def test_the_pages_hold_every_duty_once_and_what_is_late_comes_first():
    entries = a_full_wall()
    pages = [wall_page(entries, WallAsked(page=number), NOON) for number in (1, 2, 3)]
    assert [len(page.entries) for page in pages] == [25, 25, 10]
    assert [entry for page in pages for entry in page.entries] == entries
    assert [[group.key for group in page.shown] for page in pages] == [
        ["late"],
        ["late", "soon", "due"],
        ["due"],
    ]


def test_every_page_counts_all_and_one_that_is_not_there_is_the_last():
    entries = a_full_wall()
    for number in (1, 3, 99):
        page = wall_page(entries, WallAsked(page=number), NOON)
        assert {group.key: group.total for group in page.groups} == {"late": 30, "soon": 5, "due": 25}
        assert (page.total, page.pages) == (60, 3)
    assert (page.page, page.first, page.last) == (3, 51, 60)


def test_a_page_keeps_to_what_was_asked_for():
    page = wall_page(a_full_wall(), WallAsked(late="yes", page=2), NOON)
    assert (page.total, len(page.entries)) == (30, 5)
    assert [group.key for group in page.shown] == ["late"]


def test_the_first_page_says_of_each_group_that_nothing_is_in_it():
    assert [group.key for group in wall_page([], WallAsked(), NOON).shown] == ["late", "soon", "due"]


def test_every_duty_can_be_asked_for_and_everybody_who_can_act():
    assert set(DUTIES) == {*Duty.values, *WallDuty.values, *OF_THE_PATHWAY}
    assert all(key.isascii() and " " not in key for key in WHO)


@pytest.fixture
def children(cast):
    """One missing with high risk to be looked at again, one back for long."""
    missing = an_episode(cast, a_child(cast, given_name="Wren"))
    with cast.seen_by("Pat") as pat:
        judge_risk(
            episode_id=missing,
            level="high",
            reason="Went with a stranger.",
            reassess_by=NOW + timedelta(hours=1),
            viewer=pat,
            now=NOW,
        )
    a_return(cast, a_child(cast, given_name="Rowan"), hours_ago=80)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_wall_says_who_can_act_which_rule_and_where_to_do_it(as_user, children, address):
    page = words(as_user("Cora").get(address))
    for said in (
        "Late 2",
        "Due soon 1",
        "Wren Testchild",
        "Look at the risk again",
        "Strategy discussion",
        "Because the police risk was high.",
        "Children Act 1989 s.47",
        "Return interviewers can still act",
        "8 h late",
        "Offer the interview",
        "Say why it is late",
    ):
        assert said in page, said


@pytest.mark.parametrize("address", ADDRESSES)
def test_otto_sees_no_duty_and_no_count(as_user, children, address):
    page = words(as_user("Otto").get(address))
    assert "No clock runs" in page
    assert "Wren" not in page


def test_each_is_offered_only_what_their_role_allows(as_user, children):
    interviewer = words(as_user("Ines").get("/wall"))
    assert "Offer the interview" in interviewer
    assert "Judge the risk again" not in interviewer
    assert as_user("Ana").get("/wall").status_code == 403


def test_the_new_duties_stand_on_the_worklists_of_those_who_can_act(as_user, children):
    assert "Strategy discussion" in words(as_user("Sal").get("/"))


def test_after_a_no_the_wall_says_what_is_due_instead_and_then_when_to_ask_again(cast, as_user):
    episode = a_return(cast, a_child(cast, given_name="Wren"))
    offer = Offer(offered_at=NOW, channel="phone", answer="declined_child")
    with cast.seen_by("Ines") as ines:
        offer_interview(episode_id=episode, offer=offer, viewer=ines, now=NOW)
    page = words(as_user("Ines").get("/wall"))
    assert "Interview declined: leaflet, support, the carer’s account, a day to ask again" in page
    assert "Record that it was declined" in page
    assert "Get an answer" not in page
    with cast.seen_by("Ines") as ines:
        settle_without_interview(
            episode_id=episode,
            outcome="declined_child",
            reason="Said no at the door.",
            retry_on=NOW.date() + timedelta(days=3),
            viewer=ines,
            now=NOW,
        )
    assert "Offer the interview again" in words(as_user("Ines").get("/wall?duty=offer_again"))


@pytest.mark.parametrize("address", [*ADDRESSES, "/wall?late=yes", "/wall?group=late", "/handovers/new"])
@pytest.mark.parametrize("name", ["Cora", "Sal"])
def test_the_wall_costs_the_same_for_one_and_for_twenty(cast, as_user, name, address):
    some_children(cast, 2, known_to=("Sal", "Cora"))
    client = as_user(name)
    few = asked_by(client, address)
    some_children(cast, 20, known_to=("Sal", "Cora"))
    assert len(asked_by(client, address)) == len(few)
