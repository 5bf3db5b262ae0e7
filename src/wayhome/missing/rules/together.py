"""Children who may have been missing together: at the same time and place, or one named with the other. Pure.

Nothing here says that two children know each other or what one is to the other: it says which facts on record fall
together, so that a person can ask. There is no score.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from wayhome.kernel.clock import london_day

POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][0-9a-z]?) ?([0-9][a-z]{2})\b")
# Words that say where beside a place, and not which.
BESIDE = frozenset(
    {"the", "a", "at", "in", "on", "by", "of", "near", "outside", "behind", "opposite", "front", "to"}
)
SHORT = {"rd": "road", "ave": "avenue", "stn": "station", "pk": "park", "ctr": "centre", "center": "centre"}
# Each child has one of their own: the same word is not the same place.
OF_ONES_OWN = frozenset(
    {
        *("home", "family home", "house", "flat", "school", "college", "placement", "foster home", "bedroom"),
        *("home address", "childrens home", "unknown", "not known", "street", "town", "car", "friends house"),
    }
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One episode as the rule reads it. `until` None: the child is still missing."""

    episode_id: UUID
    person_id: UUID
    name: str
    since: datetime
    until: datetime | None
    places: tuple[str, ...]
    companions: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two children with what falls together, one line for each occasion, the latest first."""

    one: UUID
    other: UUID
    because: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """Words in small letters, without accents and signs."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.findall(r"[a-z0-9]+", plain)


def place_key(text: str) -> str:
    """By what two places are the same: the postcode where one is told, or else the words that name the place.

    Small letters, without accents and signs, without words such as "the" or "near", with usual short forms written
    out. Nothing for what every child has their own of ("home"), and for less than four letters.
    """
    words = words_of(text)
    if found := POSTCODE.search(" ".join(words)):
        return "".join(found.groups())
    key = " ".join(SHORT.get(word, word) for word in words if word not in BESIDE)
    return "" if key in OF_ONES_OWN or len(key) < 4 else key


def overlap(one: Whereabouts, other: Whereabouts) -> bool:
    """Whether both were missing at some instant. One who was back as the other left was not missing with them."""
    return (other.until is None or one.since < other.until) and (one.until is None or other.since < one.until)


def pairs(found: Sequence[Whereabouts]) -> list[Pair]:
    """Every two children with something that falls together, those with most occasions first."""
    # By whole numbers: hundreds of thousands of ids are compared, and a number is quicker than an id.
    because: dict[tuple[int, int], dict[str, datetime]] = defaultdict(dict)
    for one, other, why in (*_in_one_place(found), *_named(found)):
        first, second = one.person_id.int, other.person_id.int
        if first != second:
            pair = (first, second) if first < second else (second, first)
            because[pair][why] = max(one.since, other.since)
    in_order = sorted(because.items(), key=lambda known: (-len(known[1]), known[0]))
    return [
        Pair(UUID(int=one), UUID(int=other), tuple(sorted(whys, key=lambda why: whys[why], reverse=True)))
        for (one, other), whys in in_order
    ]


Why = tuple[Whereabouts, Whereabouts, str]


def _in_one_place(found: Sequence[Whereabouts]) -> Iterator[Why]:
    by_place: dict[str, dict[UUID, tuple[Whereabouts, str]]] = defaultdict(dict)
    keys: dict[str, str] = {}
    for each in found:
        for place in filter(None, each.places):
            if place not in keys:
                keys[place] = place_key(place)
            if key := keys[place]:
                by_place[key].setdefault(each.episode_id, (each, place))
    for there in by_place.values():
        in_order = sorted(there.values(), key=lambda known: known[0].since)
        for one, other, place in _overlapping(in_order):
            yield one, other, f"Both missing on {_day_words(london_day(other.since))}, both at {place}"


@lru_cache(maxsize=1000)
def _day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _overlapping(
    in_order: Sequence[tuple[Whereabouts, str]],
) -> Iterator[tuple[Whereabouts, Whereabouts, str]]:
    """Neighbours in time who were missing at once; each is compared with those not back yet when it began."""
    still: list[Whereabouts] = []
    for other, place in in_order:
        still = [one for one in still if overlap(one, other)]
        yield from ((one, other, place) for one in still)
        still.append(other)


def _named(found: Sequence[Whereabouts]) -> Iterator[Why]:
    by_name: dict[str, list[Whereabouts]] = defaultdict(list)
    telling = [one for one in found if one.companions]
    for each in found if telling else ():
        by_name[" ".join(words_of(each.name))].append(each)
    longest = max((name.count(" ") + 1 for name in by_name), default=0)
    for one in telling:
        for name in _phrases(words_of(one.companions), longest):
            for other in by_name.get(name, ()):
                if overlap(one, other):
                    day = _day_words(london_day(max(one.since, other.since)))
                    yield one, other, f"Both missing on {day}; {other.name} was named with {one.name}"


def _phrases(words: Sequence[str], longest: int) -> Iterator[str]:
    """Two words in a row and more, up to the longest name: a given name alone names nobody."""
    for start in range(len(words)):
        for end in range(start + 2, min(start + longest, len(words)) + 1):
            yield " ".join(words[start:end])


def groups(of: Iterable[Pair]) -> list[frozenset[UUID]]:
    """Three children or more who are held together by pairs, the largest first."""
    group_of: dict[UUID, set[UUID]] = {}
    for pair in of:
        one = group_of.setdefault(pair.one, {pair.one})
        other = group_of.setdefault(pair.other, {pair.other})
        if one is not other:
            small, large = sorted((one, other), key=len)
            large |= small
            group_of.update(dict.fromkeys(small, large))
    found = {id(group): frozenset(group) for group in group_of.values() if len(group) > 2}
    return sorted(found.values(), key=lambda group: (-len(group), str(min(group))))
