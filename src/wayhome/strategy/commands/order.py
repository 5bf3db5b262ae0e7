"""Putting headings, objectives and actions of a plan in another order. What they are called by never changes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.audit.commands import record
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import Stale, plan_to_change
from wayhome.strategy.models import Action
from wayhome.strategy.queries.order import Row, listed, standing
from wayhome.strategy.rules.order import mark_of, refilled


class OrderMovedOn(Stale):
    """Somebody changed this list while you were at it. Look at it as it is now; the numbers are those you gave."""

    def __init__(self) -> None:
        super().__init__({})


class NotTheseRows(Refusal):
    """Give a place to each row, and to no other."""


@transaction.atomic
def put_in_order(
    *,
    plan_id: UUID,
    kind: str,
    order: Sequence[UUID],
    seen: str,
    under: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Put rows of one kind in this order, in the places they have among all of that kind.

    `seen`: the mark of the order that was read. Raises OrderMovedOn where it is not that any more, NotTheseRows.
    """
    plan_to_change(plan_id, viewer)
    rows = listed(plan_id, kind, under)
    if mark_of(row.id for row in rows) != seen:
        raise OrderMovedOn
    if sorted(order) != sorted(row.id for row in rows):
        raise NotTheseRows
    if list(order) == [row.id for row in rows]:
        return
    _place(plan_id, kind, order)
    if kind == "objective":
        _bring_actions(plan_id, order)
    record(
        viewer=viewer,
        now=now,
        verb="order",
        subject_kind="plan",
        subject_id=plan_id,
        changes={kind: (_called(rows, [row.id for row in rows]), _called(rows, order))},
    )


def _place(plan_id: UUID, kind: str, order: Sequence[UUID]) -> None:
    """Number all rows of a kind, with those of `order` in their new places. Only what moved is written."""
    rows = standing(plan_id, kind)
    by_id = {row.pk: row for row in rows}
    moved = []
    for place, pk in enumerate(refilled(list(by_id), order), 1):
        if by_id[pk].position != place:
            by_id[pk].position = place
            moved.append(by_id[pk])
    rows.bulk_update(moved, ["position"], batch_size=500)


def _bring_actions(plan_id: UUID, objectives: Sequence[UUID]) -> None:
    """Actions follow their objectives: what is taken out or printed has no place for an objective but its actions'."""
    actions = Action.objects.filter(plan_id=plan_id, objective__in=objectives).order_by("position", "pk")
    places = {pk: place for place, pk in enumerate(objectives)}
    found = [
        (pk, places[objective]) for pk, objective in actions.values_list("pk", "objective_id") if objective
    ]
    _place(plan_id, "action", [pk for pk, _ in sorted(found, key=lambda each: each[1])])


def _called(rows: Sequence[Row], order: Sequence[UUID]) -> list[str]:
    """What the rows are called, for the record."""
    names = {row.id: row.reference or row.words for row in rows}
    return [names[pk] for pk in order]
