"""Episodes of another's list, in whole days: what is new is written as history, and open ones as missing now.

A list has days where the record has times. An episode on record that begins and ends on the same days is the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from wayhome.access.staging import found, run, stage_as, stage_written, written
from wayhome.audit.commands import record
from wayhome.kernel.clock import start_of_day
from wayhome.missing.models import Episode
from wayhome.missing.vocabulary import Certainty, ReportSource
from wayhome.people.commands.bulk import Fate, Remark, Source, Taken
from wayhome.people.commands.bulk.taken import taken


class MissingTold(NamedTuple):
    """What a list tells of one time missing: whole days, both included; no end while it lasts."""

    row: int
    number: str
    kind: str
    started_on: date
    ended_on: date | None


_COLUMNS = """row integer, number text, kind text, started_on date, ended_on date, id uuid,
    report_id uuid"""

# Midnight in London at the start of each day.
_PLACED = """
SELECT told.*, who.person_id, who.is_new, told.started_on::timestamp AT TIME ZONE 'Europe/London' AS last_seen_at,
    told.ended_on::timestamp AT TIME ZONE 'Europe/London' AS returned_at
FROM missing_incoming told JOIN people_known who USING (number)
"""
# The episodes on record of these children, in whole days. "Untouched": nobody but an import has written on it.
_HELD = """
SELECT e.id, e.person_id, e.kind, e.last_seen_at, e.returned_at, e.cancelled_at IS NOT NULL AS is_set_aside,
    (e.last_seen_at AT TIME ZONE 'Europe/London')::date AS started_on,
    (e.returned_at AT TIME ZONE 'Europe/London')::date AS ended_on,
    e.is_date_only AND e.closed_by_id IS NULL AND e.risk = '' AND e.located_at IS NULL
        AND e.safe_and_well_at IS NULL AND e.interview_offered_at IS NULL
        AND e.interview_settled_at IS NULL AS is_untouched
FROM missing_episode e JOIN people_known who ON who.person_id = e.person_id WHERE NOT who.is_new
"""
# A list that has an episode as open says so of its own day only.
_JUDGED = """
WITH same AS (
    SELECT DISTINCT ON (told.row) told.row, held.*,
        held.kind = told.kind AND (held.ended_on IS NOT DISTINCT FROM told.ended_on
            OR told.ended_on IS NULL AND held.ended_on > %(as_at)s) AS agrees
    FROM missing_placed told JOIN missing_held held
        ON held.person_id = told.person_id AND held.started_on = told.started_on
    WHERE NOT held.is_set_aside OR held.ended_on IS NOT DISTINCT FROM told.ended_on
    ORDER BY told.row, held.is_set_aside, agrees DESC, held.last_seen_at),
overlapping AS (
    SELECT DISTINCT ON (told.row) told.row, held.started_on, held.ended_on
    FROM missing_placed told JOIN missing_held held ON held.person_id = told.person_id AND NOT held.is_set_aside
        AND tstzrange(told.last_seen_at, told.returned_at) && tstzrange(held.last_seen_at, held.returned_at)
    ORDER BY told.row, held.last_seen_at)
SELECT told.*, same.id AS held_id,
    CASE WHEN same.agrees AND NOT same.is_set_aside THEN 'unchanged'
         WHEN same.is_set_aside THEN 'set_aside'
         WHEN same.is_untouched AND told.ended_on IS NULL AND same.ended_on <= %(as_at)s THEN 'ended'
         WHEN same.is_untouched AND NOT %(is_latest)s THEN 'older'
         WHEN same.is_untouched THEN 'changed'
         WHEN same.id IS NOT NULL THEN 'differs'
         WHEN overlapping.row IS NOT NULL THEN 'overlaps'
         ELSE 'added' END AS fate,
    CASE WHEN same.id IS NOT NULL
         THEN same.kind || ' ' || to_char(same.started_on, 'DD/MM/YYYY') || ' to '
              || coalesce(to_char(same.ended_on, 'DD/MM/YYYY'), 'now')
         ELSE to_char(overlapping.started_on, 'DD/MM/YYYY') || ' to '
              || coalesce(to_char(overlapping.ended_on, 'DD/MM/YYYY'), 'now') END AS told
FROM missing_placed told LEFT JOIN same USING (row) LEFT JOIN overlapping USING (row)
"""

# In the order of the children: what holds their times apart then finds its neighbours where it just was.
_EPISODES = """
INSERT INTO missing_episode (id, person_id, kind, last_seen_at, last_seen_certainty, recorded_at, is_date_only,
    last_seen_place, missing_from, circumstances, companions, police_reference, risk, located_place, returned_at,
    returned_certainty, returned_to, return_method, interview_outcome, closed_at, cancelled_reason, version)
SELECT id, person_id, kind, last_seen_at, %(day)s, %(now)s, true, '', '', '', '', '', '', '', returned_at,
    CASE WHEN returned_at IS NULL THEN %(exact)s ELSE %(day)s END, '', '', '',
    CASE WHEN returned_at IS NOT NULL THEN %(now)s::timestamptz END, '', 1
FROM missing_judged WHERE fate = 'added' ORDER BY person_id, last_seen_at
"""
# Whoever reports a child missing at this moment may be faster: theirs stays, and ours is told as an overlap.
_UNLESS_KNOWN = f"{_EPISODES}ON CONFLICT DO NOTHING"
_TOO_LATE = """
UPDATE missing_judged told SET fate = 'overlaps'
WHERE told.fate = 'added' AND NOT EXISTS (SELECT FROM missing_episode e WHERE e.id = told.id)
"""
_REPORTS = """
INSERT INTO missing_report (id, episode_id, person_id, source, told_by, contact, kind, last_seen_at,
    last_seen_certainty, reported_at, recorded_at, last_seen_place, missing_from, circumstances, companions,
    police_reference)
SELECT report_id, id, person_id, %(import)s, %(source)s, '', kind, last_seen_at, %(day)s, %(now)s, %(now)s,
    '', '', '', '', ''
FROM missing_judged WHERE fate = 'added' ORDER BY person_id, last_seen_at
"""


def written_missing(rows: Sequence[MissingTold]) -> str:
    """These times missing as `take_missing` takes them, with ids for the episode and its report."""
    return written(rows, new_ids_each=2)


def take_missing(texts: Iterable[str], *, source: Source) -> Taken:
    """Write what is new of these times (`written_missing`), whose children have been taken in this transaction.

    What is over is closed at once: it is history, and nobody can check on a child of last year. Not held: what
    overlaps an episode on record, or begins on the day of one that people worked on and ends on another, or was set
    aside as an error; what is open in the list and had ended by its day on record.
    """
    stage_written("missing_incoming", _COLUMNS, texts)
    stage_as("missing_placed", _PLACED, {})
    stage_as("missing_held", _HELD, {})
    stage_as("missing_judged", _JUDGED, {"as_at": source.as_at, "is_latest": source.is_latest})
    told = _parameters(source)
    _add_episodes(told)
    run(_REPORTS, told)
    refused = list(_change_all(source))
    changed = found("SELECT count(*) FROM missing_judged WHERE fate = 'changed'")[0][0] - len(refused)
    return taken("missing_judged", changed=changed, remarks=refused)


def _add_episodes(told: dict[str, Any]) -> None:
    """All at once; only if somebody was faster, one beside the other: that asks for every row twice."""
    try:
        with transaction.atomic():
            run(_EPISODES, told)
    except IntegrityError:
        run(_UNLESS_KNOWN, told)
        run(_TOO_LATE)


def _parameters(source: Source) -> dict[str, Any]:
    return {
        "now": source.now,
        "day": Certainty.DAY,
        "exact": Certainty.EXACT,
        "import": ReportSource.IMPORT,
        "source": source.name,
    }


def _change_all(source: Source) -> Iterator[Remark]:
    """Correct what an earlier list told, one by one. Gives those that would come to overlap another episode."""
    rows = found(
        "SELECT row, number, held_id, kind, ended_on, told FROM missing_judged WHERE fate = 'changed' ORDER BY row"
    )
    for row, number, episode_id, kind, ended_on, told in rows:
        try:
            with transaction.atomic():
                _change(source, episode_id, kind, ended_on)
        except IntegrityError:
            yield Remark(row, number, Fate.OVERLAPS, told)


def _change(source: Source, episode_id: UUID, kind: str, ended_on: date | None) -> None:
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    returned_at: datetime | None = start_of_day(ended_on) if ended_on else episode.returned_at
    after = {
        "kind": kind,
        "returned_at": returned_at,
        "returned_certainty": Certainty.DAY if returned_at else episode.returned_certainty,
        "closed_at": (episode.closed_at or source.now) if returned_at else None,
    }
    changes = {
        name: (getattr(episode, name), value)
        for name, value in after.items()
        if getattr(episode, name) != value
    }
    Episode.objects.filter(pk=episode_id).update(**after, version=F("version") + 1)
    record(
        viewer=source.viewer,
        now=source.now,
        verb="edit",
        subject_kind="episode",
        subject_id=episode_id,
        person_id=episode.person_id,
        reason=source.name,
        changes=changes,
    )
