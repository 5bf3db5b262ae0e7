"""Measures are handed to the plans that are judged by them: of the whole partnership, as those who see no child see."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from wayhome.insight.commands.counting import count_months
from wayhome.insight.models import CountedMonth
from wayhome.insight.queries.months import Kept, as_counted, months_on_record, value_of
from wayhome.insight.queries.notifications import completeness
from wayhome.insight.queries.pathway import pathways_by_month
from wayhome.insight.rules import Shown, apart, counted_until
from wayhome.insight.rules.by_month import HANDED, by_month
from wayhome.insight.rules.months import (
    BY_KEY,
    MEASURES,
    Count,
    first_counted_on,
    hold_back,
    month_after,
    months_before,
    months_until,
    whole_years,
)
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.viewer import machine
from wayhome.partnership.queries import the_partnership
from wayhome.strategy.commands.measures import Reading, take_readings, was_read

READER = machine("the reading of measures for plans")
# Three collection years at most: what an action is judged by, with what came before it.
MONTHS = 36
NOTIFICATIONS = "notifications-complete"


@transaction.atomic
def hand_over_measures(*, now: datetime) -> int:
    """Hand every settled month to the plans, as it was when the present month began. Returns how many were new.

    Said twice in a month it does nothing. Runs in the worker, where every child is counted; what is small is held back
    here, so that no small count leaves this module.
    """
    partnership, until = the_partnership(), counted_until(london_day(now))
    as_at = start_of_day(until)
    if partnership is None or was_read(partnership.pk, as_at):
        return 0
    count_months(now=now)
    months = _months(until)
    readings = [
        *_measured(partnership.pk, months, until),
        *_notified(months),
        *_on_the_pathway(partnership.pk, until),
    ]
    return take_readings(readings, partnership_id=partnership.pk, as_at=as_at, viewer=READER, now=now)


def hand_over_past_measures(*, now: datetime, back: int) -> None:
    """The same as it was at the start of each of the last months: for a record whose past was written at once."""
    partnership, until = the_partnership(), counted_until(london_day(now))
    if partnership is None:
        return
    for month in months_before(until, back):
        readings = _measured(partnership.pk, _months(month), month)
        as_at = start_of_day(month)
        take_readings(readings, partnership_id=partnership.pk, as_at=as_at, viewer=READER, now=now)


def _months(until: date) -> list[date]:
    """The months that are handed over: not those before the first episode."""
    on_record = set(months_on_record(until))
    return [month for month in months_before(until, MONTHS) if month in on_record]


def _measured(partnership_id: UUID, months: list[date], until: date) -> list[Reading]:
    """Every measure of the months whose clocks had run out by then, with what has to be held back taken out."""
    wide = whole_years(months)
    counted = as_counted(wide, _kept(partnership_id, wide, start_of_day(until)))
    if not months or counted is None:
        return []
    shown = hold_back(counted)
    return [
        Reading(measure.key, month, _exact(value_of(measure, shown[month])))
        for measure in MEASURES
        for month in months
        if first_counted_on(month, measure) <= until
    ]


def _kept(partnership_id: UUID, months: list[date], cut: datetime) -> Kept:
    """Each figure as it was counted up to an instant, in order."""
    rows = CountedMonth.objects.filter(partnership_id=partnership_id, month__in=months, counted_at__lte=cut)
    found: Kept = {}
    for row in rows.order_by("counted_at"):
        if row.measure in BY_KEY:
            count = Count(row.numerator, row.denominator, row.counted_at)
            found.setdefault((row.month, row.measure), []).append(count)
    return found


def _notified(months: list[date]) -> list[Reading]:
    """How many notifications told everything that is asked, in per cent."""
    return [
        Reading(NOTIFICATIONS, month, _share(*apart([messages, complete])))
        for month, messages, complete in completeness(months)
    ]


def _on_the_pathway(partnership_id: UUID, until: date) -> list[Reading]:
    """The measures of exploitation, from the first month in which anything happened. Two queries."""
    since = month_after(until, -MONTHS)
    rows = pathways_by_month(since, until, start_of_day(until), partnership_id)
    months = months_until(min((row.month for row in rows), default=None), until)
    values = by_month(rows, months)
    return [
        Reading(measure.key, month, _exact(values[measure.key, month]))
        for measure in HANDED
        for month in months
    ]


def _share(whole: Shown, part: Shown) -> Decimal | None:
    return _exact(None if part is None or not whole else 100 * part / whole)


def _exact(value: float | None) -> Decimal | None:
    """In whole numbers: a share to two places would tell of how few it is."""
    return None if value is None else Decimal(round(value))
