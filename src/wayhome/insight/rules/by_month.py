"""The measures of the exploitation pathway by which plans are judged, month by month. Pure: counts in, readings out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wayhome.insight.rules import Shown, apart, parts_of_a_total

YEAR = 12


@dataclass(frozen=True, slots=True)
class ByMonth:
    """One measure: what of the pathway's parts it counts, and under which column the good ones are. Without a column it
    is a count; without a line it counts every line.
    """

    key: str
    part: str
    line: str = ""
    col: str = ""


HANDED = (
    ByMonth("worries", "told"),
    ByMonth("worries-screened-in-time", "time", "screen", "in_time"),
    ByMonth("worries-answered-in-time", "time", "answer", "in_time"),
    ByMonth("first-assessed-in-time", "time", "assess", "in_time"),
    ByMonth("first-planned-in-time", "time", "plan", "in_time"),
    ByMonth("plans-reviewed-in-time", "review", "", "in_time"),
    ByMonth("section-45-asked", "justice", "", "asked"),
)
PARTS = sorted({measure.part for measure in HANDED})


@dataclass(frozen=True, slots=True)
class InMonth:
    """So many things of a part, line and column in a month."""

    month: date
    part: str
    line: str
    col: str
    times: int


def by_month(rows: Iterable[InMonth], months: Sequence[date]) -> dict[tuple[str, date], float | None]:
    """Every measure of every month; None where it is held back, or where there is nothing to take a share of."""
    counts: Counter[tuple[str, str, str, date]] = Counter()
    for row in rows:
        for line in {row.line, ""}:
            for col in {row.col, ""}:
                counts[row.part, line, col, row.month] += row.times
    found: dict[tuple[str, date], float | None] = {}
    for measure in HANDED:
        whole = {month: counts[measure.part, measure.line, "", month] for month in months}
        if measure.col:
            good = {month: counts[measure.part, measure.line, measure.col, month] for month in months}
            values: Mapping[date, float | None] = {
                month: _share(*apart([whole[month], good[month]])) for month in months
            }
        else:
            values = counts_alone([whole[month] for month in months], months)
        found |= {(measure.key, month): value for month, value in values.items()}
    return found


def counts_alone(counts: Sequence[int], months: Sequence[date]) -> dict[date, Shown]:
    """Counts of months in a row, as they may be shown beside the sum of any twelve of them.

    The page of measures shows such sums, another one every month. So a month is held back that any of them would have
    to hold back: who kept a sum could otherwise work out a small month, once the one that covered it is shown.
    """
    wide = [0] * (YEAR - 1) + list(counts)
    hidden: set[int] = set()
    for first in range(len(counts)):
        parts, _ = parts_of_a_total(wide[first : first + YEAR])
        hidden |= {first + place for place, count in enumerate(parts) if count is None}
    return {
        month: None if place + YEAR - 1 in hidden else counts[place] for place, month in enumerate(months)
    }


def _share(whole: Shown, part: Shown) -> float | None:
    return None if part is None or not whole else 100 * part / whole
