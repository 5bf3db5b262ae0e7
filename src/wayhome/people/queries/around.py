"""Who and what is around a child."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wayhome.access.about import about, about_each
from wayhome.access.queries import names_of
from wayhome.database.reading import Reading, answered
from wayhome.database.written_once import ON_SOME_DAY, SOME_IDS, SOMEBODY, Ids, WrittenOnce, is_one_of
from wayhome.partnership.queries import TeamCard, team_cards
from wayhome.people.models import (
    Address,
    CareEpisode,
    Identifier,
    Involvement,
    Name,
    Person,
    Relationship,
)
from wayhome.people.queries.person import cards
from wayhome.people.rules import age_is
from wayhome.people.vocabulary import AddressKind, NameKind


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


def surroundings(subject: Person, on: date) -> Surroundings:
    """All that the overview shows about a person, in three queries or fewer however much there is."""
    kinds = (Identifier, Name, Address, CareEpisode, Relationship, Involvement)
    numbers, names, addresses, care, relationships, involvements = about_each(kinds, subject.pk)
    return Surroundings(
        person=subject,
        age=age_is(on, subject.date_of_birth, subject.birth_precision),
        other_names=[name for name in names if name.kind != NameKind.CURRENT],
        identifiers=sorted((n for n in numbers if n.valid_to is None), key=lambda number: number.type),
        addresses=_newest_first(addresses),
        care=sorted(
            care,
            key=lambda stay: (stay.started_on, stay.ended_on or date.max),
            reverse=True,
        ),
        workers=_workers(involvements),
        relationships=sorted(relationships, key=lambda relation: (relation.kind, relation.name)),
    )


def _newest_first(found: Iterable[Any]) -> list[Any]:
    """Facts with a period of days, by when it began."""
    return sorted(found, key=lambda fact: (fact.valid.lower or date.min, fact.pk), reverse=True)


def workers(person_id: UUID) -> list[Worker]:
    """The agencies that work or worked with a child, the lead first. Three queries."""
    return _workers(about(Involvement, person_id))


def _workers(found: Iterable[Involvement]) -> list[Worker]:
    involvements = sorted(_newest_first(found), key=lambda i: not i.is_lead)
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
    return answered(leads_reading(person_ids, on))


def leads_reading(person_ids: list[UUID], on: date) -> Reading[dict[UUID, tuple[UUID, UUID | None]]]:
    """The same, to be read beside other things."""
    rows = yield from _leads.reading(Ids.of(person_ids), on)
    return {person_id: (team_id, worker_id) for person_id, team_id, worker_id in rows}


def _leading(ids: Ids, on: date) -> QuerySet[Involvement, tuple[Any, ...]]:
    leads = Involvement.objects.filter(is_one_of("person_id", ids), is_lead=True, valid__contains=on)
    return leads.values_list("person_id", "team_id", "worker_id")


_leads = WrittenOnce(_leading, SOME_IDS, ON_SOME_DAY)


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


def led_by(user_id: UUID | None, team_ids: Collection[UUID], on: date) -> Reading[list[UUID]]:
    """Children whom this user leads, or whose leading team is one of these and has named nobody. One query."""
    found = yield from _led.reading(user_id, Ids.of(team_ids), on)
    return [person_id for (person_id,) in found]


def _led_by(user_id: UUID | None, team_ids: Ids, on: date) -> QuerySet[Involvement, tuple[UUID]]:
    nobody_named = Q(is_one_of("team_id", team_ids), worker=None)
    found = Involvement.objects.filter(is_lead=True, valid__contains=on)
    return found.filter(nobody_named | Q(worker_id=user_id)).values_list("person_id")


_led = WrittenOnce(_led_by, SOMEBODY, SOME_IDS, ON_SOME_DAY)
