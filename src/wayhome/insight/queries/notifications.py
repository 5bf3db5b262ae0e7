"""How complete, how quick and how right the notifications of each source were, in the last twelve full months."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from wayhome.insight.queries.months import sees_children
from wayhome.insight.rules import SMALLEST_SHOWN, Shown, apart
from wayhome.insight.rules.months import month_after
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries.notifications import accuracy
from wayhome.missing.rules.accuracy import COLUMNS, Accuracy, accuracy_from
from wayhome.missing.vocabulary import ReportSource


@dataclass(frozen=True, slots=True)
class SourceAccuracy:
    """One source. `half_within`: half of its notifications were here so long after they were reported."""

    source: str
    messages: Shown
    complete: Shown
    half_within: timedelta | None
    decided: Shown
    not_missing: Shown


@dataclass(frozen=True, slots=True)
class Accuracies:
    """Every source, with the first and the last day of the time."""

    since: date
    last_day: date
    sources: list[SourceAccuracy]


def accuracies(until: date, viewer: Viewer) -> Accuracies:
    """The twelve full months before a first of the month: what the viewer sees, or all for those who see no child."""
    since, is_open = month_after(until, -12), sees_children(viewer)
    found = accuracy(start_of_day(since), start_of_day(until)) if is_open else _of_all()
    return Accuracies(since, until - timedelta(days=1), [_shown(each, is_open) for each in found])


def _of_all() -> list[Accuracy]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM insight_accuracy()")
        return [
            accuracy_from(source, dict(zip(COLUMNS, counted, strict=True))) for source, *counted in cursor
        ]


def _shown(told: Accuracy, is_open: bool) -> SourceAccuracy:
    """Each count beside the one it is part of; a time of fewer than five is held back with them. Those decided are part
    of the messages: the rest is how many nobody has decided about.
    """
    counts = [told.messages, told.complete, told.decided, told.not_missing]
    if is_open:
        shown: list[Shown] = list(counts)
    else:
        messages, decided, not_missing = apart([told.messages, told.decided, told.not_missing])
        shown = [messages, apart([told.messages, told.complete])[1], decided, not_missing]
    may_tell = is_open or told.to_receive.of >= SMALLEST_SHOWN
    messages, complete, decided, not_missing = shown
    return SourceAccuracy(
        str(ReportSource(told.source).label),
        messages,
        complete,
        told.to_receive.half if may_tell else None,
        decided,
        not_missing,
    )


def completeness(months: list[date]) -> list[tuple[date, int, int]]:
    """Of each month: its messages, each once, and those that tell everything asked. One query, of what may be seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT month, sum(received - repeated)::int, sum(complete)::int
            FROM unnest(%s::date[]) AS asked (month)
            CROSS JOIN LATERAL missing_seen_accuracy(
                month::timestamp AT TIME ZONE 'Europe/London',
                (month + interval '1 month') AT TIME ZONE 'Europe/London')
            GROUP BY month ORDER BY month
            """,
            [months],
        )
        return [(month, messages, complete) for month, messages, complete in cursor.fetchall()]
