"""What reaches the partnership about a missing child is written down as it was received, and never changed."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from wayhome.access.commands import Opening, grant
from wayhome.access.policies import may, require
from wayhome.access.queries import holders_of, sees
from wayhome.access.roles import Verb
from wayhome.access.vocabulary import Basis
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Notification
from wayhome.missing.queries.notifications import notification
from wayhome.missing.rules import InTheFuture
from wayhome.missing.vocabulary import NotificationOutcome
from wayhome.partnership.queries import team_ids
from wayhome.partnership.vocabulary import TeamKind

LOOKED_AT_WITHIN = timedelta(days=31)


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

    One with a sender's reference that came before, for all that the viewer may see, is kept as the same message once
    more. Where the first is hidden from the viewer this one waits like any other, and those who see both are shown
    both. Times that contradict each other are kept as they were told. Raises NotFound for a child the viewer does not
    see, and NumberOfAnotherChild: taken as the same message, it would wait for nobody.
    """
    require(viewer, Verb.REPORT_MISSING)
    _check(new, person_id, now)
    if person_id and viewer.user_id is not None and not sees(person_id):
        raise NotFound
    wait_for_others_with(new)
    before = came_before(new)
    first = first_of(before, new, person_id)
    if before and first is None:
        raise NumberOfAnotherChild
    if person_id:
        _open_to_who_decides(person_id, viewer, now)
    if first is None:
        return keep(new, person_id=person_id, viewer=viewer, now=now).pk
    became = {"outcome": NotificationOutcome.REPEATED, "repeats": first}
    became |= {"decided_at": now, "decided_by_id": viewer.user_id}
    return keep(new, person_id=person_id or first.person_id, viewer=viewer, now=now, **became).pk


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


def _open_to_who_decides(person_id: UUID, viewer: Viewer, now: datetime) -> None:
    """A message about a child whom no coordinator sees would wait for nobody: they see the child for a month.

    No glass is broken: nobody opens a record to themselves. One who sees the child opens it to those whose work it is,
    and who sees the child tells of it, with the reason, by whom and until when.
    """
    if may(viewer, Verb.ANSWER_REPORTS):
        return
    holders = holders_of(person_id)
    for team_id in team_ids(kind=TeamKind.COORDINATION, on=london_day(now)):
        if team_id not in holders:
            reason = "A message about the child waits to be decided"
            opening = Opening(Basis.ALLOCATION, reason, team_id=team_id, until=now + LOOKED_AT_WITHIN)
            grant(person_id=person_id, opening=opening, viewer=viewer, now=now)


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
    note.save(force_insert=True)
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


def wait_for_others_with(new: NewNotification) -> None:
    """Of two messages with one reference written down at this moment the second waits, and then sees the first."""
    if new.sender_reference:
        with connection.cursor() as cursor:
            key = f"{new.source} {new.sender_reference}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('notification'), hashtext(%s))", [key])


def came_before(new: NewNotification) -> list[Notification]:
    """The messages of this sender that have this reference, as far as the viewer may see them, the first first."""
    same = Notification.objects.filter(source=new.source, sender_reference=new.sender_reference)
    same = same.exclude(outcome=NotificationOutcome.REPEATED).order_by("recorded_at", "pk")
    return list(same) if new.sender_reference else []


def first_of(before: list[Notification], new: NewNotification, person_id: UUID | None) -> Notification | None:
    """The first of those that came before which does not say that it is about another child."""
    return next((each for each in before if not is_of_another(each, new, person_id)), None)


def is_of_another(first: Notification, new: NewNotification, person_id: UUID | None) -> bool:
    """Whether it says of itself that it is about another child than the first message with its number."""
    if person_id and first.person_id:
        return person_id != first.person_id
    names = {" ".join(name.casefold().split()) for name in (first.name_told, new.name_told)}
    return len(names - {""}) > 1


def _check(new: NewNotification, person_id: UUID | None, now: datetime) -> None:
    if new.received_at > now:
        raise InTheFuture(field="received_at")
    if new.sent_at and new.sent_at > new.received_at:
        raise SentAfterReceived
    if not (person_id or new.name_told.strip() or new.number_told.strip() or new.circumstances.strip()):
        raise TellsNothing
