"""The return of a year is made from the record."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing import queries as missing
from wayhome.partnership.queries import the_partnership
from wayhome.people import queries as people
from wayhome.statutory.commands.importing import NoPartnership, Progress
from wayhome.statutory.ssda903.facts import CareEpisode, ChildFacts, ChildRecord, MissingEpisode
from wayhome.statutory.ssda903.tables import TABLES
from wayhome.statutory.ssda903.writing import ExportReport, write_return
from wayhome.statutory.ssda903.years import CollectionYear

_MOTHER = {False: "0", True: "1", None: ""}


class OtherAuthority(Refusal):
    """This partnership is of another authority. Give the code of its council."""


class YearToCome(Refusal):
    """That collection year has not begun. Year 2026 is the one from 1 April 2025 to 31 March 2026."""


class FolderInUse(Refusal):
    """The folder holds other CSV files, which would be taken for tables of the return. Give an empty one."""


@transaction.atomic
def export_903(
    *, year: int, authority: str, to: Path, viewer: Viewer, now: datetime, progress: Progress
) -> ExportReport:
    """Write the return of a year into a folder. As the worker, who sees every child: restricted records are in it.

    The law asks for all looked-after children of the authority: Children Act 1989 s.83.
    """
    require(viewer, Verb.IMPORT_RETURN)
    partnership = the_partnership()
    if partnership is None:
        raise NoPartnership
    if authority != partnership.authority_code:
        raise OtherAuthority
    collected = _year(year, london_day(now))
    _refuse_other_tables(to)
    report = write_return(_records(collected, authority, progress), collected, authority=authority, to=to)
    record(viewer=viewer, now=now, verb="export", subject_kind="SSDA903 return", detail=report.as_dict())
    return report


def _year(ends_in: int, today: date) -> CollectionYear:
    if not 1992 <= ends_in <= today.year + 1 or CollectionYear(ends_in).first_day > today:
        raise YearToCome
    return CollectionYear(ends_in)


def _refuse_other_tables(to: Path) -> None:
    """The three files that are written are written over; any other would become part of the return."""
    ours = {table.file_name for table in TABLES if table.is_imported}
    if to.exists() and any(path.suffix.lower() == ".csv" and path.name not in ours for path in to.iterdir()):
        raise FolderInUse


def _records(year: CollectionYear, authority: str, progress: Progress) -> Iterator[ChildRecord]:
    since, until = start_of_day(year.first_day), start_of_day(year.last_day + timedelta(days=1))
    done = 0
    also = missing.people_missing_between(since, until)
    for some in people.looked_after(authority, year.first_day, year.last_day, also=also):
        ids = [child.person_id for child in some]
        care, times = people.care_of_many(ids), missing.times_of_many(ids, since, until)
        elsewhere = people.placed_here_by_others(ids)
        for child in some:
            told = (MissingEpisode(*each) for each in times.get(child.person_id, ()))
            yield ChildRecord(
                _facts(child),
                tuple(CareEpisode(*each) for each in care.get(child.person_id, ())),
                tuple(each for each in told if not _is_of_others(each, elsewhere.get(child.person_id, ()))),
            )
        done += len(some)
        progress(done)


def _is_of_others(episode: MissingEpisode, placed: Sequence[tuple[date, date | None]]) -> bool:
    """Whether it began while the child was in the care of another authority, in whose return it is."""
    day = london_day(episode.started_at)
    return any(since <= day and (until is None or day < until) for since, until in placed)


def _facts(child: people.ChildOfReturn) -> ChildFacts:
    return ChildFacts(
        child.number,
        child.sex,
        child.born_on,
        child.ethnicity,
        child.upn,
        _MOTHER[child.is_mother],
        child.own_child_born_on,
    )
