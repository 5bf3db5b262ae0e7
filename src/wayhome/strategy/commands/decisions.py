"""What a body is asked to decide about a plan, and what it decided."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import differences, record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.models import DecisionAsked, Plan


class NothingAsked(Refusal):
    """Write the question as the body is to decide it."""

    field = "question"


class NoOutcome(Refusal):
    """Write what was decided, also if it was to decide later."""

    field = "outcome"


class DecidedInTheFuture(Refusal):
    """The day of the decision cannot be after today."""

    field = "decided_on"


@transaction.atomic
def ask_for_decision(
    *,
    plan_id: UUID,
    question: str,
    recommended: str = "",
    meeting_id: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Put a question to the body, after those that are asked already. Raises NotFound, NothingAsked."""
    require(viewer, Verb.KEEP_PLANS)
    if not question.strip():
        raise NothingAsked
    if not Plan.objects.select_for_update().filter(pk=plan_id).exists():
        raise NotFound
    last = DecisionAsked.objects.filter(plan_id=plan_id).aggregate(last=Max("position"))["last"]
    told = {"question": question.strip(), "recommended": recommended.strip(), "meeting_id": meeting_id}
    made = DecisionAsked(plan_id=plan_id, asked_at=now, position=(last or 0) + 1, **told)
    made.save(force_insert=True)
    record(
        viewer=viewer,
        now=now,
        verb="ask for decision",
        subject_kind="plan",
        subject_id=plan_id,
        changes={name: (None, value) for name, value in told.items() if value},
    )
    return made.pk


@transaction.atomic
def record_decision(
    *, decision_id: UUID, outcome: str, decided_on: date, viewer: Viewer, now: datetime
) -> UUID:
    """Write down what was decided; said once more, it is corrected, and both are on the record. Returns the plan.

    Raises NotFound, NoOutcome, DecidedInTheFuture.
    """
    require(viewer, Verb.KEEP_PLANS)
    asked = DecisionAsked.objects.select_for_update().filter(pk=decision_id).first()
    if asked is None:
        raise NotFound
    if not outcome.strip():
        raise NoOutcome
    if decided_on > london_day(now):
        raise DecidedInTheFuture
    said = {"outcome": outcome.strip(), "decided_on": decided_on}
    changes = differences({name: getattr(asked, name) for name in said}, said)
    for name, value in said.items():
        setattr(asked, name, value)
    asked.save(update_fields=list(said))
    record(
        viewer=viewer,
        now=now,
        verb="record decision",
        subject_kind="plan",
        subject_id=asked.plan_id,
        changes=changes,
    )
    return asked.plan_id
