"""Figures of a month are kept as they were counted: a report to the Board must be found again in two years."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wayhome.audit.commands import record
from wayhome.insight.models import CountedMonth
from wayhome.insight.queries.months import counted_with_facts, limits_of, months_on_record
from wayhome.insight.rules import counted_until
from wayhome.insight.rules.months import MEASURES, Counts, month_after
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.viewer import machine
from wayhome.partnership.queries import the_partnership

COUNTER = machine("the counting of months")
Figure = tuple[int, int | None]


@transaction.atomic
def count_months(*, now: datetime) -> int:
    """Count every full month as it was when the present month began, and keep what is new or has changed.

    Returns how many figures were kept. Said twice in a month it does nothing; after weeks without a worker it catches
    up. Those who see counts only are shown these figures.
    """
    partnership, until = the_partnership(), counted_until(london_day(now))
    if partnership is None or _is_done(partnership.pk, until):
        return 0
    cuts = dict.fromkeys(months_on_record(until), start_of_day(until))
    return _keep([cuts], partnership.pk, now)


@transaction.atomic
def count_past_months(*, now: datetime) -> int:
    """Keep what every figure was one and two months after its month began, and now: for a record whose past was
    written at once, as a demonstration's is.
    """
    partnership, until = the_partnership(), counted_until(london_day(now))
    if partnership is None:
        return 0
    months = months_on_record(until)
    by_lag = [
        {month: start_of_day(min(month_after(month, lag), until)) for month in months} for lag in (1, 2)
    ]
    return _keep([*by_lag, dict.fromkeys(months, start_of_day(until))], partnership.pk, now)


def _is_done(partnership_id: UUID, until: date) -> bool:
    """Whether the present month's count was made: the month before has a figure that nobody had before."""
    last = CountedMonth.objects.filter(partnership_id=partnership_id, month=month_after(until, -1))
    return last.exists()


def _keep(rounds: Iterable[Mapping[date, datetime]], partnership_id: UUID, now: datetime) -> int:
    """Count months at their instants, round by round, and keep each figure that differs from the one before it."""
    limits, latest = limits_of(partnership_id), _latest(partnership_id)
    made = []
    for cuts in rounds:
        for month, (counts, facts_until) in counted_with_facts(dict(cuts), limits).items():
            for key, figure in _figures(counts).items():
                if latest.get((month, key)) != figure:
                    latest[month, key] = figure
                    made.append(_row(partnership_id, month, key, figure, cuts[month], facts_until))
    # Two workers may count at once: the first is kept.
    CountedMonth.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        months = sorted({row.month.isoformat() for row in made})
        detail = {"months": months, "figures": len(made)}
        record(viewer=COUNTER, now=now, verb="count months", subject_kind="measures", detail=detail)
    return len(made)


def _figures(counts: Counts) -> dict[str, Figure]:
    """Every measure of a month as part and whole."""
    return {
        measure.key: (counts[measure.part], counts[measure.whole] if measure.whole else None)
        for measure in MEASURES
    }


def _latest(partnership_id: UUID) -> dict[tuple[date, str], Figure]:
    """Every figure as it was counted last."""
    rows = CountedMonth.objects.filter(partnership_id=partnership_id).order_by("counted_at")
    told = rows.values_list("month", "measure", "numerator", "denominator")
    return {(month, key): (part, whole) for month, key, part, whole in told}


def _row(
    partnership_id: UUID, month: date, key: str, figure: Figure, at: datetime, facts_until: datetime | None
) -> CountedMonth:
    return CountedMonth(
        partnership_id=partnership_id,
        month=month,
        measure=key,
        numerator=figure[0],
        denominator=figure[1],
        counted_at=at,
        facts_until=facts_until,
    )
