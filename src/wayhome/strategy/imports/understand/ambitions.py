"""Ambitions: a numbered line that says what is wanted, with who leads it and the approach on the lines below."""

import re
from collections.abc import Iterator
from dataclasses import replace

from wayhome.strategy.imports.draft import Ambition

_AMBITION = re.compile(
    r"(?P<reference>\d+(?:\.\d+)*)?[.):]?\s*(?:our\s+|strategic\s+)?ambition\s*(?P<number>\d+(?:\.\d+)*)?"
    r"\s*[:–-]\s*(?P<title>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_LEAD = re.compile(
    r"(?:(?:strategic|accountable|executive|overall|ambition|named)\s+)*(?:lead|owner|sponsor)(?:\s+officer|\s+agency)?"
    r"\s*[:–-]\s*(?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_APPROACH = re.compile(r"(?:our\s+)?approach\s*[:–-]\s*(?P<words>\S.*)", re.IGNORECASE | re.DOTALL)


class Ambitions:
    """The ambitions of a plan, as its lines are met."""

    def __init__(self) -> None:
        self._found: list[Ambition] = []

    def __iter__(self) -> Iterator[Ambition]:
        return iter(self._found)

    @property
    def last(self) -> Ambition | None:
        """The one met last."""
        return self._found[-1] if self._found else None

    def take(self, line: int, text: str) -> bool:
        """Whether these words tell of an ambition. If so they are kept."""
        if not text:
            return False
        return self._begin(line, text) or self._add(text)

    def _begin(self, line: int, text: str) -> bool:
        said = _AMBITION.fullmatch(text)
        if not said:
            return False
        reference = said["reference"] or said["number"] or ""
        self._found.append(Ambition(line, reference, said["title"].strip()))
        return True

    def _add(self, text: str) -> bool:
        if not self._found:
            return False
        last = self._found[-1]
        lead, approach = _LEAD.fullmatch(text), _APPROACH.fullmatch(text)
        if lead and not last.lead:
            self._found[-1] = replace(last, lead=lead["words"].strip())
        elif approach and not last.approach:
            self._found[-1] = replace(last, approach=approach["words"].strip())
        else:
            return False
        return True
