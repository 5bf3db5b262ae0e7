"""When something is due: by a date, by a month, reviewed again and again, or open.

Partnerships write "Dec 2018", "Q3 2024/25", "Ongoing, reviewed quarterly at the Board" in one column. What cannot be
read stays as it is written; no date is invented. Years that do not say which April they begin in are calendar years,
quarters of "2024/25" are those of the financial year from 1 April (Local Government Finance Act 1992 s.116).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DueKind(StrEnum):
    """How a due time is counted."""

    DATE = "date"
    MONTH = "month"
    RECURRING = "recurring"
    OPEN = "open"


class Frequency(StrEnum):
    """How often something is reviewed."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Due:
    """One due time. A month is kept as its first day."""

    kind: DueKind
    on: date | None = None
    frequency: Frequency | None = None
    body: str = ""
    # Read with an assumption: a season, a quarter, a year without a month.
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Timescale:
    """What a timescale says: the due time that binds most, and what else it says."""

    due: Due | None
    also: tuple[Due, ...] = ()


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d|['’]?\d\d)(?![\d/.])"
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:19|20)?\d\d)(?![\d./-])"
)
_DAY = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]*{_YEAR}", re.IGNORECASE
)
_AMERICAN = re.compile(
    rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?[\s/-]*{_YEAR}", re.IGNORECASE)
_FINANCIAL = r"(?P<year>(?:19|20)\d\d)\s*[/–-]\s*(?:20)?(?P<end>\d\d)\b"
_QUARTER = re.compile(rf"\b(?:q|qtr|quarter)\s*(?P<quarter>[1-4])\b[\s,of-]*(?:{_FINANCIAL})?", re.IGNORECASE)
_QUARTER_OF_YEAR = re.compile(
    r"\b(?:q|qtr|quarter)\s*(?P<quarter>[1-4])\b[\s,of-]*(?P<year>20\d\d)\b", re.IGNORECASE
)
_FINANCIAL_YEAR = re.compile(rf"\b{_FINANCIAL}")
_SEASON = re.compile(
    r"\b(?P<season>spring|summer|autumn|winter|easter|christmas)(?P<term>\s+term)?\s+(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 12, "easter": 4, "christmas": 12}
_TERMS = {"spring": 4, "summer": 7, "autumn": 12}
_YEAR_ALONE = re.compile(r"\b(?P<year>20\d\d)\b")
_FREQUENCY_WORDS = {
    Frequency.HALF_YEARLY: (
        "half[- ]?yearly|six[- ]monthly|6[- ]monthly|bi-?annual(?:ly)?|twice[- ](?:a[- ])?year(?:ly)?"
        "|every (?:six|6) months"
    ),
    Frequency.QUARTERLY: "quarterly|(?:every|each) quarter|(?:three|3)[- ]monthly|every (?:three|3) months",
    Frequency.YEARLY: "annual(?:ly)?|yearly|(?:every|each|once a) year|(?:twelve|12)[- ]monthly",
    Frequency.MONTHLY: "monthly|(?:every|each) month",
    Frequency.UNSAID: (
        "weekly|fortnightly|daily|termly|bi-?monthly|regular(?:ly)?|(?:each|every) (?:meeting|term)"
        r"|every (?:\w+ )?(?:weeks?|months?)"
    ),
}
_FREQUENCIES = tuple(
    (frequency, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for frequency, words in _FREQUENCY_WORDS.items()
)
_OPEN = re.compile(
    r"\b(?:on-?\s?going|continu(?:ous|al|ing)(?:ly)?|as (?:and when )?(?:necessary|required|needed)|rolling|in place"
    r"|immediate(?:ly)?|now|open|tbc|tba|tbd|to be (?:confirmed|agreed)|no date|asap|as soon as possible)\b",
    re.IGNORECASE,
)
_BODY = re.compile(r"\b(?:at|by|to|through|via|with)\s+(?:the\s+|each\s+|every\s+)?(?P<body>[A-Z][^.;\n]*)")
_REVIEWED = re.compile(r"\breview(?:ed|s)?\b", re.IGNORECASE)


def read_timescale(written: str) -> Timescale:
    """The due times in the words of a timescale. Nothing if there are none that can be read."""
    dues = [*_dates(written), *_recurring(written)]
    if not dues and _OPEN.search(written):
        return Timescale(Due(DueKind.OPEN))
    if not dues and _REVIEWED.search(written):
        return Timescale(
            Due(DueKind.RECURRING, frequency=Frequency.UNSAID, body=_body(written), is_inferred=True)
        )
    if not dues:
        return Timescale(None)
    also = [Due(DueKind.OPEN)] if _OPEN.search(written) and dues[0].kind is not DueKind.RECURRING else []
    return Timescale(dues[0], tuple(dues[1:] + also))


def _dates(written: str) -> Iterator[Due]:
    """Days, else months, else quarters, seasons and years: what is said most exactly."""
    for kind, patterns in (
        (DueKind.DATE, (_ISO, _NUMERIC, _DAY, _AMERICAN)),
        (DueKind.MONTH, (_MONTH_YEAR,)),
    ):
        found = [on for pattern in patterns for match in pattern.finditer(written) if (on := _day(match))]
        if found:
            yield from (Due(kind, on) for on in found)
            return
    month = _inferred_month(written)
    if month:
        yield Due(DueKind.MONTH, month, is_inferred=True)


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month = parts["month"].casefold().rstrip(".")
    day = int(parts.get("day") or 1)
    try:
        return date(_year(parts["year"]), _MONTHS.get(month) or int(month), day)
    except ValueError:
        return None


def _year(written: str) -> int:
    number = int(written.lstrip("'’"))
    return number if number > 99 else 2000 + number


def _inferred_month(written: str) -> date | None:
    """The last month of a quarter, a season or a year."""
    quarter = _QUARTER_OF_YEAR.search(written)
    financial = _QUARTER.search(written)
    season = _SEASON.search(written)
    year = _FINANCIAL_YEAR.search(written)
    alone = _YEAR_ALONE.search(written)
    if financial and financial["year"] and _is_next(financial):
        return _month_after(date(int(financial["year"]), 3, 1), int(financial["quarter"]) * 3)
    if season:
        months = _TERMS if season["term"] and season["season"].casefold() in _TERMS else _SEASONS
        return date(int(season["year"]), months[season["season"].casefold()], 1)
    if year and _is_next(year):
        return date(int(year["year"]) + 1, 3, 1)
    if quarter:
        return date(int(quarter["year"]), int(quarter["quarter"]) * 3, 1)
    return date(int(alone["year"]), 12, 1) if alone else None


def _is_next(match: re.Match[str]) -> bool:
    return (int(match["year"]) + 1) % 100 == int(match["end"])


def _month_after(start: date, months: int) -> date:
    count = start.month - 1 + months
    return date(start.year + count // 12, count % 12 + 1, 1)


def _recurring(written: str) -> Iterator[Due]:
    body = _body(written)
    rest = written
    for frequency, pattern in _FREQUENCIES:
        if pattern.search(rest):
            rest = pattern.sub(" ", rest)
            yield Due(DueKind.RECURRING, frequency=frequency, body=body)


def _body(written: str) -> str:
    """Who reviews it: a name with a capital after "at", "by" or "to"."""
    found = [match["body"].strip(" ,:-–") for match in _BODY.finditer(written)]
    found = [body for body in found if not re.match(_MONTH, body, re.IGNORECASE)]
    return next(iter(found), "")
