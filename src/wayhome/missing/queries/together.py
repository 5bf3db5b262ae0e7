"""Children who may have been missing together, among those whom the viewer sees."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from django.db.models import Q

from wayhome.access.queries import is_one_of_those_seen
from wayhome.missing.models import Episode
from wayhome.missing.rules.together import Whereabouts, groups, pairs

# So many episodes of a period are compared, the newest; more are not read by anyone.
AT_MOST = 5_000
GROUPS_SHOWN = 100
# Pairs on a page.
SHOWN = 25


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two children by name, with why they are shown together."""

    one: tuple[UUID, str]
    other: tuple[UUID, str]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """A page of pairs, and all groups of three or more. `compared`: how many episodes were looked at."""

    pairs: list[PairShown]
    pairs_total: int
    page: int
    pages: int
    groups: list[list[tuple[UUID, str]]]
    compared: int
    is_cut: bool


def together(since: datetime, page: int = 1) -> Together:
    """What falls together of episodes that began since then or last still, in one query."""
    rows = _rows(since)
    found = [
        Whereabouts(pk, person, f"{given} {family}".strip(), seen, back, (last_seen, located), companions)
        for pk, person, given, family, seen, back, last_seen, located, companions in rows
    ]
    names = {each.person_id: each.name for each in found}
    made = pairs(found)
    pages = max(ceil(len(made) / SHOWN), 1)
    page = min(page, pages)
    return Together(
        [
            PairShown((pair.one, names[pair.one]), (pair.other, names[pair.other]), pair.because)
            for pair in made[(page - 1) * SHOWN : page * SHOWN]
        ],
        len(made),
        page,
        pages,
        [
            sorted(((member, names[member]) for member in group), key=lambda named: named[1])
            for group in groups(made)[:GROUPS_SHOWN]
        ],
        len(found),
        len(found) == AT_MOST,
    )


def _rows(since: datetime) -> list[tuple[UUID, UUID, str, str, datetime, datetime | None, str, str, str]]:
    """The newest episodes of the period; those begun earlier that last still are on no index of time, and come last."""
    recent = Episode.objects.filter(is_one_of_those_seen("person_id"), cancelled_at=None).filter(
        Q(last_seen_at__gte=since) | Q(closed_at=None, returned_at=None)
    )
    return list(
        recent.order_by("-last_seen_at", "pk").values_list(
            "pk",
            "person_id",
            "person__given_name",
            "person__family_name",
            "last_seen_at",
            "returned_at",
            "last_seen_place",
            "located_place",
            "companions",
        )[:AT_MOST]
    )
