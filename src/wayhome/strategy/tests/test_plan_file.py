"""The read model of plans: what is in it for whom, in how many queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW, Cast

from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotFound
from wayhome.strategy.models import Commitment, CommitmentServed, MeasureLink, MeasureReading, Plan, PlanLink
from wayhome.strategy.queries.plan_file import plan_file, plan_files
from wayhome.strategy.tests.arranging import a_plan, a_post, a_rating, an_action, an_owner, an_update


def full_action(cast: Cast, plan: Plan, reference: str) -> None:
    action = an_action(plan, reference)
    owner = an_owner(action, post=a_post(cast, f"Post {reference}", held_by="Sal"))
    an_owner(action, "contributor", words="JB")
    a_rating(action, "amber", at=NOW - timedelta(days=90), remedy="A second worker starts in May.")
    a_rating(action, "green", at=NOW - timedelta(days=1))
    an_update(action, owner_id=owner.pk)
    with as_worker():
        MeasureLink.objects.create(action=action, key="episodes", direction="down", since=date(2026, 1, 1))
        PlanLink.objects.create(action=action, to_plan=plan, words="Care planning")


def test_a_plan_file_says_everything_of_an_action(cast: Cast) -> None:
    plan = a_plan(cast)
    full_action(cast, plan, "1.1")
    with as_worker():
        for value, at in ((50, NOW - timedelta(days=1)), (58, NOW)):
            MeasureReading.objects.create(
                partnership_id=plan.partnership_id,
                key="episodes",
                month=date(2026, 1, 1),
                value=value,
                as_at=at,
            )
    with cast.seen_by("Lena"):
        found = plan_file(plan.pk, now=NOW)
    action = found.actions[0]
    assert [owner.name for owner in action.owners] == ["Post 1.1", "JB"]
    assert (action.owners[0].holder, action.owners[0].agency) == ("Sal Practitioner", "Saltmere Council")
    assert [rating.rating for rating in action.ratings] == ["amber", "green"]
    assert action.updates[0].achieved == "The rota is full."
    assert action.links == ("Safe Home plan, Care planning",)
    assert [point.value for point in action.measures[0].points] == [58]
    assert action.measures[0].as_at == NOW
    assert [fact.rating for fact in found.key] == ["blue", "green", "amber", "red"]
    assert [fact.axis for fact in found.groupings] == ["priority", "section"]


def test_a_commitment_is_served_by_live_actions_only(cast: Cast) -> None:
    plan = a_plan(cast)
    live = an_action(plan, "1.1")
    ended = an_action(plan, "1.2", state="cancelled", ended_because="The school closed.")
    with as_worker():
        promised = Commitment.objects.create(plan=plan, text="Every school has a lead.", position=1)
        for action in (live, ended):
            CommitmentServed.objects.create(commitment=promised, action=action, said_at=NOW)
    with cast.seen_by("Ana"):
        assert plan_file(plan.pk, now=NOW).commitments[0].served_by == ("1.1",)


def test_an_owner_gets_only_what_is_theirs(cast: Cast) -> None:
    plan = a_plan(cast)
    an_owner(an_action(plan, "1.1"), post=a_post(cast, held_by="Sal"))
    an_action(plan, "1.2")
    with cast.seen_by("Sal"):
        assert [action.reference for action in plan_file(plan.pk, now=NOW).actions] == ["1.1"]
    with cast.seen_by("Otto"), pytest.raises(NotFound):
        plan_file(plan.pk, now=NOW)


def test_no_plan_is_not_found(cast: Cast) -> None:
    with cast.seen_by("Lena"), pytest.raises(NotFound):
        plan_file(new_id(), now=NOW)


def test_many_actions_and_plans_take_as_many_queries_as_one(cast: Cast) -> None:
    plan = a_plan(cast)
    full_action(cast, plan, "1.1")
    with (
        cast.seen_by("Lena"),
        CaptureQueriesContext(
            connection,
        ) as one,
    ):
        plan_file(plan.pk, now=NOW)
    for number in range(2, 6):
        full_action(cast, plan, f"1.{number}")
    other = a_plan(cast, "Another plan")
    full_action(cast, other, "1.1")
    with cast.seen_by("Lena"), CaptureQueriesContext(connection) as many:
        assert len(plan_files(Plan.objects.order_by("title"), now=NOW)) == 2
    assert len(one) == len(many) == 16
