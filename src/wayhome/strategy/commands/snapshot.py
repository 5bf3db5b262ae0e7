"""A plan as it was presented, kept for good, and the chair's word that it may go to the body as it stands there."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotAllowed, NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import governance
from wayhome.strategy.models import SignOff, Snapshot
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.plan_json import digest_of, to_json

# A paper for a meeting is made some weeks before it, never for next year.
AHEAD = timedelta(days=92)


class PresentedTooFarAhead(Refusal):
    """Choose a day within the next three months. A snapshot keeps the plan as it is today."""

    field = "presented_on"


class MeetingOfAnotherBody(Refusal):
    """This meeting is another body's. Choose the body and its meeting again."""

    field = "meeting"


class SignedAlready(Refusal):
    """This snapshot is signed off already. Look at who signed it."""


class NotTheChair(NotAllowed):
    """Only the chair of this body, or the deputy, signs off what it is shown. Ask them to sign in and sign."""


@transaction.atomic
def take_snapshot(
    *,
    plan_id: UUID,
    body_id: UUID,
    presented_on: date,
    meeting_id: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Keep the whole plan as it stands now, as presented to a body on a day. Nothing changes it afterwards.

    Raises NotFound, MeetingOfAnotherBody, PresentedTooFarAhead.
    """
    require(viewer, Verb.KEEP_PLANS)
    if presented_on > london_day(now) + AHEAD:
        raise PresentedTooFarAhead
    governance.body(body_id)
    if meeting_id and governance.meeting(meeting_id).body_id != body_id:
        raise MeetingOfAnotherBody
    content = to_json(plan_file(plan_id, now=now))
    made = Snapshot(
        plan_id=plan_id,
        body_id=body_id,
        meeting_id=meeting_id,
        presented_on=presented_on,
        content=content,
        digest=digest_of(content),
        taken_at=now,
        taken_by_id=viewer.user_id,
        taken_by_name=viewer.name,
    )
    made.save(force_insert=True)
    _told("take snapshot", made.pk, viewer, now, digest=made.digest, plan=plan_id, presented_on=presented_on)
    return made.pk


@transaction.atomic
def sign_off(*, snapshot_id: UUID, note: str = "", viewer: Viewer, now: datetime) -> None:
    """The chair says that the plan may go to the body as it stands in a snapshot.

    Where somebody with an account chairs the body, or stands in for the chair, only they can; otherwise whoever signs
    off plans. Raises NotFound, NotTheChair, SignedAlready.
    """
    require(viewer, Verb.SIGN_OFF_PLANS)
    snapshot = Snapshot.objects.defer("content").filter(pk=snapshot_id).first()
    if snapshot is None:
        raise NotFound
    chairs = governance.chairs_of(snapshot.body_id, london_day(now))
    if chairs and viewer.user_id not in chairs:
        raise NotTheChair
    signed = SignOff(
        snapshot_id=snapshot_id,
        signed_at=now,
        signed_by_id=viewer.user_id,
        signed_by_name=viewer.name,
        note=note.strip(),
    )
    try:
        with transaction.atomic():
            signed.save(force_insert=True)
    except IntegrityError as error:
        raise SignedAlready from error
    _told("sign off", snapshot_id, viewer, now, digest=snapshot.digest)


def _told(verb: str, snapshot_id: UUID, viewer: Viewer, now: datetime, **detail: object) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="snapshot",
        subject_id=snapshot_id,
        detail=detail,
    )
