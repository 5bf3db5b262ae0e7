"""Children who may have been missing together: at the same time and place, or one named with the other. Pure.

Nothing here says that two children know each other or what one is to the other: it says which facts on record fall
together, so that a person can ask. There is no score.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
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


class Why(NamedTuple):
    """One occasion: both missing on a day, at a place or as one who was named with the other."""

    day: date
    place: str = ""
    named: str = ""
    named_with: str = ""

    def words(self) -> str:
        """In a sentence without its end."""
        beside = (
            f", both at {self.place}" if self.place else f"; {self.named} was named with {self.named_with}"
        )
        return f"Both missing on {self.day.day} {self.day:%B %Y}{beside}"


class Pair(NamedTuple):
    """Two children with what falls together, and when. Put into words for those who are shown: it takes longer than to
    find them.
    """

    one: UUID
    other: UUID
    whys: Mapping[Why, datetime]

    @property
    def because(self) -> tuple[str, ...]:
        """One line for each occasion, the latest first."""
        return tuple(why.words() for why in sorted(self.whys, key=self.whys.__getitem__, reverse=True))


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
    ids = {each.person_id.int: each.person_id for each in found}
    together: dict[tuple[int, int], dict[Why, datetime]] = defaultdict(dict)
    for one, other, why in (*_in_one_place(found), *_named(found)):
        first, second = one.person_id.int, other.person_id.int
        if first != second:
            pair = (first, second) if first < second else (second, first)
            together[pair][why] = max(one.since, other.since)
    in_order = sorted(together.items(), key=lambda known: (-len(known[1]), known[0]))
    return [Pair(ids[one], ids[other], whys) for (one, other), whys in in_order]


Occasion = tuple[Whereabouts, Whereabouts, Why]


def _in_one_place(found: Sequence[Whereabouts]) -> Iterator[Occasion]:
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
        yield from _overlapping(in_order)


def _overlapping(in_order: Sequence[tuple[Whereabouts, str]]) -> Iterator[Occasion]:
    """Neighbours in time who were missing at once; each is compared with those not back yet when it began."""
    still: list[Whereabouts] = []
    for other, place in in_order:
        still = [one for one in still if overlap(one, other)]
        if still:
            why = Why(london_day(other.since), place)
            yield from ((one, other, why) for one in still)
        still.append(other)


def _named(found: Sequence[Whereabouts]) -> Iterator[Occasion]:
    by_name: dict[str, list[Whereabouts]] = defaultdict(list)
    telling = [one for one in found if one.companions]
    for each in found if telling else ():
        by_name[" ".join(words_of(each.name))].append(each)
    longest = max((name.count(" ") + 1 for name in by_name), default=0)
    for one in telling:
        for name in _phrases(words_of(one.companions), longest):
            for other in by_name.get(name, ()):
                if overlap(one, other):
                    day = london_day(max(one.since, other.since))
                    yield one, other, Why(day, named=other.name, named_with=one.name)


def _phrases(words: Sequence[str], longest: int) -> Iterator[str]:
    """Two words in a row and more, up to the longest name: a given name alone names nobody."""
    for start in range(len(words)):
        for end in range(start + 2, min(start + longest, len(words)) + 1):
            yield " ".join(words[start:end])


def groups(of: Iterable[Pair]) -> list[frozenset[UUID]]:
    """Three children or more who are held together by pairs, the largest first."""
    group_of: dict[int, dict[int, UUID]] = {}
    for pair in of:
        one = group_of.setdefault(pair.one.int, {pair.one.int: pair.one})
        other = group_of.setdefault(pair.other.int, {pair.other.int: pair.other})
        if one is not other:
            small, large = (one, other) if len(one) < len(other) else (other, one)
            large |= small
            group_of.update(dict.fromkeys(small, large))
    found = {id(group): group for group in group_of.values() if len(group) > 2}
    in_order = sorted(found.values(), key=lambda group: (-len(group), min(group)))
    return [frozenset(group.values()) for group in in_order]
