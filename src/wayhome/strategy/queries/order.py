"""The rows of a plan that can be put in another order, as they stand."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from wayhome.strategy.models import Action, Grouping, Objective
from wayhome.strategy.rules.listing import AXES
from wayhome.strategy.vocabulary import ActionState

# What can be put in order: the headings of each kind, the objectives, and the actions.
KINDS = (*AXES, "objective", "action")
Ordered = Grouping | Objective | Action
ENDED = (ActionState.CANCELLED, ActionState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list, and what it is called."""

    id: UUID
    reference: str
    words: str


def standing(plan_id: UUID, kind: str) -> QuerySet[Ordered]:
    """Every row of one kind, in its order."""
    rows: QuerySet[Ordered]
    if kind == "action":
        rows = Action.objects.filter(plan_id=plan_id)
    elif kind == "objective":
        rows = Objective.objects.filter(plan_id=plan_id)
    else:
        rows = Grouping.objects.filter(plan_id=plan_id, axis=kind)
    return rows.order_by("position", "pk")


def listed(plan_id: UUID, kind: str, under: UUID | None = None) -> list[Row]:
    """The rows somebody puts in order: of the actions those that are not ended, under one heading if it is named."""
    rows = standing(plan_id, kind)
    if kind == "action":
        rows = rows.exclude(state__in=ENDED)
    if under:
        rows = rows.filter(Q(priority_id=under) | Q(section_id=under) | Q(ambition_id=under))
    return [Row(row.pk, row.reference, _words(row)) for row in rows]


def _words(row: Ordered) -> str:
    words = row.text if isinstance(row, Objective) else row.title
    return words or (row.text if isinstance(row, Action) else "")
