"""What one worker hands to the next is taken over item by item, and what nobody takes is everybody's concern."""

import re
from datetime import timedelta

import pytest
from tests.personas import ARRANGER, NOW, a_child, an_episode

from wayhome.access import commands as access
from wayhome.access.models import User
from wayhome.config.testing import as_worker
from wayhome.database.reading import answered
from wayhome.desk.tests.arranged import a_return
from wayhome.desk.tests.conftest import words
from wayhome.desk.tests.test_query_counts import asked_by
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.missing import commands
from wayhome.missing.commands import handover as handovers
from wayhome.missing.models import Handover, HandoverItem
from wayhome.missing.queries.handover import waiting
from wayhome.missing.rules import Clocks
from wayhome.missing.rules.handover import Handed, is_loud, may_take
from wayhome.missing.tests.test_races import at_once

MINUTE = timedelta(minutes=1)
TEAM, MAKER, TAKER, COLLEAGUE = (new_id() for _ in range(4))


def joined(cast, name, *, like):
    """One more member of a team of the cast, with the same scope."""
    with as_worker():
        user_id = access.open_account(
            email=f"{name.lower()}@wayhome.example",
            name=f"{name} Example",
            agency_id=cast.users[like].agency_id,
            password=None,
            viewer=ARRANGER,
            now=NOW - timedelta(days=9),
        )
        access.join_team(
            user_id=user_id, team_id=cast.team_of(like), viewer=ARRANGER, now=NOW - timedelta(days=9)
        )
        scope = {"Sal": "practitioner", "Pat": "police_desk"}[like]
        access.give_scope(user_id=user_id, scope=scope, viewer=ARRANGER, now=NOW - timedelta(days=9))
        cast.users[name] = User.objects.select_related("agency").get(pk=user_id)


@pytest.fixture
def shift(cast):
    """Sal's team with two more in it, and two children of theirs who are missing."""
    joined(cast, "Tess", like="Sal")
    joined(cast, "Uma", like="Sal")
    return [an_episode(cast, a_child(cast, given_name=name)) for name in ("Wren", "Rowan")]


def hand(cast, episodes, *, to=None, now=NOW, by="Sal"):
    with cast.seen_by(by) as viewer:
        return commands.hand_over(
            team_id=cast.team_of("Sal"),
            notes=dict.fromkeys(episodes, "Ring the mother at nine."),
            to_user_id=cast.users[to].pk if to else None,
            note="A quiet night.",
            viewer=viewer,
            now=now,
        )


def take(cast, name, item, now=NOW):
    with cast.seen_by(name) as viewer:
        return commands.acknowledge(item_id=item.pk, viewer=viewer, now=now)


def items(cast):
    with as_worker():
        return list(HandoverItem.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("user", "teams", "to", "after", "is_allowed"),
    [
        (COLLEAGUE, {TEAM}, None, MINUTE, True),
        (COLLEAGUE, set(), None, MINUTE, False),
        (MAKER, {TEAM}, None, MINUTE, False),
        (TAKER, set(), TAKER, MINUTE, True),
        (COLLEAGUE, {TEAM}, TAKER, 60 * MINUTE - timedelta(microseconds=1), False),
        (COLLEAGUE, {TEAM}, TAKER, 60 * MINUTE, True),
        (COLLEAGUE, set(), TAKER, 60 * MINUTE, False),
        (MAKER, {TEAM}, TAKER, 60 * MINUTE, False),
    ],
)
def test_who_may_take_an_item(user, teams, to, after, is_allowed):
    handed = Handed(NOW, MAKER, TEAM, to)
    viewer = Viewer(user_id=user, name="Somebody", team_ids=frozenset(teams))
    decision = may_take(handed, viewer, Clocks(), NOW + after)
    assert bool(decision) is is_allowed
    assert decision.reason


@pytest.mark.parametrize(
    ("hours", "waited", "loud"), [(1, 59, False), (1, 60, True), (4, 239, False), (4, 240, True)]
)
def test_an_item_is_loud_after_the_setting(hours, waited, loud):
    handed = Handed(NOW, MAKER, TEAM)
    assert is_loud(handed, Clocks(handover_hours=hours), NOW + waited * MINUTE) is loud


def test_each_item_is_taken_by_itself_with_what_was_open_then(cast, shift):
    hand(cast, shift)
    first, second = items(cast)
    take(cast, "Tess", first)
    first, second = items(cast)
    assert first.acknowledged_by_id == cast.users["Tess"].pk
    assert second.acknowledged_at is None
    assert take(cast, "Tess", first) == first.episode_id
    with pytest.raises(handovers.TakenAlready):
        take(cast, "Uma", first)
    take(cast, "Uma", second)
    with cast.seen_by("Cora") as cora:
        assert answered(waiting(cora, NOW)) == []


@pytest.mark.parametrize(
    ("name", "refusal"), [("Sal", handovers.NotYoursToTake), ("Hal", NotAllowed), ("Otto", NotFound)]
)
def test_who_may_not_take_it_is_refused(cast, shift, name, refusal):
    hand(cast, shift)
    with pytest.raises(refusal):
        take(cast, name, items(cast)[0])


def test_what_was_given_to_one_person_is_the_teams_after_the_setting(cast, shift):
    hand(cast, shift, to="Tess", now=NOW - 30 * MINUTE)
    item = items(cast)[0]
    with pytest.raises(handovers.NotYoursToTake):
        take(cast, "Uma", item)
    take(cast, "Uma", item, now=NOW + 30 * MINUTE)


def test_what_cannot_be_handed_over_is_refused(cast, shift):
    for notes, team, to, refusal in (
        ({}, "Sal", None, handovers.NothingHandedOver),
        ({shift[0]: ""}, "Pat", None, handovers.NotYourTeam),
        ({shift[0]: ""}, "Sal", "Pat", handovers.NotTheirTeam),
        ({shift[0]: ""}, "Sal", "Sal", handovers.NotTheirTeam),
        ({new_id(): ""}, "Sal", None, NotFound),
    ):
        with cast.seen_by("Sal") as sal, pytest.raises(refusal):
            commands.hand_over(
                team_id=cast.team_of(team),
                notes=notes,
                to_user_id=cast.users[to].pk if to else None,
                viewer=sal,
                now=NOW,
            )


def test_of_two_who_take_it_at_once_one_has_it_and_the_other_is_told(live_cast):
    for name in ("Tess", "Uma"):
        joined(live_cast, name, like="Sal")
    hand(live_cast, [an_episode(live_cast, a_child(live_cast))])
    [item] = items(live_cast)

    def taking(name):
        return lambda: take(live_cast, name, item)

    answers = at_once(taking("Tess"), taking("Uma"))
    assert sum(isinstance(each, handovers.TakenAlready) for each in answers) == 1
    assert sum(each == item.episode_id for each in answers) == 1
    [kept] = items(live_cast)
    assert kept.acknowledged_by_id in (live_cast.users["Tess"].pk, live_cast.users["Uma"].pk)


def test_from_the_wall_to_the_next_worker(cast, as_user, shift):
    sal, tess, cora = (as_user(name) for name in ("Sal", "Tess", "Cora"))
    assert "Hand over to the next worker" in words(sal.get("/wall"))
    page = sal.get("/handovers/new")
    assert "Anybody in Youth Team" in words(page)
    assert "Tess Example" in words(page)
    said = {
        "to": str(cast.team_of("Sal")),
        "note": "A quiet night.",
        "episodes": [str(shift[0])],
        f"note_{shift[0].hex}": "Ring the mother at nine.",
        "submission_key": str(new_id()),
    }
    assert sal.post("/handovers/new", said).status_code == 303
    for client, address in ((tess, "/"), (tess, "/wall"), (cora, "/wall"), (sal, "/handovers")):
        shown = words(client.get(address))
        assert "Ring the mother at nine." in shown, address
        assert "Not taken yet" in shown, address
    assert "I have read it and take it over" in words(tess.get("/"))
    assert "I have read it and take it over" not in words(sal.get("/handovers"))
    [item] = items(cast)
    answer = tess.post(f"/handovers/items/{item.pk}", follow=True)
    assert "You have taken it over." in words(answer)
    assert "Taken over by Tess Example" in words(sal.get("/handovers"))
    told = as_user("Uma").post(f"/handovers/items/{item.pk}", follow=True)
    assert "A colleague took this over a moment before you." in words(told)
    assert "Ring the mother at nine." not in words(tess.get("/"))
    assert "Taken over by Tess Example" in words(sal.get(f"/missing/episodes/{shift[0]}"))


def test_all_who_are_missing_now_are_handed_over_by_one_choice(cast, as_user, shift):
    a_return(cast, a_child(cast, given_name="Hazel"), hours_ago=80)
    sal = as_user("Sal")
    assert "All who are missing now: 2" in words(sal.get("/handovers/new"))
    said = {
        "to": str(cast.team_of("Sal")),
        "episodes": ["all-missing"],
        f"note_{shift[0].hex}": "Not sent: it was not chosen.",
        "submission_key": str(new_id()),
    }
    assert sal.post("/handovers/new", said).status_code == 303
    assert {item.episode_id for item in items(cast)} == set(shift)


@pytest.mark.parametrize(
    ("show", "listed", "left_out"),
    [("", "Hazel", ""), ("missing", "Wren", "Hazel"), ("late", "Hazel", "Wren"), ("nonsense", "Wren", "")],
)
def test_the_children_to_choose_from_are_filtered(cast, as_user, shift, show, listed, left_out):
    a_return(cast, a_child(cast, given_name="Hazel"), hours_ago=80)
    page = words(as_user("Sal").get(f"/handovers/new?show={show}"))
    assert "Missing now: 2" in page
    assert "Something is late: 1" in page
    assert listed in page
    assert not left_out or left_out not in page


def test_who_is_chosen_stays_listed_whatever_the_filter(cast, as_user, shift):
    hazel = a_return(cast, a_child(cast, given_name="Hazel"), hours_ago=80)
    said = {"episodes": [str(hazel)], f"note_{hazel.hex}": "Ring the school."}
    page = words(as_user("Sal").post("/handovers/new?show=missing", said))
    assert "Hazel" in page
    assert "Ring the school." in page


def test_what_was_open_is_kept_with_its_whole_date_and_whether_it_was_late(cast, shift):
    back = a_return(cast, a_child(cast, given_name="Hazel"), hours_ago=80)
    hand(cast, [back])
    [item] = items(cast)
    assert ": was due " in item.open_duties
    assert all(re.search(r"due .*day \d+ [A-Z][a-z]+ 20\d\d", line) for line in item.open_duties.splitlines())


def test_what_nobody_took_is_loud_and_the_coordinator_sees_it(cast, as_user, shift):
    made = hand(cast, shift)
    with as_worker():
        Handover.objects.filter(pk=made).update(made_at=NOW - timedelta(hours=2))
    for name in ("Cora", "Tess", "Sal"):
        page = words(as_user(name).get("/"))
        assert "Nobody has taken it, 2 h" in page, name
    assert "handed" not in words(as_user("Otto").get("/")).lower()


def test_nothing_chosen_is_said_in_words(cast, as_user, shift):
    page = as_user("Sal").post(
        "/handovers/new", {"to": str(cast.team_of("Sal")), "submission_key": str(new_id())}
    )
    assert "Choose at least one child" in words(page)


def test_handovers_cost_the_same_for_two_and_for_twelve(cast, as_user, shift):
    hand(cast, shift)
    client = as_user("Tess")
    few = {address: len(asked_by(client, address)) for address in ("/", "/wall", "/handovers")}
    hand(cast, [an_episode(cast, a_child(cast)) for _ in range(10)])
    assert {address: len(asked_by(client, address)) for address in few} == few
