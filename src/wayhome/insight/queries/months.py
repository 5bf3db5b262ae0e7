"""Measures by month. All children for those who see none, by whole months; for others the children they see, now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wayhome.access.roles import holders_count_for
from wayhome.insight.rules import Shown
from wayhome.insight.rules.months import (
    BY_KEY,
    COUNTED,
    MEASURES,
    Count,
    Counts,
    Measure,
    first_of,
    hold_back,
    months_until,
    revision,
    unsettled_months,
    whole_years,
)
from wayhome.kernel.clock import london_day
from wayhome.kernel.control_chart import ControlChart, control_chart
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries import clocks_of
from wayhome.missing.queries.repeat import numbers_of
from wayhome.web.showing import day

# The columns of insight_seen_months() after the month and before the last.
_COLUMNS = (
    "episodes",
    "children",
    "repeat",
    "first_time",
    "returned",
    "offered",
    "accepted",
    "held",
    "held_in_time",
    "seen",
    "seen_in_time",
)
_NOUGHT: Counts = dict.fromkeys(COUNTED, 0)
Kept = dict[tuple[date, str], list[Count]]
First = dict[tuple[date, str], Count]


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the partnership by which episodes are judged: hours and days."""

    interview_hours: int
    safe_hours: int
    repeat_days: int


@dataclass(frozen=True, slots=True)
class MeasuredMonth:
    """A measure in one month. None: held back. `revised` says what later facts made of it, in words."""

    month: date
    part: Shown
    whole: Shown
    value: float | None
    is_unsettled: bool
    signals: tuple[str, ...]
    revised: str


@dataclass(frozen=True, slots=True)
class Series:
    """One measure through months, with what is usual of it."""

    measure: Measure
    means: str
    months: list[MeasuredMonth]
    chart: ControlChart

    @property
    def latest(self) -> MeasuredMonth | None:
        """The last month that is settled."""
        settled = [month for month in self.months if not month.is_unsettled]
        return settled[-1] if settled else None


def sees_children(viewer: Viewer) -> bool:
    """Whether the viewer's counts are those of the children they see, and lead to them."""
    return holders_count_for(viewer.scopes)


def limits_of(partnership_id: UUID | None) -> Limits:
    """The partnership's clocks as measures use them."""
    clocks, numbers = clocks_of(partnership_id), numbers_of(partnership_id)
    return Limits(clocks.interview_hours, clocks.safe_and_well_hours, numbers.repeat_quarter_days)


def all_series(
    months: list[date],
    measures: Sequence[Measure],
    viewer: Viewer,
    now: datetime,
    *,
    says_changes: bool = True,
) -> list[Series]:
    """These measures through these months. Six queries at most, however many months.

    For those who see no child, as the months were counted when the present one began; where that count was not made
    yet, it is made here. `says_changes`: with what became of each figure since it was first counted.
    """
    limits = limits_of(viewer.partnership_id)
    is_open, wide = sees_children(viewer), whole_years(months)
    kept = {} if is_open and not says_changes else counted(wide)
    firsts = _firsts(kept) if says_changes else {}
    later: dict[date, int] = {}
    if is_open:
        counts = seen_months(dict.fromkeys(months, now), limits)
        shown: dict[date, dict[str, Shown]] = {month: dict(found) for month, found in counts.items()}
        firsts, later = (
            (_as_known_then(firsts, limits), _written_later(firsts)) if firsts else (firsts, later)
        )
    else:
        shown = hold_back(as_counted(wide, kept) or _of_all(wide, limits))
    return [
        _series(measure, months, shown, firsts, later, limits, is_open, london_day(now))
        for measure in measures
    ]


def months_on_record(until: date) -> list[date]:
    """Every full month since the first episode that the database lets its user see began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(last_seen_at) FROM missing_episode")
        (found,) = cursor.fetchone() or (None,)
    return months_until(london_day(found) if found else None, until)


def _of_all(months: list[date], limits: Limits) -> dict[date, Counts]:
    """The counts of all children, for those who see none."""
    with connection.cursor() as cursor:
        asked: list[Any] = [months, limits.interview_hours, limits.safe_hours, limits.repeat_days]
        cursor.execute("SELECT * FROM insight_months(%s::date[], %s, %s, %s)", asked)
        return _by_month(months, cursor.fetchall())


def as_counted(months: list[date], kept: Kept) -> dict[date, Counts] | None:
    """The counts as they were kept; None if the last full month is not counted yet."""
    if months and (months[-1], MEASURES[0].key) not in kept:
        return None
    found = {month: dict(_NOUGHT) for month in months}
    for (month, key), counts in kept.items():
        measure, latest = BY_KEY[key], counts[-1]
        found[month][measure.part] = latest.numerator
        if measure.whole:
            found[month][measure.whole] = latest.denominator or 0
    return found


def seen_months(cuts: dict[date, datetime], limits: Limits) -> dict[date, Counts]:
    """The counts of months, each as known at its cut, of what the database lets its user see."""
    return {month: counts for month, (counts, _until) in counted_with_facts(cuts, limits).items()}


def counted_with_facts(
    cuts: dict[date, datetime], limits: Limits
) -> dict[date, tuple[Counts, datetime | None]]:
    """The counts of months, each with when the last of its episodes was written down."""
    asked: list[Any] = [
        list(cuts),
        list(cuts.values()),
        limits.interview_hours,
        limits.safe_hours,
        limits.repeat_days,
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM insight_seen_months(%s::date[], %s::timestamptz[], %s, %s, %s)", asked)
        rows = cursor.fetchall()
    counts, until = _by_month(list(cuts), rows), {row[0]: row[-1] for row in rows}
    return {month: (counts[month], until.get(month)) for month in cuts}


def _by_month(months: list[date], rows: list[tuple[object, ...]]) -> dict[date, Counts]:
    found = {row[0]: dict(zip(_COLUMNS, row[1:-1], strict=True)) for row in rows}
    return {month: {**_NOUGHT, **found.get(month, {})} for month in months}  # type: ignore[dict-item]


def counted(months: list[date]) -> Kept:
    """Each figure as it was counted, in order, by month and measure. To those who see children: when only."""
    found: Kept = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM insight_counted(%s::date[])", [months])
        for month, key, counted_at, numerator, denominator in cursor.fetchall():
            if key in BY_KEY:
                found.setdefault((month, key), []).append(Count(numerator or 0, denominator, counted_at))
    return found


def _firsts(kept: Kept) -> First:
    """What each figure was when it was first counted."""
    found = {(month, key): first_of(month, BY_KEY[key], counts) for (month, key), counts in kept.items()}
    return {place: first for place, first in found.items() if first}


def _as_known_then(firsts: First, limits: Limits) -> First:
    """What the figures of the viewer's own children were when first counted. Two queries, one for each lag."""
    found: First = {}
    for lag in sorted({measure.lag for measure in MEASURES}):
        keys = {measure.key: measure for measure in MEASURES if measure.lag == lag}
        cuts = {month: first.counted_at for (month, key), first in firsts.items() if key in keys}
        counts = seen_months(cuts, limits)
        for (month, key), first in firsts.items():
            if key in keys:
                part = counts[month][keys[key].part]
                found[month, key] = Count(part, None, first.counted_at)
    return found


def _written_later(firsts: First) -> dict[date, int]:
    """How many episodes of each month were written down after it was first counted. One query."""
    cuts = {month: first.counted_at for (month, key), first in firsts.items() if key == "episodes"}
    if not cuts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked.month, count(*) FROM unnest(%s::date[], %s::timestamptz[]) AS asked (month, counted_at)
            JOIN missing_episode e ON e.last_seen_at >= asked.month::timestamp AT TIME ZONE 'Europe/London'
                AND e.last_seen_at < (asked.month + interval '1 month') AT TIME ZONE 'Europe/London'
            WHERE e.recorded_at >= asked.counted_at AND e.cancelled_at IS NULL GROUP BY asked.month
            """,
            [list(cuts), list(cuts.values())],
        )
        return dict(cursor.fetchall())


def _series(
    measure: Measure,
    months: list[date],
    shown: dict[date, dict[str, Shown]],
    firsts: First,
    later: dict[date, int],
    limits: Limits,
    is_open: bool,
    today: date,
) -> Series:
    unsettled = unsettled_months(months, measure, today)
    values = [value_of(measure, shown[month]) for month in months]
    chart = control_chart(values, highest=100.0 if measure.whole else None, unsettled=unsettled)
    return Series(
        measure,
        measure.means.format(
            interview_hours=limits.interview_hours,
            safe_hours=limits.safe_hours,
            repeat_days=limits.repeat_days,
        ),
        [
            MeasuredMonth(
                month,
                shown[month][measure.part],
                shown[month][measure.whole] if measure.whole else None,
                values[place],
                place >= len(months) - unsettled,
                chart.signals[place],
                _revised(measure, month, shown[month][measure.part], firsts, later, is_open),
            )
            for place, month in enumerate(months)
        ],
        chart,
    )


def value_of(measure: Measure, shown: dict[str, Shown]) -> float | None:
    """The count, or the share in per cent; None where one is held back or there is nothing to take a share of."""
    part = shown[measure.part]
    if part is None:
        return None
    if not measure.whole:
        return float(part)
    whole = shown[measure.whole]
    return 100 * part / whole if whole else None


def _revised(
    measure: Measure, month: date, now: Shown, firsts: First, later: dict[date, int], is_open: bool
) -> str:
    first = firsts.get((month, measure.key))
    if first is None or now is None:
        return ""
    written = later.get(month, 0) if measure.key == "episodes" else 0
    return revision(first, now, written, is_open=is_open, on=day(london_day(first.counted_at)))


def episodes_counted(
    measure: Measure, month: date, viewer: Viewer, now: datetime
) -> tuple[list[UUID], list[UUID]]:
    """The episodes behind one figure that the viewer sees: those it counts, and the rest of what they are out of."""
    limits = limits_of(viewer.partnership_id)
    flag = _FLAGS.get(measure.part)
    whole = _FLAGS.get(measure.whole)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT episode, is_repeat, is_first, is_returned, is_offered, is_accepted, is_held, is_held_in_time,"
            " is_seen, is_seen_in_time FROM insight_episodes(%s::date[], %s::timestamptz[], %s, %s, %s)",
            [[month], [now], limits.interview_hours, limits.safe_hours, limits.repeat_days],
        )
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    out_of = [row for row in rows if whole is None or row[whole]]
    counted = [row["episode"] for row in out_of if flag is None or row[flag]]
    rest = [row["episode"] for row in out_of if flag is not None and not row[flag]]
    return counted, rest


_FLAGS = {
    "repeat": "is_repeat",
    "first_time": "is_first",
    "returned": "is_returned",
    "offered": "is_offered",
    "accepted": "is_accepted",
    "held": "is_held",
    "held_in_time": "is_held_in_time",
    "seen": "is_seen",
    "seen_in_time": "is_seen_in_time",
}
