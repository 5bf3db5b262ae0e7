"""What is wrong with a row, how grave it is, and the list of all of it.

A row is **rejected** when we would have to change or guess a value in order to hold it. It is accepted with a
**warning** when it can be held as it stands, though the return's own rules would question it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import NamedTuple
from weakref import finalize

IN_MEMORY = 8 << 20


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong. `code` is the rule number of the return where it has one.

    `reason` is what the person who mends the file reads; `{...}` are filled in with facts of the row.
    """

    code: str
    column: str
    reason: str
    rejects: bool

    def found(self, value: str, **facts: object) -> "Trouble":
        """This check fails, on this value."""
        return Trouble(self, value, self.reason.format(**facts) if facts else self.reason)


def reject(code: str, column: str, reason: str) -> Check:
    """A check that keeps its row out."""
    return Check(code, column, reason, rejects=True)


def warn(code: str, column: str, reason: str) -> Check:
    """A check that lets its row in and says so."""
    return Check(code, column, reason, rejects=False)


class Trouble(NamedTuple):
    """A check that failed on some row, with the value as the file has it."""

    check: Check
    value: str
    reason: str


class Finding(NamedTuple):
    """One line of the report: where, whose, what, and why. Row 1 is the line of the column names.

    `child` is the number as the file has it; blank where the line could not be read.
    """

    file: str
    row: int
    child: str
    column: str
    value: str
    code: str
    reason: str


class Findings:
    """Findings in the order they came: in memory while they are few, on disk when they are many."""

    def __init__(self) -> None:
        self._spool = SpooledTemporaryFile(  # noqa: SIM115
            max_size=IN_MEMORY, mode="w+", encoding="utf-8", newline=""
        )
        # Gone from the disk when nothing holds the findings any more.
        finalize(self, self._spool.close)
        self._writer = csv.writer(self._spool)
        self._count = 0

    def add(self, finding: Finding) -> None:
        """Append one."""
        self._writer.writerow(finding)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Finding]:
        self._spool.seek(0)
        for file, row, child, column, value, code, reason in csv.reader(self._spool):
            yield Finding(file, int(row), child, column, value, code, reason)
        self._spool.seek(0, 2)
