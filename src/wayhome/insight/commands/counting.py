"""Figures of a month are kept as they were first counted: a report to the Board must be found again in two years."""

from datetime import date, datetime

from django.db import connection, transaction

from wayhome.audit.commands import record
from wayhome.insight.models import CountedMonth
from wayhome.insight.queries.months import counted_with_facts, limits_of
from wayhome.insight.rules.months import MEASURES, first_counted_on, months_to_count
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import machine
from wayhome.partnership.queries import the_partnership

COUNTER = machine("the counting of months")


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
    counted = counted_with_facts(dict.fromkeys(months, now), limits_of(partnership.pk)) if months else {}
    made = [
        CountedMonth(
            partnership=partnership,
            month=month,
            measure=measure.key,
            numerator=counts[measure.part],
            denominator=counts[measure.whole] if measure.whole else None,
            counted_at=now,
            facts_until=facts_until,
        )
        for month, (counts, facts_until) in counted.items()
        for measure in MEASURES
        if (month, measure.key) not in held and first_counted_on(month, measure) <= today
    ]
    # Two workers may count at once: the first is kept.
    CountedMonth.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        record(
            viewer=COUNTER,
            now=now,
            verb="count months",
            subject_kind="measures",
            detail={"months": [month.isoformat() for month in months], "figures": len(made)},
        )
    return len(made)


def _earliest_seen() -> date | None:
    """The London day on which the first episode on record began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(last_seen_at) FROM missing_episode")
        (found,) = cursor.fetchone() or (None,)
    return london_day(found) if found else None
