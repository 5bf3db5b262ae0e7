"""What a plan promises without owner, date or rating, and which actions serve it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import made, plan_to_change, save_changes
from wayhome.strategy.commands.grouping import NotOfThisPlan
from wayhome.strategy.models import Action, Commitment, CommitmentServed


class CommitmentSaysNothing(Refusal):
    """Say what is promised."""

    field = "text"


class DroppedWithoutReason(Refusal):
    """Say why it is no longer promised."""

    field = "because"


class DroppedAlready(Refusal):
    """This is no longer promised."""


@transaction.atomic
def add_commitment(
    *, plan_id: UUID, text: str, grouping_id: UUID | None = None, viewer: Viewer, now: datetime
) -> UUID:
    """Write down something a plan promises."""
    plan = plan_to_change(plan_id, viewer)
    if not text.strip():
        raise CommitmentSaysNothing
    if grouping_id and not plan.groupings.filter(pk=grouping_id).exists():
        raise NotOfThisPlan(field="grouping_id")
    row = Commitment(
        plan=plan, text=text.strip(), grouping_id=grouping_id, position=plan.commitments.count() + 1
    )
    return made(row, kind="commitment", viewer=viewer, now=now)


@transaction.atomic
def serve_commitment(*, commitment_id: UUID, action_ids: set[UUID], viewer: Viewer, now: datetime) -> None:
    """Say which actions of the plan serve a commitment: these, and no others."""
    promised = commitment_to_change(commitment_id, viewer)
    known = Action.objects.filter(plan_id=promised.plan_id, pk__in=action_ids)
    if set(known.values_list("pk", flat=True)) != action_ids:
        raise NotOfThisPlan(field="action_ids")
    serving = promised.served.filter(ended_at=None)
    before = set(serving.values_list("action_id", flat=True))
    if before == action_ids:
        return
    serving.exclude(action_id__in=action_ids).update(ended_at=now)
    CommitmentServed.objects.bulk_create(
        CommitmentServed(commitment=promised, action_id=pk, said_at=now, said_by_id=viewer.user_id)
        for pk in sorted(action_ids - before)
    )
    record(
        viewer=viewer,
        now=now,
        verb="serve",
        subject_kind="commitment",
        subject_id=promised.pk,
        changes={"actions": (sorted(map(str, before)), sorted(map(str, action_ids)))},
    )


@transaction.atomic
def drop_commitment(*, commitment_id: UUID, because: str, viewer: Viewer, now: datetime) -> None:
    """Say that something is no longer promised, and why."""
    promised = commitment_to_change(commitment_id, viewer)
    if not because.strip():
        raise DroppedWithoutReason
    said = {"dropped_because": because.strip(), "dropped_at": now}
    save_changes(promised, said, kind="commitment", viewer=viewer, now=now, verb="drop")


def commitment_to_change(commitment_id: UUID, viewer: Viewer) -> Commitment:
    """A commitment that is still made, for those who keep plans. Raises NotFound, DroppedAlready."""
    require(viewer, Verb.KEEP_PLANS)
    promised = Commitment.objects.filter(pk=commitment_id).first()
    if promised is None:
        raise NotFound
    plan_to_change(promised.plan_id, viewer)
    if promised.dropped_at:
        raise DroppedAlready
    return promised
