"""A plan as an Excel file: one sheet with its headings and rows, one with what it promises."""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from wayhome.strategy.exports.heads import PROMISED, heading_lines, names_of, promised
from wayhome.strategy.exports.shape import ShapedGroup, ShapedPlan
from wayhome.strategy.pack.drawing import FILLS
from wayhome.strategy.vocabulary import RatingValue

WIDTHS = {"reference": 8, "rating": 8, "timescale": 18, "responsibility": 24}
USUAL_WIDTH = 42
# The longest text that a cell of Excel takes.
LONGEST_CELL = 32_767


def as_excel(plan: ShapedPlan, *, at: datetime) -> bytes:
    """The file. Every cell is text: nothing that somebody typed is calculated."""
    out = BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": plan.title, "created": at.replace(tzinfo=None)})
        _Sheet(book, plan).write()
        if any(each.promises for each in plan.priorities):
            _promises(book, plan)
    return out.getvalue()


class _Sheet:
    """The rows of the plan. Any: the library has no types."""

    def __init__(self, book: Any, plan: ShapedPlan) -> None:
        self._plan = plan
        self._sheet = book.add_worksheet("Plan")
        # A quoted cell stays text when the file is saved as something else.
        text = {"text_wrap": True, "valign": "top", "quote_prefix": True, "num_format": "@"}
        self._text = book.add_format(text | {"border": 1})
        self._bold = book.add_format({"bold": True, "font_size": 13, "quote_prefix": True, "num_format": "@"})
        self._names = book.add_format(text | {"bold": True, "border": 1, "bg_color": "#e8eaee"})
        self._rated = {
            letter: book.add_format(
                text | {"border": 1, "bold": True, "align": "center", "bg_color": fill, "font_color": ink}
            )
            for letter, (fill, ink) in FILLS.items()
            if letter in "BGAR"
        }
        self._row = 0

    def write(self) -> None:
        """Title, groups, and below them what the colours mean."""
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._line(self._plan.title, 1)
        self._row += 1
        widest: tuple[str, ...] = max((group.columns for group in self._plan.groups), key=len, default=())
        for place, name in enumerate(widest):
            self._sheet.set_column(place, place, WIDTHS.get(name, USUAL_WIDTH))
        for group in self._plan.groups:
            self._group(group)
        for rating, words in self._plan.key:
            self._cells((RatingValue(rating).label, words))

    def _line(self, text: str, width: int) -> None:
        if width > 1:
            self._sheet.merge_range(self._row, 0, self._row, width - 1, "", self._bold)
        self._sheet.write_string(self._row, 0, text[:LONGEST_CELL], self._bold)
        self._row += 1

    def _group(self, group: ShapedGroup) -> None:
        for line in heading_lines(group):
            self._line(line, len(group.columns))
        for place, name in enumerate(names_of(group)):
            self._sheet.write_string(self._row, place, name, self._names)
        self._row += 1
        for row in group.rows:
            self._cells(tuple(row.cell(name) for name in group.columns), is_rated=True)
        self._row += 1

    def _cells(self, cells: tuple[str, ...], *, is_rated: bool = False) -> None:
        for place, cell in enumerate(cells):
            is_last = is_rated and place == len(cells) - 1
            kind = self._rated.get(cell, self._text) if is_last else self._text
            self._sheet.write_string(self._row, place, cell[:LONGEST_CELL], kind)
        self._row += 1


def _promises(book: Any, plan: ShapedPlan) -> None:
    sheet = book.add_worksheet("Commitments")
    text = book.add_format(
        {"text_wrap": True, "valign": "top", "border": 1, "quote_prefix": True, "num_format": "@"}
    )
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#e8eaee"})
    sheet.set_column(0, 2, 50)
    for place, name in enumerate(PROMISED):
        sheet.write_string(0, place, name, bold)
    for number, cells in enumerate(promised(plan), start=1):
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell[:LONGEST_CELL], text)
