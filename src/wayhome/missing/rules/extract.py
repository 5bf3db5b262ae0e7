"""A row of a sender's file, as a notification or the reason why it is none. Pure: text in, facts out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from wayhome.kernel.clock import from_wall_clock
from wayhome.missing.rules.notification import kind_as_told
from wayhome.missing.vocabulary import MissingFrom, ReportSource

REQUIRED = ("reference", "source", "reported_at")
OPTIONAL = (
    "sent_at",
    "received_at",
    "told_by",
    "contact",
    "given_name",
    "family_name",
    "date_of_birth",
    "nhs_number",
    "upn",
    "la_child_id",
    "kind",
    "risk",
    "last_seen_at",
    "noticed_at",
    "returned_at",
    "last_seen_place",
    "missing_from",
    "circumstances",
    "companions",
    "police_reference",
)
COLUMNS = REQUIRED + OPTIONAL
TIMES = ("sent_at", "received_at", "last_seen_at", "noticed_at", "reported_at", "returned_at")
IN_THEIR_WORDS = (
    "told_by",
    "contact",
    "last_seen_place",
    "circumstances",
    "companions",
    "police_reference",
)
# A file tells a level without the time at which it is looked at again: somebody looks within the hour of taking it in.
LOOK_AGAIN_AFTER = timedelta(hours=1)

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?"
)
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:,? (\d{1,2}):(\d{2})(?::\d{2})?)?()")


class Unreadable(Exception):
    """A row cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class ToldInRow:
    """A row that can be taken: the notification's fields, and by what the child may be known."""

    told: dict[str, Any]
    given_name: str
    family_name: str
    born: date | None
    nhs_number: str
    upn: str
    la_child_id: str


def clean_name(name: str) -> str:
    """A column name as it is compared: "Last seen at" is last_seen_at."""
    return re.sub(r"[\s_-]+", "_", name.strip().lstrip("\ufeff").lower())


def wrong_columns(header: Sequence[str]) -> str:
    """What is wrong with a file's column names; nothing if they will do."""
    names = [clean_name(name) for name in header]
    lacking = [name for name in REQUIRED if name not in names]
    unknown = [name for place, name in enumerate(names) if name not in COLUMNS or name in names[:place]]
    parts = []
    if lacking:
        parts.append(f"missing {', '.join(lacking)}")
    if unknown:
        parts.append(f"unknown or twice {', '.join(unknown[:10])}")
    if not parts:
        return ""
    return f"The columns are not those of an extract: {'; '.join(parts)}. Known are {', '.join(COLUMNS)}."


def read_row(row: Mapping[str, str], now: datetime) -> ToldInRow:
    """A row as a notification. Raises Unreadable with the reason.

    A time that the clocks made happen twice is taken as the first; one that did not happen is no time.
    """
    cells = {name: " ".join(row.get(name, "").split()) for name in COLUMNS}
    if not cells["reference"]:
        raise Unreadable("The row has no reference. Without one it would come in again with every file.")
    times = {name: _time(name, cells[name]) for name in TIMES}
    _check_order(times, now)
    told: dict[str, Any] = {
        **times,
        **{name: cells[name] for name in IN_THEIR_WORDS},
        "source": _source(cells["source"]),
        "received_at": times["received_at"] or now,
        "sender_reference": cells["reference"],
        "name_told": f"{cells['given_name']} {cells['family_name']}".strip(),
        "born_told": cells["date_of_birth"],
        "number_told": cells["nhs_number"] or cells["upn"] or cells["la_child_id"],
        "kind_told": _kind(cells["kind"]),
        "risk_told": cells["risk"],
        "missing_from": _missing_from(cells["missing_from"]),
    }
    if not (told["name_told"] or told["number_told"] or told["circumstances"]):
        raise Unreadable("The row says neither whom it is about nor what happened.")
    return ToldInRow(
        told=told,
        given_name=cells["given_name"],
        family_name=cells["family_name"],
        born=_day(cells["date_of_birth"]),
        nhs_number=cells["nhs_number"].replace(" ", ""),
        upn=cells["upn"].replace(" ", "").upper(),
        la_child_id=cells["la_child_id"],
    )


def _source(word: str) -> str:
    known = {value: value for value in ReportSource.values if value != ReportSource.IMPORT}
    if word.lower() not in known:
        raise Unreadable(f"The source is not one of {', '.join(known)}.")
    return known[word.lower()]


def _kind(word: str) -> str:
    if kind_as_told(word) is None:
        raise Unreadable("The kind is not one of missing, absent, away.")
    return word


def _missing_from(word: str) -> str:
    if word and word.lower() not in MissingFrom.values:
        raise Unreadable(f"missing_from is not one of {', '.join(MissingFrom.values)}.")
    return word.lower()


def _check_order(times: Mapping[str, datetime | None], now: datetime) -> None:
    future = [name for name, at in times.items() if at and at > now]
    if future:
        raise Unreadable(f"{', '.join(future)} is in the future.")
    received, sent = times["received_at"] or now, times["sent_at"]
    if sent and sent > received:
        raise Unreadable("sent_at is after received_at.")
    if times["reported_at"] is None:
        raise Unreadable("The row does not say when it was reported.")


def _time(name: str, typed: str) -> datetime | None:
    """An instant, from a London wall clock unless the cell has an offset of its own."""
    if not typed:
        return None
    found = _ISO.fullmatch(typed) or _BRITISH.fullmatch(typed)
    if found is None:
        raise Unreadable(f"{name} is no date with a time, such as 2026-03-27 22:30 or 27/03/2026 22:30.")
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    if _BRITISH.fullmatch(typed):
        year, day = day, year
    hour, minute = found.group(4), found.group(5)
    if hour is None:
        raise Unreadable(f"{name} has a day and no time.")
    if found.group(6):
        return _with_offset(name, typed)
    try:
        return from_wall_clock(date(year, month, day), time(int(hour), int(minute)))
    except ValueError:
        raise Unreadable(f"{name} did not happen: there is no such date or time.") from None


def _with_offset(name: str, typed: str) -> datetime:
    try:
        return datetime.fromisoformat(typed)
    except ValueError:
        raise Unreadable(f"{name} did not happen: there is no such date or time.") from None


def _day(typed: str) -> date | None:
    """A date of birth, if it is a whole one. Anything else is kept as told and finds nobody."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", typed)
    british = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", typed)
    try:
        if found:
            return date.fromisoformat(typed)
        return date(*(int(part) for part in british.group(3, 2, 1))) if british else None
    except ValueError:
        return None
