"""Reads a folder that holds a return: every row is given out typed, or stands in the report with its reason.

    reading = FolderReading(folder, as_at=date(2026, 3, 31))
    for rows in reading.headers(): ...
    for rows in reading.episodes(): ...
    for rows in reading.missing(): ...
    reading.report

The three must be read in this order and to the end, because rows are compared with the children before them.
Files are streamed, twice: once to find the children whose rows are right at first sight, once to give the rows
out. What stays in memory is a few dozen bytes for each row, and a batch of rows.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

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
from wayhome.statutory.ssda903.quick import (
    Chunk,
    Known,
    QuickEpisodes,
    QuickHeader,
    QuickMissing,
    QuickTable,
    Verdict,
    chunks,
)
from wayhome.statutory.ssda903.report import FileCount, ImportReport
from wayhome.statutory.ssda903.rows import EpisodeRow, HeaderRow, MissingRow
from wayhome.statutory.ssda903.tables import EPISODES, HEADER, MISSING, Table, recognise, why_unknown
from wayhome.statutory.ssda903.text import BrokenLine, NotText, TextFile, look_at, split

BATCH = 20_000
# A return of the largest authority has some megabytes. This many take minutes, and about 140 bytes of memory a row.
LARGEST_FILE = 250_000_000

TOO_LARGE = reject(
    "too-large",
    "",
    "The file is larger than {most} MB. A return has some megabytes: look whether it is the right file.",
)
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
        self.order = table.order_in(header)

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The lines under the column names, some at a time."""
        lines = self.file.lines()
        next(lines)
        return chunks(lines, size)


class FolderReading:
    """One return, being read."""

    def __init__(self, folder: Path, *, as_at: date, batch: int = BATCH) -> None:
        self.report = ImportReport(as_at)
        self._register, self._known = Register(as_at), Known()
        self._batch = batch
        self._sources: dict[Table, _Source] = {}
        for path in self._files_of(folder):
            self._recognise(path)

    def headers(self) -> Iterator[list[HeaderRow]]:
        """The children, in batches."""
        return self._read(HeaderReader(self._register), QuickHeader(self._register, self._known))

    def episodes(self) -> Iterator[list[EpisodeRow]]:
        """The episodes of care, in batches."""
        return self._read(EpisodeReader(self._register), QuickEpisodes(self._register, self._known))

    def missing(self) -> Iterator[list[MissingRow]]:
        """The missing episodes, in batches."""
        return self._read(MissingReader(self._register), QuickMissing(self._register, self._known))

    def batches(self) -> Iterator[tuple[Table, list[Any]]]:
        """All of it, one table after the other. Any: each table has rows of its own."""
        yield from ((HEADER, rows) for rows in self.headers())
        yield from ((EPISODES, rows) for rows in self.episodes())
        yield from ((MISSING, rows) for rows in self.missing())

    def run(self) -> ImportReport:
        """Read all of it for the report alone."""
        for _ in self.batches():
            pass
        return self.report

    def count(self, table: Table) -> FileCount | None:
        """The count of the file that holds this table, if there is one."""
        source = self._sources.get(table)
        return source.count if source else None

    def object_to(self, table: Table, row: int, child: str, trouble: Trouble) -> None:
        """Note what the record has to say against a row that was accepted when read by itself."""
        source = self._sources[table]
        if trouble.check.rejects:
            source.count.accepted -= 1
            source.count.rejected += 1
        self._note(source, row, child, (trouble,))

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
        if path.stat().st_size > LARGEST_FILE:
            self._refuse_file(path.name, FileCount(), TOO_LARGE.found("", most=LARGEST_FILE // 1_000_000))
            return
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
        self.report.refused[name] = trouble.reason
        self.report.rejections.add(
            Finding(name, 1, "", "", trouble.value, trouble.check.code, trouble.reason)
        )

    def _read(self, careful: RowReader[Row], quick: QuickTable[Row]) -> Iterator[list[Row]]:
        source = self._sources.get(careful.table)
        if source is None:
            return
        surveys = [quick.survey(chunk, source.order) for chunk in source.chunks(self._batch)]
        if not surveys:
            return
        verdict = Verdict(quick, surveys)
        del surveys
        for chunk in source.chunks(self._batch):
            right = verdict.right_in(chunk)
            rows = quick.rows(chunk, source.order, right)
            source.count.accept(len(rows))
            rows += self._careful_rows(source, careful, chunk, frozenset(right))
            yield sorted(rows)
        quick.learn(verdict.right)
        self._note_afterthoughts(source, careful)

    def _careful_rows(
        self, source: _Source, reader: RowReader[Row], chunk: Chunk, done: frozenset[int]
    ) -> Iterator[Row]:
        if len(done) == len(chunk.lines):
            return
        for number, line in enumerate(chunk.lines, start=chunk.first):
            if number not in done and (row := self._careful_row(source, reader, number, line)):
                source.count.accept(1)
                yield row

    def _careful_row(self, source: _Source, reader: RowReader[Row], number: int, line: str) -> Row | None:
        if line.isspace():
            source.count.blank_lines += 1
            return None
        child, (row, troubles) = self._judged(source, reader, number, line)
        if row is None:
            source.count.reject()
        self._note(source, number, child, troubles)
        return row

    def _judged(
        self, source: _Source, reader: RowReader[Row], number: int, line: str
    ) -> tuple[str, tuple[Row | None, Sequence[Trouble]]]:
        try:
            cells = split(line)
        except BrokenLine as why:
            return "", (None, (BROKEN_LINE.found(line.strip()[:LONGEST_TEXT], why=why),))
        if len(cells) != len(source.order):
            return "", (None, (WRONG_LENGTH.found("", found=len(cells), wanted=len(source.order)),))
        raw = tuple([cells[place] for place in source.order])
        return raw[0].strip()[:LONGEST_TEXT], reader.read(number, raw, is_long=len(line) > LONGEST_TEXT)

    def _note(self, source: _Source, number: int, child: str, troubles: Sequence[Trouble]) -> None:
        for check, value, reason in troubles:
            finding = Finding(source.file.path.name, number, child, check.column, value, check.code, reason)
            self._list_for(source, check).add(finding)

    def _list_for(self, source: _Source, check: Check) -> Findings:
        if check.rejects:
            return self.report.rejections
        source.count.warnings += 1
        return self.report.warnings

    def _note_afterthoughts(self, source: _Source, reader: RowReader[Row]) -> None:
        for number, child, trouble in reader.afterthoughts():
            self._note(source, number, child, (trouble,))


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
