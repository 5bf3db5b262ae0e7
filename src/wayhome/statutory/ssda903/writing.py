"""Writes the return of one year: the files the Department for Education takes, and the list of adjustments.

The folder holds header.csv, episodes.csv and missing.csv and nothing else that ends in .csv, since whoever
checks or loads a return takes every such file as a table of it. `adjustments.txt` lists where the return
says something else than the record.
"""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, TextIO

from wayhome.statutory.ssda903.facts import CareEpisode, ChildRecord
from wayhome.statutory.ssda903.rules import Adjustment, ChildReturn, MissingDays, return_of
from wayhome.statutory.ssda903.tables import EPISODES, HEADER, MISSING, Table
from wayhome.statutory.ssda903.years import CollectionYear

ADJUSTMENTS = "adjustments.txt"
_TABLES = (HEADER, EPISODES, MISSING)


class _Writer(Protocol):
    def writerows(self, rows: Iterable[Iterable[str]], /) -> None: ...


@dataclass(slots=True)
class ExportReport:
    """What was written, and what somebody should know about it.

    `missing_from_home_count` counts missing episodes begun in the year by children who were not looked after:
    the return does not ask for them.
    """

    year: CollectionYear
    authority: str
    rows: dict[str, int] = field(default_factory=lambda: {table.file_name: 0 for table in _TABLES})
    adjustments: list[Adjustment] = field(default_factory=list)
    missing_from_home_count: int = 0

    @property
    def attention_count(self) -> int:
        """Rows that somebody has to put right before the return is sent."""
        return sum(adjustment.needs_attention for adjustment in self.adjustments)

    def as_dict(self) -> dict[str, object]:
        """For a program. The adjustments themselves name children, so they stay in the file."""
        return {
            "year": str(self.year),
            "authority": self.authority,
            "rows": dict(self.rows),
            "adjustments": len(self.adjustments),
            "need_attention": self.attention_count,
            "missing_from_home": self.missing_from_home_count,
        }


def write_return(
    records: Iterable[ChildRecord], year: CollectionYear, *, authority: str, to: Path
) -> ExportReport:
    """Write the return of all these children. A child with no care in the year has no row."""
    report = ExportReport(year, authority)
    to.mkdir(parents=True, exist_ok=True)
    with _tables_in(to) as writers:
        for record in records:
            told = return_of(record, year)
            report.adjustments += told.adjustments
            report.missing_from_home_count += told.missing_from_home_count
            for table, rows in _rows_of(told):
                writers[table].writerows(rows)
                report.rows[table.file_name] += len(rows)
    with (to / ADJUSTMENTS).open("w", encoding="utf-8") as stream:
        write_adjustments(report, stream)
    return report


def write_adjustments(report: ExportReport, stream: TextIO) -> None:
    """The adjustments for a person to read, those that need them first."""
    stream.write(f"Looked-after children return {report.year}, {report.authority}\n")
    stream.write(f"{report.attention_count} to put right, {len(report.adjustments)} in all.\n")
    stream.write(
        f"{report.missing_from_home_count} missing episodes were not from care and are not asked for.\n\n"
    )
    for each in sorted(report.adjustments, key=lambda one: (not one.needs_attention, natural(one.child))):
        mark = "PUT RIGHT" if each.needs_attention else "adjusted"
        stream.write(f"{mark}\t{each.child}\t{each.table}\t{each.row}\t{each.reason}\n")


def natural(child: str) -> tuple[int, str]:
    """Orders numbers as numbers: 9 before 10."""
    return (len(child), child)


@contextmanager
def _tables_in(folder: Path) -> Iterator[dict[Table, _Writer]]:
    with ExitStack() as stack:
        writers: dict[Table, _Writer] = {}
        for table in _TABLES:
            stream = stack.enter_context((folder / table.file_name).open("w", encoding="utf-8", newline=""))
            writers[table] = csv.writer(stream, lineterminator="\n")
            writers[table].writerows([table.columns])
        yield writers


def _rows_of(told: ChildReturn) -> list[tuple[Table, list[tuple[str, ...]]]]:
    if not told.care:
        return []
    return [
        (HEADER, [_header_row(told)]),
        (EPISODES, [_episode_row(told.facts.child, episode) for episode in told.care]),
        (MISSING, [_missing_row(told, episode) for episode in told.missing]),
    ]


def _header_row(told: ChildReturn) -> tuple[str, ...]:
    facts = told.facts
    born, childs_birth = _written(facts.born_on), _written(facts.mother_of_child_born_on)
    return facts.child, told.sex, born, facts.ethnicity, facts.upn, facts.mother, childs_birth


def _episode_row(child: str, care: CareEpisode) -> tuple[str, ...]:
    return (
        child,
        _written(care.started_on),
        care.reason_started,
        care.legal_status,
        care.need,
        care.placement,
        care.provider,
        _written(care.ended_on),
        care.reason_ended,
        care.reason_placement_changed,
        postcode(care.home_postcode),
        postcode(care.placement_postcode),
        care.urn,
    )


def _missing_row(told: ChildReturn, episode: MissingDays) -> tuple[str, ...]:
    born = _written(told.facts.born_on)
    return told.facts.child, born, episode.kind, _written(episode.first), _written(episode.last)


def postcode(text: str) -> str:
    """A postcode with one space before its last three characters, as the return writes it."""
    closed = text.replace(" ", "").upper()
    return f"{closed[:-3]} {closed[-3:]}" if closed else ""


def _written(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
