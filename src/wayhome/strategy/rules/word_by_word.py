"""Two texts as one: what stayed, what was taken out, what was put in. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, TAKEN_OUT, PUT_IN = "same", "out", "in"
# A word with the blank behind it, so that the pieces put together are the text again.
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, were taken out or put in."""

    how: str
    words: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text, word by word."""

    name: str
    pieces: tuple[Piece, ...]


def word_by_word(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one: what stayed, what was taken out, what was put in. No word of either is lost."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(_pieces(matcher.get_opcodes(), old, new))


def text_changes(texts: Sequence[tuple[str, str]], before: object, after: object) -> Iterator[TextChange]:
    """The fields of two things that are worded otherwise, each with what it is called."""
    for field, name in texts:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield TextChange(name, word_by_word(old, new))


def _pieces(
    steps: Sequence[tuple[str, int, int, int, int]], old: list[str], new: list[str]
) -> Iterator[Piece]:
    for step, old_from, old_to, new_from, new_to in steps:
        if step == "equal":
            yield Piece(SAME, "".join(old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield Piece(TAKEN_OUT, "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece(PUT_IN, "".join(new[new_from:new_to]))
