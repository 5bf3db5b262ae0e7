"""A plan as a Word document: its tables under their headings, what the colours mean, and what it promises."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from wayhome.strategy.exports.heads import heading_lines, names_of, priority_title
from wayhome.strategy.exports.shape import ShapedGroup, ShapedPlan
from wayhome.strategy.imports.understand.priorities import PROMISING
from wayhome.strategy.pack.drawing import FILLS
from wayhome.strategy.pack.word_tables import Cell, Run, add_table
from wayhome.strategy.vocabulary import Axis, RatingValue

WIDE = 263  # millimetres between the margins of a page that lies
SHARES = {"reference": 14, "rating": 15, "timescale": 28, "responsibility": 34}


def as_word(plan: ShapedPlan, *, at: datetime) -> bytes:
    """The file."""
    document = _empty(plan, at)
    document.add_heading(plan.title, level=0)
    for group in plan.groups:
        _group(document, group)
    for rating, words in plan.key:
        document.add_paragraph(f"{RatingValue(rating).label} = {words}")
    for each in plan.priorities:
        if each.promises:
            document.add_heading(priority_title(each), level=1)
            if each.heading and each.heading.aim:
                document.add_paragraph(f"Objective: {' '.join(each.heading.aim.split())}")
            document.add_paragraph(PROMISING)
            for promise in each.promises:
                document.add_paragraph(" ".join(promise.split()), style="List Bullet")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _empty(plan: ShapedPlan, at: datetime) -> Any:
    document = Document()
    core = document.core_properties
    core.title, core.language, core.author, core.comments = plan.title, "en-GB", "", ""
    core.created = core.modified = at
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(17)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10)
    return document


def _group(document: Any, group: ShapedGroup) -> None:
    lines = heading_lines(group)
    is_ambition = group.heading is not None and group.heading.axis == Axis.AMBITION
    for number, line in enumerate(lines):
        if number or is_ambition:
            document.add_paragraph(line)
        else:
            document.add_heading(line, level=1)
    rows = ([_cell(name, row.cell(name)) for name in group.columns] for row in group.rows)
    add_table(document, names_of(group), _widths(group.columns), rows)


def _widths(columns: Sequence[str]) -> list[float]:
    rest = WIDE - sum(SHARES.get(name, 0) for name in columns)
    wide = sum(1 for name in columns if name not in SHARES) or 1
    return [SHARES.get(name, rest / wide) for name in columns]


def _cell(name: str, text: str) -> Cell:
    if name == "rating" and text in FILLS:
        fill, ink = FILLS[text]
        return Cell(((Run(text, is_bold=True, fill=fill, ink=ink),),))
    return Cell(tuple((Run(line),) for line in text.split("\n")))
