"""A collection year: how often children were missing, and whether they were heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from wayhome.access.roles import holders_count_for
from wayhome.insight.rules import Shown, apart, first_day_of, months_of, parts_of_a_total, share, shown
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries import clocks_of


@dataclass(frozen=True, slots=True)
class Month:
    """One month: episodes that began in it, and the children they are about."""

    first_day: date
    episodes: Shown
    children: Shown


@dataclass(frozen=True, slots=True)
class Measure:
    """A count with what it is out of, and the share in per cent where both may be shown."""

    name: str
    count: Shown
    whole_name: str
    whole: Shown

    @property
    def share(self) -> str:
        """As in "75%", or nothing."""
        return share(self.count, self.whole)


@dataclass(frozen=True, slots=True)
class Year:
    """A collection year, or as much of it as there has been."""

    first_day: date
    last_day: date
    episodes: Shown
    children: Shown
    per_child: str
    months: list[Month]
    hearing: list[Measure]
    outcomes: list[Measure]
    interview_hours: int


# The columns of insight_year() after the month.
_COLUMNS = (
    "episodes",
    "children",
    "returned",
    "settled",
    "offered",
    "accepted",
    "held",
    "held_in_time",
    "declined_child",
    "declined_parent",
    "not_reached",
    "not_offered",
)
Counts = dict[str, int]
_NOUGHT: Counts = dict.fromkeys(_COLUMNS, 0)


def year(ends_in: int, viewer: Viewer, until: date) -> Year:
    """The counts of a collection year up to a first of the month. Two queries.

    Of all children for those who see none, with small counts held back; for others of the children they see, so that
    no count tells of one who is hidden from them.
    """
    hours = clocks_of(viewer.partnership_id).interview_hours
    of_all = not holders_count_for(viewer.scopes)
    counted = _counted(ends_in, hours, until, of_all=of_all)
    total = counted.get(None, _NOUGHT)
    first_days = [day for day in months_of(ends_in) if day < until]
    months, episodes = (_months_of_all if of_all else _months)(first_days, counted)
    children = None if episodes is None else shown(total["children"]) if of_all else total["children"]
    hearing, outcomes = (_hearing_of_all if of_all else _hearing)(total, episodes, hours)
    return Year(
        first_day=first_day_of(ends_in),
        last_day=min(date(ends_in, 3, 31), until - timedelta(days=1)),
        episodes=episodes,
        children=children,
        per_child=f"{episodes / children:.2f}" if episodes and children else "",
        months=months,
        hearing=hearing,
        outcomes=outcomes,
        interview_hours=hours,
    )


def _counted(ends_in: int, hours: int, until: date, *, of_all: bool) -> dict[date | None, Counts]:
    """Counts by the first day of the month; those of the whole year under None."""
    with connection.cursor() as cursor:
        if of_all:
            cursor.execute("SELECT * FROM insight_year(%s, %s)", [ends_in, hours])
        else:
            asked: list[Any] = [ends_in, hours, start_of_day(until)]
            cursor.execute("SELECT * FROM insight_seen_year(%s, %s, %s)", asked)
        return {month: dict(zip(_COLUMNS, counts, strict=True)) for month, *counts in cursor.fetchall()}


def _months(first_days: list[date], counted: dict[date | None, Counts]) -> tuple[list[Month], Shown]:
    """Months with all that is counted, for one who sees the children."""
    counts = [(day, counted.get(day, _NOUGHT)) for day in first_days]
    months = [Month(day, count["episodes"], count["children"]) for day, count in counts]
    return months, sum(count["episodes"] for _, count in counts)


def _months_of_all(first_days: list[date], counted: dict[date | None, Counts]) -> tuple[list[Month], Shown]:
    """Months with what may be shown of them, and the year's episodes. Children of months do not add up."""
    counts = [counted.get(day, _NOUGHT) for day in first_days]
    episodes, total = parts_of_a_total([count["episodes"] for count in counts])
    months = [
        Month(day, shown_episodes, None if shown_episodes is None else shown(count["children"]))
        for day, shown_episodes, count in zip(first_days, episodes, counts, strict=True)
    ]
    return months, total


def _hearing(total: Counts, episodes: Shown, hours: int) -> tuple[list[Measure], list[Measure]]:
    """From return to interview; and what became of the returns that are settled."""
    return _measured(total | {"episodes": episodes or 0}, _outcomes(total), hours)


def _hearing_of_all(total: Counts, episodes: Shown, hours: int) -> tuple[list[Measure], list[Measure]]:
    """From return to interview; and what became of the returns that are settled.

    The two tables share counts, so what one holds back the other must not give away.
    """
    outcomes, settled = parts_of_a_total(
        _outcomes(total), may_show_total=apart([episodes or 0, total["settled"]])[1] is not None
    )
    known = {"episodes": episodes, "settled": settled, "held": outcomes[0]}
    counts = {name: count for name, count in known.items() if count is not None}
    counts |= {name: total[name] for name in ("offered", "accepted", "returned", "held_in_time")}
    found = known | dict(zip(counts, apart(list(counts.values())), strict=True))
    return _measured(found, outcomes, hours)


def _measured(
    found: Mapping[str, Shown], outcomes: Sequence[Shown], hours: int
) -> tuple[list[Measure], list[Measure]]:
    steps = [
        Measure(name, found[part], whole, found[of])
        for name, part, whole, of in (
            ("Child is back", "returned", "episodes", "episodes"),
            ("Settled: held, or it is known why not", "settled", "returns", "returned"),
            ("Interview offered", "offered", "settled returns", "settled"),
            ("Interview accepted", "accepted", "offers", "offered"),
            ("Interview held", "held", "settled returns", "settled"),
            (f"Held within {hours} hours of return", "held_in_time", "interviews held", "held"),
        )
    ]
    ends = zip(_OUTCOMES, outcomes, strict=True)
    return steps, [Measure(name, count, "settled returns", found["settled"]) for name, count in ends]


_OUTCOMES = (
    "Interview held",
    "The child said no",
    "A parent or carer said no",
    "The child could not be reached",
    "Not offered",
    "Another reason",
)


def _outcomes(total: Counts) -> list[int]:
    """In the order of _OUTCOMES; they add up to the settled returns."""
    told = [
        total[name] for name in ("held", "declined_child", "declined_parent", "not_reached", "not_offered")
    ]
    return [*told, total["settled"] - sum(told)]
