"""Plans as rules judge them, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from wayhome.kernel.ids import new_id
from wayhome.strategy.rules.plan_file import (
    ActionFact,
    GroupingFact,
    KeyFact,
    MeasureFact,
    MeasurePoint,
    OwnerFact,
    PlanFile,
    RatingFact,
    UpdateFact,
)

TODAY = date(2026, 6, 15)
AT_NOON = datetime(2026, 6, 15, 11, tzinfo=UTC)
KEY = (
    KeyFact("blue", "Complete", False),
    KeyFact("green", "On target", False),
    KeyFact("amber", "Off target, with remedial action", True),
    KeyFact("red", "Remedial action is required", True),
)
PREVENTION = GroupingFact(new_id(), "priority", "P1", "Prevention", "", "", "")
LEAD = OwnerFact(new_id(), "lead", "post", "Head of Early Help", "Jo Bloggs", "in_progress", None)


def rated(rating: str = "green", *, days_ago: int = 1, remedy: str = "") -> RatingFact:
    """A rating of some days ago."""
    return RatingFact(
        rating, "Why.", "Minutes.", remedy, AT_NOON - timedelta(days=days_ago), "Jo Bloggs", "page"
    )


def updated(*, days_ago: int = 1, state: str = "in_progress") -> UpdateFact:
    """An update of some days ago."""
    return UpdateFact("Done.", "", "", state, AT_NOON - timedelta(days=days_ago), "Jo Bloggs", "page", None)


def action_fact(**told: Any) -> ActionFact:
    """A live action rated green yesterday that nothing is wrong with."""
    usual: dict[str, Any] = {
        "id": new_id(),
        "reference": "1.1",
        "title": "",
        "text": "Offer every child a return interview.",
        "evidence": "",
        "objective_id": None,
        "priority_id": PREVENTION.id,
        "section_id": None,
        "ambition_id": None,
        "four_p": (),
        "level": "strategic",
        "state": "in_progress",
        "ended_because": "",
        "due_kind": "open",
        "due_on": None,
        "frequency": "",
        "review_body": "",
        "due_words": "",
        "owner_words": "",
        "owners": (LEAD,),
        "updates": (updated(),),
        "ratings": (rated(),),
    }
    return ActionFact(**(usual | told))


def plan_of(*actions: ActionFact, **told: Any) -> PlanFile:
    """A live plan with these actions."""
    plan = PlanFile(
        id=new_id(),
        title="Safe Home plan",
        body="Exploitation and Missing Group",
        state="live",
        document="",
        starts_on=None,
        ends_on=None,
        stale_after_days=120,
        as_at=AT_NOON,
        key=KEY,
        groupings=(PREVENTION,),
        objectives=(),
        actions=actions,
        commitments=(),
    )
    return replace(plan, **told)


def measure(*values: float | None, since: date = date(2026, 1, 1), **told: Any) -> MeasureFact:
    """A measure by month: the first twelve values are of 2025."""
    months = [date(2025 + place // 12, place % 12 + 1, 1) for place in range(len(values))]
    points = tuple(MeasurePoint(month, value) for month, value in zip(months, values, strict=True))
    usual: dict[str, Any] = {
        "key": "episodes",
        "direction": "down",
        "since": since,
        "target": None,
        "points": points,
        "as_at": AT_NOON,
    }
    return MeasureFact(**(usual | told))
