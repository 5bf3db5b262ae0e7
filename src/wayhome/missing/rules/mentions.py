"""Numbers, places and names that a text mentions. Rules and no guesses: a person confirms each, or says it is none.

Phone numbers: those the library phonenumbers holds valid, read as in Great Britain, and those Ofcom keeps free for
drama and training ("Telephone numbers for use in TV and radio drama programmes").
Vehicle registrations: DVLA, "Vehicle registration numbers and number plates" (INF104): current (AB12 CDE), prefix
(A123 BCD), suffix (ABC 123D); DVA for Northern Ireland (AIG 1234: the letters hold an I or a Z). The older shapes are
words and numbers of English too, so they have to be in capitals; the current one does not.
Postcodes: Royal Mail, "Programmer's guide" to the Postcode Address File: the six shapes, and the letters that are
never used in each place.
Online names: an @ at the start of a word, and what follows. Known names: as they stand on the record, or the first of
their words where it has a capital.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from phonenumbers import (
    Leniency,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    format_number,
)

from wayhome.missing.vocabulary import MarkKind


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name on the child's record, and whose it is: "Friend", "Also known as"."""

    words: str
    who: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that look like something. `value`: as it is written elsewhere. `why`: the rule that found it, in words."""

    kind: MarkKind
    start: int
    end: int
    value: str
    why: str

    def of(self, text: str) -> str:
        """The words, as they stand in the text."""
        return text[self.start : self.end]


_SERIAL = "[A-HJ-PR-Y]"  # letters of marks: never I, Q or Z
_YEAR = "[A-HJ-NPR-TV-Y]"  # letters of years: never I, O, Q, U or Z
# The codes of the six counties and two cities; a serial letter may stand before them.
_NORTHERN_IRELAND = "[A-Z]?(?:[A-HJ-PR-Y]Z|I[ABGJLW]|[JOUX]I)"

_CURRENT = re.compile(
    r"(?<![^\W_])[A-HJ-PR-Y]{2}[0-9]{2} ?[A-HJ-PR-Z]{3}(?![^\W_])", re.IGNORECASE | re.ASCII
)
_OLDER = re.compile(
    rf"(?<![^\W_])(?:{_YEAR}[0-9]{{1,3}} ?{_SERIAL}{{3}}|{_SERIAL}{{3}} ?[0-9]{{1,3}}{_YEAR}"
    rf"|{_NORTHERN_IRELAND} ?[0-9]{{1,4}})(?![^\W_])"
)
_POSTCODE = re.compile(
    r"(?<![^\W_])(?:GIR ?0AA"
    r"|(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)"
    r" ?[0-9][ABD-HJLNP-UW-Z]{2})(?![^\W_])",
    re.IGNORECASE | re.ASCII,
)
_HANDLE = re.compile(r"(?<![\w@.+-])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,38}[A-Za-z0-9_])")
_CAPITAL_WORD = re.compile(r"(?<!\w)[^\W\d_][\w’'-]+(?!\w)")
_FOR_DRAMA = re.compile(r"\+44(?:7700900|1632960|2079460|1(?:1[3-8]|[2-6]1)4960)[0-9]{3}")
_NO_NAME = re.compile(
    r"With|And|The|His|Her|Their|They|She|He|Him|Them|Two|Three|Some|Friends?|Maybe|Possibly|Probably|Not|Known"
    r"|Unknown|None|Nobody|No|One|Someone|Somebody|Alone|Believed|Thought|Seen|From|At|In|Of|Or|An"
)
_LONGEST = 100_000  # characters: what is longer is no answer of a talk


def mentions(text: str, known: Iterable[KnownName] = ()) -> list[Mention]:
    """Everything found, in the order of the text. Those of one kind never share a character."""
    text = text[:_LONGEST]
    found = [*_phones(text), *_vehicles(text), *_postcodes(text), *_handles(text), *_names(text, known)]
    return sorted(apart(found), key=lambda each: (each.start, each.end, each.kind))


def apart(found: Iterable[Mention]) -> Iterator[Mention]:
    """Of those that share characters within a kind, the one that begins first; of these, the longest."""
    ends: dict[MarkKind, int] = {}
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.start >= ends.get(each.kind, 0):
            ends[each.kind] = each.end
            yield each


def _phones(text: str) -> Iterator[Mention]:
    for leniency, counts in ((Leniency.VALID, _any_number), (Leniency.POSSIBLE, _is_for_drama)):
        for found in PhoneNumberMatcher(text, "GB", leniency=leniency):
            if counts(found.number):
                why = "It is a phone number."
                yield Mention(MarkKind.PHONE, found.start, found.end, _as_dialled(found.number), why)


def _any_number(_: PhoneNumber) -> bool:
    return True


def _is_for_drama(number: PhoneNumber) -> bool:
    return bool(_FOR_DRAMA.fullmatch(format_number(number, PhoneNumberFormat.E164)))


def _as_dialled(number: PhoneNumber) -> str:
    at_home = number.country_code == 44
    return format_number(number, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL)


def _found(
    pattern: re.Pattern[str], text: str, kind: MarkKind, why: str, written: Callable[[str], str]
) -> Iterator[Mention]:
    return (Mention(kind, *hit.span(), written(hit[0]), why) for hit in pattern.finditer(text))


def _vehicles(text: str) -> Iterator[Mention]:
    why = "It has the shape of a vehicle registration."
    for pattern in (_CURRENT, _OLDER):
        yield from _found(pattern, text, MarkKind.VEHICLE, why, registration)


def registration(text: str) -> str:
    """A registration as it is kept: capitals without spaces."""
    return text.replace(" ", "").upper()


def _postcodes(text: str) -> Iterator[Mention]:
    return _found(_POSTCODE, text, MarkKind.PLACE, "It has the shape of a postcode.", postcode)


def postcode(text: str) -> str:
    """A postcode in capitals, with one space before its last three characters."""
    closed = text.replace(" ", "").upper()
    return f"{closed[:-3]} {closed[-3:]}"


def _handles(text: str) -> Iterator[Mention]:
    return _found(_HANDLE, text, MarkKind.HANDLE, "It is written like an online name.", str)


def _names(text: str, known: Iterable[KnownName]) -> Iterator[Mention]:
    for name in known:
        words = name.words.split()
        why = f"A name on the record: {name.words} ({name.who})."
        for pattern in _patterns(words):
            yield from _found(pattern, text, MarkKind.PERSON, why, _always(name.words))


def _always(words: str) -> Callable[[str], str]:
    return lambda _: words


def _patterns(words: list[str]) -> Iterator[re.Pattern[str]]:
    if not words:
        return
    whole = r"\s+".join(map(re.escape, words))
    yield re.compile(rf"(?<!\w){whole}(?!\w)", re.IGNORECASE)
    if len(words[0]) > 2 and words[0][:1].isupper():
        yield re.compile(rf"(?<!\w){re.escape(words[0])}(?!\w)")


def names_among(companions: str) -> list[str]:
    """The words of a report's "who are they with?" that have a capital, but for those that begin many a sentence."""
    found = (hit[0] for hit in _CAPITAL_WORD.finditer(companions))
    return list(dict.fromkeys(word for word in found if word[0].isupper() and not _NO_NAME.fullmatch(word)))
