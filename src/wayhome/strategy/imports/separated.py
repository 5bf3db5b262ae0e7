"""Reads text whose cells are separated by commas, semicolons or tabs, with quotation marks around some."""

import csv
from collections.abc import Iterator
from io import StringIO

from wayhome.strategy.imports.blocks import MOST_COLUMNS, Cell, Document, Row, Table, counted
from wayhome.strategy.imports.formulas import unguarded
from wayhome.strategy.imports.markup import plain
from wayhome.strategy.imports.refusals import TooLargeFile

SEPARATORS = ",;\t|"
SAMPLE = 30
# A cell of a plan may hold a page of text. More than this is a quotation mark that was never closed.
csv.field_size_limit(1_000_000)


def read_separated(text: str) -> Document:
    """One table."""
    rows = tuple(counted(_rows(text, _separator(text))))
    return Document((Table(rows[0].line, rows, may_be_split=False),) if rows else ())


def looks_separated(text: str) -> bool:
    """Whether text without tabs is a table all the same: its lines have as many cells as the first."""
    lines = [line for line in text.splitlines()[:SAMPLE] if line.strip()]
    if len(lines) < 2 or any("\t" in line for line in lines):
        return False
    return any(lines[0].count(separator) > 1 and _is_even(lines, separator) for separator in ",;")


def _is_even(lines: list[str], separator: str) -> bool:
    widths = [len(row) for row in csv.reader(lines, delimiter=separator) if any(row)]
    return len(set(widths)) == 1 and widths[0] > 2


def _separator(text: str) -> str:
    """The one that most lines have, counted where no quotation mark hides it."""
    head = "\n".join(text.splitlines()[:SAMPLE])
    bare = "".join(head.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def _rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise TooLargeFile
            yield Row(line, tuple(Cell(plain(unguarded(cell))) for cell in cells))
            line = reader.line_num + 1
    except csv.Error:
        # The rest has no rows: a quotation mark that is never closed. Its words are read line by line.
        yield from _plainly(text, line, separator)


def _plainly(text: str, line: int, separator: str) -> Iterator[Row]:
    for number, rest in enumerate(text.splitlines()[line - 1 :], start=line):
        yield Row(number, tuple(Cell(plain(cell)) for cell in rest.split(separator)))
