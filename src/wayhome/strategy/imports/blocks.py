"""The one shape into which every file is read: headings, paragraphs, bullets and tables, each with its line.

A line is where a person finds it again: the line of a text, the row of a sheet, and in a Word document the number of
the paragraph or table row, counted from the top.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wayhome.strategy.imports.refusals import TooLargeFile

# Four times the longest plan that we know of. What is longer is no plan, and would keep others waiting.
MOST_ROWS = 20_000
# Headings, paragraphs and list items outside tables.
MOST_PASSAGES = 20_000
MOST_COLUMNS = 1_000
MOST_CELLS = 400_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words without markup, one line for each paragraph or bullet, and the colour behind them."""

    text: str = ""
    # The colour of the cell as six hexadecimal digits, if it has one.
    shade: str = ""
    # How many columns it lies over.
    span: int = 1
    # The lower part of a cell that lies over several rows: its words stand in the row above.
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    line: int
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> list[int]:
        """The places of the cells that hold words."""
        return [place for place, cell in enumerate(self.cells) if cell.text]


@dataclass(frozen=True, slots=True)
class Heading:
    """Words that the file itself marks as a heading."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words between headings and tables."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """One item of a list."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that follow one another."""

    line: int
    rows: tuple[Row, ...]
    # The sheet it stands in, where the file has sheets.
    sheet: str = ""
    # Text and Word tables that come from a page may have rows that were split over several lines.
    may_be_split: bool = True


Block = Heading | Paragraph | Bullet | Table


@dataclass(frozen=True, slots=True)
class Note:
    """What had to be assumed to read the file at all."""

    line: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read. Nothing is understood yet."""

    blocks: tuple[Block, ...]
    title: str = ""
    notes: tuple[Note, ...] = ()


def counted(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows as they are read, while there are no more of them than a plan can have. Raises TooLargeFile."""
    number = cells = 0
    for row in rows:
        number, cells = number + bool(row.filled), cells + len(row.cells)
        if number > MOST_ROWS or cells > MOST_CELLS or len(row.cells) > MOST_COLUMNS:
            raise TooLargeFile
        yield row


def not_too_many(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks as they are read, while there are no more passages than a plan can have. Raises TooLargeFile."""
    number = 0
    for block in blocks:
        number += not isinstance(block, Table)
        if number > MOST_PASSAGES:
            raise TooLargeFile
        yield block
