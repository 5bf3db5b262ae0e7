"""The measures of the exploitation pathway in the last twelve full months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from wayhome.exploitation.queries.clocks import pathway_clocks
from wayhome.exploitation.rules import by_working_days
from wayhome.insight.queries.months import sees_children
from wayhome.insight.rules.behind import Figure, Happened, behind
from wayhome.insight.rules.by_month import PARTS, InMonth
from wayhome.insight.rules.months import month_after, months_before
from wayhome.insight.rules.pathway import Counted, Pathway, pathway
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries import bank_holidays

MONTHS = 12
# What was told so long before the time may still be answered in it.
BEFORE = timedelta(days=366)
# The day by which an assessment has to be there may lie so long after a plan that came without one.
AFTER = timedelta(days=92)
Ends = tuple[Sequence[date], Sequence[datetime], Sequence[datetime]]


@dataclass(frozen=True, slots=True)
class PathwayMeasures:
    """What was counted, with the first and the last day of the time."""

    since: date
    last_day: date
    found: Pathway


def pathway_measures(until: date, viewer: Viewer, now: datetime) -> PathwayMeasures:
    """Twelve full months before a first of the month: what the viewer sees, or all for those who see no child.

    Two queries.
    """
    since, is_open = month_after(until, -MONTHS), sees_children(viewer)
    ends = ends_of_days(since - BEFORE, until + AFTER, viewer.partnership_id)
    rows = _seen(since, until, now, ends) if is_open else _of_all(ends)
    found = pathway(rows, months_before(until, MONTHS), is_open=is_open)
    return PathwayMeasures(since, until - timedelta(days=1), found)


def _seen(since: date, until: date, cut: datetime, ends: Ends) -> list[Counted]:
    return _asked(
        "SELECT * FROM insight_seen_pathway(%s, %s, %s, %s::date[], %s::timestamptz[], %s::timestamptz[])",
        [start_of_day(since), start_of_day(until), cut, *ends],
    )


def _of_all(ends: Ends) -> list[Counted]:
    return _asked("SELECT * FROM insight_pathway(%s::date[], %s::timestamptz[], %s::timestamptz[])", [*ends])


def people_behind(figure: Figure, until: date, viewer: Viewer, now: datetime) -> dict[UUID | None, int]:
    """How often each child whom the viewer sees is in a figure of their page, as it is now. Two queries."""
    since = month_after(until, -MONTHS)
    ends = ends_of_days(since - BEFORE, until + AFTER, viewer.partnership_id)
    asked: list[Any] = [start_of_day(since), start_of_day(until), now, *ends, figure.part]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line, col, person, count(*) FROM insight_pathway_facts(%s, %s, %s, %s::date[], %s::timestamptz[],"
            " %s::timestamptz[]) WHERE part = %s GROUP BY line, col, person",
            asked,
        )
        return behind(figure, (Happened(*row) for row in cursor.fetchall()))


def pathways_by_month(since: date, until: date, cut: datetime, partnership_id: UUID) -> list[InMonth]:
    """What happened on the pathway in each full month of a time, as known at an instant, of what the database lets its
    user see. Two queries.
    """
    ends = ends_of_days(since - BEFORE, until + AFTER, partnership_id)
    asked: list[Any] = [start_of_day(since), start_of_day(until), cut, *ends, PARTS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT date_trunc('month', at AT TIME ZONE 'Europe/London')::date, part, line, col, count(*)"
            " FROM insight_pathway_facts(%s, %s, %s, %s::date[], %s::timestamptz[], %s::timestamptz[])"
            " WHERE part = ANY (%s) GROUP BY 1, 2, 3, 4",
            asked,
        )
        return [InMonth(*row) for row in cursor.fetchall()]


def _asked(sql: str, asked: list[Any]) -> list[Counted]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [Counted(*row) for row in cursor.fetchall()]


def ends_of_days(first: date, until: date, partnership_id: UUID | None) -> Ends:
    """Days, and when the time for an answer and for a plan that begins on each of them runs out."""
    clocks, holidays = pathway_clocks(partnership_id), bank_holidays()
    days = [first + timedelta(days=place) for place in range((until - first).days)]
    answer, plan = (
        [by_working_days(start_of_day(day), count, holidays) for day in days]
        for count in (clocks.answer_working_days, clocks.plan_working_days)
    )
    return days, answer, plan
