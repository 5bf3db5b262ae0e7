"""Reads of drafts and of the record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from wayhome.audit.models import Draft, Entry, Submission
from wayhome.audit.vocabulary import Outcome
from wayhome.database.reading import Reading
from wayhome.database.written_once import SOMEBODY, WrittenOnce
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.viewer import Viewer


def draft(*, viewer: Viewer, form: str, subject: str) -> tuple[dict[str, Any], datetime] | None:
    """What the viewer typed into this form and did not send, and when it was saved."""
    found = Draft.objects.filter(user_id=viewer.known_writer_id, form=form, subject=subject).first()
    return (found.data, found.saved_at) if found else None


class Unfinished(NamedTuple):
    """A form that was begun and not sent: what it is, about what, on which page, and when it was saved."""

    form: str
    subject: str
    saved_at: datetime
    page: str


def unfinished(viewer: Viewer, *, besides: str = "") -> Reading[list[Unfinished]]:
    """The viewer's unfinished forms but for one kind, the newest first. One query."""
    found = yield from _unfinished.reading(viewer.known_user_id, besides)
    return [Unfinished(form, subject, saved_at, page or "") for form, subject, saved_at, page in found]


def _unfinished_of(user_id: UUID, besides: str) -> QuerySet[Draft, tuple[Any, ...]]:
    found = Draft.objects.filter(user_id=user_id).exclude(form=besides).order_by("-saved_at")
    return found.values_list("form", "subject", "saved_at", KT("data__page"))[:20]


_unfinished = WrittenOnce(_unfinished_of, SOMEBODY, "some form")


def entries_about(person_id: UUID) -> QuerySet[Entry]:
    """Who did what with this person's record, newest first."""
    return Entry.objects.filter(person_id=person_id).order_by("-at", "-pk")


def details_of(*, subject_kind: str, verb: str) -> dict[UUID, dict[str, Any]]:
    """What the record says of each subject of a kind to which something was done. For who reads the whole record."""
    found = Entry.objects.filter(
        subject_kind=subject_kind, verb=verb, outcome=Outcome.DONE, subject_id__isnull=False
    )
    return {each.subject_id: each.detail for each in found.order_by("pk") if each.subject_id}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry as the access log shows it: who did what when. What it was about in content is not here."""

    id: UUID
    at: datetime
    actor: str
    agency: str
    what: str
    person_id: UUID | None
    was_refused: bool


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some lines of the log, and whether older ones follow."""

    lines: list[LogLine]
    has_more: bool


LINES_ON_A_PAGE = 50


def log_page(
    *, who: str = "", verb: str = "", day: date | None = None, person_id: UUID | None = None, page: int = 1
) -> LogPage:
    """The log, newest first, in one query. Row security decides which part of it the viewer sees.

    By number and not by time: numbers are given in order of time, and have the index.
    """
    found = Entry.objects.filter(actor__icontains=who, verb__istartswith=verb).order_by("-pk")
    if day:
        found = found.filter(at__gte=start_of_day(day), at__lt=start_of_day(day + timedelta(days=1)))
    if person_id:
        found = found.filter(person_id=person_id)
    start = (page - 1) * LINES_ON_A_PAGE
    rows = list(found[start : start + LINES_ON_A_PAGE + 1])
    return LogPage([_line(row) for row in rows[:LINES_ON_A_PAGE]], len(rows) > LINES_ON_A_PAGE)


def _line(entry: Entry) -> LogLine:
    return LogLine(
        entry.pk,
        entry.at,
        entry.actor,
        entry.agency,
        _what(entry),
        entry.person_id,
        entry.outcome == Outcome.REFUSED,
    )


def _what(entry: Entry) -> str:
    """What was done; where the verb leaves it open, with the page that was read or the kind of thing written."""
    more = entry.detail.get("page") or entry.subject_kind.replace("_", " ")
    is_said = " " in entry.verb or more in ("user", "person", "people")
    return entry.verb if is_said else f"{entry.verb}: {more}"


@dataclass(frozen=True, slots=True)
class Write:
    """Who did what to one thing, and when."""

    at: datetime
    actor: str
    agency: str
    verb: str


def writes_to(*, person_id: UUID, subject_id: UUID) -> list[Write]:
    """Who wrote what to one thing of this person's record, oldest first."""
    found = Entry.objects.filter(person_id=person_id, subject_id=subject_id, outcome=Outcome.DONE)
    return [Write(entry.at, entry.actor, entry.agency, entry.verb) for entry in found.order_by("pk")]


def was_sent(key: UUID, said: str = "") -> bool:
    """True if the viewer has sent the form that carried this key, with these words."""
    return Submission.objects.filter(pk=key, said=said).exists()


@dataclass(frozen=True, slots=True)
class Writing:
    """Who wrote something down, and when."""

    writer: str
    agency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing somebody did with a record, and with what."""

    at: datetime
    writer: str
    agency: str
    verb: str
    detail: dict[str, Any]


def done_about(
    person_id: UUID, *, kinds: tuple[str, ...], verbs: tuple[str, ...], written: tuple[str, ...]
) -> tuple[list[Deed], dict[tuple[UUID, str], Writing]]:
    """What was done about a person, in one query: everything done under these verbs with things of these kinds, the
    first first; and who first did what to each thing of the kinds `written`, by the thing's id and the verb.

    Under the verb "" stands who wrote the thing first, whatever it was called.
    """
    asked = Q(subject_kind__in=kinds, verb__in=verbs) | Q(subject_kind__in=written)
    entries = Entry.objects.filter(asked, person_id=person_id, outcome=Outcome.DONE).order_by("at", "pk")
    deeds: list[Deed] = []
    writings: dict[tuple[UUID, str], Writing] = {}
    rows = entries.values_list("subject_kind", "subject_id", "at", "actor", "agency", "verb", "detail")
    for kind, subject_id, at, actor, agency, verb, detail in rows:
        if kind in kinds and verb in verbs:
            deeds.append(Deed(at, actor, agency, verb, detail))
        if kind in written and subject_id:
            writings.setdefault((subject_id, ""), Writing(actor, agency, at))
            writings.setdefault((subject_id, verb), Writing(actor, agency, at))
    return deeds, writings
