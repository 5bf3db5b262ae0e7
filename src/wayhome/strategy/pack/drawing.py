"""The pictures of a board pack as SVG. They are read in black and white: letters and shapes say what colours say."""

from collections.abc import Sequence
from html import escape

from wayhome.strategy.pack.content import GroupLine
from wayhome.strategy.pack.measured import MeasureBlock
from wayhome.strategy.pack.words import shortened
from wayhome.web.control_charts import DrawnChart, Line, Placed, Reading, control_drawing

FONT = "Atkinson Hyperlegible"
# As on the screen (web/assets/styles/_palette.scss): the fill and the letter on it. Not rated is an outline.
FILLS = {
    "B": ("#1b3f94", "#ffffff"),
    "G": ("#0c573a", "#ffffff"),
    "A": ("#ffb84d", "#1b1203"),
    "R": ("#8f1810", "#ffffff"),
    "–": ("#ffffff", "#0b0f1a"),
}
WIDTH, SQUARE, GAP = 1000, 25, 3
A_LINE = WIDTH // (SQUARE + GAP)
LONGEST_TITLE = 92
LETTERS = "BGAR–"


def rating_bars(groups: Sequence[GroupLine]) -> str:
    """Every action as a lettered square, in a bar for each priority; a long bar goes on in the next line."""
    parts, top = [], 0
    for group in groups:
        parts.append(_text(0, top + 20, f"{shortened(group.title, LONGEST_TITLE)}: {group.total}", 19))
        parts += [_square(place, letter, top + 30) for place, letter in enumerate(group.letters)]
        lines = max(-(-len(group.letters) // A_LINE), 1)
        top += 30 + lines * (SQUARE + GAP) + 14
    return _svg(WIDTH, max(top, 30), parts)


def _square(place: int, letter: str, top: int) -> str:
    line, column = divmod(place, A_LINE)
    x, y = column * (SQUARE + GAP) + 1, top + line * (SQUARE + GAP) + 1
    fill, ink = FILLS[letter]
    return (
        f'<rect x="{x}" y="{y}" width="{SQUARE - 2}" height="{SQUARE - 2}" fill="{fill}" stroke="#0b0f1a" '
        f'stroke-width="1.5"/>'
        + _text(x + (SQUARE - 2) / 2, y + 17.5, letter, 16, ink=ink, anchor="middle", bold=True)
    )


def measure_chart(block: MeasureBlock) -> str:
    """A measure as a line with its mean and limits. A diamond is a signal; a month that is held back is a gap."""
    readings = [Reading(short_month(line.month), line.value, "", bool(line.signal)) for line in block.months]
    chart = block.chart
    drawn = control_drawing(readings, chart.mean, chart.lower, chart.upper, block.unit)
    parts = [*_scale(drawn), *_usual(drawn), *_turn(drawn, block)]
    parts += [
        f'<path d="{path}" fill="none" stroke="#0b0f1a" stroke-width="2.5"/>'.replace("\n", "")
        for path in drawn.paths
    ]
    parts += [_point(point) for point in drawn.points]
    return _svg(drawn.width, drawn.height, parts)


def short_month(month: str, *, year: int = 2) -> str:
    """As in "Nov 26": "November 2026" with so many digits of the year."""
    name, _, full = month.partition(" ")
    return f"{name[:3]} {full[-year:]}".strip()


def _scale(drawn: DrawnChart) -> list[str]:
    found = []
    for line in drawn.scale:
        found.append(_rule(drawn, line, "#b6bcc8", 1))
        found.append(_text(drawn.left - 8, line.y + 6, line.word, 17, anchor="end"))
    # Every second word of a long row: they are read at a third of their size.
    for x, word in drawn.words[(len(drawn.words) + 1) % 2 :: 2] if len(drawn.words) > 8 else drawn.words:
        found.append(_text(x, drawn.floor + 26, word, 17, anchor="middle"))
    return found


def _usual(drawn: DrawnChart) -> list[str]:
    found = [_rule(drawn, line, "#14203c", 2, dashes="9 7") for line in drawn.limits]
    if drawn.mean:
        found.append(_rule(drawn, drawn.mean, "#14203c", 2))
    return found


def _turn(drawn: DrawnChart, block: MeasureBlock) -> list[str]:
    """From when on the action was to show."""
    if not block.turn or block.turn >= len(block.months):
        return []
    x = round(drawn.left + (drawn.right - drawn.left) / len(block.months) * block.turn, 1)
    line = f'<path d="M{x} 8V{drawn.floor}" stroke="#14203c" stroke-width="2" stroke-dasharray="2 5" fill="none"/>'
    return [line, _text(x + 8, 20, "The action was to show from here", 17)]


def _rule(drawn: DrawnChart, line: Line, colour: str, width: int, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="M{drawn.left} {line.y}H{drawn.right}" stroke="{colour}" stroke-width="{width}"{dashed} '
        'fill="none"/>'
    )


def _point(point: Placed) -> str:
    if point.reading.is_signal:
        return (
            f'<path d="M{point.x} {point.y - 10}l10 10l-10 10l-10 -10Z" fill="#ffffff" stroke="#0b0f1a" '
            'stroke-width="3"/>'
        )
    return f'<circle cx="{point.x}" cy="{point.y}" r="5.5" fill="#0b0f1a"/>'


def _text(
    x: float,
    y: float,
    words: str,
    size: int,
    *,
    ink: str = "#0b0f1a",
    anchor: str = "start",
    bold: bool = False,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-family="{FONT}" font-size="{size}" fill="{ink}" text-anchor="{anchor}"'
        f"{weight}>{escape(words)}</text>"
    )


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}">{"".join(parts)}</svg>'
    )
