"""The clock wall takes in what is due on the exploitation pathway, beside what is due after an episode."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.config.testing import as_worker
from wayhome.desk.rules.wall import (
    OF_THE_PATHWAY,
    PATHWAY_ACTS,
    WHO,
    PathwayEntry,
    WallAsked,
    entries_of,
    wall_page,
)
from wayhome.desk.tests.conftest import words
from wayhome.desk.tests.lines import NOON, TEAM, a_duty, a_line
from wayhome.desk.tests.test_query_counts import asked_by
from wayhome.exploitation.models import (
    Assessment,
    ChildPlan,
    Disagreement,
    Judgement,
    Nrm,
    NrmStep,
    Pathway,
    Referral,
    Transfer,
)
from wayhome.exploitation.queries.duties import PathwayDuty, named, pathway_duties
from wayhome.exploitation.queries.prompts import years_before
from wayhome.exploitation.tests.arranging import forms
from wayhome.exploitation.tests.either_way import either_way
from wayhome.kernel.clock import london_day
from wayhome.kernel.deadline import Deadline
from wayhome.missing.vocabulary import Duty

TODAY = london_day(NOW)
LATE = NOW - timedelta(days=12)


def everything_due(cast, *, known_to=("Sal", "Cora")):
    """Two children: one waits to be assessed, of the other everything is due."""
    of = {"person_id": a_child(cast, family_name="Everything", known_to=known_to)}
    other = a_child(cast, family_name="Unassessed", known_to=known_to)
    hub, sal = cast.teams["Missing Coordination"], cast.users["Sal"]
    with as_worker():
        Pathway.objects.create(person_id=other, opened_at=LATE, assess_by=NOW + timedelta(days=1))
        way = Pathway.objects.create(opened_at=LATE, lead=sal, assess_by=LATE, **of)
        Referral.objects.create(
            kinds=["criminal"],
            danger="not_now",
            worry="Two phones.",
            received_at=LATE,
            recorded_at=LATE,
            receiving_team_id=hub,
            **of,
        )
        Judgement.objects.create(
            pathway=way,
            kind="criminal",
            harm="suspected",
            level="emerging",
            reason="Told.",
            judged_at=LATE,
            review_on=TODAY + timedelta(days=3),
            **of,
        )
        ChildPlan.objects.create(
            pathway=way, aim="Safe.", lead=sal, opened_at=LATE, agreed_at=LATE, review_on=TODAY, **of
        )
        Disagreement.objects.create(
            about="A level", why="Too low.", sought="Higher.", due_at=LATE, raised_at=LATE, **of
        )
        nrm = Nrm.objects.create(
            decision="referred",
            reason="Moved.",
            decided_at=LATE,
            responder="Council",
            route="sca",
            what_happened="Moved.",
            guardian="offered",
            **of,
        )
        NrmStep.objects.create(nrm=nrm, event="sent", happened_at=LATE, recorded_at=LATE, **of)
        Transfer.objects.create(
            kind="other_area",
            to_whom="Otherbury",
            why="Moves.",
            what_they_need="All.",
            by_when=TODAY,
            prepared_at=LATE,
            **of,
        )
    what_the_record_asks_for(cast, known_to)
    return of["person_id"]


def what_the_record_asks_for(cast, known_to):
    """Of a child who is soon an adult: a decision about slavery, a second person, a handover."""
    grown = a_child(
        cast, family_name="Grown", known_to=known_to, born=years_before(TODAY, 17) - timedelta(days=25)
    )
    form = forms()["exploitation_assessment"]
    with as_worker():
        way = Pathway.objects.create(person_id=grown, opened_at=LATE, lead=cast.users["Sal"])
        Assessment.objects.create(
            person_id=grown,
            pathway=way,
            instrument=form,
            state="finished",
            summary="A debt.",
            answers={"coercion_debt": {"value": "serious"}},
            started_at=LATE,
            finished_at=LATE,
        )


ALL = {
    "screening",
    "answer",
    "disagreement",
    "assessment",
    "level review",
    "plan_review",
    "nrm_decision",
    "nrm_reasonable",
    "transfer",
    "countersignature",
    "transition",
}


def kinds_of(cast, name):
    with cast.seen_by(name) as viewer:
        found = either_way(pathway_duties, viewer, NOW)
    assert [duty.deadline.due_at for duty in found] == sorted(duty.deadline.due_at for duty in found)
    return {duty.deadline.kind for duty in found}


def test_every_duty_of_the_children_they_see_is_on_the_wall(cast):
    everything_due(cast)
    assert kinds_of(cast, "Cora") == ALL


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("Sal", ALL - {"screening", "answer"}), ("Hal", set()), ("Otto", set()), ("Ana", set())],
)
def test_others_see_what_is_theirs_to_see(cast, name, kinds):
    everything_due(cast, known_to=("Sal", "Hal"))
    assert kinds_of(cast, name) == kinds


def test_what_falls_due_in_a_month_is_not_there_yet(cast):
    everything_due(cast)
    with as_worker():
        for kind, column in ((Judgement, "review_on"), (ChildPlan, "review_on"), (Transfer, "by_when")):
            kind.objects.update(**{column: TODAY + timedelta(days=20)})
    assert kinds_of(cast, "Cora") == ALL - {"level review", "plan_review", "transfer"}


def test_who_raised_a_disagreement_is_not_told_whom_it_is_about_once_they_see_the_child_no_more(cast):
    child = a_child(cast, family_name="Unseen", known_to=("Cora",))
    with as_worker():
        Disagreement.objects.create(
            person_id=child,
            about="The level of Unseen",
            why="Too low.",
            sought="Higher.",
            due_at=LATE,
            raised_at=LATE,
            raised_by=cast.users["Sal"],
        )
    with cast.seen_by("Sal") as viewer:
        assert [each.about for each in named(either_way(pathway_duties, viewer, NOW), NOW)] == [
            "A child whose record is not open to you"
        ]


def test_where_more_run_than_a_wall_reads_it_says_so(cast, client, monkeypatch):
    everything_due(cast)
    client.force_login(cast.users["Cora"], backend="wayhome.access.signed_in.Backend")
    said = "only the first duties of a kind to go late"
    assert said not in client.get("/wall").text
    monkeypatch.setattr("wayhome.exploitation.queries.duties.AT_MOST", 1)
    assert said in client.get("/wall").text


def test_an_assessment_is_not_asked_of_who_is_judged(cast):
    child = everything_due(cast)
    with cast.seen_by("Cora") as viewer:
        owed = [
            each.person_id
            for each in either_way(pathway_duties, viewer, NOW)
            if each.deadline.kind == "assessment"
        ]
    assert child not in owed
    assert len(owed) == 1


@pytest.mark.parametrize(
    ("form", "is_owed"), [("exploitation_screen", True), ("exploitation_assessment", False)]
)
def test_a_finished_screen_is_no_assessment(cast, form, is_owed):
    everything_due(cast)
    instrument = forms()[form]
    with as_worker():
        way = Pathway.objects.get(person__family_name="Unassessed")
        Assessment.objects.create(
            person_id=way.person_id,
            pathway=way,
            instrument=instrument,
            started_at=LATE,
            state="finished",
            summary="Read.",
            finished_at=LATE,
        )
    with cast.seen_by("Cora") as viewer:
        owed = [
            each.person_id
            for each in either_way(pathway_duties, viewer, NOW)
            if each.deadline.kind == "assessment"
        ]
    assert (way.person_id in owed) is is_owed


@pytest.mark.parametrize("address", ["/wall", "/wall/rows"])
def test_the_wall_shows_them_with_their_clock_and_where_they_are_done(cast, as_user, address):
    everything_due(cast)
    answer = as_user("Cora").get(address)
    shown, page = words(answer), answer.content.decode()
    for what in (
        "Screen the worry",
        "Look at the plan again",
        "Hand over to Otherbury",
        "Finish an assessment",
        "Decide whether to refer to the National Referral Mechanism",
        "Modern Slavery Act 2015 s.52",
        "A first responder can act.",
        "Prepare the handover to adult services",
        "Care Act 2014 s.58",
        "Countersign an assessment",
        "A second practitioner or coordinator who sees the child can act.",
    ):
        assert what in shown
    assert "Whoever leads the plan can act." in shown
    assert "Record the review" in shown
    ids = re.findall(r' id="([^"]*)" data-version', page)
    assert len(ids) == len(set(ids)) >= len(ALL)
    assert not any(" " in each for each in ids)


def test_every_link_of_the_wall_opens(cast, as_user):
    everything_due(cast)
    client = as_user("Cora")
    page = client.get("/wall").content.decode()
    links = set(re.findall(r'href="(/exploitation/[^"?]*)"', page.split("wh-duties", 1)[1]))
    assert len(links) >= 6
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_wall_costs_the_same_for_one_and_for_many(cast, as_user):
    everything_due(cast)
    an_episode(cast, a_child(cast, known_to=("Cora",)))
    client = as_user("Cora")
    few = asked_by(client, "/wall")
    for _ in range(5):
        everything_due(cast)
    assert len(asked_by(client, "/wall")) == len(few)


def a_pathway_duty(kind, due_in, who="The screening team"):
    deadline = Deadline(OF_THE_PATHWAY[kind], NOON + timedelta(hours=due_in), who, "Local", kind=kind)
    return PathwayDuty(deadline, UUID(int=5), None, "A child", teams=frozenset({TEAM}))


def test_they_stand_among_the_others_in_the_order_in_which_they_go_late():
    line = a_line(1, a_duty(Duty.SAFE_AND_WELL, 2), a_duty(Duty.INTERVIEW, 9))
    found = entries_of(
        [line], lambda *_: "", [a_pathway_duty("screening", 5), a_pathway_duty("transfer", -5)]
    )
    assert [entry.duty.kind for entry in found] == [
        "transfer",
        Duty.SAFE_AND_WELL,
        "screening",
        Duty.INTERVIEW,
    ]


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ({"duty": "level review"}, True),
        ({"duty": "screening"}, False),
        ({"who": "the-screening-team"}, True),
        ({"who": "coordinators"}, False),
        ({"team": str(TEAM)}, True),
        ({"late": "yes"}, True),
        ({"late": "yes", "unexplained": "yes"}, False),
    ],
)
def test_they_can_be_filtered(asked, is_there):
    found = wall_page(
        entries_of([], lambda *_: "", [a_pathway_duty("level review", -5)]), WallAsked.of(asked), NOON
    )
    assert bool(found.entries) == is_there


def test_every_kind_has_its_page_and_everybody_who_can_act_is_known(cast):
    assert set(PATHWAY_ACTS) == set(OF_THE_PATHWAY)
    everything_due(cast)
    with cast.seen_by("Cora") as viewer:
        assert {duty.deadline.who_can_act for duty in either_way(pathway_duties, viewer, NOW)} <= set(
            WHO.values()
        )
    assert all(key.isascii() and " " not in key for key in WHO)
    assert PathwayEntry(a_pathway_duty("level review", 1)).id.startswith("level_review-")
