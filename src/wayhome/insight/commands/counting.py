"""Figures of a month are kept as they were first counted: a report to the Board must be found again in two years."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from wayhome.audit.commands import record
from wayhome.insight.models import CountedMonth
from wayhome.insight.queries.months import counted_with_facts, limits_of
from wayhome.insight.rules.months import MEASURES, Counts, Measure, first_counted_on, months_to_count
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.viewer import machine
from wayhome.partnership.queries import the_partnership

COUNTER = machine("the counting of months")
# When in the night the job counts (jobs.py).
NIGHTLY = timedelta(hours=1, minutes=23)


@transaction.atomic
def count_months(*, now: datetime) -> int:
    """Count each figure whose time has come and that is not counted yet, and keep it. Returns how many were kept.

    Said twice it does nothing; after weeks without a worker it catches up, and says when it counted.
    """
    partnership = the_partnership()
    if partnership is None:
        return 0
    today = london_day(now)
    held = set(CountedMonth.objects.filter(partnership=partnership).values_list("month", "measure"))
    months = months_to_count(held, _earliest_seen(), today)
    due = [
        (month, measure, now)
        for month in months
        for measure in MEASURES
        if (month, measure.key) not in held and first_counted_on(month, measure) <= today
    ]
    return _keep(due, partnership.pk, now) if due else 0


@transaction.atomic
def count_past_months(*, now: datetime) -> int:
    """Keep what every figure was when its time had come: for a record whose past was written at once, as a demo's."""
    partnership = the_partnership()
    if partnership is None:
        return 0
    today = london_day(now)
    due = [
        (month, measure, start_of_day(first_counted_on(month, measure)) + NIGHTLY)
        for month in months_to_count(set(), _earliest_seen(), today)
        for measure in MEASURES
        if start_of_day(first_counted_on(month, measure)) + NIGHTLY <= now
    ]
    return _keep(due, partnership.pk, now)


Due = tuple[date, Measure, datetime]


def _keep(due: Sequence[Due], partnership_id: UUID, now: datetime) -> int:
    """Count figures, each as known at its instant, and keep them. One query for each lag, and two writes."""
    limits = limits_of(partnership_id)
    made = []
    for lag in sorted({measure.lag for _month, measure, _at in due}):
        of_lag = [each for each in due if each[1].lag == lag]
        counted = counted_with_facts({month: at for month, _measure, at in of_lag}, limits)
        made += [_figure(each, partnership_id, *counted[each[0]]) for each in of_lag]
    # Two workers may count at once: the first is kept.
    CountedMonth.objects.bulk_create(made, ignore_conflicts=True)
    months = sorted({month.isoformat() for month, _measure, _at in due})
    record(
        viewer=COUNTER,
        now=now,
        verb="count months",
        subject_kind="measures",
        detail={"months": months, "figures": len(made)},
    )
    return len(made)


def _figure(due: Due, partnership_id: UUID, counts: Counts, facts_until: datetime | None) -> CountedMonth:
    month, measure, counted_at = due
    return CountedMonth(
        partnership_id=partnership_id,
        month=month,
        measure=measure.key,
        numerator=counts[measure.part],
        denominator=counts[measure.whole] if measure.whole else None,
        counted_at=counted_at,
        facts_until=facts_until,
    )


def _earliest_seen() -> date | None:
    """The London day on which the first episode on record began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(last_seen_at) FROM missing_episode")
        (found,) = cursor.fetchone() or (None,)
    return london_day(found) if found else None
