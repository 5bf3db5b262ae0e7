"""A return is taken in: read, compared with the record, written in one transaction or not at all."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import chain, islice, product
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from wayhome.access.commands import Opening, grant_many, written_openings
from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.access.staging import found, run, stage
from wayhome.access.vocabulary import Basis
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.bulk import MissingTold, take_missing, written_missing
from wayhome.partnership.queries import homes_by_urn, team_ids, the_partnership
from wayhome.partnership.vocabulary import TeamKind
from wayhome.people.commands.bulk import (
    CareTold,
    ChildTold,
    Source,
    Taken,
    begin_homes,
    people_taken,
    take_care,
    take_children,
    written_care,
    written_children,
)
from wayhome.people.queries import identifiers_of
from wayhome.people.vocabulary import IdentifierType
from wayhome.statutory.models import ImportBatch
from wayhome.statutory.objections import objection
from wayhome.statutory.queries import last_as_at
from wayhome.statutory.ssda903.ahead import reading_ahead
from wayhome.statutory.ssda903.findings import Finding
from wayhome.statutory.ssda903.reading import FolderReading
from wayhome.statutory.ssda903.report import ImportReport
from wayhome.statutory.ssda903.rows import EpisodeRow, HeaderRow, MissingRow
from wayhome.statutory.ssda903.tables import EPISODES, HEADER, MISSING, Table

OPENED_BECAUSE = "Imported from the SSDA903 return"
# People who are asked for or opened at a time.
AT_ONCE = 5_000
_MOTHER = {"0": False, "1": True}
_COLUMNS = """place integer, file text, row integer, child text, "column" text, value text, code text,
    reason text"""
_CHILDREN_REJECTED = "SELECT DISTINCT child FROM rejections_incoming WHERE child <> ''"
_REJECTIONS = """
INSERT INTO statutory_importrejection (batch_id, file, row, child, "column", value, code, reason, person_id)
SELECT %(batch)s, file, row, child, "column", value, code, reason, person_id
FROM rejections_incoming LEFT JOIN rejections_people USING (child) ORDER BY place
"""
Progress = Callable[[int], None]


class ReturnOfTheFuture(Refusal):
    """The day of the return is in the future. Give the day it speaks of, such as the 31 March that ends its year."""


class NoPartnership(Refusal):
    """There is no partnership yet whose children these could be. Set it up first."""


class NoRows(Refusal):
    """The files of the return have column names and no rows. There is nothing to take in."""


@transaction.atomic
def import_903(
    *, folder: Path, as_at: date, dry_run: bool, viewer: Viewer, now: datetime, progress: Progress
) -> ImportReport:
    """Take in the return in this folder, which speaks of the day `as_at`. Every row is in the report.

    As the worker. A dry run says what would become of each row, and undoes all of it. `progress` is told how many
    rows are read.
    """
    require(viewer, Verb.IMPORT_RETURN)
    if as_at > london_day(now):
        raise ReturnOfTheFuture
    authority = _authority()
    _one_at_a_time()
    reading = FolderReading(folder, as_at=as_at)
    _take(reading, _source(authority, as_at, viewer, now), progress)
    if not reading.report.rows and not reading.report.refused:
        raise NoRows
    _keep(reading.report, folder, authority, viewer, now)
    if dry_run:
        transaction.set_rollback(True)
    return reading.report


def _authority() -> str:
    partnership = the_partnership()
    if partnership is None:
        raise NoPartnership
    return partnership.authority_code


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import_903'))")


def _source(authority: str, as_at: date, viewer: Viewer, now: datetime) -> Source:
    before = last_as_at(authority)
    return Source(
        name=f"SSDA903 return as at {as_at:%d/%m/%Y}",
        issuer=authority,
        as_at=as_at,
        is_latest=before is None or before <= as_at,
        viewer=viewer,
        now=now,
    )


def _take(reading: FolderReading, source: Source, progress: Progress) -> None:
    homes = homes_by_urn(london_day(source.now))
    with reading_ahead(_written(reading, homes)) as batches:
        texts = _Texts(batches, progress)
        taken = {HEADER: take_children(texts.of(HEADER), source=source)}
        with reading_ahead(_to_coordinators(people_taken(), source)) as openings:
            taken[EPISODES] = take_care(texts.of(EPISODES), source=source)
            taken[MISSING] = take_missing(texts.of(MISSING), source=source)
            _open(openings, source)
    # The report is the reader's until it has read everything.
    for table, what in taken.items():
        _note(reading, table, what)


class _Batch(NamedTuple):
    table: Table
    rows: int
    text: str


def _written(reading: FolderReading, homes: dict[str, UUID]) -> Iterator[_Batch]:
    """What the folder tells, as PostgreSQL takes it. Asks no database, so that it can be done ahead."""
    for table, rows in reading.batches():
        yield _Batch(table, len(rows), _text(table, rows, homes))


def _text(table: Table, rows: list[Any], homes: dict[str, UUID]) -> str:
    if table is HEADER:
        return written_children([_child(row) for row in rows])
    if table is EPISODES:
        return written_care([_care(row, homes) for row in rows])
    return written_missing([_missing(row) for row in rows])


class _Texts:
    """The rows of one table after the other, as they come; tells how many have gone by."""

    def __init__(self, batches: Iterator[_Batch], progress: Progress) -> None:
        self._batches, self._progress = batches, progress
        self._next = next(batches, None)
        self._done = 0

    def of(self, table: Table) -> Iterator[str]:
        """The rows of this table."""
        while self._next is not None and self._next.table is table:
            yield self._next.text
            self._done += self._next.rows
            self._progress(self._done)
            self._next = next(self._batches, None)


def _child(row: HeaderRow) -> ChildTold:
    return ChildTold(
        row.row,
        row.child,
        row.sex,
        row.born_on,
        row.ethnicity,
        row.upn,
        row.upn_is_verified,
        _MOTHER.get(row.mother),
        row.mother_of_child_born_on,
    )


def _care(row: EpisodeRow, homes: dict[str, UUID]) -> CareTold:
    home, placement = _closed(row.home_postcode), _closed(row.placement_postcode)
    return CareTold(*row[:11], home, placement, row.urn, homes.get(row.urn))


def _closed(postcode: str) -> str:
    return postcode.replace(" ", "").upper()


def _missing(row: MissingRow) -> MissingTold:
    return MissingTold(row.row, row.child, row.kind, row.started_on, row.ended_on)


def _to_coordinators(people: list[UUID], source: Source) -> Iterator[str]:
    """The coordinators watch over every looked-after child."""
    teams = [
        Opening(basis=Basis.INVOLVEMENT, reason=OPENED_BECAUSE, team_id=team_id)
        for team_id in team_ids(kind=TeamKind.COORDINATION, on=london_day(source.now))
    ]
    openings = product(people, teams)
    return iter(lambda: written_openings(islice(openings, AT_ONCE)), "")


def _open(openings: Iterator[str], source: Source) -> None:
    texts = chain(openings, [written_openings(begin_homes())])
    grant_many(texts=texts, viewer=source.viewer, now=source.now)


def _note(reading: FolderReading, table: Table, taken: Taken) -> None:
    count = reading.count(table)
    if count is None:
        return
    count.added, count.changed, count.unchanged = taken.added, taken.changed, taken.unchanged
    for remark in taken.remarks:
        reading.object_to(table, remark.row, remark.number, objection(table, remark))


def _keep(report: ImportReport, folder: Path, authority: str, viewer: Viewer, now: datetime) -> None:
    batch = ImportBatch(
        folder=str(folder),
        authority=authority,
        as_at=report.as_at,
        imported_by=viewer.name,
        imported_at=now,
        row_count=report.rows,
        accepted_count=report.accepted,
        rejected_count=report.rejected,
        files={name: count.as_dict() for name, count in report.files.items()},
        not_imported={
            name: {"table": count.table, "rows": count.rows} for name, count in report.not_imported.items()
        },
    )
    batch.save(force_insert=True)
    _keep_rejections(report.rejections, batch)
    record(
        viewer=viewer,
        now=now,
        verb="import",
        subject_kind="SSDA903 return",
        subject_id=batch.pk,
        detail={"as_at": report.as_at, "authority": authority, "files": batch.files},
    )


def _keep_rejections(rejections: Iterable[Finding], batch: ImportBatch) -> None:
    numbered = ((place, *finding) for place, finding in enumerate(rejections))
    stage("rejections_incoming", _COLUMNS, numbered)
    stage("rejections_people", "child text, person_id uuid", list(_people_rejected(batch.authority)))
    run(_REJECTIONS, {"batch": batch.pk})


def _people_rejected(authority: str) -> Iterator[tuple[str, UUID]]:
    """The children of rejected rows who are on record, by their numbers."""
    numbers = iter([number for (number,) in found(_CHILDREN_REJECTED)])
    while some := list(islice(numbers, AT_ONCE)):
        yield from identifiers_of(IdentifierType.LA_CHILD_ID, some, authority).items()
