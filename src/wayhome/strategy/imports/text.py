"""Reads plain or pasted text: tables of tabs or pipes, with headings, paragraphs and lists around them."""

import re
from collections.abc import Iterator

from wayhome.strategy.imports.blocks import (
    MOST_ROWS,
    Block,
    Bullet,
    Cell,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    not_too_many,
)
from wayhome.strategy.imports.broken_rows import whole_rows
from wayhome.strategy.imports.markup import BULLETS, plain, without_emphasis
from wayhome.strategy.imports.passages import passages
from wayhome.strategy.imports.refusals import TooLargeFile

# A quoted cell may hold line breaks. One that is never closed must not swallow the file.
LONGEST_QUOTE = 200
MOST_LINES = 100_000

_BULLET = re.compile(rf"\s*(?:[{BULLETS}][\s]*|[-*–o][ \t]+)(?=\S)")
_NUMBERED = re.compile(r"\s*\d+[.)]\s+\S")
_PIPE = re.compile(r"(?<!\\)\|")
_INDENTED = re.compile(r"\s*\t\s*[^\t]+")
_NUMBER_AND_TITLE = re.compile(r"\s*(?:\d+|[IVXivx]+)[.)]\t+[^\t]+\s*")


def read_text(text: str) -> Document:
    """The blocks of a text."""
    reader = _Reader(text)
    blocks = tuple(not_too_many(reader.blocks()))
    return Document(blocks, notes=tuple(reader.notes))


class _Reader:
    """Walks over the lines once, gathering the rows of a table until something else comes."""

    def __init__(self, text: str) -> None:
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if len(self._lines) > MOST_LINES:
            raise TooLargeFile
        self._rows: list[Row] = []
        self.notes: list[Note] = []
        self._leads_in = False
        self._at = 0

    def blocks(self) -> Iterator[Block]:
        """Every block, in order."""
        while self._at < len(self._lines):
            line, number = self._lines[self._at], self._at + 1
            self._at += 1
            if not line.strip() or _is_rule(line):
                continue
            cells = self._cells_of(line)
            if cells:
                self._add(Row(number, cells))
                continue
            yield from self._table()
            yield from self._prose(line, number)
        yield from self._table()

    def _add(self, row: Row) -> None:
        if len(self._rows) >= MOST_ROWS:
            raise TooLargeFile
        self._rows.append(row)

    def _table(self) -> Iterator[Table]:
        rows, notes = whole_rows(self._rows)
        self._leads_in = self._leads_in and not rows
        self.notes += notes
        self._rows = []
        if rows:
            yield Table(rows[0].line, rows)

    def _cells_of(self, line: str) -> tuple[Cell, ...]:
        """The cells of a line that is a row, else none."""
        if "\t" in line.strip("\n") and not self._is_prose(line):
            return tuple(Cell(_plain(_unquoted(cell))) for cell in self._whole(line).split("\t"))
        if len(_PIPE.findall(line)) > 1:
            inner = line.strip().removeprefix("|").removesuffix("|")
            return tuple(Cell(_plain(cell.replace("\\|", "|"))) for cell in _PIPE.split(inner))
        return ()

    def _is_prose(self, line: str) -> bool:
        """A bullet or numbered title set apart by a tab, as word processors paste them; not inside a table."""
        if _BULLET.match(line) and line.lstrip()[1:2] == "\t":
            return True
        return not self._rows and bool(_NUMBER_AND_TITLE.fullmatch(line) or _INDENTED.fullmatch(line))

    def _whole(self, line: str) -> str:
        """The line with those after it that belong to a quoted cell of it."""
        if not _has_open_quote(line):
            return line
        for end in range(self._at, min(self._at + LONGEST_QUOTE, len(self._lines))):
            if self._lines[end].count('"') % 2:
                joined = "\n".join((line, *self._lines[self._at : end + 1]))
                self._at = end + 1
                return joined
        return line

    def _prose(self, line: str, number: int) -> Iterator[Block]:
        line = line.rstrip()
        if line.lstrip().startswith("#") and line.strip("# "):
            yield Heading(number, _plain(line.strip("# \t")))
            return
        if line.lstrip().startswith("**"):
            yield from self._bold(line, number)
            return
        if _BULLET.match(line):
            self._leads_in = False
            yield Bullet(number, _plain(self._with_rest(_BULLET.sub("", line, count=1))))
            return
        if self._is_item(line):
            yield Bullet(number, _plain(self._with_rest(line)))
            return
        self._leads_in = line.endswith(":")
        yield from passages(number, without_emphasis(line))

    def _is_item(self, line: str) -> bool:
        """A numbered line is an item where the line before leads in or is an item, but not right above a table."""
        if not self._leads_in or not _NUMBERED.match(line):
            return False
        following = next((line for line in self._lines[self._at : self._at + 5] if line.strip()), "")
        return "\t" not in following and "|" not in following

    def _bold(self, line: str, number: int) -> Iterator[Block]:
        """A heading in bold may go over several lines; bold words at the start of a sentence are no heading."""
        for end in range(self._at, min(self._at + 3, len(self._lines)) + 1):
            joined = " ".join((line, *self._lines[self._at : end])).strip()
            if re.fullmatch(r"\*\*[^*]+\*\*:?", joined):
                self._at = end
                yield Heading(number, _plain(joined))
                return
        yield Paragraph(number, _plain(line))

    def _with_rest(self, line: str) -> str:
        """A list item whose sentence was broken into lines goes on until a line that begins anew."""
        parts = [line]
        while self._at < len(self._lines) and _goes_on(parts[-1], self._lines[self._at]):
            parts.append(self._lines[self._at].strip())
            self._at += 1
        return " ".join(parts)


def _goes_on(line: str, following: str) -> bool:
    if not following.strip() or "\t" in following or "|" in following or _BULLET.match(following):
        return False
    return following.strip()[0].islower() and not line.rstrip().endswith((".", ";", ":"))


def _is_rule(line: str) -> bool:
    """A line that only draws something: below column names, or across the page."""
    return not line.strip(" \t-=+|:*") and any(sign in line for sign in ("--", "==", "***"))


def _has_open_quote(line: str) -> bool:
    """A cell that begins with a quotation mark and does not end with one."""
    return any(cell.lstrip().startswith('"') and cell.count('"') % 2 == 1 for cell in line.split("\t"))


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"') and cell.count('"') % 2 == 0:
        return cell[1:-1].replace('""', '"')
    return cell


def _plain(text: str) -> str:
    return without_emphasis(plain(text))
