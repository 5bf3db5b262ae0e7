"""The board pack as one PDF: tagged, with bookmarks, in English, its charts with words."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from wayhome.strategy.pack.content import PackContent
from wayhome.strategy.pack.drawing import measure_chart, rating_bars, short_month
from wayhome.strategy.pack.framed import asked_words, bars_in_words, chart_in_words, framed
from wayhome.strategy.pack.measured import MeasureBlock, MonthLine
from wayhome.strategy.pack.words import breakable
from wayhome.web.printing import as_pdf, as_pictures

# Columns of months in the table of a measure.
ABREAST = 4
TEMPLATE = Path(__file__).with_name("board.typ")


def as_board_pdf(pack: PackContent, *, at: datetime) -> bytes:
    """The pack as a file."""
    return as_pdf(TEMPLATE, sheet(pack), at=at)


def as_board_pictures(pack: PackContent, *, dots_per_inch: float = 70) -> list[bytes]:
    """Its pages as PNG, for looking at them."""
    return as_pictures(TEMPLATE, sheet(pack), dots_per_inch=dots_per_inch)


def sheet(pack: PackContent) -> dict[str, Any]:
    """All words of the pack as the template wants them. Any: whatever JSON can hold."""
    told: dict[str, Any] = _breakable(
        {name: value for name, value in asdict(pack).items() if name not in ("frame", "measures")}
    )
    told |= framed(pack)
    told["document_title"] = f"{pack.title}: board pack"
    told["asked"] = asked_words(pack)
    told["by_title"] = pack.by.capitalize()
    told["unserved"] = str(len(pack.promises)) if pack.promises else "None"
    told["bars"], told["bars_alt"] = _drawn(rating_bars(pack.groups)), bars_in_words(pack)
    told["groups"] = [
        {"title": breakable(each.title), "counts": each.counts, "total": each.total} for each in pack.groups
    ]
    for notice, shown in zip(pack.notices, told["notices"], strict=True):
        shown["first"] = notice.first
        shown["says"] = any(each.said for each in notice.noted)
    for part, shown in zip(pack.parts, told["parts"], strict=True):
        for block, action in zip(part.actions, shown["actions"], strict=True):
            action["since"] = f"since {block.history[0][1]}" if block.history else ""
            action["is_long"] = block.is_long
    told["measures"] = [_measure(each) for each in pack.measures]
    return told


def _drawn(svg: str) -> list[int]:
    return list(svg.encode())


def _measure(block: MeasureBlock) -> dict[str, Any]:
    return {
        "name": block.name,
        "words": block.words,
        "as_at": f"({block.as_at})",
        "latest": block.latest,
        "usual": block.usual,
        "judges": block.judges,
        "signals": block.signals,
        "figure": "Share" if block.unit else "Count",
        "drawn": _drawn(measure_chart(block)),
        "alt": chart_in_words(block),
        "rows": list(_abreast(block.months)),
    }


def _abreast(months: tuple[MonthLine, ...]) -> Iterable[list[str]]:
    """The months in columns beside each other, the earliest on the left."""
    lines = -(-len(months) // ABREAST)
    for line in range(lines):
        row = [months[place] for place in range(line, len(months), lines)] if lines else []
        cells = [each for month in row for each in (short_month(month.month, year=4), month.words)]
        yield cells + [""] * (2 * ABREAST - len(cells))


def _breakable(value: Any) -> Any:
    """Every text with places to break in its longest words."""
    if isinstance(value, str):
        return breakable(value)
    if isinstance(value, dict):
        return {key: _breakable(each) for key, each in value.items()}
    return [_breakable(each) for each in value] if isinstance(value, list | tuple) else value
