"""Episodes of care of another's list: the same start, legal status and placement is the same episode."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from wayhome.access.commands import Opening, end_grants
from wayhome.access.staging import found, run, stage_as, stage_written, written
from wayhome.access.vocabulary import Basis
from wayhome.audit.commands import record
from wayhome.people.commands.bulk.taken import Remark, Source, Taken, taken, told_otherwise
from wayhome.people.models import CareEpisode


class CareTold(NamedTuple):
    """What a list tells of one episode of care. Codes are those of the SSDA903 return (codelists/)."""

    row: int
    number: str
    started_on: date
    start_reason: str
    legal_status: str
    need: str
    placement: str
    placement_provider: str
    ended_on: date | None
    end_reason: str
    placement_change_reason: str
    home_postcode: str
    placement_postcode: str
    urn: str
    home_team_id: UUID | None


_COLUMNS = """row integer, number text, started_on date, start_reason text, legal_status text, need text,
    placement text, placement_provider text, ended_on date, end_reason text, placement_change_reason text,
    home_postcode text, placement_postcode text, urn text, home_team_id uuid, id uuid"""

_TEXTS = (
    "start_reason",
    "need",
    "placement_provider",
    "end_reason",
    "placement_change_reason",
    "home_postcode",
    "placement_postcode",
    "urn",
)
_FACTS = (*_TEXTS, "ended_on", "home_team_id")
_ALL = "started_on, legal_status, placement, " + ", ".join(_FACTS)

# Episodes on record of which the list knows nothing.
_UNTOLD = """
SELECT e.person_id, e.started_on, e.ended_on, e.legal_status, e.placement
FROM people_known who JOIN people_careepisode e ON e.person_id = who.person_id
LEFT JOIN care_incoming told ON told.number = who.number AND told.started_on = e.started_on
    AND told.legal_status = e.legal_status AND told.placement = e.placement
WHERE NOT who.is_new AND told.row IS NULL
"""
# A list that has an episode as open says so of its own day only. A blank tells nothing.
_JUDGED = f"""
WITH overlapping AS (
    SELECT DISTINCT ON (told.row) told.row, o.placement || ' ' || o.legal_status || ' from '
        || to_char(o.started_on, 'DD/MM/YYYY') AS told
    FROM care_incoming told JOIN people_known who USING (number)
    JOIN care_untold o ON o.person_id = who.person_id
        AND o.started_on < coalesce(told.ended_on, 'infinity') AND told.started_on < coalesce(o.ended_on, 'infinity')
    ORDER BY told.row, o.started_on),
again AS (
    SELECT number, started_on, legal_status, placement, min(row) AS first_row
    FROM care_incoming GROUP BY 1, 2, 3, 4 HAVING count(*) > 1)
SELECT told.row, told.number, who.person_id, held.id AS held_id,
    CASE WHEN again.first_row < told.row THEN 'twice'
         WHEN held.id IS NULL AND overlapping.row IS NULL THEN 'added'
         WHEN held.id IS NULL THEN 'overlaps'
         WHEN told.ended_on IS NULL AND held.ended_on <= %(as_at)s THEN 'ended'
         WHEN coalesce(told.ended_on, held.ended_on) IS NOT DISTINCT FROM held.ended_on
             AND coalesce(told.home_team_id, held.home_team_id) IS NOT DISTINCT FROM held.home_team_id
             {" ".join(f"AND told.{name} IN ('', held.{name})" for name in _TEXTS)} THEN 'unchanged'
         WHEN %(is_latest)s THEN 'changed'
         ELSE 'older' END AS fate,
    CASE WHEN again.first_row < told.row THEN again.first_row::text
         WHEN held.id IS NULL THEN overlapping.told
         ELSE to_char(held.ended_on, 'DD/MM/YYYY') END AS told
FROM care_incoming told JOIN people_known who USING (number)
LEFT JOIN again ON again.number = told.number AND again.started_on = told.started_on
    AND again.legal_status = told.legal_status AND again.placement = told.placement
LEFT JOIN overlapping ON overlapping.row = told.row
LEFT JOIN people_careepisode held ON NOT who.is_new AND held.person_id = who.person_id
    AND held.started_on = told.started_on AND held.legal_status = told.legal_status
    AND held.placement = told.placement
"""  # noqa: S608 (no value in it)

_ADDED = f"""
INSERT INTO people_careepisode (id, person_id, {_ALL})
SELECT told.id, judged.person_id, {_ALL}
FROM care_incoming told JOIN care_judged judged USING (row) WHERE judged.fate = 'added'
"""  # noqa: S608 (no value in it)
_DIFFERENT = f"""
SELECT held.id, held.person_id, {", ".join(f"held.{name}" for name in _FACTS)},
    {", ".join(f"told.{name}" for name in _FACTS)}
FROM care_judged judged JOIN care_incoming told USING (row)
JOIN people_careepisode held ON held.id = judged.held_id
WHERE judged.fate = 'changed' ORDER BY told.row
FOR UPDATE OF held
"""  # noqa: S608 (no value in it)

# Rows just added are not looked up again: until PostgreSQL has counted them it takes their table for empty.
_LIVE_IN_A_HOME = """
SELECT judged.person_id, told.home_team_id
FROM care_incoming told JOIN care_judged judged USING (row)
WHERE judged.fate = 'added' AND told.ended_on IS NULL AND told.home_team_id IS NOT NULL
UNION
SELECT held.person_id, held.home_team_id
FROM care_incoming told JOIN care_judged judged USING (row) JOIN people_careepisode held ON held.id = judged.held_id
WHERE judged.fate IN ('changed', 'unchanged') AND told.ended_on IS NULL AND told.home_team_id IS NOT NULL
    AND held.ended_on IS NULL AND held.home_team_id = told.home_team_id
"""


def written_care(rows: Sequence[CareTold]) -> str:
    """These episodes as `take_care` takes them, with an id for each."""
    return written(rows, new_ids_each=1)


def take_care(texts: Iterable[str], *, source: Source) -> Taken:
    """Write what is new of these episodes (`written_care`), whose children have been taken in this transaction.

    Not held: the second of two rows with one start, legal status and placement; one that overlaps an episode on
    record of which the list knows nothing; one that is open in the list and had ended by its day on record.
    """
    stage_written("care_incoming", _COLUMNS, texts)
    stage_as("care_untold", _UNTOLD, {})
    stage_as("care_judged", _JUDGED, {"as_at": source.as_at, "is_latest": source.is_latest})
    run(_ADDED)
    changed = sum(_change(source, *row) for row in found(_DIFFERENT))
    return taken("care_judged", changed=changed, remarks=list[Remark]())


def begin_homes() -> list[tuple[UUID, Opening]]:
    """For the homes in which children of the list live now: who is opened to which."""
    reason = "The child lives in this home"
    return [
        (person_id, Opening(basis=Basis.HOME, reason=reason, team_id=team_id))
        for person_id, team_id in found(_LIVE_IN_A_HOME)
    ]


def _change(source: Source, care_id: UUID, person_id: UUID, *values: Any) -> int:
    before = dict(zip(_FACTS, values[: len(_FACTS)], strict=True))
    after = dict(zip(_FACTS, values[len(_FACTS) :], strict=True))
    changes = told_otherwise(before, after)
    CareEpisode.objects.filter(pk=care_id).update(**{name: value for name, (_, value) in changes.items()})
    record(
        viewer=source.viewer,
        now=source.now,
        verb="edit",
        subject_kind="care_episode",
        subject_id=care_id,
        person_id=person_id,
        reason=source.name,
        changes=changes,
    )
    if before["ended_on"] is None and after["ended_on"] and before["home_team_id"]:
        end_grants(
            person_id=person_id,
            holder=before["home_team_id"],
            basis=Basis.HOME,
            viewer=source.viewer,
            now=source.now,
        )
    return 1
