"""Lists of codes as they are valid year by year: what a code means, and on which days it may be used.

A list is a CSV file in `lists/`. A code that was withdrawn stays in its list with its last day, because what
was recorded under it must still be readable. Pure Python: knows no framework, reads no clock.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

__all__ = ["Code", "CodeList", "load", "names"]

_LISTS = files(__name__) / "lists"


@dataclass(frozen=True, slots=True)
class Code:
    """One code, its meaning in plain words, and the first and last day on which it may be used."""

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """True if the code may be used for something that happens on this day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes in the order in which people should meet them."""

    name: str
    source: str
    entries: tuple[Code, ...]
    _by_code: dict[str, tuple[Code, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code: dict[str, tuple[Code, ...]] = {}
        for entry in self.entries:
            by_code[entry.code] = (*by_code.get(entry.code, ()), entry)
        object.__setattr__(self, "_by_code", by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Code]:
        return iter(self.entries)

    def is_valid(self, code: str, on: date) -> bool:
        """True if the list has this code on this day."""
        return any(entry.is_valid_on(on) for entry in self._by_code.get(code, ()))

    def label(self, code: str, on: date | None = None) -> str:
        """What the code means (on that day, if it changed). A code we do not know is shown as recorded."""
        known = self._by_code.get(code)
        if not known:
            return code
        return next((entry.label for entry in known if on and entry.is_valid_on(on)), known[-1].label)

    def codes(self, on: date) -> tuple[str, ...]:
        """The codes that may be used on this day."""
        return tuple(entry.code for entry in self.entries if entry.is_valid_on(on))

    def choices(self, on: date) -> list[tuple[str, str]]:
        """The codes of this day with their words, for a form."""
        return [(entry.code, entry.label) for entry in self.entries if entry.is_valid_on(on)]


@cache
def load(name: str) -> CodeList:
    """The list of this name. Raises LookupError if there is none."""
    if name not in names():
        raise LookupError(f"There is no code list called {name!r}.")
    lines = (_LISTS / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    source = " ".join(line.removeprefix("# source: ") for line in lines if line.startswith("#"))
    return CodeList(name, source, tuple(_entries(line for line in lines if not line.startswith("#"))))


@cache
def names() -> frozenset[str]:
    """The names of all lists."""
    return frozenset(
        entry.name.removesuffix(".csv") for entry in _LISTS.iterdir() if entry.name.endswith(".csv")
    )


def _entries(lines: Iterable[str]) -> Iterator[Code]:
    for row in csv.DictReader(lines, strict=True):
        yield Code(row["code"], row["label"], _day(row["valid_from"]), _day(row["valid_to"]))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
