"""What reaches the partnership about a missing child is written down as it was received, and never changed."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.policies import require
from wayhome.access.queries import sees
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Notification
from wayhome.missing.queries.notifications import notification
from wayhome.missing.rules import InTheFuture
from wayhome.missing.vocabulary import NotificationOutcome

A_REFERENCE_ONCE = "a_senders_reference_comes_once"


class SentAfterReceived(Refusal):
    """It cannot have been sent after it was received. Check both dates and times."""

    field = "sent_at"


class TellsNothing(Refusal):
    """Write down who it is about, or what was said. As much as you have."""

    field = "circumstances"


class NumberOfAnotherChild(Refusal):
    """A message with this number is written down already, and is about another child. If one message tells of several
    children, write each down with a letter after the number, such as 1234 a and 1234 b.
    """

    field = "sender_reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotification:
    """A message as it was received: what its sender told, in their words. Instants are aware, in UTC."""

    source: str
    channel: str
    received_at: datetime
    sent_at: datetime | None = None
    told_by: str = ""
    contact: str = ""
    sender_reference: str = ""
    name_told: str = ""
    born_told: str = ""
    number_told: str = ""
    kind_told: str = ""
    risk_told: str = ""
    last_seen_at: datetime | None = None
    noticed_at: datetime | None = None
    reported_at: datetime | None = None
    returned_at: datetime | None = None
    last_seen_place: str = ""
    missing_from: str = ""
    circumstances: str = ""
    companions: str = ""
    police_reference: str = ""


@transaction.atomic
def write_down(*, new: NewNotification, person_id: UUID | None = None, viewer: Viewer, now: datetime) -> UUID:
    """Keep a notification. Somebody decides later what becomes of it, unless it came before.

    One with a sender's reference that came before is kept as the same message once more. Times that contradict each
    other are kept as they were told. Raises NotFound for a child the viewer does not see, and NumberOfAnotherChild:
    taken as the same message, it would wait for nobody.
    """
    require(viewer, Verb.REPORT_MISSING)
    _check(new, person_id, now)
    if person_id and viewer.user_id is not None and not sees(person_id):
        raise NotFound
    first = first_of(new.source, new.sender_reference)
    if first and is_of_another(first, new, person_id):
        raise NumberOfAnotherChild
    return keep(new, person_id=person_id, viewer=viewer, now=now).pk


@transaction.atomic
def open_notification(*, notification_id: UUID, page: str, viewer: Viewer, now: datetime) -> Notification:
    """One notification, with an entry that says who opened which page about it. Raises NotFound."""
    require(viewer, Verb.REPORT_MISSING)
    note = notification(notification_id)
    record(
        viewer=viewer,
        now=now,
        verb="read",
        subject_kind="notification",
        subject_id=note.pk,
        person_id=note.person_id,
        detail={"page": page},
    )
    return note


def keep(
    new: NewNotification, *, person_id: UUID | None, viewer: Viewer, now: datetime, **became: Any
) -> Notification:
    """Write a notification down, with what has become of it already, and its entry on the record."""
    note = Notification(
        id=new_id(),
        person_id=person_id,
        recorded_at=now,
        recorded_by_id=viewer.user_id,
        **asdict(new),
        **became,
    )
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError as error:
        if not _came_before(error):
            raise
        _once_more(note, viewer, now)
    told = {field: (None, value) for field, value in asdict(new).items() if value}
    noted(note, verb="write down notification", viewer=viewer, now=now, changes=told)
    return note


def noted(
    note: Notification,
    *,
    verb: str,
    viewer: Viewer,
    now: datetime,
    changes: dict[str, tuple[Any, Any]] | None = None,
) -> None:
    """One entry on the record about a notification."""
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="notification",
        subject_id=note.pk,
        person_id=note.person_id,
        detail={"source": note.source, "channel": note.channel, "outcome": note.outcome},
        changes=changes,
    )


def first_of(source: str, reference: str) -> Notification | None:
    """The message of this sender that had this reference first, if the viewer may see it."""
    same = Notification.objects.filter(source=source, sender_reference=reference)
    return same.exclude(outcome=NotificationOutcome.REPEATED).first() if reference else None


def is_of_another(first: Notification, new: NewNotification, person_id: UUID | None) -> bool:
    """Whether it says of itself that it is about another child than the first message with its number."""
    if person_id and first.person_id:
        return person_id != first.person_id
    names = {" ".join(name.casefold().split()) for name in (first.name_told, new.name_told)}
    return len(names - {""}) > 1


def _once_more(note: Notification, viewer: Viewer, now: datetime) -> None:
    """Keep it as the same message once more. The first may be about a child whom the viewer does not see."""
    first = first_of(note.source, note.sender_reference)
    note.outcome, note.decided_at, note.decided_by_id = NotificationOutcome.REPEATED, now, viewer.user_id
    note.repeats = first
    note.person_id = note.person_id or (first.person_id if first else None)
    note.save(force_insert=True)


def _came_before(error: IntegrityError) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", "") == A_REFERENCE_ONCE


def _check(new: NewNotification, person_id: UUID | None, now: datetime) -> None:
    if new.received_at > now:
        raise InTheFuture(field="received_at")
    if new.sent_at and new.sent_at > new.received_at:
        raise SentAfterReceived
    if not (person_id or new.name_told.strip() or new.number_told.strip() or new.circumstances.strip()):
        raise TellsNothing
