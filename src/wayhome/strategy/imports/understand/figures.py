"""Figures among the rows of a plan: a table of numbers below it, or a row that says nothing anybody would do."""

import re
from collections.abc import Sequence

from wayhome.strategy.imports.blocks import Row
from wayhome.strategy.imports.markup import one_line
from wayhome.strategy.imports.understand.columns import Column
from wayhome.strategy.imports.understand.rows import Layout

_FIGURE = re.compile(
    r"[£€$<>~+-]?\s*\d[\d,. ]*(?:\s*(?:%|k|m|days?|hours?))?|\d{4}\s*[/–-]\s*\d{2,4}|q[1-4](?:\s+\d{2,4})?|-|–|n/?a"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?(?:\s+\d{2,4})?",
    re.IGNORECASE,
)
# Where a number says nothing.
_WORDED = (Column.OBJECTIVE, Column.ACTION, Column.RESPONSIBILITY)
LONGEST_TOLD = 2_000


def tables_of_figures(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows below an empty one that are a table of their own: names, and below them figures."""
    return [block for block in _blocks(rows)[1:] if _is_table_of_figures(block)]


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows between empty ones."""
    blocks: list[list[Row]] = []
    for row in rows:
        if not blocks or row.line > blocks[-1][-1].line + 1:
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _is_table_of_figures(block: Sequence[Row]) -> bool:
    """Names, and below them a name and figures in every row."""
    told = [row for row in block if len(row.filled) > 1]
    return len(told) > 1 and all(_has_figures(row) for row in told[1:]) and any(map(_counts, told[1:]))


def _has_figures(row: Row) -> bool:
    """Nothing but figures behind the first cell."""
    return len(row.filled) > 1 and all(_is_figure(row, place) for place in row.filled[1:])


def _counts(row: Row) -> bool:
    return any(row.cells[place].text[:1].isdigit() for place in row.filled[1:])


def _is_figure(row: Row, place: int) -> bool:
    text = row.cells[place].text
    return len(text) < 30 and _FIGURE.fullmatch(text) is not None


def is_out_of_place(row: Row, layout: Layout) -> bool:
    """Whether a row has numbers where a plan says what is done and by whom."""
    places = row.filled[1:]
    return (
        _has_figures(row) and _counts(row) and any(layout.columns.get(place) in _WORDED for place in places)
    )


def told(rows: Sequence[Row]) -> str:
    """The words of rows, for somebody who looks whether they were left out rightly."""
    lines = (", ".join(one_line(row.cells[place].text) for place in row.filled) for row in rows)
    words = "; ".join(lines)
    return words if len(words) <= LONGEST_TOLD else f"{words[:LONGEST_TOLD]} …"
