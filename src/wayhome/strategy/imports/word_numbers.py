"""The numbers that Word counts by itself: they stand in no text, and a reader of the page sees them all the same."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
# Beyond this nobody counts in Roman numbers.
MOST_ROMAN = 400

# Any: an element of the XML library, which has no types.
Element = Any


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is counted and written."""

    form: str = ""
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Kind:
    """A kind of list: its levels, the styles that belong to a level, and how far each was counted."""

    levels: dict[int, Level] = field(default_factory=dict)
    styles: dict[str, int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts as Word does, from the first paragraph to the last."""

    def __init__(self, numbering: Element | None) -> None:
        found = [] if numbering is None else numbering.iter(f"{_W}abstractNum")
        kinds = {kind.get(f"{_W}abstractNumId", ""): _kind(kind) for kind in found}
        self._kinds: dict[str, Kind] = {}
        self._starts: dict[str, dict[int, int]] = defaultdict(dict)
        for one in [] if numbering is None else numbering.iter(f"{_W}num"):
            key = one.get(f"{_W}numId", "")
            self._kinds[key] = kinds.get(value_of(one.find(f"{_W}abstractNumId")), Kind())
            self._starts[key] = dict(_overridden(one))

    def level_of(self, number: str, style: str) -> int:
        """The level that a style has in a list."""
        return self._kinds[number].styles.get(style, 0) if number in self._kinds else 0

    def is_bulleted(self, number: str) -> bool:
        """Whether the items of a list have a sign and no number."""
        kind = self._kinds.get(number)
        return kind is not None and kind.levels.get(0, Level()).form == "bullet"

    def next(self, number: str, level: int) -> str:
        """The number of the next paragraph of a list, as it is written; nothing where it has none."""
        kind = self._kinds.get(number)
        if kind is None or level not in kind.levels:
            return ""
        start = self._starts[number].pop(level, None)
        if start is not None:
            kind.counts[level] = start
        else:
            kind.counts[level] = kind.counts.get(level, kind.levels[level].start - 1) + 1
        kind.counts = {place: count for place, count in kind.counts.items() if place <= level}
        if kind.levels[level].form in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda at: _counted(kind, int(at[1]) - 1), kind.levels[level].text).strip()


def _counted(kind: Kind, place: int) -> str:
    level = kind.levels.get(place, Level("decimal"))
    return _written(kind.counts.get(place, level.start), level.form)


def _written(count: int, form: str) -> str:
    if form.endswith("Letter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form.endswith("Roman") and 0 < count < MOST_ROMAN:
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    return f"{count:02}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    said = ""
    for each, letters in _ROMAN:
        said += letters * (count // each)
        count %= each
    return said


def _kind(kind: Element) -> Kind:
    found = Kind()
    for level in kind.iter(f"{_W}lvl"):
        place = int(level.get(f"{_W}ilvl", "0") or 0)
        start = value_of(level.find(f"{_W}start"))
        found.levels[place] = Level(
            form=value_of(level.find(f"{_W}numFmt")) or "decimal",
            text=value_of(level.find(f"{_W}lvlText")),
            start=int(start) if start.isdigit() else 1,
        )
        style = value_of(level.find(f"{_W}pStyle"))
        if style:
            found.styles[style] = place
    return found


def _overridden(one: Element) -> Iterator[tuple[int, int]]:
    for override in one.iter(f"{_W}lvlOverride"):
        start = value_of(override.find(f"{_W}startOverride"))
        if start.isdigit():
            yield int(override.get(f"{_W}ilvl", "0") or 0), int(start)


def value_of(element: Element | None) -> str:
    """What an element says in its one attribute."""
    return "" if element is None else str(element.get(f"{_W}val", ""))
