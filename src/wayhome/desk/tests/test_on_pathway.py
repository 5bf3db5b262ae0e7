"""Exploitation on a child's record: the box of now, and the line of time. Row security decides who sees what of it."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW, a_child

from wayhome.config.testing import as_worker
from wayhome.desk.rules.chronology import Kind, lanes
from wayhome.desk.tests.conftest import words
from wayhome.desk.tests.telling import all_told
from wayhome.exploitation.models import (
    Assessment,
    ChildAnswer,
    ChildPage,
    ChildPlan,
    Instrument,
    Judgement,
    Nrm,
    NrmStep,
    Pathway,
    PlanAction,
    PlanReview,
    Referral,
    Screening,
    Step,
    Supervision,
    Transfer,
)
from wayhome.exploitation.queries.happened import HAPPENED, happened_on_pathway
from wayhome.kernel.clock import london_day

THEN = NOW - timedelta(days=40)
TODAY = london_day(NOW)


def lived_through(cast, child, *, times=1):
    """So many worries, judgements, plans, reviews, NRM steps, handovers and answers of a child."""
    sal, cora = cast.users["Sal"], cast.users["Cora"]
    of = {"person_id": child}
    with as_worker():
        form, _ = Instrument.objects.get_or_create(
            key="a_form",
            number=1,
            defaults={"title": "Our form", "kind": "assessment", "definition": "{}", "written_at": THEN},
        )
        way = Pathway.objects.create(opened_at=THEN, lead=sal, assess_by=NOW, **of)
        plan = ChildPlan.objects.create(
            pathway=way, aim="Safe at night.", lead=sal, opened_at=THEN, agreed_at=THEN, review_on=TODAY, **of
        )
        page = ChildPage.objects.create(
            plan=plan,
            reading="plain",
            greeting="Hello",
            what_we_know="It.",
            what_we_agreed="That.",
            made_at=THEN,
            who_helps="Sal",
            **of,
        )
        before = None
        for time in range(times):
            at = THEN + timedelta(days=time)
            worry = Referral.objects.create(
                kinds=["criminal"],
                danger="not_now",
                worry="Two phones.",
                received_at=at,
                recorded_at=at,
                recorded_by=cora,
                receiving_team_id=cast.teams["Missing Coordination"],
                **of,
            )
            Screening.objects.create(
                referral=worry,
                thresholds=["pathway"],
                reason="It is grave.",
                due_at=at,
                decided_at=at,
                decided_by=cora,
                **of,
            )
            Step.objects.create(
                pathway=way,
                direction="on",
                after="pathway",
                reason="As screened.",
                stepped_at=at,
                stepped_by=cora,
                **of,
            )
            Assessment.objects.create(
                pathway=way,
                instrument=form,
                state="finished",
                summary="Owes money.",
                started_at=at,
                finished_at=at,
                finished_by=sal,
                **of,
            )
            if before:
                before.replaced_at = at
                before.save()
            before = Judgement.objects.create(
                pathway=way,
                kind="criminal",
                harm="suspected",
                level="emerging",
                reason="Carries for others.",
                judged_at=at,
                judged_by=sal,
                review_on=TODAY,
                **of,
            )
            PlanAction.objects.create(
                plan=plan,
                heading="protect",
                what=f"Walk to school {time}",
                owner=sal,
                due_on=TODAY + timedelta(days=time),
                added_at=at,
                **of,
            )
            PlanReview.objects.create(
                plan=plan,
                held_at=at,
                outcome="continues",
                who_was_there="All",
                what_was_said="It helps.",
                next_on=TODAY,
                recorded_at=at,
                recorded_by=cora,
                **of,
            )
            nrm = Nrm.objects.create(
                decision="referred",
                reason="Moved between towns.",
                decided_at=at,
                decided_by=sal,
                responder="Council",
                route="sca",
                what_happened="Moved.",
                **of,
            )
            NrmStep.objects.create(
                nrm=nrm, event="sent", happened_at=at, recorded_at=at, recorded_by=sal, **of
            )
            Transfer.objects.create(
                kind="other_area",
                to_whom="Otherbury",
                why="Moves there.",
                what_they_need="A worker.",
                by_when=TODAY,
                prepared_at=at,
                prepared_by=sal,
                **of,
            )
            ChildAnswer.objects.create(
                page=page, channel="link", own_words="I want my phone.", answered_at=at, **of
            )
        Supervision.objects.create(
            supervisee=sal,
            supervisor=cora,
            held_at=THEN,
            reflection="Unspeakable",
            recorded_at=THEN,
            recorded_by=sal,
            **of,
        )
    return way


def text_of(client, child, query="period=all"):
    answer = client.get(f"/children/{child}?{query}")
    assert answer.status_code == 200
    return words(answer).replace(" ,", ",")


LINES = (
    "Worry told: criminal exploitation",
    "Worry screened: exploitation pathway",
    "Taken on: exploitation pathway",
    "Assessed: Our form",
    "Criminal exploitation: harm suspected; emerging",
    "Plan agreed",
    "Plan reviewed: the plan goes on as it is",
    "First responder decided to refer",
    "National Referral Mechanism: sent",
    "To another area, Otherbury: being prepared",
    "The child answered",
)


def test_who_works_with_the_child_reads_all_of_it_on_one_line_of_time(cast, as_user):
    child = a_child(cast, known_to=("Sal", "Cora"))
    lived_through(cast, child)
    shown = text_of(as_user("Sal"), child)
    assert [line for line in LINES if line not in shown] == []
    assert "The child, on their own page" in shown
    assert "Sal Practitioner, Saltmere Council" in shown


@pytest.mark.parametrize("name", ["Sal", "Cora"])
def test_supervision_never_appears(cast, as_user, name):
    child = a_child(cast, known_to=("Sal", "Cora"))
    lived_through(cast, child)
    assert "Unspeakable" not in text_of(as_user(name), child)
    assert Supervision not in HAPPENED.values()


def test_a_home_sees_the_plan_and_its_next_step_and_no_level(cast, as_user):
    child = a_child(cast, known_to=("Sal", "Hal"))
    lived_through(cast, child)
    shown = text_of(as_user("Hal"), child)
    assert "A plan of all agencies" in shown
    assert "Next in the plan: Walk to school 0, Sal Practitioner, Saltmere Council, due today." in shown
    assert "Plan agreed" in shown
    assert not re.search(
        "emerging|harm suspected|worry told|first responder|exploitation pathway", shown.lower()
    )


def test_now_says_harm_and_level_who_leads_and_what_is_next(cast, as_user):
    child = a_child(cast, known_to=("Sal",))
    lived_through(cast, child)
    shown = text_of(as_user("Sal"), child)
    assert "On the exploitation pathway, led by Sal Practitioner, Saltmere Council" in shown
    assert "Criminal exploitation: Emerging Harm suspected" in shown
    assert "To be looked at again on" in shown


def test_a_child_who_is_not_on_the_pathway_has_no_box(cast, as_user):
    child = a_child(cast, known_to=("Sal",))
    assert "looked at again" not in text_of(as_user("Sal"), child)


def test_the_kinds_can_be_filtered(cast, as_user):
    child = a_child(cast, known_to=("Sal",))
    lived_through(cast, child)
    shown = text_of(as_user("Sal"), child, "period=all&kind=nrm")
    assert "First responder decided to refer" in shown
    assert "Worry told" not in shown


def test_a_level_is_a_step_as_high_as_its_segments(cast):
    child = a_child(cast, known_to=("Sal",))
    lived_through(cast, child, times=2)
    with cast.seen_by("Sal"):
        told = [each for each in all_told(pathway=happened_on_pathway(child)) if each.kind == Kind.LEVEL]
    (lane,) = lanes(sorted(told, key=lambda each: each.at, reverse=True))
    assert lane.name == "Criminal"
    assert [(span.shape, span.height, span.until is None) for span in lane.spans] == [
        ("step", 3, False),
        ("step", 3, True),
    ]


def test_two_queries_at_most_however_much_happened(cast):
    child = a_child(cast, known_to=("Sal",))
    lived_through(cast, child, times=5)
    with cast.seen_by("Sal"), transaction.atomic(), CaptureQueriesContext(connection) as ran:
        found = happened_on_pathway(child)
    assert len(ran) <= 2
    assert len(found["answers"]) == 5
