"""A plan as CSV, one below the other: its title, its headings and rows, what the colours mean, what it promises.

UTF-8 with the mark by which a spreadsheet knows it.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from wayhome.strategy.exports.heads import PROMISED, heading_lines, names_of, promised
from wayhome.strategy.exports.shape import ShapedPlan
from wayhome.strategy.imports.formulas import guarded
from wayhome.strategy.vocabulary import RatingValue


def as_csv(plan: ShapedPlan) -> bytes:
    """The file."""
    out = StringIO(newline="")
    csv.writer(out).writerows([guarded(cell) for cell in row] for row in _rows(plan))
    return out.getvalue().encode("utf-8-sig")


def _rows(plan: ShapedPlan) -> Iterator[tuple[str, ...]]:
    width = max((len(group.columns) for group in plan.groups), default=len(PROMISED))
    blank = ("",) * width
    yield (plan.title, *blank[1:])
    yield blank
    for group in plan.groups:
        yield from ((line, *blank[1:]) for line in heading_lines(group))
        yield names_of(group)
        yield from (tuple(row.cell(name) for name in group.columns) for row in group.rows)
        yield blank
    yield from ((RatingValue(rating).label, words, *blank[2:]) for rating, words in plan.key)
    if any(each.promises for each in plan.priorities):
        yield blank
        yield from (PROMISED, *promised(plan))
