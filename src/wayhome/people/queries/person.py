"""One person, and people in a list."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wayhome.access.about import by_id
from wayhome.codelists import load
from wayhome.database.reading import Reading, answered
from wayhome.database.written_once import SOME_IDS, Ids, WrittenOnce, is_one_of
from wayhome.kernel.refusal import NotFound
from wayhome.people.models import (
    CareEpisode,
    Involvement,
    Person,
)
from wayhome.people.rules import age_is, full_name


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in a list."""

    id: UUID
    name: str
    date_of_birth: date | None
    birth_precision: str
    age: int | None
    # How like what was typed, where it was looked for: 1 is word for word.
    closeness: float = 1.0


def cards(person_ids: set[UUID] | list[UUID], on: date) -> dict[UUID, PersonCard]:
    """Cards by id of those whom the viewer may see, in one query."""
    return answered(cards_reading(person_ids, on))


def cards_reading(person_ids: set[UUID] | list[UUID], on: date) -> Reading[dict[UUID, PersonCard]]:
    """The same, to be read beside other things."""
    found = (yield from _named.reading(Ids.of(person_ids))) if person_ids else ()
    return {
        pk: PersonCard(pk, full_name(given_name, family_name), born, precision, age_is(on, born, precision))
        for pk, given_name, family_name, born, precision in found
    }


def _on_cards(ids: Ids) -> QuerySet[Person, tuple[Any, ...]]:
    return Person.objects.filter(is_one_of("pk", ids)).values_list(
        "pk", "given_name", "family_name", "date_of_birth", "birth_precision"
    )


_named = WrittenOnce(_on_cards, SOME_IDS)


def person(person_id: UUID) -> Person:
    """One person. Raises NotFound if there is none the viewer may see."""
    found = by_id(Person, person_id)
    if found is None:
        raise NotFound
    return found


def refuse_another_childs(
    kind: type[Involvement] | type[CareEpisode], thing_id: UUID, person_id: UUID
) -> None:
    """An address names a child and a thing of theirs. Raises NotFound if the thing is not this child's."""
    if not kind.objects.filter(pk=thing_id, person_id=person_id).exists():
        raise NotFound


def labels(subject: Person) -> dict[str, str]:
    """A person's coded values in words."""
    return {
        name: load(name).label(getattr(subject, name)) if getattr(subject, name) else ""
        for name in ("sex", "ethnicity", "language")
    }


def details_of(subject: Person) -> dict[str, Any]:
    """What the edit form starts from."""
    fields = ("given_name", "family_name", "date_of_birth", "birth_precision", "sex", "gender", "ethnicity")
    more = ("language", "needs_interpreter", "pronunciation", "version")
    return {field: getattr(subject, field) for field in (*fields, *more)}
