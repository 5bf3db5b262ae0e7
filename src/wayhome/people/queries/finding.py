"""Finding a child: by names as they are typed, or on the index, which tells only whom to ring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from wayhome.audit.queries import draft
from wayhome.database.reading import rows_of
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import TeamCard
from wayhome.people.models import Identifier
from wayhome.people.queries.person import PersonCard, cards
from wayhome.people.rules import age_is, full_name

# Less than one letter otherwise in one of three words: people_search() says how near a word is to another.
NEARLY = 0.05


@dataclass(frozen=True, slots=True)
class IndexCard:
    """A child is known, and whom to ring. No content."""

    person_id: UUID
    teams: tuple[TeamCard, ...]


def search(words_typed: str, *, year: int | None = None, on: date, at_most: int = 30) -> list[PersonCard]:
    """People whose names are like the words typed, closest first; or who have a number among them.

    Names may be misspelt, swapped or cut short. One query, two if there is a number.
    """
    numbers = [words_typed.replace(" ", "").upper(), *words_typed.upper().split()]
    numbers = [number for number in numbers if any(c.isdigit() for c in number)]
    by_number = Identifier.objects.filter(value__in=numbers, valid_to=None).values_list(
        "person_id", flat=True
    )
    found = cards(list(by_number), on) if numbers else {}
    for pk, given_name, family_name, born, precision, closeness in rows_of(
        SEARCH, words_typed, year, at_most
    ):
        age = age_is(on, born, precision)
        name = full_name(given_name, family_name)
        found.setdefault(pk, PersonCard(pk, name, born, precision, age, closeness))
    return list(found.values())


def how_many_are_close(found: Sequence[PersonCard]) -> int:
    """How many of those found are about as like what was typed as the first, who stand before the rest."""
    return sum(card.closeness > found[0].closeness - NEARLY for card in found)


# The function has applied the rule of the policies inside, where it can be fast; they apply once more to the cards.
SEARCH = """
SELECT p.id, p.given_name, p.family_name, p.date_of_birth, p.birth_precision, s.closeness
FROM people_search(ARRAY(SELECT people_words(%s)), %s, %s) WITH ORDINALITY AS s(person_id, closeness, place)
JOIN people_person p ON p.id = s.person_id ORDER BY s.place
"""

# The form under whose name searches are kept among the viewer's drafts, and for how long.
KEPT_SEARCH = "search"

SEARCHES_ARE_KEPT = timedelta(hours=12)


class KeptSearch(NamedTuple):
    """What was typed to find a child."""

    q: str
    year: int | None


def kept_search(search_id: str | UUID, *, viewer: Viewer, now: datetime) -> KeptSearch | None:
    """The viewer's own search of this id, as long as it is kept."""
    try:
        subject = str(UUID(str(search_id)))
    except ValueError:
        return None
    found = draft(viewer=viewer, form=KEPT_SEARCH, subject=subject)
    if found is None or found[1] < now - SEARCHES_ARE_KEPT:
        return None
    return KeptSearch(found[0].get("q", ""), found[0].get("year"))


def index_cards(*, name: str, born: date | None, number: str) -> list[IndexCard]:
    """Whether a child is known, and whom to ring: for a whole name with date of birth, or a number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM people_index_card(ARRAY(SELECT people_words(%s)), %s, %s)",
            [name, born, number.replace(" ", "").upper()],
        )
        rows = cursor.fetchall()
    known: dict[UUID, list[TeamCard]] = {}
    for person_id, agency, team, phone, out_of_hours, _ in rows:
        teams = known.setdefault(person_id, [])
        if team:
            teams.append(TeamCard(person_id, team, agency, "", phone, out_of_hours))
    return [IndexCard(person_id, tuple(teams)) for person_id, teams in known.items()]
