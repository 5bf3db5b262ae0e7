"""The small words of a pack."""

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from wayhome.strategy.rules.plan_file import GroupingFact
from wayhome.strategy.rules.summary import RATINGS
from wayhome.strategy.vocabulary import LETTERS, RatingValue

NONE = "not_rated"
WORDS = {value: RatingValue(value).label for value in RatingValue.values}
# A word without a blank that is longer than this is broken anywhere: an address, or a row of signs.
LONGEST_WORD = 28
_BREAK = "\u200b"
# Signs that come in with pasted text, and that neither Word nor a typeface takes.
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFEFF, 0xFFFE, 0xFFFF])
T = TypeVar("T")


def letter_of(rating: str) -> str:
    """The letter in the square."""
    return LETTERS.get(rating, LETTERS[NONE])


def counted(count: int, noun: str) -> str:
    """As in "1 action", "24 actions"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def group_title(group: GroupingFact | None) -> str:
    """A priority with its reference; or that there is none."""
    if group is None:
        return "In none of these"
    return " ".join(each for each in (group.reference, group.title) if each) or "Without a title"


def shortened(text: str, longest: int) -> str:
    """One line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]} …"


def printable(value: T) -> T:
    """The same with the signs taken out that cannot be printed, however deep they lie."""
    if isinstance(value, str):
        return cast("T", value.translate(_UNPRINTABLE).replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, tuple):
        return cast("T", tuple(printable(each) for each in value))
    if is_dataclass(value) and not isinstance(value, type):
        named = (each.name for each in fields(value))
        return replace(value, **{name: printable(getattr(value, name)) for name in named})
    return value


def breakable(text: str) -> str:
    """The text with places to break in words that would run over the side of a column."""
    return " ".join(_broken(word) for word in text.split(" "))


def _broken(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return _BREAK.join(word[place : place + LONGEST_WORD] for place in range(0, len(word), LONGEST_WORD))


__all__ = [
    "NONE",
    "RATINGS",
    "WORDS",
    "breakable",
    "counted",
    "group_title",
    "letter_of",
    "printable",
    "shortened",
]
