"""Reads of the notification log. Row security leaves out those about children the viewer may not see."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from wayhome.access.queries import names_of
from wayhome.database.reading import Reading, answered
from wayhome.database.written_once import WrittenOnce
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.missing.models import Notification, Report
from wayhome.missing.rules.accuracy import COLUMNS, Accuracy, accuracy_from
from wayhome.missing.vocabulary import NotificationChannel, NotificationOutcome, ReportSource
from wayhome.people.queries import PersonCard, cards

ON_A_PAGE = 30
PERIODS = {"7": "The last 7 days", "31": "The last 31 days", "366": "The last year", "": "All"}
USUAL_PERIOD = "31"
SAME_MESSAGE_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class LogAsked:
    """Which notifications the reader wants to see."""

    source: str = ""
    outcome: str = ""
    period: str = USUAL_PERIOD

    @classmethod
    def of(cls, asked: dict[str, str]) -> Self:
        """From an address; what is not known there is left out."""
        source, outcome = asked.get("source", ""), asked.get("outcome", "")
        period = asked.get("period", USUAL_PERIOD)
        return cls(
            source if source in ReportSource.values else "",
            outcome if outcome in NotificationOutcome.values else "",
            period if period in PERIODS else USUAL_PERIOD,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the usual is asked for."""
        return self != LogAsked()

    def query(self, **other: str) -> str:
        """As it stands in an address."""
        wanted = replace(self, **other)
        return urlencode({"source": wanted.source, "outcome": wanted.outcome, "period": wanted.period})

    def since(self, now: datetime) -> datetime | None:
        """From when on."""
        return now - timedelta(days=int(self.period)) if self.period else None


@dataclass(frozen=True, slots=True)
class LogRow:
    """A notification as the log lists it."""

    note: Notification
    child: PersonCard | None

    @property
    def is_hidden(self) -> bool:
        """Whether it is about a child whom the viewer does not see: they wrote it down once."""
        return self.note.person_id is not None and self.child is None

    @property
    def is_closed(self) -> bool:
        """Whether its words are closed too: it is the report of one who saw the child's record then."""
        return self.is_hidden and self.note.channel == NotificationChannel.PAGE

    @property
    def episode_id(self) -> UUID | None:
        """The episode it belongs to, for one who sees the child."""
        return self.note.episode_id if self.child else None

    @property
    def about(self) -> str:
        """The child's name, or what was told of it."""
        if self.is_closed:
            return "A child whose record is not open to you"
        return self.child.name if self.child else self.note.name_told or self.note.number_told or "Not named"


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of the log: those that wait first, the longest waiting first; then the others, the latest first."""

    rows: list[LogRow]
    page: int
    pages: int
    found: int
    waiting: int


def log_page(asked: LogAsked, page: int, now: datetime) -> LogPage:
    """One page of the log, in four queries however long it is. Those that wait are in every period."""
    wanted = _asked_for(asked, now)
    found = wanted.count()
    pages = max(1, -(-found // ON_A_PAGE))
    page = min(max(page, 1), pages)
    order = Case(
        When(outcome=NotificationOutcome.WAITING, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    waits_since = Case(When(outcome=NotificationOutcome.WAITING, then="received_at"))
    rows = wanted.order_by(order, waits_since, "-received_at", "pk")
    start = (page - 1) * ON_A_PAGE
    return LogPage(
        rows=with_children(list(rows[start : start + ON_A_PAGE]), now),
        page=page,
        pages=pages,
        found=found,
        waiting=answered(waiting_count()),
    )


def _asked_for(asked: LogAsked, now: datetime) -> QuerySet[Notification]:
    wanted = Notification.objects.all()
    since = asked.since(now)
    if asked.source:
        wanted = wanted.filter(source=asked.source)
    if asked.outcome:
        wanted = wanted.filter(outcome=asked.outcome)
    if since:
        wanted = wanted.filter(Q(received_at__gte=since) | Q(outcome=NotificationOutcome.WAITING))
    return wanted


def waiting_count() -> Reading[int]:
    """How many nobody has decided yet. One query."""
    return _waiting.count()


_waiting = WrittenOnce(
    lambda: Notification.objects.filter(outcome=NotificationOutcome.WAITING).values_list("pk")
)


def with_children(notes: Iterable[Notification], now: datetime) -> list[LogRow]:
    """Notifications with the children the viewer may see, in one query."""
    notes = list(notes)
    children = cards({note.person_id for note in notes if note.person_id}, london_day(now))
    return [LogRow(note, children.get(note.person_id) if note.person_id else None) for note in notes]


def notification(notification_id: UUID) -> Notification:
    """One notification. Raises NotFound if there is none the viewer may see."""
    found = Notification.objects.select_related("agency").filter(pk=notification_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class NotificationFile:
    """One notification with what became of it."""

    note: Notification
    child: PersonCard | None
    first: Notification | None
    repeats: list[Notification]
    same_number: list[Notification]
    report: Report | None
    user_names: dict[UUID, str]

    @property
    def row(self) -> LogRow:
        """As the log lists it."""
        return LogRow(self.note, self.child)

    def name(self, user_id: UUID | None) -> str:
        """A user's name; nothing where no user did it."""
        return self.user_names.get(user_id, "") if user_id else ""


def notification_file(note: Notification, now: datetime) -> NotificationFile:
    """One notification with those of the same message or number, and the report made of it. Six queries."""
    (row,) = with_children([note], now)
    return NotificationFile(
        note=note,
        child=row.child,
        first=Notification.objects.filter(pk=note.repeats_id).first() if note.repeats_id else None,
        repeats=list(Notification.objects.filter(repeats=note).order_by("received_at")),
        same_number=list(with_the_number_of(note).exclude(outcome=NotificationOutcome.REPEATED)),
        report=Report.objects.filter(notification=note).first(),
        user_names=names_of({note.recorded_by_id, note.decided_by_id}),
    )


def with_the_number_of(note: Notification) -> QuerySet[Notification]:
    """Other messages of this sender with the same number, as far as the viewer may see them; none without one."""
    same = Notification.objects.filter(source=note.source, sender_reference=note.sender_reference)
    return (same if note.sender_reference else same.none()).exclude(pk=note.pk).order_by("recorded_at", "pk")


def could_repeat(note: Notification, now: datetime) -> list[Notification]:
    """What this one may be the same message as: of the same child or of nobody named, with the same number or received
    within three days.
    """
    near = (note.received_at - SAME_MESSAGE_WITHIN, note.received_at + SAME_MESSAGE_WITHIN)
    same = Q(source=note.source, sender_reference=note.sender_reference) & ~Q(sender_reference="")
    others = Notification.objects.filter(Q(received_at__range=near) | same).exclude(pk=note.pk)
    others = others.exclude(outcome=NotificationOutcome.REPEATED)
    if note.person_id:
        others = others.filter(Q(person_id=note.person_id) | Q(person_id=None))
    rows = with_children(others.order_by("-received_at")[:20], now)
    return [row.note for row in rows if not row.is_hidden]


def accuracy(since: datetime, until: datetime) -> list[Accuracy]:
    """How complete, quick and right each source was among what the viewer may see, received in [since, until).

    One query. For one who sees no child, insight counts all of them (the same function, with small counts held back).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM missing_seen_accuracy(%s, %s)", [since, until])
        return [
            accuracy_from(source, dict(zip(COLUMNS, counted, strict=True))) for source, *counted in cursor
        ]
