"""Who has a number or exactly a name: for imports, and to notice one child twice."""

from datetime import date
from uuid import UUID

from wayhome.kernel.partial_date import Precision
from wayhome.people.models import (
    Identifier,
    Name,
    Person,
)
from wayhome.people.queries.finding import index_cards
from wayhome.people.rules import UNKNOWN_UPNS


def is_known_to_have(number: Identifier) -> bool:
    """Whether the viewer may know that somebody has this number: they see them, or the index card tells it."""
    same = {"type": number.type, "value": number.value, "issuer": number.issuer, "valid_to": None}
    return Identifier.objects.filter(**same).exists() or bool(
        index_cards(name="", born=None, number=number.value)
    )


def sharing_numbers(known: list[Identifier]) -> list[Person]:
    """Others with one of these numbers, for one who sees both: perhaps the same child twice. One query."""
    numbers = {(each.type, each.value, each.issuer) for each in known}
    found = Identifier.objects.filter(value__in={value for _, value, _ in numbers}, valid_to=None)
    found = found.exclude(person_id__in={each.person_id for each in known}).select_related("person")
    # UN1 to UN5 say why there is no pupil number, and are true of many.
    sharing = [each for each in found if each.value not in UNKNOWN_UPNS]
    return [each.person for each in sharing if (each.type, each.value, each.issuer) in numbers]


def identifiers_of(type_: str, values: list[str], issuer: str) -> dict[str, UUID]:
    """Who has these numbers, by number: for imports."""
    found = Identifier.objects.filter(
        type=type_, value__in=values, issuer=issuer, valid_to=None, is_shared=False
    )
    return dict(found.values_list("value", "person_id"))


def exactly_named(given_name: str, family_name: str, born: date) -> list[UUID]:
    """Everybody who has or had exactly this name, in capitals or not, and this date of birth: for imports."""
    same = Name.objects.filter(
        given_name__iexact=given_name.strip(),
        family_name__iexact=family_name.strip(),
        person__date_of_birth=born,
        person__birth_precision=Precision.DAY,
    )
    return list(same.order_by("person_id").values_list("person_id", flat=True).distinct())
