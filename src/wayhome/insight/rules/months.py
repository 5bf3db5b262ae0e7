"""Measures by month: what each counts, out of what, when it is first counted, and what later facts made of it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wayhome.insight.rules import SMALLEST_SHOWN, Shown, apart, first_day_of, is_small, year_ending_in
from wayhome.kernel.clock import start_of_day

# Counts of a month, by their names in rows.sql. Each of NESTED is part of all before it.
NESTED = ("episodes", "returned", "offered", "accepted", "held", "held_in_time")
COUNTED = (*NESTED, "children", "repeat", "first_time", "seen", "seen_in_time")
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `whole` empty: a count, otherwise a share of that count.

    `lag`: how many months after its own a month is first counted. What follows a return needs the next month: the 72
    hours of a return on the last day run out in it.
    """

    key: str
    name: str
    part: str
    unit: str
    means: str
    whole: str = ""
    whole_name: str = ""
    lag: int = 1


_BACK = {"whole": "returned", "whole_name": "returned episodes", "lag": 2}
MEASURES = (
    Measure("episodes", "Episodes", "episodes", "episodes", "Episodes that began in the month."),
    Measure(
        "children",
        "Children",
        "children",
        "children",
        "Children missing at least once in the month, each once.",
    ),
    Measure(
        "first-time",
        "First time missing",
        "first_time",
        "episodes",
        "The child had no earlier episode on record.",
        "episodes",
        "episodes",
    ),
    Measure(
        "repeat",
        "Repeat missing",
        "repeat",
        "episodes",
        "An earlier episode of the child began in the {repeat_days} days before.",
        "episodes",
        "episodes",
    ),
    Measure(
        "safe-and-well",
        "Safe and well check done",
        "seen",
        "checks",
        "The child was seen after the return; a decision to make no further try is not counted as done.",
        **_BACK,  # type: ignore[arg-type]
    ),
    Measure(
        "safe-and-well-on-time",
        "Safe and well check done on time",
        "seen_in_time",
        "checks",
        "The child was seen within {safe_hours} hours of the return.",
        **_BACK,  # type: ignore[arg-type]
    ),
    Measure(
        "offered",
        "Return interview offered",
        "offered",
        "offers",
        "At least one offer is on record.",
        **_BACK,  # type: ignore[arg-type]
    ),
    Measure(
        "accepted",
        "Return interview accepted",
        "accepted",
        "interviews accepted",
        "The child said yes to an offer.",
        **_BACK,  # type: ignore[arg-type]
    ),
    Measure(
        "done",
        "Return interview done",
        "held",
        "interviews",
        "The interview was held, whole or in part.",
        **_BACK,  # type: ignore[arg-type]
    ),
    Measure(
        "done-in-time",
        "Return interview done in time",
        "held_in_time",
        "interviews",
        "The interview was held within {interview_hours} clock hours of the return.",
        **_BACK,  # type: ignore[arg-type]
    ),
)
BY_KEY = {measure.key: measure for measure in MEASURES}


def month_after(month: date, by: int = 1) -> date:
    """The first day of the month so many months later."""
    place = month.year * 12 + month.month - 1 + by
    return date(place // 12, place % 12 + 1, 1)


def months_before(until: date, count: int) -> list[date]:
    """The first days of the last full months before a first of the month, the earliest first."""
    return [month_after(until, -back) for back in range(count, 0, -1)]


def whole_years(months: Sequence[date]) -> list[date]:
    """These months in a row, with those before them in the collection year of the first.

    What is held back is chosen among the months of a year: chosen among those of a shorter look back it would be
    another month, and two looks together would tell both.
    """
    if not months:
        return []
    found = [first_day_of(year_ending_in(months[0]))]
    while found[-1] < months[-1]:
        found.append(month_after(found[-1]))
    return found


def first_counted_on(month: date, measure: Measure) -> date:
    """The day from which a month of a measure is counted and kept: its clocks have run out by then."""
    return month_after(month, measure.lag)


def unsettled_months(months: Sequence[date], measure: Measure, today: date) -> int:
    """How many months at the end are not first counted yet."""
    return sum(1 for month in months if first_counted_on(month, measure) > today)


@dataclass(frozen=True, slots=True)
class Count:
    """A month's figure as it was at an instant."""

    numerator: int
    denominator: int | None
    counted_at: datetime


def first_of(month: date, measure: Measure, counts: Sequence[Count]) -> Count | None:
    """The figure as it was when the time of its first count had come, of its counts in their order.

    A count is kept only where it differs from the one before. So it is the last one up to then; or the earliest one,
    where nobody counted yet.
    """
    due_at = start_of_day(first_counted_on(month, measure))
    by_then = [count for count in counts if count.counted_at <= due_at]
    if by_then:
        return Count(by_then[-1].numerator, by_then[-1].denominator, due_at)
    return counts[0] if counts else None


def hold_back(grid: dict[date, Counts]) -> dict[date, dict[str, Shown]]:
    """What of the counts of months may be shown to those who see no child.

    Within a month none may be from 1 to 4 away from one it is part of. Within a collection year no count may be the
    only one of its kind that is held back: the year's sum, shown elsewhere, would tell it.
    """
    shown = {month: _apart_in_month(counts) for month, counts in grid.items()}
    for year in {year_ending_in(month) for month in grid}:
        of_year = sorted(month for month in grid if year_ending_in(month) == year)
        for name in COUNTED:
            _hide_a_second(shown, of_year, name)
    return shown


def _apart_in_month(counts: Counts) -> dict[str, Shown]:
    found: dict[str, Shown] = dict(zip(NESTED, apart([counts[name] for name in NESTED]), strict=True))
    for name, whole in (
        ("children", "episodes"),
        ("repeat", "episodes"),
        ("first_time", "episodes"),
        ("seen", "returned"),
        ("seen_in_time", "returned"),
    ):
        beside = [found[whole], found.get("seen")] if name == "seen_in_time" else [found[whole]]
        found[name] = _beside(counts[name], beside)
    return found


def _beside(count: int, others: Iterable[Shown]) -> Shown:
    """A count next to others that hold it, if it is far enough from each that is shown."""
    is_near = any(is_small(abs(other - count)) for other in others if other is not None)
    return None if is_small(count) or is_near else count


def _hide_a_second(shown: dict[date, dict[str, Shown]], months: Sequence[date], name: str) -> None:
    hidden = [month for month in months if shown[month][name] is None]
    if len(hidden) != 1:
        return
    after = [*months[months.index(hidden[0]) + 1 :], *months[: months.index(hidden[0])]]
    second = next((month for month in after if (shown[month][name] or 0) >= SMALLEST_SHOWN), None)
    if second:
        shown[second][name] = None


def revision(first: Count, now: int, written_later: int, *, is_open: bool, on: str) -> str:
    """What later facts made of a month that was counted before, in a sentence; nothing if it is as it was.

    `on`: the day of the first count in words. Not `is_open` (to who sees no child): a difference from 1 to 4 may point
    to a child, so that there was one is said, and not how large. Nor is the figure itself told: it would stand beside
    the first figures of other measures, from which it may have been 1 to 4 away.
    """
    change = now - first.numerator
    if change == 0:
        return ""
    if not is_open and is_small(abs(change)):
        return f"First counted on {on}; changed by fewer than {SMALLEST_SHOWN} since, by facts written down later."
    if not is_open:
        return f"First counted on {on}; changed since, by facts written down later."
    told = f"First counted {first.numerator} on {on}; now {now}"
    return f"{told}: {_because(change, written_later)}."


def _because(change: int, written_later: int) -> str:
    if change > 0 and written_later == change:
        return f"{change} {'episode was' if change == 1 else 'episodes were'} written down later"
    if written_later and change < written_later:
        gone = written_later - change
        return f"{written_later} written down later, {gone} set aside or changed since"
    if change > 0:
        return "facts were written down later"
    return f"{-change} {'was' if change == -1 else 'were'} set aside or changed since"


def months_until(earliest: date | None, today: date) -> list[date]:
    """Every full month since the first episode on record, the earliest first."""
    if earliest is None:
        return []
    month, found = earliest.replace(day=1), []
    while month < today.replace(day=1):
        found.append(month)
        month = month_after(month)
    return found
