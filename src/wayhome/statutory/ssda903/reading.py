"""Reads a folder that holds a return: every row is given out typed, or stands in the report with its reason.

    reading = FolderReading(folder, as_at=date(2026, 3, 31))
    for rows in reading.headers(): ...
    for rows in reading.episodes(): ...
    for rows in reading.missing(): ...
    reading.report

The three must be read in this order and to the end, because rows are compared with the children before them.
Files are streamed: what stays in memory is a few dozen bytes for each row, and a batch of rows.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from wayhome.kernel.refusal import Refusal
from wayhome.statutory.ssda903.checks import (
    EpisodeReader,
    HeaderReader,
    MissingReader,
    Register,
    Row,
    RowReader,
)
from wayhome.statutory.ssda903.columns import LONGEST_TEXT
from wayhome.statutory.ssda903.findings import Check, Finding, Findings, Trouble, reject
from wayhome.statutory.ssda903.report import FileCount, ImportReport
from wayhome.statutory.ssda903.rows import EpisodeRow, HeaderRow, MissingRow
from wayhome.statutory.ssda903.tables import Table, recognise, why_unknown
from wayhome.statutory.ssda903.text import BrokenLine, NotText, TextFile, look_at, split

BATCH = 5_000

WRONG_COLUMNS = reject("columns", "", "{why}")
NO_TEXT = reject("not-text", "", "{why}")
NO_COLUMNS = reject("empty", "", "The file is empty: it has not even column names.")
SECOND_FILE = reject(
    "second-file", "", "{first} is the {table} table already. Put all its rows into one file."
)
BROKEN_LINE = reject("broken-line", "", "{why}")
WRONG_LENGTH = reject("fields", "", "The row has {found} fields, but the table has {wanted} columns.")


class NoSuchFolder(Refusal):
    """There is no such folder. Give the folder that holds the CSV files of the return."""


class NothingToImport(Refusal):
    """The folder holds no CSV file. Give the folder that holds header.csv, episodes.csv and missing.csv."""


class _Source:
    """One recognised file: where its lines are, and where in them the columns stand."""

    def __init__(self, file: TextFile, table: Table, header: Sequence[str], count: FileCount) -> None:
        self.file, self.table, self.count = file, table, count
        order = table.order_in(header)
        self.order = None if order == tuple(range(len(order))) else order


class FolderReading:
    """One return, being read."""

    def __init__(self, folder: Path, *, as_at: date, batch: int = BATCH) -> None:
        self.report = ImportReport(as_at)
        self._register = Register(as_at)
        self._batch = batch
        self._sources: dict[Table, _Source] = {}
        for path in self._files_of(folder):
            self._recognise(path)

    def headers(self) -> Iterator[list[HeaderRow]]:
        """The children, in batches."""
        return self._read(HeaderReader(self._register))

    def episodes(self) -> Iterator[list[EpisodeRow]]:
        """The episodes of care, in batches."""
        return self._read(EpisodeReader(self._register))

    def missing(self) -> Iterator[list[MissingRow]]:
        """The missing episodes, in batches."""
        return self._read(MissingReader(self._register))

    def run(self) -> ImportReport:
        """Read all of it for the report alone."""
        for batches in (self.headers(), self.episodes(), self.missing()):
            for _ in batches:
                pass
        return self.report

    def total_bytes(self) -> int:
        """The size of the files that will be read, for a progress bar."""
        return sum(source.file.path.stat().st_size for source in self._sources.values())

    def _files_of(self, folder: Path) -> list[Path]:
        if not folder.is_dir():
            raise NoSuchFolder
        entries = sorted(entry for entry in folder.iterdir() if entry.is_file())
        paths = [entry for entry in entries if entry.suffix.lower() == ".csv"]
        self.report.ignored = [entry.name for entry in entries if entry not in paths]
        if not paths:
            raise NothingToImport
        return paths

    def _recognise(self, path: Path) -> None:
        try:
            file = look_at(path)
        except NotText as why:
            self._refuse_file(path.name, FileCount(), NO_TEXT.found("", why=why))
            return
        first_line = next(file.lines(), "")
        if first_line.strip():
            self._place(file, _fields(first_line))
        else:
            self._refuse_file(path.name, FileCount(encoding=file.encoding), NO_COLUMNS.found(""))

    def _place(self, file: TextFile, header: Sequence[str]) -> None:
        table, name = recognise(header), file.path.name
        count = FileCount(table=table.name if table else "", encoding=file.encoding)
        if table is None:
            self._refuse_rows(
                file, count, WRONG_COLUMNS.found(",".join(header)[:200], why=why_unknown(header))
            )
        elif not table.is_imported:
            count.rows, count.blank_lines = _count_rows(file)
            self.report.not_imported[name] = count
        elif table in self._sources:
            first = self._sources[table].file.path.name
            self._refuse_rows(file, count, SECOND_FILE.found("", first=first, table=table.name))
        else:
            self.report.files[name] = count
            self._sources[table] = _Source(file, table, header, count)

    def _refuse_rows(self, file: TextFile, count: FileCount, trouble: Trouble) -> None:
        count.rows, count.blank_lines = _count_rows(file)
        count.rejected = count.rows
        self._refuse_file(file.path.name, count, trouble)

    def _refuse_file(self, name: str, count: FileCount, trouble: Trouble) -> None:
        self.report.files[name] = count
        self.report.rejections.add(Finding(name, 1, "", trouble.value, trouble.check.code, trouble.reason))

    def _read(self, reader: RowReader[Row]) -> Iterator[list[Row]]:
        source = self._sources.get(reader.table)
        if source is None:
            return
        rows: list[Row] = []
        for row in self._rows(source, reader):
            rows.append(row)
            if len(rows) == self._batch:
                yield rows
                rows = []
        if rows:
            yield rows
        self._note_afterthoughts(source, reader)

    def _rows(self, source: _Source, reader: RowReader[Row]) -> Iterator[Row]:
        count, width = source.count, len(source.table.columns)
        lines = source.file.lines()
        next(lines)
        for number, line in enumerate(lines, start=2):
            if line.isspace():
                count.blank_lines += 1
                continue
            count.rows += 1
            try:
                cells = split(line)
            except BrokenLine as why:
                self._refuse(source, number, BROKEN_LINE.found(line.strip()[:LONGEST_TEXT], why=why))
                continue
            if len(cells) != width:
                self._refuse(source, number, WRONG_LENGTH.found("", found=len(cells), wanted=width))
                continue
            raw = tuple([cells[place] for place in source.order] if source.order else cells)
            row, troubles = reader.read(number, raw, is_long=len(line) > LONGEST_TEXT)
            if troubles:
                self._note(source, number, troubles)
            if row is None:
                count.rejected += 1
            else:
                count.accepted += 1
                yield row

    def _refuse(self, source: _Source, number: int, trouble: Trouble) -> None:
        source.count.rejected += 1
        self._note(source, number, (trouble,))

    def _note(self, source: _Source, number: int, troubles: Sequence[Trouble]) -> None:
        for check, value, reason in troubles:
            finding = Finding(source.file.path.name, number, check.column, value, check.code, reason)
            self._list_for(source, check).add(finding)

    def _list_for(self, source: _Source, check: Check) -> Findings:
        if check.rejects:
            return self.report.rejections
        source.count.warnings += 1
        return self.report.warnings

    def _note_afterthoughts(self, source: _Source, reader: RowReader[Row]) -> None:
        for number, trouble in reader.afterthoughts():
            self._note(source, number, (trouble,))


def _fields(line: str) -> list[str]:
    try:
        return split(line)
    except BrokenLine:
        return [line.strip()]


def _count_rows(file: TextFile) -> tuple[int, int]:
    """Rows and blank lines under the column names."""
    lines = file.lines()
    next(lines, None)
    rows = blank = 0
    for line in lines:
        blank += line.isspace()
        rows += not line.isspace()
    return rows, blank
