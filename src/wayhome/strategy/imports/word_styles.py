"""What the styles and the numbering of a Word document say of a paragraph: heading, bullet, or numbered item."""

import re
from typing import Any

from wayhome.strategy.imports.word_numbers import Numbers, value_of

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
            self._numbered[key] = value_of(style.find(f"{_W}pPr/{_W}numPr/{_W}numId"))
        self._numbers = Numbers(numbering)

    def is_heading(self, paragraph: Element) -> bool:
        """By its style, or by its level in the outline."""
        if paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            return True
        return bool(_HEADING.match(self._style(paragraph)))

    def is_bullet(self, paragraph: Element) -> bool:
        """An item with a sign before it, not a number."""
        number = self._number(paragraph)
        return self._numbers.is_bulleted(number) or (
            not number and bool(_BULLETS.search(self._style(paragraph)))
        )

    def is_list(self, paragraph: Element) -> bool:
        """An item with a sign or a number before it."""
        return bool(self._number(paragraph))

    def number(self, paragraph: Element) -> str:
        """The number that Word writes before it. Each paragraph has to be asked once, in its order."""
        number = self._number(paragraph)
        own = value_of(paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl"))
        style = value_of(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        level = int(own) if own.isdigit() else self._numbers.level_of(number, style)
        return self._numbers.next(number, level) if number else ""

    def _style(self, paragraph: Element) -> str:
        key = value_of(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        return self._names.get(key, key)

    def _number(self, paragraph: Element) -> str:
        """The list that a paragraph belongs to; the list "0" takes it out of all."""
        own = value_of(paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId"))
        number = own or self._numbered.get(value_of(paragraph.find(f"{_W}pPr/{_W}pStyle")), "")
        return "" if number == "0" else number
