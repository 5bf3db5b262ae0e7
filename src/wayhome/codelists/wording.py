"""The language mirror: words that put on a child what others do to them, why, and words to use instead.

It points out and never blocks. What a child said in their own words is theirs and is not looked at.
Basis: the guidance on appropriate language about exploited children by The Children's Society, Victim Support and the
National Police Chiefs' Council. The list and its words are our own.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FILE = files(__name__.rpartition(".")[0]) / "wording.csv"
BLANKS = "[ \t\r\n-]+"


@dataclass(frozen=True, slots=True)
class Term:
    """Words to think about: as readers are shown them and as a pattern; and what to write instead."""

    like: str
    pattern: str
    better: str
    why: str

    @property
    def expression(self) -> str:
        """The pattern between the edges of words, as Python and JavaScript both read it."""
        written = self.pattern.replace("_?", BLANKS[:-1] + "*").replace("_", BLANKS)
        return f"(?<![A-Za-z0-9])(?:{written})(?![A-Za-z0-9])"


@dataclass(frozen=True, slots=True)
class PointedOut:
    """Where such words stand in a text, as they were written."""

    start: int
    end: int
    words: str
    term: Term


@cache
def terms() -> tuple[Term, ...]:
    """The whole list, in its order."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(
        Term(**row) for row in csv.DictReader((line for line in lines if line[:1] != "#"), strict=True)
    )


@cache
def _expressions() -> tuple[tuple[re.Pattern[str], Term], ...]:
    return tuple((re.compile(term.expression, re.IGNORECASE | re.ASCII), term) for term in terms())


def pointed_out(text: str) -> list[PointedOut]:
    """Every such word of a text in order. Where two share characters, the one that begins first, or is longer."""
    found = [
        PointedOut(*hit.span(), hit[0], term)
        for expression, term in _expressions()
        for hit in expression.finditer(text)
    ]
    apart: list[PointedOut] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return apart


def pointed_out_once(texts: Iterable[str]) -> list[PointedOut]:
    """The same for several texts, each term once, with the words in which it came first."""
    found: dict[Term, PointedOut] = {}
    for text in texts:
        for each in pointed_out(text):
            found.setdefault(each.term, each)
    return list(found.values())
