"""What children said in return interviews: what drove them away, and what drew them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from wayhome.codelists import load
from wayhome.insight.queries.months import sees_children
from wayhome.insight.rules import Shown, apart, shown
from wayhome.insight.rules.months import month_after, months_before
from wayhome.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Reason:
    """How many interviews named a reason, now and in the months before."""

    words: str
    times: Shown
    before: Shown


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons of two periods of equal length, with how many interviews they are out of."""

    since: date
    until: date
    before_since: date
    interviews: Shown
    interviews_before: Shown
    push: list[Reason]
    pull: list[Reason]


def reasons_given(until: date, months: int, viewer: Viewer, now: datetime) -> Reasons:
    """Reasons of so many full months before a first of the month, and of as many before those. One query."""
    present = months_before(until, months)
    before = months_before(present[0], months)
    counted = _counted([*before, *present], viewer, now)
    times = {name: _summed(counted, asked) for name, asked in (("now", present), ("before", before))}
    is_open = sees_children(viewer)
    heard = {name: found[("", "")] for name, found in times.items()}
    return Reasons(
        present[0],
        until,
        month_after(present[0], -months),
        _one(heard["now"], is_open),
        _one(heard["before"], is_open),
        *(_reasons(kind, times, heard, is_open) for kind in ("push", "pull")),
    )


Counted = list[tuple[date, str, str, int]]


def _counted(months: list[date], viewer: Viewer, now: datetime) -> Counted:
    with connection.cursor() as cursor:
        if sees_children(viewer):
            cursor.execute("SELECT * FROM insight_seen_reasons(%s::date[], %s)", [months, now])
        else:
            cursor.execute("SELECT * FROM insight_reasons(%s::date[])", [months])
        return [(month, kind, code, times) for month, kind, code, times in cursor.fetchall()]


def _summed(counted: Counted, months: list[date]) -> Counter[tuple[str, str]]:
    asked, found = set(months), Counter[tuple[str, str]]()
    for month, kind, code, times in counted:
        if month in asked:
            found[kind, code] += times
    return found


def _reasons(
    kind: str, times: dict[str, Counter[tuple[str, str]]], heard: dict[str, int], is_open: bool
) -> list[Reason]:
    """Every reason of the list that was named, the most often named first."""
    codes = {code for found in times.values() for each, code in found if each == kind and found[each, code]}
    words = load(f"{kind}_reason")
    by_often = sorted(codes, key=lambda code: (-times["now"][kind, code], words.label(code)))
    return [
        Reason(
            words.label(code),
            *(_part(times[name][kind, code], heard[name], is_open) for name in ("now", "before")),
        )
        for code in by_often
    ]


def _one(count: int, is_open: bool) -> Shown:
    return count if is_open else shown(count)


def _part(count: int, whole: int, is_open: bool) -> Shown:
    """A count beside the number of interviews: held back where it, or how many did not name the reason, is small."""
    return count if is_open else apart([whole, count])[1]
