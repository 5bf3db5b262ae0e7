"""Who is meant by the words of a responsibility: who leads, who contributes, and which initials nobody can place.

No person is ever invented: what is not known stays the text that it was, to be placed by somebody who knows.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """What we can say of a name without asking anybody."""

    KNOWN = "known"
    INITIALS = "initials"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Named:
    """One owner as written."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Responsible:
    """A responsibility taken apart. The lead is marked in the text, or else the one named first."""

    lead: Named | None
    contributors: tuple[Named, ...]
    # False: nobody is marked as lead, and the first of several was taken.
    is_lead_marked: bool

    @property
    def everybody(self) -> tuple[Named, ...]:
        """The lead, then the others."""
        return ((self.lead,) if self.lead else ()) + self.contributors

    @property
    def initials(self) -> tuple[str, ...]:
        """Those that are somebody's initials, and nobody says whose."""
        return tuple(named.text for named in self.everybody if named.kind is Kind.INITIALS)


# Two capitals that are no person.
_KNOWN_PAIRS = (
    "AP CE CP CS DA DV EH EP ET EU GM GP HM HR HT HV IO IT LA MP NI OT PC PH PM QA RE SW UK VA VS YJ YP YW"
)
NO_INITIALS = frozenset(_KNOWN_PAIRS.split())
_INITIALS = re.compile(r"[A-Z]\.?[A-Z]\.?")
_PAIR = re.compile(r"\b([A-Z]{2})\s*(?:&|/|\+|\band\b)\s*([A-Z]{2})\b")
_MARKED = re.compile(r"(?:joint\s+)?lead(?:s|\s+officer|\s+agency)?\s*[:–-]\s*(?P<name>.+)", re.IGNORECASE)
_MARKED_AFTER = re.compile(r"(?P<name>.+?)\s*[(\[]\s*(?:joint\s+)?(?:lead|chair)\s*[)\]]", re.IGNORECASE)
_SUPPORT = re.compile(
    r"(?:supported by|support|contributors?|partners?|with)\s*[:–-]?\s+(?P<name>.+)", re.IGNORECASE
)
_APART = re.compile(r"\n|;|,|\s&\s|\s\+\s|(?<=[A-Z])/(?=[A-Z])|(?<=[a-z])\s*/\s*(?=[A-Z])|\s+/\s+")
_AND = re.compile(r"\s+and\s+")
_CAPITALS = re.compile(r"[A-Z][A-Z&]+s?")


def read_responsibility(written: str, known: Collection[str] = frozenset()) -> Responsible:
    """Who leads and who contributes. `known` are names and abbreviations that the partnership has."""
    places = _places(frozenset(known))
    leads: list[str] = []
    others: list[str] = []
    for part in _parts(written, places):
        marked = _MARKED.fullmatch(part) or _MARKED_AFTER.fullmatch(part)
        support = _SUPPORT.fullmatch(part)
        (leads if marked else others).append((marked or support or {"name": part})["name"].strip())
    everybody = [*dict.fromkeys(leads + others)]
    if not everybody:
        return Responsible(None, (), is_lead_marked=False)
    first, *rest = (Named(text, _kind(text, places)) for text in everybody)
    return Responsible(first, tuple(rest), is_lead_marked=bool(leads) or not rest)


def initials_in(text: str, known: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Pairs of initials inside a sentence ("AB & CD will review"): single ones are too often something else."""
    found = (letters for pair in _PAIR.findall(text) for letters in pair)
    return tuple(
        dict.fromkeys(letters for letters in found if letters not in NO_INITIALS and letters not in known)
    )


@lru_cache(maxsize=8)
def _places(known: frozenset[str]) -> frozenset[str]:
    """The names as they are compared: the same for every row of a plan."""
    return frozenset(compared(name) for name in known)


def _parts(written: str, places: Collection[str]) -> Iterable[str]:
    for part in _APART.split(written):
        text = part.strip(" \t•-–")
        if text and compared(text) not in places:
            yield from _around_and(text, places)
        elif text:
            yield text


def _around_and(text: str, places: Collection[str]) -> list[str]:
    """Two owners joined by "and"; not the "and" inside a name, as in "Health and Wellbeing Board"."""
    words = _AND.split(text)
    if len(words) == 2 and all(_stands_alone(word, places) for word in words):
        return _with_last_word_apart(words)
    return _with_last_word_apart([text])


def _stands_alone(text: str, places: Collection[str]) -> bool:
    is_name = len(text.split()) > 1 and all(word[0].isupper() for word in text.split())
    return is_name or bool(_CAPITALS.fullmatch(text)) or compared(text) in places


def _with_last_word_apart(names: list[str]) -> list[str]:
    """Abbreviations that stand after one another ("ABC DEF") or initials after a name ("Audit group AB") are apart."""
    found: list[str] = []
    for name in names:
        words = name.split()
        if len(words) > 1 and all(_CAPITALS.fullmatch(word) for word in words):
            found += words
        elif len(words) > 2 and _INITIALS.fullmatch(words[-1]) and words[-1] not in NO_INITIALS:
            found += [" ".join(words[:-1]), words[-1]]
        else:
            found.append(name)
    return found


def _kind(text: str, places: Collection[str]) -> Kind:
    if compared(text) in places:
        return Kind.KNOWN
    if _INITIALS.fullmatch(text) and text not in NO_INITIALS:
        return Kind.INITIALS
    return Kind.UNPLACED


def compared(name: str) -> str:
    """A name without marks and capitals, as two names are compared."""
    return " ".join(re.findall(r"\w+", name.casefold()))
