"""A plan as a PDF to print: the same tables, tagged, readable in black and white."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from wayhome.strategy.exports.heads import heading_lines, names_of, priority_title
from wayhome.strategy.exports.shape import ShapedGroup, ShapedPlan
from wayhome.strategy.pack.words import breakable
from wayhome.strategy.vocabulary import LETTERS
from wayhome.web.printing import as_pdf as printed
from wayhome.web.printing import as_pictures

TEMPLATE = Path(__file__).with_name("plan.typ")
# In millimetres; the others share what is left.
WIDTHS = {"reference": 14, "rating": 16, "timescale": 26, "responsibility": 32}


def as_pdf(plan: ShapedPlan, *, partnership: str, standing: str, made: str, at: datetime) -> bytes:
    """The file."""
    return printed(TEMPLATE, sheet(plan, partnership=partnership, standing=standing, made=made), at=at)


def as_plan_pictures(plan: ShapedPlan, *, dots_per_inch: float = 70) -> list[bytes]:
    """Its pages as PNG, for looking at them."""
    told = sheet(plan, partnership="", standing="", made="")
    return as_pictures(TEMPLATE, told, dots_per_inch=dots_per_inch)


def sheet(plan: ShapedPlan, *, partnership: str, standing: str, made: str) -> Mapping[str, Any]:
    """All its words as the template wants them. Any: whatever JSON can hold."""
    return {
        "title": plan.title,
        "partnership": partnership,
        "standing": standing,
        "made": made,
        "key": [[LETTERS[rating], words] for rating, words in plan.key],
        "priorities": [
            {
                "title": breakable(priority_title(each)),
                "aim": breakable(each.heading.aim if each.heading else ""),
                "promises": [breakable(text) for text in each.promises],
            }
            for each in plan.priorities
            if each.promises
        ],
        "groups": [_group(group) for group in plan.groups],
    }


def _group(group: ShapedGroup) -> dict[str, Any]:
    return {
        "lines": [breakable(line) for line in heading_lines(group)],
        "names": names_of(group),
        "widths": [WIDTHS.get(name, 0) for name in group.columns],
        "rows": [[breakable(row.cell(name)) for name in group.columns] for row in group.rows],
    }
