"""A notification in words, as pairs and rows."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from wayhome.missing.models import Notification
from wayhome.missing.queries.notifications import LogRow, NotificationFile
from wayhome.missing.rules.accuracy import Accuracy, Delay, share
from wayhome.missing.rules.notification import lacking
from wayhome.missing.views.reading import Pairs, said, written
from wayhome.missing.vocabulary import MissingFrom, NotificationOutcome, ReportSource
from wayhome.people.queries import PersonCard
from wayhome.web.forms import Choice
from wayhome.web.showing import day, moment, sentence, span, when


def accuracy_rows(sources: Iterable[Accuracy]) -> list[tuple[str, ...]]:
    """How complete, quick and right each source was, with what each share is of."""
    return [
        (
            ReportSource(each.source).label,
            f"{each.messages:,}" + (f", and {each.repeated:,} once more" if each.repeated else ""),
            share(each.complete, each.messages),
            took(each.to_report),
            took(each.to_receive),
            share(each.not_missing, each.decided),
            share(each.set_aside, each.of_an_episode),
        )
        for each in sources
    ]


def took(delay: Delay) -> str:
    """As in "half within 20 min, nine in ten within 3 h (of 40)"."""
    if delay.half is None or delay.most is None:
        return "Not told"
    return f"Half within {span(delay.half)}, nine in ten within {span(delay.most)} (of {delay.of:,})"


def about(note: Notification, child: PersonCard | None) -> str:
    """Who it is about, in a word for a heading."""
    return LogRow(note, child).about


def log_rows(rows: Iterable[LogRow], now: datetime) -> list[dict[str, object]]:
    """The log, row by row."""
    return [
        {
            "id": row.note.pk,
            "about": row.about,
            "is_named": row.note.person_id is not None,
            "source": row.note.get_source_display(),
            "channel": row.note.get_channel_display(),
            "received": sentence(when(row.note.received_at, now)),
            "last_seen": sentence(when(row.note.last_seen_at, now)) if row.note.last_seen_at else "Not told",
            "delay": late(row.note),
            "outcome": row.note.get_outcome_display(),
            "is_waiting": row.note.outcome == NotificationOutcome.WAITING,
            "waits": span(now - row.note.received_at),
            "lacking": lacking(row.note),
            "episode_id": row.episode_id,
        }
        for row in rows
    ]


def late(note: Notification) -> str:
    """From reported to received, where it took any time at all."""
    took = between(note.reported_at, note.received_at)
    return took if took != span(timedelta()) else ""


def told_pairs(file: NotificationFile, now: datetime) -> Pairs:
    """Everything that was told, as it was told, and who wrote it down. What somebody wrote of a child nobody had named
    stays theirs to read; of a report about a record that is closed to them, only that there was one.
    """
    note, by = file.note, file.name(file.note.recorded_by_id)

    def at(instant: datetime | None) -> str:
        return sentence(when(instant, now)) if instant else ""

    if file.row.is_closed:
        return [
            ("Source", note.get_source_display()),
            ("Written down by", written(by, note.recorded_at, now)),
        ]
    return said(
        [
            ("Source", note.get_source_display()),
            ("Told by", ", ".join(filter(None, (note.told_by, note.contact)))),
            ("Reached us", f"{at(note.received_at)}, {note.get_channel_display().lower()}"),
            ("Sent", at(note.sent_at)),
            ("Their number", note.sender_reference),
            ("Name told", note.name_told),
            ("Birth told", note.born_told),
            ("Number told", note.number_told),
            ("Called", note.kind_told if len(note.kind_told) > 1 else ""),
            ("Risk, in their word", note.risk_told),
            ("Last seen", at(note.last_seen_at)),
            ("Noticed", at(note.noticed_at)),
            ("Reported", at(note.reported_at)),
            ("Back", at(note.returned_at)),
            ("Missing from", MissingFrom(note.missing_from).label if note.missing_from else ""),
            ("Where last seen", note.last_seen_place),
            ("What was said", note.circumstances),
            ("May be with", note.companions),
            ("Police reference", note.police_reference),
            ("Written down by", written(by, note.recorded_at, now)),
            ("From noticed to reported", between(note.noticed_at, note.reported_at)),
            ("From reported to received", between(note.reported_at, note.received_at)),
        ]
    )


def between(first: datetime | None, then: datetime | None) -> str:
    """How long it took, where both times are told and in this order."""
    return span(then - first) if first and then and first <= then else ""


def became_pairs(file: NotificationFile, now: datetime) -> Pairs:
    """What became of it, who decided, and why: not to who wrote it down about a child whom they do not see, because in
    the decision are the words of others.
    """
    note = file.note
    if file.row.is_hidden:
        return said([("Now", note.get_outcome_display())])
    return said(
        [
            ("Now", note.get_outcome_display()),
            ("Why", note.outcome_reason),
            ("Decided", written(file.name(note.decided_by_id), note.decided_at, now)),
        ]
    )


def in_a_line(note: Notification) -> str:
    """One notification among others to choose from."""
    name = note.name_told or "Not named"
    return f"{note.get_source_display()}, received {moment(note.received_at)}: {name}"


def as_choices(found: Iterable[PersonCard]) -> list[Choice]:
    """Children to choose from."""
    return [Choice(str(card.id), card.name, hint=born(card)) for card in found]


def born(card: PersonCard) -> str:
    """What tells two children of one name apart."""
    if card.date_of_birth is None:
        return "Date of birth not known"
    shown = day(card.date_of_birth) if card.birth_precision == "day" else str(card.date_of_birth.year)
    return f"Born {shown}" + (f", {card.age} years old" if card.age is not None else "")
