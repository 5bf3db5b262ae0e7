"""What a rating is, and which one was meant by a letter, a word or a colour.

The four colours do not order as severity in every partnership (blue is complete, green on target), and "overdue" is
not red: what a plan says its colours mean is its key. Not rated is a real state and never becomes a colour.
"""

import colorsys
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Rating(StrEnum):
    """The colours of a BRAG."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


# What the colours mean in a plan that does not say.
DEFAULT_KEY: Mapping[Rating, str] = {
    Rating.BLUE: "Complete",
    Rating.GREEN: "On target",
    Rating.AMBER: "Off target, with remedial action",
    Rating.RED: "Remedial action is required",
}

_B, _G, _A, _R = Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED
# The names of the colours, and the signs that stand for them.
_COLOURS = {
    **{"b": _B, "blue": _B, "🔵": _B, "🟦": _B},
    **{"g": _G, "green": _G, "🟢": _G, "🟩": _G},
    **{"a": _A, "amber": _A, "yellow": _A, "y": _A, "orange": _A, "🟡": _A, "🟠": _A, "🟨": _A, "🟧": _A},
    **{"r": _R, "red": _R, "🔴": _R, "🟥": _R},
}
# Words for how an action goes, where the plan's key does not say otherwise. "In progress", "not started" and "overdue"
# are not among them: they say where an action stands, and no colour follows.
_WORDS = {
    **dict.fromkeys(
        ("complete", "completed", "done", "achieved", "action complete", "closed", "delivered"), _B
    ),
    **dict.fromkeys(("on track", "on target", "on schedule", "progressing as planned"), _G),
    **dict.fromkeys(
        (
            "off track",
            "off target",
            "at risk",
            "behind schedule",
            "slipping",
            "slippage",
            "delayed",
            "some delay",
        ),
        _A,
    ),
    **dict.fromkeys(("remedial action required", "remedial action is required", "critical", "failing"), _R),
}
_UNRATED = frozenset(
    (
        "not rated",
        "unrated",
        "none",
        "n a",
        "na",
        "tbc",
        "tbd",
        "tba",
        "not applicable",
        "not yet rated",
        "no rating",
    )
)
_LETTERS = frozenset("bgaryBGARY")
# "A - no staff", but not "A review is planned".
_LETTER_FIRST = re.compile(r"\s*([BGARbgar])\s*[-–:;,(]")
_FILLERS = re.compile(r"\b(?:b?rag|rating|rated|status|is)\b")
_MARKS = re.compile(r"[^\w\s🔵🟦🟢🟩🟡🟠🟨🟧🔴🟥]+")
# A picture of a key: the colour as its hue in degrees. Greys, and tints so pale that they are decoration, are none.
_HUES = ((_R, 0, 16), (_A, 16, 66), (_G, 66, 172), (_B, 172, 262), (_R, 335, 361))
PALEST, DARKEST = 0.22, 0.2


@dataclass(frozen=True, slots=True)
class ReadRating:
    """What a rating cell says: the rating if there is one, and whether its words are all about that."""

    rating: Rating | None
    # False: the cell says more than the rating, or something that is none.
    is_all: bool
    # True: the words are no name of a colour, so that somebody should look.
    is_inferred: bool = False


def read_rating(written: str, key: Iterable[tuple[Rating, str]] = ()) -> ReadRating:
    """The rating that was meant. The plan's own key goes before our words."""
    said = _tidy(written)
    if not said or said in _UNRATED or _bare(written) in _UNRATED:
        return ReadRating(None, is_all=True)
    if said in _COLOURS:
        return ReadRating(_COLOURS[said], is_all=True, is_inferred=len(said) > 1 and said not in set(Rating))
    for rating, meaning in key:
        if said == _tidy(meaning):
            return ReadRating(rating, is_all=True, is_inferred=True)
    if said in _WORDS:
        return ReadRating(_WORDS[said], is_all=True, is_inferred=True)
    return ReadRating(_one_colour_in(written), is_all=False, is_inferred=True)


def _tidy(written: str) -> str:
    """The words that may name a rating: "RAG rating: Green" is "green"."""
    text = _bare(written)
    return " ".join(_FILLERS.sub(" ", text).split()) or text


def _bare(written: str) -> str:
    return " ".join(_MARKS.sub(" ", written.casefold()).split())


def _one_colour_in(written: str) -> Rating | None:
    """The colour that the words begin with, unless they name another: then it is not for us to choose."""
    letter = _LETTER_FIRST.match(written)
    if letter:
        return _COLOURS[letter[1].casefold()]
    words = _tidy(written).split()
    named = {_COLOURS[word] for word in words if word in _COLOURS and word not in _LETTERS}
    return named.pop() if len(named) == 1 and words[0] in _COLOURS and words[0] not in _LETTERS else None


def rating_of_colour(shade: str) -> Rating | None:
    """The rating that a cell's colour shows, from six hexadecimal digits."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", shade):
        return None
    red, green, blue = (int(shade[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < PALEST or value < DARKEST:
        return None
    return next((rating for rating, low, high in _HUES if low <= hue * 360 < high), None)
