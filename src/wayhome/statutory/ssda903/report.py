"""What became of each file and row of an import: on screen, for a program, and as a file to take away."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TextIO

from wayhome.statutory.ssda903.findings import Finding, Findings

_COLUMNS = ("file", "row", "child", "column", "value", "decision", "rule", "reason")
# A spreadsheet runs a cell that begins like this; the values come from files that others wrote.
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(slots=True)
class FileCount:
    """The rows of one file. What was not accepted was rejected: `rows` is always the sum of the two.

    `added`, `changed` and `unchanged` say what the accepted rows made of the record; all are 0 until it was asked.
    """

    table: str = ""
    encoding: str = ""
    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    warnings: int = 0
    blank_lines: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def accept(self, rows: int) -> None:
        """Count these rows as accepted."""
        self.rows += rows
        self.accepted += rows

    def reject(self) -> None:
        """Count one row as rejected."""
        self.rows += 1
        self.rejected += 1

    def as_dict(self) -> dict[str, object]:
        """The counts by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class ImportReport:
    """The account of one import.

    `not_imported` are files of the return that we recognise and have no use for yet, with their row counts;
    `ignored` are files in the folder that are no CSV; `refused` those that could not be taken in at all, with why.
    """

    as_at: date
    files: dict[str, FileCount] = field(default_factory=dict)
    not_imported: dict[str, FileCount] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    rejections: Findings = field(default_factory=Findings)
    warnings: Findings = field(default_factory=Findings)

    @property
    def rows(self) -> int:
        """Rows of all files taken in."""
        return sum(count.rows for count in self.files.values())

    @property
    def accepted(self) -> int:
        """Accepted rows of all files."""
        return sum(count.accepted for count in self.files.values())

    @property
    def rejected(self) -> int:
        """Rejected rows of all files."""
        return sum(count.rejected for count in self.files.values())

    def as_dict(self) -> dict[str, object]:
        """All of it. For an import with millions of findings use `write_json`."""
        return {
            **self._summary(),
            "rejections": [finding._asdict() for finding in self.rejections],
            "warnings": [finding._asdict() for finding in self.warnings],
        }

    def write_json(self, stream: TextIO) -> None:
        """The same as `as_dict`, a finding at a time."""
        stream.write(json.dumps(self._summary())[:-1])
        for name, findings in (("rejections", self.rejections), ("warnings", self.warnings)):
            stream.write(f', "{name}": [')
            stream.writelines(_separated(json.dumps(finding._asdict()) for finding in findings))
            stream.write("]")
        stream.write("}\n")

    def write_csv(self, stream: TextIO) -> None:
        """Rejections, then warnings, as a table that opens in a spreadsheet."""
        csv.writer(stream, lineterminator="\n").writerows(self.csv_rows())

    def csv_rows(self) -> Iterator[tuple[str, ...]]:
        """The lines of the table, the column names first."""
        yield _COLUMNS
        yield from chain(
            _lines(self.rejections, "rejected"), _lines(self.warnings, "accepted, with a warning")
        )

    def _summary(self) -> dict[str, object]:
        return {
            "as_at": self.as_at.isoformat(),
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "files": {name: count.as_dict() for name, count in self.files.items()},
            "not_imported": {
                name: {"table": count.table, "rows": count.rows} for name, count in self.not_imported.items()
            },
            "ignored": self.ignored,
        }


def _lines(findings: Iterable[Finding], decision: str) -> Iterator[tuple[str, ...]]:
    for found in findings:
        yield (
            found.file,
            str(found.row),
            harmless(found.child),
            found.column,
            harmless(found.value),
            decision,
            found.code,
            found.reason,
        )


def harmless(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA_MARKS) else value


def _separated(texts: Iterable[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        yield f", {text}" if place else text
