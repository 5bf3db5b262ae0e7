"""How facts become the rows of one collection year. Pure: the same facts give the same rows.

The return wants less and other than what we hold: whole days, one year, looked-after children only, no two
missing episodes at once, an end for each when the placement ends. Where a row says something else than the
record does, an `Adjustment` says so with its reason. Source: the validation rules of the return (numbers in
brackets), Department for Education, collection 2025/26.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from wayhome.codelists import load
from wayhome.codelists.sex import code_on
from wayhome.kernel.clock import london_day
from wayhome.statutory.ssda903.facts import CareEpisode, ChildFacts, ChildRecord, MissingEpisode
from wayhome.statutory.ssda903.years import CollectionYear

DAY = timedelta(days=1)
CARE_KINDS = ("M", "A")

_CODED = (
    ("LS", "legal_status", "legal_status"),
    ("CIN", "need", "cin_need"),
    ("PLACE", "placement", "placement"),
    ("RNE", "reason_started", "episode_reason"),
    ("REC", "reason_ended", "placement_end_reason"),
)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One place where the return says something else than the record, or where someone has to look.

    `needs_attention` is True where we could not make the row right, because that would mean inventing a fact.
    """

    child: str
    table: str
    row: str
    reason: str
    needs_attention: bool = False


@dataclass(frozen=True, slots=True)
class MissingDays:
    """A time missing as the return tells it: whole days, both ends included."""

    first: date
    last: date | None
    kind: str

    def words(self) -> str:
        """As a person would say it."""
        return f"{self.kind} {_written(self.first)} to {_written(self.last)}"


@dataclass(frozen=True, slots=True)
class Period:
    """An unbroken time of being looked after, whatever the placements in it."""

    first: date
    last: date | None
    care: tuple[CareEpisode, ...]


@dataclass(frozen=True, slots=True)
class ChildReturn:
    """One child's rows in the return of one year: none without care in it, though perhaps adjustments."""

    facts: ChildFacts
    sex: str
    care: tuple[CareEpisode, ...]
    missing: tuple[MissingDays, ...]
    adjustments: tuple[Adjustment, ...]
    missing_from_home_count: int = 0


def return_of(record: ChildRecord, year: CollectionYear) -> ChildReturn:
    """The rows of one child for one year. Source: Children Act 1989 s.83; the return's rules 101 to 586."""
    notes = _Notes(record.facts.child)
    facts = record.facts
    if not facts.child:
        return _without_number(record, year, notes)
    care = tuple(_care_in_year(record.care, year, notes))
    missing = tuple(_missing_in_year(record, year, notes))
    if not care:
        return ChildReturn(facts, "", (), (), tuple(notes.all), _from_home(record, year))
    sex = _sex(facts, year, notes)
    return ChildReturn(_header(facts, notes), sex, care, missing, tuple(notes.all), _from_home(record, year))


def _without_number(record: ChildRecord, year: CollectionYear, notes: "_Notes") -> ChildReturn:
    """A row has to say whose it is, so there can be none; the pupil number helps to find the child."""
    if any(_is_open_in(each, year) for each in record.care):
        upn = record.facts.upn or "not known"
        reason = f"A looked-after child has no number of this council (UPN {upn}): left out."
        notes.add("Header", "", reason, needs_attention=True)
    return ChildReturn(record.facts, "", (), (), tuple(notes.all), _from_home(record, year))


def periods_of_care(care: Iterable[CareEpisode]) -> list[Period]:
    """Episodes joined while each begins no later than the one before ended.

    Source: rules 577 and 578, for which a period ends when the next episode begins on a later day.
    """
    periods: list[Period] = []
    for episode in sorted(care, key=lambda each: (each.started_on, each.ended_on or date.max)):
        before = periods[-1] if periods else None
        if before and (before.last is None or episode.started_on <= before.last):
            last = _later(before.last, episode.ended_on)
            periods[-1] = Period(before.first, last, (*before.care, episode))
        else:
            periods.append(Period(episode.started_on, episode.ended_on, (episode,)))
    return periods


def in_whole_days(episodes: Iterable[MissingEpisode]) -> list[MissingDays]:
    """Instants as days on a London calendar, because the return has no times."""
    days = [
        MissingDays(
            london_day(each.started_at), london_day(each.ended_at) if each.ended_at else None, each.kind
        )
        for each in episodes
    ]
    return sorted(days, key=lambda each: (each.first, each.last or date.max))


def merged(episodes: Iterable[MissingDays]) -> list[MissingDays]:
    """Overlapping times as one. One that begins on the day another ends stays its own.

    Source: rule 574. If either was missing (M) the whole is: for part of it nobody knew where the child was.
    """
    result: list[MissingDays] = []
    for each in episodes:
        before = result[-1] if result else None
        if before and (before.last is None or each.first < before.last):
            kind = max(before.kind, each.kind)  # M comes after A
            result[-1] = MissingDays(before.first, _later(before.last, each.last), kind)
        else:
            result.append(each)
    return result


def in_care(episode: MissingDays, period: Period) -> MissingDays | None:
    """The part of a time missing that falls into a period of care, if any.

    Source: rules 577, 578 and 581. A child who was missing from home and found on the day care began was not
    missing from care.
    """
    first = max(episode.first, period.first)
    last = _earlier(episode.last, period.last)
    is_outside = last is not None and last < first
    is_found_as_care_begins = episode.first < period.first and last == period.first
    if is_outside or is_found_as_care_begins:
        return None
    return replace(episode, first=first, last=last)


def rows_by_year(episode: MissingDays, period: Period, year: CollectionYear) -> list[MissingDays]:
    """What the return of a year says of a time missing in one period of care, after the years before it.

    An open one has to be carried over with the same start (576), may not begin in a placement that has
    ended (575), and may not end outside the year (571). So when the placement it began in has ended by
    31 March, it is told in two: until the last change of placement, and from the day after. Each later year
    starts from there.
    """
    start = episode.first
    for earlier in range(CollectionYear.of(start).ends_in, year.ends_in):
        start = _told(replace(episode, first=start), period, CollectionYear(earlier))[-1].first
    rows = _told(replace(episode, first=start), period, year)
    return [row for row in rows if row.first <= year.last_day and (row.last is None or row.last in year)]


def _told(episode: MissingDays, period: Period, year: CollectionYear) -> list[MissingDays]:
    if episode.first > year.last_day or (episode.last and episode.last <= year.last_day):
        return [episode]
    changes = [each.ended_on for each in period.care if each.ended_on and each.ended_on <= year.last_day]
    last_change = max(changes, default=date.min)
    if last_change < episode.first:
        return [replace(episode, last=None)]
    return [replace(episode, last=last_change), replace(episode, first=last_change + DAY, last=None)]


class _Notes:
    def __init__(self, child: str) -> None:
        self._child = child
        self.all: list[Adjustment] = []

    def add(self, table: str, row: str, reason: str, *, needs_attention: bool = False) -> None:
        self.all.append(Adjustment(self._child, table, row, reason, needs_attention))


def _care_in_year(care: Sequence[CareEpisode], year: CollectionYear, notes: _Notes) -> Iterator[CareEpisode]:
    ordered = sorted(care, key=lambda each: (each.started_on, each.ended_on or date.max))
    open_in_year = [each for each in ordered if _is_open_in(each, year)]
    _note_overlaps(open_in_year, notes)
    for episode in open_in_year:
        _note_codes(episode, year, notes)
        yield _cut_at_year_end(episode, year, notes)


def _is_open_in(episode: CareEpisode, year: CollectionYear) -> bool:
    return episode.started_on <= year.last_day and (episode.ended_on or date.max) >= year.first_day


def _cut_at_year_end(episode: CareEpisode, year: CollectionYear, notes: _Notes) -> CareEpisode:
    if episode.ended_on is None:
        return _without_reason(episode, notes)
    if episode.ended_on <= year.last_day:
        return episode
    reason = f"It ended on {_written(episode.ended_on)}, after the year: shown as open."
    notes.add("Episodes", _name(episode), reason)
    return replace(episode, ended_on=None, reason_ended="", reason_placement_changed="")


def _without_reason(episode: CareEpisode, notes: _Notes) -> CareEpisode:
    if episode.reason_ended or episode.reason_placement_changed:
        notes.add("Episodes", _name(episode), "It is open, so the reason for its end is left blank (148).")
    return replace(episode, reason_ended="", reason_placement_changed="")


def _note_overlaps(care: Sequence[CareEpisode], notes: _Notes) -> None:
    for before, after in pairwise(care):
        if before.ended_on is None or before.ended_on > after.started_on:
            reason = "It begins before the episode before it has ended (142, 501): put the dates right."
            notes.add("Episodes", _name(after), reason, needs_attention=True)


def _note_codes(episode: CareEpisode, year: CollectionYear, notes: _Notes) -> None:
    for column, attribute, codes in _CODED:
        code = getattr(episode, attribute)
        if code and not load(codes).is_valid(code, year.last_day):
            reason = (
                f"{column} {code} is not a code of this collection year: choose the one that replaced it."
            )
            notes.add("Episodes", _name(episode), reason, needs_attention=True)


def _header(facts: ChildFacts, notes: _Notes) -> ChildFacts:
    if facts.born_on is None:
        notes.add("Header", "", "The birth date is not known (102).", needs_attention=True)
    if not facts.upn:
        reason = "There is no UPN. Enter it, or the code that says why there is none (442)."
        notes.add("Header", "", reason, needs_attention=True)
    if not facts.ethnicity:
        notes.add("Header", "", "Ethnicity was never asked: shown as NOBT, not obtained yet (103).")
    return replace(facts, ethnicity=facts.ethnicity or "NOBT")


def _sex(facts: ChildFacts, year: CollectionYear, notes: _Notes) -> str:
    code = code_on(facts.sex or "U", year.last_day)
    if code is None:
        reason = "The codes of this year cannot say that the sex is not known (101)."
        notes.add("Header", "", reason, needs_attention=True)
    return code or ""


def _missing_in_year(record: ChildRecord, year: CollectionYear, notes: _Notes) -> Iterator[MissingDays]:
    periods = periods_of_care(record.care)
    told = in_whole_days(_of_care(record, periods))
    joined = merged(told)
    _note_merged(told, joined, year, notes)
    for episode in joined:
        for row in _rows_of(episode, periods, year, notes):
            if _is_after_birth(row, record.facts.born_on, notes):
                yield row


def _of_care(record: ChildRecord, periods: Sequence[Period]) -> Iterator[MissingEpisode]:
    for episode, days in zip(record.missing, map(_days, record.missing), strict=True):
        if episode.kind in CARE_KINDS:
            yield episode
        elif any(in_care(days, period) for period in periods):
            yield replace(episode, kind="M")


def _from_home(record: ChildRecord, year: CollectionYear) -> int:
    periods = periods_of_care(record.care)
    days = [_days(each) for each in record.missing if each.kind not in CARE_KINDS]
    return sum(each.first in year and not any(in_care(each, period) for period in periods) for each in days)


def _days(episode: MissingEpisode) -> MissingDays:
    return in_whole_days([episode])[0]


def _rows_of(
    episode: MissingDays, periods: Sequence[Period], year: CollectionYear, notes: _Notes
) -> Iterator[MissingDays]:
    if not _touches(episode, year):
        return
    parts = [(part, period) for period in periods if (part := in_care(episode, period))]
    if not parts:
        reason = "The child was not looked after then (578, 581): left out."
        notes.add("Missing", episode.words(), reason, needs_attention=True)
    for part, period in parts:
        if not _touches(part, year):
            continue
        rows = rows_by_year(part, period, year)
        _note_differences(episode, part, rows, notes)
        yield from rows


def _touches(episode: MissingDays, year: CollectionYear) -> bool:
    return episode.first <= year.last_day and (episode.last or date.max) >= year.first_day


def _is_after_birth(row: MissingDays, born_on: date | None, notes: _Notes) -> bool:
    if born_on is None or row.first > born_on:
        return True
    notes.add(
        "Missing", row.words(), "It begins before the child was born (586): left out.", needs_attention=True
    )
    return False


def _note_merged(
    told: Sequence[MissingDays], joined: Sequence[MissingDays], year: CollectionYear, notes: _Notes
) -> None:
    for each in told:
        if each not in joined and _touches(each, year):
            notes.add(
                "Missing", each.words(), "It overlaps another time missing: shown as one with it (574)."
            )


def _note_differences(
    episode: MissingDays, part: MissingDays, rows: Sequence[MissingDays], notes: _Notes
) -> None:
    reasons = " ".join(_reasons(episode, part, rows))
    if reasons:
        shown = " and ".join(row.words() for row in rows)
        notes.add("Missing", episode.words(), f"{reasons} Shown as {shown}.")


def _reasons(episode: MissingDays, part: MissingDays, rows: Sequence[MissingDays]) -> Iterator[str]:
    if part.first != episode.first:
        yield f"The child began to be looked after on {_written(part.first)}, while missing (581)."
    if part.last != episode.last:
        yield f"The child ceased to be looked after on {_written(part.last)}, while missing (577)."
    if part.last and rows[-1].last is None:
        yield f"It ended on {_written(part.last)}, after the year (571)."
    if len(rows) > 1 or rows[0].first != part.first or rows[-1].last not in (None, part.last):
        yield "The placement it began in has ended, so it is told in two (575, 576)."


def _name(episode: CareEpisode) -> str:
    return f"{_written(episode.started_on)} {episode.placement}".strip()


def _written(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else "now"


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _earlier(one: date | None, other: date | None) -> date | None:
    known = [day for day in (one, other) if day]
    return min(known, default=None)
