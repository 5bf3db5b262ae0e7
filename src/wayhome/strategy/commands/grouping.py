"""Priorities, sections and ambitions of a plan, and the objectives under them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import made, plan_to_change, save_changes
from wayhome.strategy.models import Grouping, Objective
from wayhome.strategy.vocabulary import Axis


class GroupingHasNoTitle(Refusal):
    """Give it a title."""

    field = "title"


class ReferenceTaken(Refusal):
    """This reference was given already. A reference is given once, also where what had it was ended."""

    field = "reference"


class ObjectiveSaysNothing(Refusal):
    """Say what the objective is."""

    field = "text"


class NotOfThisPlan(Refusal):
    """Choose one of this plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingDetails:
    """What is said of a priority, section or ambition. Its reference is given once and stands apart."""

    title: str
    aim: str = ""
    approach: str = ""
    lead: str = ""
    lead_post_id: UUID | None = None
    four_p: Iterable[str] = ()


@transaction.atomic
def add_grouping(
    *, plan_id: UUID, axis: str, reference: str, details: GroupingDetails, viewer: Viewer, now: datetime
) -> UUID:
    """Add a priority, section or ambition at the end of its kind."""
    plan = plan_to_change(plan_id, viewer)
    same = plan.groupings.filter(axis=Axis(axis))
    if reference.strip() and same.filter(reference=reference.strip()).exists():
        raise ReferenceTaken
    row = Grouping(
        plan=plan, axis=axis, reference=reference.strip(), position=same.count() + 1, **_said(details)
    )
    return made(row, kind="grouping", viewer=viewer, now=now)


@transaction.atomic
def edit_grouping(*, grouping_id: UUID, details: GroupingDetails, viewer: Viewer, now: datetime) -> None:
    """Change what is said of a priority, section or ambition. Its reference stays."""
    require(viewer, Verb.KEEP_PLANS)
    row = Grouping.objects.filter(pk=grouping_id).first()
    if row is None:
        raise NotFound
    plan_to_change(row.plan_id, viewer)
    save_changes(row, _said(details), kind="grouping", viewer=viewer, now=now)


def _said(details: GroupingDetails) -> dict[str, object]:
    if not details.title.strip():
        raise GroupingHasNoTitle
    return asdict(details) | {"title": details.title.strip(), "four_p": list(details.four_p)}


@transaction.atomic
def add_objective(
    *,
    plan_id: UUID,
    text: str,
    reference: str = "",
    priority_id: UUID | None = None,
    section_id: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Add what a group of actions is to reach."""
    plan = plan_to_change(plan_id, viewer)
    if reference.strip() and plan.objectives.filter(reference=reference.strip()).exists():
        raise ReferenceTaken
    said = objective_said(plan_id, text, priority_id, section_id)
    row = Objective(plan=plan, reference=reference.strip(), position=plan.objectives.count() + 1, **said)
    return made(row, kind="objective", viewer=viewer, now=now)


@transaction.atomic
def edit_objective(
    *,
    objective_id: UUID,
    text: str,
    priority_id: UUID | None = None,
    section_id: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Change an objective. Its reference stays."""
    require(viewer, Verb.KEEP_PLANS)
    row = Objective.objects.filter(pk=objective_id).first()
    if row is None:
        raise NotFound
    plan_to_change(row.plan_id, viewer)
    said = objective_said(row.plan_id, text, priority_id, section_id)
    save_changes(row, said, kind="objective", viewer=viewer, now=now)


def objective_said(
    plan_id: UUID, text: str, priority_id: UUID | None, section_id: UUID | None
) -> dict[str, object]:
    """What an objective says, in groupings of its own plan. Raises ObjectiveSaysNothing, NotOfThisPlan."""
    if not text.strip():
        raise ObjectiveSaysNothing
    check_groupings(plan_id, {Axis.PRIORITY: priority_id, Axis.SECTION: section_id})
    return {"text": text.strip(), "priority_id": priority_id, "section_id": section_id}


def check_groupings(plan_id: UUID, chosen: dict[Axis, UUID | None]) -> None:
    """Raise NotOfThisPlan unless each is of this plan and of its kind."""
    wanted = {(axis.value, pk) for axis, pk in chosen.items() if pk}
    known = Grouping.objects.filter(plan_id=plan_id, pk__in={pk for _, pk in wanted})
    missing = wanted - set(known.values_list("axis", "pk"))
    if missing:
        raise NotOfThisPlan(field=f"{min(missing)[0]}_id")
