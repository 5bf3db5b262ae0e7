"""A plan as CSV: its headings and rows, one table. UTF-8 with the mark by which a spreadsheet knows it."""

import csv
from collections.abc import Iterator
from io import StringIO

from wayhome.strategy.exports.heads import heading_lines, names_of
from wayhome.strategy.exports.shape import ShapedPlan
from wayhome.strategy.imports.formulas import guarded


def as_csv(plan: ShapedPlan) -> bytes:
    """The file."""
    out = StringIO(newline="")
    csv.writer(out).writerows([guarded(cell) for cell in row] for row in _rows(plan))
    return out.getvalue().encode("utf-8-sig")


def _rows(plan: ShapedPlan) -> Iterator[tuple[str, ...]]:
    width = max((len(group.columns) for group in plan.groups), default=1)
    for group in plan.groups:
        yield from ((line, *[""] * (width - 1)) for line in heading_lines(group))
        yield names_of(group)
        yield from (tuple(row.cell(name) for name in group.columns) for row in group.rows)
