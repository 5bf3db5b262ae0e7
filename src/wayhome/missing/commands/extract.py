"""A file of notifications of another system is taken in, row by row; the same file again changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.close import close_as_history
from wayhome.missing.commands.deciding import take_up, told_back
from wayhome.missing.commands.notification import (
    NewNotification,
    came_before,
    first_of,
    keep,
    wait_for_others_with,
)
from wayhome.missing.commands.report import NewReport
from wayhome.missing.commands.risk import judge_risk
from wayhome.missing.models import Episode, Notification
from wayhome.missing.queries.board import clocks_of
from wayhome.missing.rules import is_long_over
from wayhome.missing.rules.extract import LOOK_AGAIN_AFTER, ToldInRow, Unreadable, read_row
from wayhome.missing.rules.notification import kind_as_told, risk_as_told
from wayhome.missing.vocabulary import NotificationChannel, PoliceRisk, ReportSource
from wayhome.partnership.queries import the_partnership
from wayhome.people.queries import exactly_named, identifiers_of
from wayhome.people.vocabulary import IdentifierType


class NoRows(Refusal):
    """The file has column names and no rows. There is nothing to take in."""


class Fate(NamedTuple):
    """What became of a row, and why where that is not plain."""

    row: int
    reference: str
    fate: str
    reason: str = ""


# Not written on the message itself: who sees this child may not know of the other.
NUMBER_OF_ANOTHER_CHILD = "A message with this reference is about another child. This one is kept beside it."
# As history: an episode that was over for so long that none of its duties could be done any more.
FATES = ("opened", "history", "added", "waiting", "unchanged", "rejected")


@dataclass(slots=True)
class ExtractReport:
    """Every row with its fate. `findings` are those that somebody may want to look at."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FATES, 0))
    findings: list[Fate] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many there were."""
        return sum(self.counts.values())

    def note(self, fate: Fate) -> None:
        """Count a row, and keep its reason if it has one."""
        self.counts[fate.fate] += 1
        if fate.reason:
            self.findings.append(fate)

    def as_json(self) -> dict[str, object]:
        """For a program."""
        return {
            "rows": self.rows,
            **self.counts,
            "findings": [each._asdict() for each in self.findings],
        }


@transaction.atomic
def take_extract(
    *,
    rows: Iterable[tuple[int, Mapping[str, str] | str]],
    name: str,
    dry_run: bool,
    viewer: Viewer,
    now: datetime,
) -> ExtractReport:
    """Take in the rows of a file: what it tells by column, or why a line could not be split.

    As the worker. A message is recognised by its source and reference. A child is known by a number, or by their
    whole name with their date of birth; otherwise the message waits until somebody says who it is about. A child who
    is missing already gets another source and never a second open episode. One with the reference of a message about
    another child waits as well. What was over
    for long is taken as history: its duties are not opened. A dry run undoes all of it.
    """
    require(viewer, Verb.ANSWER_REPORTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('take_extract'))")
    report = ExtractReport()
    for number, told in rows:
        report.note(_row(number, told, name, viewer, now))
    if not report.rows:
        raise NoRows
    record(
        viewer=viewer,
        now=now,
        verb="import",
        subject_kind="notifications",
        detail=report.counts | {"rows": report.rows, "dry run": dry_run},
    )
    if dry_run:
        transaction.set_rollback(True)
    return report


def _row(number: int, told: Mapping[str, str] | str, name: str, viewer: Viewer, now: datetime) -> Fate:
    if isinstance(told, str):
        return Fate(number, "", "rejected", told)
    reference = told.get("reference", "").strip()
    try:
        read = read_row(told, now)
    except Unreadable as why:
        return Fate(number, reference, "rejected", str(why))
    new = NewNotification(channel=NotificationChannel.FILE, **read.told)
    wait_for_others_with(new)
    before, child = came_before(new), _child(read)
    first = first_of(before, new, child)
    if first:
        return Fate(number, reference, "unchanged", _differs(first, new))
    note = keep(new, person_id=child, viewer=viewer, now=now)
    if before:
        return Fate(number, reference, "waiting", NUMBER_OF_ANOTHER_CHILD)
    return Fate(number, reference, *_taken(note, name, viewer, now))


def _differs(first: Notification, new: NewNotification) -> str:
    """What a message under a known reference tells otherwise. The first stays as it was received."""
    changed = [
        told
        for told in NewNotification.__dataclass_fields__
        if told not in ("received_at", "channel") and getattr(first, told) != getattr(new, told)
    ]
    return f"Came before with other words in {', '.join(changed)}. The first is kept." if changed else ""


def _taken(note: Notification, name: str, viewer: Viewer, now: datetime) -> tuple[str, str]:
    """Make a report of it where that can be done; otherwise it waits, and it is said why."""
    if note.person_id is None:
        return "waiting", "Nobody on record has this number, or exactly this name with this date of birth."
    if note.last_seen_at is None:
        return "waiting", "It does not tell when the child was last seen."
    try:
        with transaction.atomic():
            taken = take_up(
                notification_id=note.pk,
                told=_as_report(note),
                back_already=told_back(note),
                viewer=viewer,
                now=now,
            )
            _judge(taken.episode_id, note, name, viewer, now)
            is_history = taken.has_opened and _closed_as_history(taken.episode_id, viewer, now)
    except Refusal as refusal:
        Notification.objects.filter(pk=note.pk).update(outcome_reason=refusal.message)
        return "waiting", refusal.message
    if is_history:
        return "history", _unknown_risk(note)
    return ("opened" if taken.has_opened else "added"), _unknown_risk(note)


def _closed_as_history(episode_id: UUID, viewer: Viewer, now: datetime) -> bool:
    """Close what ended so long before it was taken in that no duty of it can be done in time. Whether it did."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    partnership = the_partnership()
    clocks = clocks_of(partnership.pk if partnership else None)
    if episode.returned_at is None or not is_long_over(episode.returned_at, clocks, now):
        return False
    close_as_history(episode, viewer=viewer, now=now)
    return True


def _as_report(note: Notification) -> NewReport:
    same: dict[str, Any] = {
        told: getattr(note, told)
        for told in NewReport.__dataclass_fields__
        if hasattr(note, told) and told not in ("last_seen_certainty", "noticed_certainty")
    }
    return NewReport(kind=kind_as_told(note.kind_told) or "", **same)


def _judge(episode_id: UUID, note: Notification, name: str, viewer: Viewer, now: datetime) -> None:
    """Keep the level that the police told, with their own word for it. A home's word is no police level."""
    level = risk_as_told(note.risk_told)
    is_over = Episode.objects.filter(pk=episode_id).exclude(closed_at=None).exists()
    if level is None or is_over or note.source != ReportSource.POLICE:
        return
    is_none = level == PoliceRisk.NO_APPARENT_RISK
    judge_risk(
        episode_id=episode_id,
        level=level,
        as_told=note.risk_told,
        reason=f"As told by the police in {name}",
        reassess_by=now + LOOK_AGAIN_AFTER if is_none else None,
        judged_at=note.sent_at or note.reported_at,
        viewer=viewer,
        now=now,
    )


def _unknown_risk(note: Notification) -> str:
    if note.risk_told and risk_as_told(note.risk_told) is None:
        return "The word for the risk is none we know. It is kept as told, and nothing is judged by it."
    return ""


def _child(read: ToldInRow) -> UUID | None:
    """Who it is about: by a number, or by exactly this name with this date of birth, if that is one child alone."""
    partnership = the_partnership()
    numbers = (
        (IdentifierType.NHS_NUMBER, read.nhs_number, ""),
        (IdentifierType.UPN, read.upn, ""),
        (IdentifierType.LA_CHILD_ID, read.la_child_id, partnership.authority_code if partnership else ""),
    )
    by_number = {
        person_id
        for type_, number, issuer in numbers
        if number
        for person_id in identifiers_of(type_, [number], issuer).values()
    }
    if by_number:
        return by_number.pop() if len(by_number) == 1 else None
    named = exactly_named(read.given_name, read.family_name, read.born) if read.born else []
    return named[0] if len(named) == 1 else None
