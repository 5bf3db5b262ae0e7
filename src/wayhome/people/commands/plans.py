"""Plans of a child over time: child protection, child in need, early help, EHC, youth justice."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.people.commands.person import person_to_change
from wayhome.people.models import PlanStatus


class PlanOverlaps(Refusal):
    """There is a plan of this kind on that day or later. End that one first, or choose a day after its end."""

    field = "since"


class PlanEndsBeforeItStarts(Refusal):
    """The last day is before the plan began. Check both dates."""

    field = "on"


class PlanEndsLater(Refusal):
    """That day is still to come. Write down the end when it is there."""

    field = "on"


class PlanIsOver(Refusal):
    """A colleague has already ended this plan."""


@transaction.atomic
def begin_plan(
    *, person_id: UUID, kind: str, since: date, note: str = "", viewer: Viewer, now: datetime
) -> UUID:
    """A plan begins; one of each kind at a time. Children Act 1989 ss.17, 47; Children and Families Act 2014 s.37."""
    require(viewer, Verb.EDIT_CHILD)
    person_to_change(person_id, viewer, Verb.EDIT_CHILD)
    made = PlanStatus(person_id=person_id, kind=kind, note=note, valid=(since, None))
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise PlanOverlaps from error
    _recorded("begin plan", made, {"kind": (None, kind), "since": (None, since)}, viewer, now)
    return made.pk


@transaction.atomic
def end_plan(*, plan_id: UUID, on: date, viewer: Viewer, now: datetime) -> None:
    """A plan ends on a day."""
    require(viewer, Verb.EDIT_CHILD)
    plan = PlanStatus.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise NotFound
    require_for(viewer, Verb.EDIT_CHILD, plan.person_id)
    if plan.valid.upper is not None:
        raise PlanIsOver
    if on < plan.valid.lower:
        raise PlanEndsBeforeItStarts
    if on > london_day(now):
        raise PlanEndsLater
    # On its first day: it was a mistake and lasted for that day.
    last = max(on, plan.valid.lower + timedelta(days=1))
    PlanStatus.objects.filter(pk=plan_id).update(valid=(plan.valid.lower, last))
    _recorded("end plan", plan, {"ended": (None, on)}, viewer, now)


def _recorded(
    verb: str, plan: PlanStatus, changes: dict[str, tuple[Any, Any]], viewer: Viewer, now: datetime
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="plan",
        subject_id=plan.pk,
        person_id=plan.person_id,
        changes=changes,
    )
