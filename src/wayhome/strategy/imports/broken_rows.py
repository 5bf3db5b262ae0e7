"""Rows of pasted text that were broken inside a cell: the rest of the cell, and the cells after it, stand below."""

from collections import Counter
from collections.abc import Iterator, Sequence

from wayhome.strategy.imports.blocks import Cell, Note, Row
from wayhome.strategy.imports.markup import BULLET


def whole_rows(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Note, ...]]:
    """The rows, with those that were broken put together again, and which these are."""
    if not rows:
        return (), ()
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    width = max(width, len(rows[0].cells))
    whole = list(_mended(rows, width))
    notes = (
        Note(
            row.line,
            f"Line {end} goes on with the row of line {row.line}.",
            "The row was broken inside a cell; together they have as many cells as the others.",
        )
        for row, end in whole
        if end != row.line
    )
    return tuple(row for row, _ in whole), tuple(notes)


def _mended(rows: Sequence[Row], width: int) -> Iterator[tuple[Row, int]]:
    """Each row with the line on which it ends."""
    row, end = rows[0], rows[0].line
    for following in rows[1:]:
        if _is_rest(row, following, width):
            row, end = _joined(row, following), following.line
            continue
        yield row, end
        row, end = following, following.line
    yield row, end


def _is_rest(row: Row, following: Row, width: int) -> bool:
    if len(row.cells) + len(following.cells) - 1 > width or len(row.cells) == 1:
        return False
    before, after = row.cells[-1].text, following.cells[0].text
    begins = after.startswith(BULLET) or after[:1].islower()
    return bool(before) and begins and len(row.cells) < width


def _joined(row: Row, following: Row) -> Row:
    before, after = row.cells[-1].text, following.cells[0].text
    text = f"{before} {after}" if after[:1].islower() else f"{before}\n{after}"
    return Row(row.line, (*row.cells[:-1], Cell(text), *following.cells[1:]))
