"""What the styles and the numbering of a Word document say of a paragraph: heading, bullet, or numbered item."""

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|title|subtitle)\b", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number|paragraph)|bullet", re.IGNORECASE)
_BULLETS = re.compile(r"bullet", re.IGNORECASE)

# Any: an element of the XML library, which has no types.
Element = Any


class Styles:
    """Looks up what a paragraph is."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._names: dict[str, str] = {}
        self._numbered: dict[str, str] = {}
        for style in [] if styles is None else styles.iter(f"{_W}style"):
            name = style.find(f"{_W}name")
            key = style.get(f"{_W}styleId", "")
            self._names[key] = "" if name is None else name.get(f"{_W}val", "")
            self._numbered[key] = _value(style.find(f"{_W}pPr/{_W}numPr/{_W}numId"))
        self._bulleted = _bulleted(numbering)

    def is_heading(self, paragraph: Element) -> bool:
        """By its style, or by its level in the outline."""
        if paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            return True
        return bool(_HEADING.match(self._style(paragraph)))

    def is_bullet(self, paragraph: Element) -> bool:
        """An item with a sign before it, not a number."""
        number = self._number(paragraph)
        return number in self._bulleted or (not number and bool(_BULLETS.search(self._style(paragraph))))

    def is_list(self, paragraph: Element) -> bool:
        """An item with a sign or a number before it."""
        return bool(self._number(paragraph))

    def _style(self, paragraph: Element) -> str:
        key = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        return self._names.get(key, key)

    def _number(self, paragraph: Element) -> str:
        """The list that a paragraph belongs to; the list "0" takes it out of all."""
        own = _value(paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId"))
        number = own or self._numbered.get(_value(paragraph.find(f"{_W}pPr/{_W}pStyle")), "")
        return "" if number == "0" else number


def _bulleted(numbering: Element | None) -> frozenset[str]:
    """The lists whose items have a sign."""
    if numbering is None:
        return frozenset()
    signs = set()
    for kind in numbering.iter(f"{_W}abstractNum"):
        if _value(kind.find(f"{_W}lvl/{_W}numFmt")) == "bullet":
            signs.add(kind.get(f"{_W}abstractNumId", ""))
    lists = (
        (one.get(f"{_W}numId", ""), _value(one.find(f"{_W}abstractNumId")))
        for one in numbering.iter(f"{_W}num")
    )
    return frozenset(number for number, kind in lists if kind in signs)


def _value(element: Element | None) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))
