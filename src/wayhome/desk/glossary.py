"""The words of this work, read from glossary.md beside this file: the one place where they are written down."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ITEM = re.compile(r"\*\*(?P<word>[^*]+)\*\*: (?P<meaning>[^*]+?)(?: \*(?P<source>[^*]+)\*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, what it means, and where the meaning comes from."""

    word: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """Words that belong together."""

    title: str
    words: tuple[Word, ...]


@cache
def glossary() -> tuple[Part, ...]:
    """Every word, in the order of the page."""
    text = files("wayhome.desk").joinpath("glossary.md").read_text(encoding="utf-8")
    return tuple(_part(part) for part in text.split("\n## ")[1:])


def _part(text: str) -> Part:
    title, *items = re.split(r"\n- ", text)
    return Part(title.strip(), tuple(_word(item) for item in items))


def _word(item: str) -> Word:
    found = ITEM.fullmatch(" ".join(item.split()))
    if found is None:
        raise ValueError(f"This is not “**word**: meaning *source*”: {item}")
    return Word(found["word"], found["meaning"], found["source"] or "")
