"""The scorecard: every measure month by month, beside the same counts written by hand without row security.

Those who see counts only read what the nightly job counted at the start of the month; it runs here first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from django.db import connection, transaction

from bench.measure import Row, alternating, median
from bench.rows.row_security import BY_HAND as GRANTED
from bench.sessions import as_viewer, as_worker_role, the_viewer
from wayhome.access.roles import Scope
from wayhome.access.viewing import open_for
from wayhome.insight.commands import count_months
from wayhome.insight.queries.months import all_series
from wayhome.insight.queries.pathway import pathway_measures
from wayhome.insight.rules import counted_until
from wayhome.insight.rules.months import MEASURES, months_before
from wayhome.kernel.clock import london_day, start_of_day, utc_now
from wayhome.kernel.viewer import Viewer

REPEATS = 5
LIMIT_YEAR, RATIO = 1000, 5.0
LIMIT_PATHWAY = 2000

# One pass over the episodes, as one would write it by hand for one question: nothing of what was known when, no London
# calendar, no settings, no viewer.
BY_HAND = """
SELECT date_trunc('month', last_seen_at), count(*), count(DISTINCT person_id),
    count(*) FILTER (WHERE previous >= last_seen_at - interval '90 days'), count(*) FILTER (WHERE previous IS NULL),
    count(returned_at), count(interview_offered_at), count(interview_accepted_at), count(interview_held_at),
    count(*) FILTER (WHERE interview_held_at <= returned_at + interval '72 hours'), count(safe_and_well_at),
    count(*) FILTER (WHERE safe_and_well_at <= returned_at + interval '24 hours'), max(recorded_at)
FROM (SELECT e.*, (SELECT max(b.last_seen_at) FROM missing_episode b
                   WHERE b.person_id = e.person_id AND b.last_seen_at < e.last_seen_at) AS previous
      FROM missing_episode e
      WHERE e.cancelled_at IS NULL AND e.last_seen_at >= %(since)s AND e.last_seen_at < %(until)s{and_mine}) told
GROUP BY 1 ORDER BY 1
"""

# The same for the pathway: each table read once, for one question after the other, without a viewer.
PATHWAY_BY_HAND = """
WITH told AS MATERIALIZED (
    SELECT r.* FROM exploitation_referral r
    WHERE r.received_at >= %(since)s AND r.received_at < %(until)s{and_mine}),
decided AS MATERIALIZED (
    SELECT s.thresholds, s.decided_at, s.due_at, s.decided_at - r.received_at AS took
    FROM exploitation_screening s JOIN exploitation_referral r ON r.id = s.referral_id
    WHERE s.decided_at >= %(since)s AND s.decided_at < %(until)s{and_mine}),
judged AS MATERIALIZED (
    SELECT r.*, p.sex, p.ethnicity, p.date_of_birth
    FROM exploitation_judgement r JOIN people_person p ON p.id = r.person_id
    WHERE r.judged_at >= %(since)s AND r.judged_at < %(until)s{and_mine})
SELECT 'told', date_trunc('month', received_at)::text, count(*), count(DISTINCT person_id)::text FROM told GROUP BY 2
UNION ALL SELECT 'kinds', one || ' ' || other, count(*), '' FROM told, unnest(kinds) one, unnest(kinds) other GROUP BY 2
UNION ALL SELECT 'threshold', thresholds::text, count(*), (percentile_cont(0.5) WITHIN GROUP (ORDER BY took))::text
    FROM decided GROUP BY 2
UNION ALL SELECT 'in time', '', count(*) FILTER (WHERE decided_at <= due_at), '' FROM decided
UNION ALL SELECT 'answered', '', count(answered_at), '' FROM told
UNION ALL SELECT 'sex', sex || level || tool_level, count(*), '' FROM judged GROUP BY 2
UNION ALL SELECT 'ethnicity', ethnicity || level || tool_level, count(*), '' FROM judged GROUP BY 2
UNION ALL SELECT 'age', extract(year FROM age(judged_at, date_of_birth)) || level || tool_level, count(*), ''
    FROM judged GROUP BY 2
UNION ALL SELECT 'level', kind || level, count(*), '' FROM exploitation_judgement r
    WHERE replaced_at IS NULL{and_mine} GROUP BY 2
UNION ALL SELECT 'plans', '', count(*), '' FROM exploitation_childplan r
    WHERE r.opened_at >= %(since)s AND r.opened_at < %(until)s{and_mine}
UNION ALL SELECT 'reviews', '', count(*), '' FROM exploitation_planreview r
    WHERE r.held_at >= %(since)s AND r.held_at < %(until)s{and_mine}
"""


def measure() -> list[Row]:
    """A year for those who see counts only and for a team of ten thousand grants; and ten years."""
    until = counted_until(london_day(utc_now()))
    year, decade = months_before(until, 12), months_before(until, 120)
    with as_worker_role(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        count_months(now=utc_now())
    lead = replace(the_viewer(), scopes=frozenset({Scope.STRATEGIC_LEAD}))
    return [
        _row("a year, all children", year, lead, LIMIT_YEAR, RATIO),
        # Live, and by the policies; from the viewer's own grants, as the peer goes.
        _row("a year, ten thousand grants", year, the_viewer(), LIMIT_YEAR, RATIO),
        _row("ten years, all children", decade, lead, None, RATIO),
        _row("ten years, ten thousand grants", decade, the_viewer(), None, RATIO),
        _of_the_pathway("all children", lead),
        _of_the_pathway("ten thousand grants", the_viewer()),
    ]


def _of_the_pathway(work: str, viewer: Viewer) -> Row:
    until = counted_until(london_day(utc_now()))
    mine_only = f" AND {GRANTED.format(person='r.person_id')}" if viewer is the_viewer() else ""
    given = {
        "since": start_of_day(months_before(until, 12)[0]),
        "until": start_of_day(until),
        "holders": [viewer.user_id, *viewer.team_ids],
    }

    def ours() -> object:
        with _looking(viewer):
            return pathway_measures(until, viewer, utc_now())

    def by_hand() -> object:
        with as_worker_role(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(PATHWAY_BY_HAND.format(and_mine=mine_only), given)
            return cursor.fetchall()

    calls: list[Callable[[], object]] = [ours] * REPEATS
    mine, theirs = alternating(calls, [by_hand] * REPEATS)
    name = f"yearly measures over 100,000 referrals: {work}, median"
    return Row(name, "ms", median(mine), "SQL by hand", median(theirs), LIMIT_PATHWAY, RATIO)


def _row(work: str, months: list[date], viewer: Viewer, limit: float | None, ratio: float | None) -> Row:
    since, until = start_of_day(months[0]), start_of_day(counted_until(london_day(utc_now())))
    mine_only = f" AND {GRANTED.format(person='e.person_id')}" if viewer is the_viewer() else ""
    given = {"since": since, "until": until, "holders": [viewer.user_id, *viewer.team_ids]}

    def ours() -> object:
        with _looking(viewer):
            return all_series(months, MEASURES, viewer, utc_now(), says_changes=False)

    def by_hand() -> object:
        with as_worker_role(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(BY_HAND.format(and_mine=mine_only), given)
            return cursor.fetchall()

    calls: list[Callable[[], object]] = [ours] * REPEATS
    mine, theirs = alternating(calls, [by_hand] * REPEATS)
    return Row(
        f"measures by month: {work}, median",
        "ms",
        median(mine),
        "SQL by hand",
        median(theirs),
        limit,
        ratio,
    )


@contextmanager
def _looking(viewer: Viewer) -> Iterator[None]:
    if viewer is the_viewer():
        with as_viewer():
            yield
    else:
        with transaction.atomic():
            open_for(viewer)
            yield
