"""Meetings of bodies: planned, cancelled or held, and who came."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.models import Attendance, Body, BodyMeeting, BodySeat
from wayhome.partnership.vocabulary import AttendanceKind, MeetingState


class MeetsThatDay(Refusal):
    """The body has a meeting on that day already. Choose another day."""

    field = "held_on"


class NoReason(Refusal):
    """Say why the meeting is cancelled."""

    field = "because"


class NotPlanned(Refusal):
    """This meeting was held or cancelled already. Look at it again."""


class NotHeldYet(Refusal):
    """This meeting has not been held yet. Say who came once it is over."""


@transaction.atomic
def plan_meeting(
    *,
    body_id: UUID,
    held_on: date,
    starts_at: time | None = None,
    place: str = "",
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Say when a body meets. One in the past is written down the same way. Raises MeetsThatDay."""
    if not Body.objects.filter(pk=body_id).exists():
        raise NotFound
    made = BodyMeeting(body_id=body_id, held_on=held_on, starts_at=starts_at, place=place.strip())
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise MeetsThatDay from error
    _told("plan meeting", made, viewer, now, on=held_on)
    return made.pk


@transaction.atomic
def cancel_meeting(*, meeting_id: UUID, because: str, viewer: Viewer, now: datetime) -> None:
    """A meeting is not held. Raises NoReason, NotPlanned."""
    meeting = _locked(meeting_id)
    if not because.strip():
        raise NoReason
    if meeting.state != MeetingState.PLANNED:
        raise NotPlanned
    BodyMeeting.objects.filter(pk=meeting_id).update(
        state=MeetingState.CANCELLED, cancelled_because=because.strip()
    )
    _told("cancel meeting", meeting, viewer, now)


@transaction.atomic
def record_attendance(
    *, meeting_id: UUID, came: Mapping[UUID, tuple[str, str]], viewer: Viewer, now: datetime
) -> None:
    """Say of each seat who came: a kind of attendance and a name. The meeting counts as held from then on.

    Raises NotHeldYet, NotPlanned (cancelled).
    """
    meeting = _locked(meeting_id)
    if meeting.state == MeetingState.CANCELLED:
        raise NotPlanned
    if meeting.held_on > london_day(now):
        raise NotHeldYet
    ours = set(BodySeat.objects.filter(body_id=meeting.body_id).values_list("pk", flat=True))
    for seat_id, (kind, name) in came.items():
        if seat_id not in ours or kind not in AttendanceKind.values:
            raise NotFound
        Attendance.objects.update_or_create(
            meeting=meeting, seat_id=seat_id, defaults={"kind": kind, "name": name.strip()}
        )
    BodyMeeting.objects.filter(pk=meeting_id).update(state=MeetingState.HELD)
    _told("record attendance", meeting, viewer, now, seats=len(came))


def _locked(meeting_id: UUID) -> BodyMeeting:
    found = BodyMeeting.objects.select_for_update().filter(pk=meeting_id).first()
    if found is None:
        raise NotFound
    return found


def _told(verb: str, meeting: BodyMeeting, viewer: Viewer, now: datetime, **detail: object) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="meeting",
        subject_id=meeting.pk,
        detail={"body": meeting.body_id} | detail,
    )
