"""Guesses about names: initials that nobody can place, numbers of sections that do not fit together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from wayhome.strategy.imports.draft import DraftRow, Guess, Section
from wayhome.strategy.rules.people_named import initials_in, read_responsibility

_NUMBER = re.compile(r"(?P<arabic>\d+)[.):]?\s|(?P<roman>[IVX]+)[.):]\s|(?P<letter>[A-Z])[.):]\s")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
# What is done is no owner: "Seminars held".
_DONE = re.compile(
    r".*\s(?:held|completed|delivered|developed|reviewed|updated|launched|in place)[.]?", re.IGNORECASE
)


def guesses_of_names(rows: Iterable[DraftRow]) -> Iterator[Guess]:
    """Who could not be placed, row by row."""
    for row in rows:
        unknown = dict.fromkeys((*read_responsibility(row.responsibility).initials, *initials_in(row.action)))
        if unknown:
            names = ", ".join(unknown)
            yield Guess(
                row.line,
                f"{names}: initials that are not explained. They stay as text.",
                "Two capitals look like a person.",
            )
        if _DONE.fullmatch(row.responsibility):
            yield Guess(
                row.line,
                f"“{row.responsibility}” names no owner. It stays as text.",
                "It reads like something that was done.",
            )


def guesses_of_numbering(sections: Sequence[Section]) -> Iterator[Guess]:
    """A section whose number is of another kind than those of the others."""
    kinds = [(section, found) for section in sections if (found := _NUMBER.match(section.title))]
    usual = [found.lastgroup for _, found in kinds]
    for section, found in kinds:
        if usual.count(found.lastgroup) * 2 < len(usual):
            number = _ROMAN.get(found.group(0).strip(" .):"))
            what = f"“{section.title}” is section {number}." if number else f"“{section.title}” is a section."
            yield Guess(section.line, what, "Most other sections are numbered in another way.")


def with_whole_references(rows: Sequence[DraftRow]) -> tuple[tuple[DraftRow, ...], tuple[Guess, ...]]:
    """7.1 again after 7.9 is 7.10: a sheet takes it for a number and drops the last nought."""
    whole: list[DraftRow] = []
    guesses: list[Guess] = []
    seen: set[str] = set()
    for row in rows:
        longer = f"{row.reference}0"
        if row.reference in seen and whole and _follows(whole[-1].reference, longer):
            guesses.append(
                Guess(
                    row.line,
                    f"“{row.reference}” was read as {longer}.",
                    f"It comes after {whole[-1].reference}, and a sheet drops the last nought of a number.",
                )
            )
            row = replace(row, reference=longer)
        seen.add(row.reference)
        whole.append(row)
    return tuple(whole), tuple(guesses)


def _follows(before: str, after: str) -> bool:
    first, second = before.split("."), after.split(".")
    if len(first) != 2 or len(second) != 2 or first[0] != second[0]:
        return False
    return first[1].isdigit() and second[1].isdigit() and int(second[1]) == int(first[1]) + 1
