"""Reads about people. Row security has already left out everyone the viewer may not see."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from wayhome.access.about import about
from wayhome.access.queries import names_of
from wayhome.audit.queries import draft
from wayhome.codelists import load
from wayhome.kernel.partial_date import Precision
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import TeamCard, team_cards
from wayhome.people.models import (
    Address,
    CareEpisode,
    Identifier,
    Involvement,
    Name,
    Person,
    PlanStatus,
    Relationship,
)
from wayhome.people.rules import UNKNOWN_UPNS, age_is
from wayhome.people.vocabulary import AddressKind, IdentifierType, NameKind


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in a list."""

    id: UUID
    name: str
    date_of_birth: date | None
    birth_precision: str
    age: int | None


@dataclass(frozen=True, slots=True)
class IndexCard:
    """A child is known, and whom to ring. No content."""

    person_id: UUID
    teams: tuple[TeamCard, ...]


@dataclass(frozen=True, slots=True)
class Worker:
    """A team's work with a child."""

    id: UUID
    team: TeamCard
    worker: str
    service: str
    is_lead: bool
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything about a person that their overview shows."""

    person: Person
    age: int | None
    other_names: list[Name]
    identifiers: list[Identifier]
    addresses: list[Address]
    care: list[CareEpisode]
    workers: list[Worker]
    relationships: list[Relationship]

    @property
    def lead(self) -> Worker | None:
        """The lead professional."""
        return next((worker for worker in self.workers if worker.is_lead and worker.until is None), None)

    @property
    def placement(self) -> CareEpisode | None:
        """The present placement, if the child is looked after."""
        return next((care for care in self.care if care.ended_on is None), None)

    @property
    def home_address(self) -> Address | None:
        """The present home address."""
        return next((a for a in self.addresses if a.kind == AddressKind.HOME and a.valid.upper is None), None)


def card(person: Person, on: date) -> PersonCard:
    """A person as lists show them."""
    age = age_is(on, person.date_of_birth, person.birth_precision)
    return PersonCard(person.pk, str(person), person.date_of_birth, person.birth_precision, age)


def cards(person_ids: set[UUID] | list[UUID], on: date) -> dict[UUID, PersonCard]:
    """Cards by id of those whom the viewer may see, in one query."""
    return {person.pk: card(person, on) for person in Person.objects.filter(pk__in=person_ids)}


def person(person_id: UUID) -> Person:
    """One person. Raises NotFound if there is none the viewer may see."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise NotFound
    return found


def refuse_another_childs(
    kind: type[Involvement] | type[CareEpisode], thing_id: UUID, person_id: UUID
) -> None:
    """An address names a child and a thing of theirs. Raises NotFound if the thing is not this child's."""
    if not kind.objects.filter(pk=thing_id, person_id=person_id).exists():
        raise NotFound


def surroundings(subject: Person, on: date) -> Surroundings:
    """All that the overview shows about a person, in eight queries however much there is."""
    identifiers = (number for number in about(Identifier, subject.pk) if number.valid_to is None)
    return Surroundings(
        person=subject,
        age=age_is(on, subject.date_of_birth, subject.birth_precision),
        other_names=[name for name in about(Name, subject.pk) if name.kind != NameKind.CURRENT],
        identifiers=sorted(identifiers, key=lambda number: number.type),
        addresses=_newest_first(about(Address, subject.pk)),
        care=sorted(
            about(CareEpisode, subject.pk),
            key=lambda care: (care.started_on, care.ended_on or date.max),
            reverse=True,
        ),
        workers=workers(subject.pk),
        relationships=sorted(
            about(Relationship, subject.pk), key=lambda relation: (relation.kind, relation.name)
        ),
    )


def _newest_first(found: Iterable[Any]) -> list[Any]:
    """Facts with a period of days, by when it began."""
    return sorted(found, key=lambda fact: (fact.valid.lower or date.min, fact.pk), reverse=True)


def workers(person_id: UUID) -> list[Worker]:
    """The agencies that work or worked with a child, the lead first. Three queries."""
    involvements = sorted(_newest_first(about(Involvement, person_id)), key=lambda i: not i.is_lead)
    teams = team_cards({i.team_id for i in involvements})
    names = names_of({i.worker_id for i in involvements})
    return [
        Worker(
            i.pk,
            teams[i.team_id],
            names.get(i.worker_id, "") if i.worker_id else "",
            i.service,
            i.is_lead,
            i.valid.lower,
            i.valid.upper,
        )
        for i in involvements
    ]


def lead_team_ids(person_ids: list[UUID], on: date) -> dict[UUID, tuple[UUID, UUID | None]]:
    """The lead professional's team and user by person, in one query."""
    leads = Involvement.objects.filter(person_id__in=person_ids, is_lead=True, valid__contains=on)
    rows = leads.values_list("person_id", "team_id", "worker_id")
    return {person_id: (team_id, worker_id) for person_id, team_id, worker_id in rows}


def residents_of(team_ids: set[UUID] | frozenset[UUID], on: date) -> list[CareEpisode]:
    """Children placed in these homes now."""
    return list(
        CareEpisode.objects.filter(home_team_id__in=team_ids, ended_on=None, started_on__lte=on)
        .select_related("person")
        .order_by("person__family_name", "person__given_name")
    )


def plans_of(person_ids: set[UUID], kind: str) -> QuerySet[PlanStatus]:
    """Plans of one kind that these people have or had."""
    return PlanStatus.objects.filter(person_id__in=person_ids, kind=kind).only("person_id", "valid")


def placed_out_of_area(person_ids: set[UUID]) -> QuerySet[CareEpisode]:
    """Placements of these people in another area, or made here by another authority, with its name."""
    found = CareEpisode.objects.filter(person_id__in=person_ids).exclude(placed_by="", placed_in="")
    return found.only("person_id", "started_on", "ended_on", "placed_by", "placed_in")


def placement_on(person_id: UUID, on: date) -> CareEpisode | None:
    """Where a looked-after child was placed on a day; None if not looked after."""
    found = CareEpisode.objects.filter(person_id=person_id, started_on__lte=on).order_by(
        "-started_on", "-ended_on"
    )
    return next((care for care in found if care.ended_on is None or care.ended_on > on), None)


def placed_away_of(person_id: UUID) -> list[tuple[date, date | None]]:
    """When the child was placed away from their own authority's area: first day, and the day it ended."""
    care = CareEpisode.objects.filter(person_id=person_id).exclude(placed_by="", placed_in="")
    return list(care.order_by("started_on").values_list("started_on", "ended_on"))


def homes_between(person_id: UUID, since: date, until: date) -> set[UUID]:
    """The homes of ours in which a child lived on any of these days, in one query."""
    lived = CareEpisode.objects.filter(person_id=person_id, started_on__lte=until, home_team__isnull=False)
    ends = lived.filter(Q(ended_on=None) | Q(ended_on__gte=since)).values_list("home_team_id", flat=True)
    return {team_id for team_id in ends if team_id}


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
    found |= {
        person.pk: card(person, on) for person in Person.objects.raw(SEARCH, [words_typed, year, at_most])
    }
    return list(found.values())


# The function has applied the rule of the policies inside, where it can be fast; they apply once more to the cards.
SEARCH = """
SELECT p.id, p.given_name, p.family_name, p.date_of_birth, p.birth_precision
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


def labels(subject: Person) -> dict[str, str]:
    """A person's coded values in words."""
    return {
        name: load(name).label(getattr(subject, name)) if getattr(subject, name) else ""
        for name in ("sex", "ethnicity", "language")
    }


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


@dataclass(frozen=True, slots=True)
class ChildOfReturn:
    """Who a child is, for the looked-after return. `number` is the council's own, blank if there is none."""

    person_id: UUID
    number: str
    sex: str
    born_on: date | None
    ethnicity: str
    upn: str
    is_mother: bool | None
    own_child_born_on: date | None


_CHILDREN_OF_RETURN = """
SELECT p.id, coalesce(n.value, '') AS number, p.sex, CASE WHEN p.birth_precision = 'day' THEN p.date_of_birth END,
    p.ethnicity, coalesce(u.value, ''), p.is_mother, p.own_child_born_on
FROM people_person p
LEFT JOIN LATERAL (
    SELECT value FROM people_identifier WHERE person_id = p.id AND type = %(number)s AND issuer = %(issuer)s
        AND valid_to IS NULL ORDER BY id LIMIT 1) n ON true
LEFT JOIN LATERAL (
    SELECT value FROM people_identifier WHERE person_id = p.id AND type = %(upn)s AND valid_to IS NULL
    ORDER BY is_verified DESC NULLS LAST, value LIMIT 1) u ON true
WHERE p.id = ANY (%(also)s) OR EXISTS (
    SELECT FROM people_careepisode c WHERE c.person_id = p.id AND c.placed_by = '' AND c.started_on <= %(last)s
        AND coalesce(c.ended_on, 'infinity') >= %(first)s)
ORDER BY length(coalesce(n.value, '')), coalesce(n.value, ''), p.id
"""


def looked_after(
    issuer: str, first: date, last: date, *, also: list[UUID], at_once: int = 2_000
) -> Iterator[list[ChildOfReturn]]:
    """Children in care on any of these days, and those named in `also`, some at a time, by the issuer's number.

    The birth date is given only where the day is known, because the return has no other.
    """
    asked: dict[str, Any] = {
        "number": IdentifierType.LA_CHILD_ID,
        "upn": IdentifierType.UPN,
        "issuer": issuer,
        "first": first,
        "last": last,
        "also": also,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN_OF_RETURN, asked)
        while rows := cursor.fetchmany(at_once):
            yield [ChildOfReturn(*row) for row in rows]


class CareOfReturn(NamedTuple):
    """One episode of care, for the looked-after return."""

    started_on: date
    start_reason: str
    legal_status: str
    need: str
    placement: str
    placement_provider: str
    ended_on: date | None
    end_reason: str
    placement_change_reason: str
    home_postcode: str
    placement_postcode: str
    urn: str


def care_of_many(person_ids: list[UUID]) -> dict[UUID, list[CareOfReturn]]:
    """All episodes of care of these people, the first first, in one query.

    A child whom another authority placed here is in that authority's return, not in ours.
    """
    rows = CareEpisode.objects.filter(person_id__in=person_ids, placed_by="").order_by(
        "started_on", "ended_on"
    )
    found: dict[UUID, list[CareOfReturn]] = {}
    for person_id, *care in rows.values_list("person_id", *CareOfReturn._fields):
        found.setdefault(person_id, []).append(CareOfReturn(*care))
    return found


def placed_here_by_others(person_ids: list[UUID]) -> dict[UUID, list[tuple[date, date | None]]]:
    """When these people were in care that another authority answers for: first day, and the day it ended. One query."""
    found: dict[UUID, list[tuple[date, date | None]]] = {}
    rows = CareEpisode.objects.filter(person_id__in=person_ids).exclude(placed_by="")
    for person_id, since, until in rows.values_list("person_id", "started_on", "ended_on"):
        found.setdefault(person_id, []).append((since, until))
    return found


def details_of(subject: Person) -> dict[str, Any]:
    """What the edit form starts from."""
    fields = ("given_name", "family_name", "date_of_birth", "birth_precision", "sex", "gender", "ethnicity")
    more = ("language", "needs_interpreter", "pronunciation", "version")
    return {field: getattr(subject, field) for field in (*fields, *more)}


def known_names(person_id: UUID, on: date) -> list[tuple[str, str]]:
    """Names that may be mentioned when a child talks, with whose they are: the child's other names, and the people
    around them whose record the viewer sees or who have a name of their own. Three queries.
    """
    own = [
        (str(each), each.get_kind_display())
        for each in Name.objects.filter(person_id=person_id).exclude(kind=NameKind.CURRENT)
    ]
    around = list(Relationship.objects.filter(person_id=person_id))
    seen = cards({each.other_id for each in around if each.other_id}, on)
    theirs = [
        (seen[each.other_id].name if each.other_id in seen else each.name, each.get_kind_display())
        for each in around
    ]
    return [(words, whose) for words, whose in dict([*theirs, *own]).items() if words.strip()]


def led_by(user_id: UUID | None, team_ids: Collection[UUID], on: date) -> list[UUID]:
    """Children whom this user leads, or whose leading team is one of these and has named nobody. One query."""
    nobody_named = Q(worker=None, team_id__in=list(team_ids))
    found = Involvement.objects.filter(is_lead=True, valid__contains=on)
    return list(found.filter(nobody_named | Q(worker_id=user_id)).values_list("person_id", flat=True))
