"""Children's homes as their managers, link workers and coordinators see them. Row security decides which children."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from wayhome.access.policies import may
from wayhome.access.queries import names_of
from wayhome.access.roles import Scope, Verb
from wayhome.database.reading import answered
from wayhome.desk.first_page import RECENTLY
from wayhome.desk.lines import lines_of
from wayhome.desk.rules.board import Line
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries import OwnReport, clocks_of, missing_now, reported_by, rows_with_all, unfinished
from wayhome.partnership.queries import TeamCard, home, homes_linked_to, links, team_cards, teams
from wayhome.partnership.vocabulary import TeamKind
from wayhome.people.masked import homes_kept_from, told_residents
from wayhome.people.pack import pack_days, reasons_to_check
from wayhome.people.rules import PackReason, age_is, age_words


@dataclass(frozen=True, slots=True)
class Linked:
    """A link worker of a home."""

    link_id: UUID
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A home in the list."""

    home: TeamCard
    residents: int
    missing_now: int
    packs_to_check: int
    linked: list[Linked]


@dataclass(frozen=True, slots=True)
class Resident:
    """A child who lives in a home now."""

    person_id: UUID
    name: str
    age: str
    since: date
    placed_by: str
    episode_id: UUID | None
    pack: PackReason | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything on the page of a home."""

    home: TeamCard
    linked: list[Linked]
    residents: list[Resident]
    lines: list[Line]
    reports: list[OwnReport]
    pack_days: int

    @property
    def to_check(self) -> list[Resident]:
        """Residents whose pack has to be read through."""
        return [each for each in self.residents if each.pack]


def home_ids_of(viewer: Viewer, on: date) -> set[UUID]:
    """The homes whose pages are open to the viewer: their own, those they are linked to, all for a coordinator."""
    every = {each.pk for each in teams(on, kind=TeamKind.HOME)}
    if viewer.has(Scope.COORDINATOR):
        return every
    own = set(viewer.team_ids) if viewer.has(Scope.HOME_STAFF) else set()
    return every & (own | homes_linked_to(viewer.known_user_id, on))


def homes(viewer: Viewer, now: datetime) -> list[HomeRow]:
    """The homes that the viewer may open, in as many queries however many there are."""
    today = london_day(now)
    cards = team_cards(home_ids_of(viewer, today))
    residents = told_residents(set(cards), viewer, today)
    ids = [care.person_id for care in residents]
    gone = missing_now(ids)
    packs = reasons_to_check(ids, on=today, days=pack_days(viewer.partnership_id))
    linked = linked_to(set(cards), today)
    return [
        HomeRow(
            home=card,
            residents=sum(care.home_team_id == card.id for care in residents),
            missing_now=sum(care.home_team_id == card.id and care.person_id in gone for care in residents),
            packs_to_check=sum(
                care.home_team_id == card.id and care.person_id in packs for care in residents
            ),
            linked=linked.get(card.id, []),
        )
        for card in sorted(cards.values(), key=lambda card: (card.name, card.agency))
    ]


def linked_to(home_ids: set[UUID], on: date) -> dict[UUID, list[Linked]]:
    """The link workers of these homes, by home. Two queries."""
    found = links(home_ids, on)
    names = names_of({link.user_id for link in found})
    linked: dict[UUID, list[Linked]] = {}
    for link in found:
        made = Linked(link.pk, names.get(link.user_id, ""), link.valid.lower)
        linked.setdefault(link.home_id, []).append(made)
    return linked


def home_page(home_id: UUID, viewer: Viewer, now: datetime) -> HomePage:
    """One home, in as many queries for every home. Raises NotFound if it is none, or not open to the viewer."""
    today = london_day(now)
    if home(home_id).pk not in home_ids_of(viewer, today):
        raise NotFound
    days = pack_days(viewer.partnership_id)
    residents = residents_now(home_id, viewer, today, days)
    is_of_the_home = may(viewer, Verb.REPORT_MISSING) and home_id in viewer.team_ids
    return HomePage(
        home=team_cards({home_id})[home_id],
        linked=linked_to({home_id}, today).get(home_id, []),
        residents=residents,
        lines=_lines(home_id, [each.person_id for each in residents], viewer, now),
        reports=answered(reported_by(viewer, now - RECENTLY)) if is_of_the_home else [],
        pack_days=days,
    )


def residents_now(home_id: UUID, viewer: Viewer, on: date, days: int) -> list[Resident]:
    """The children of a home whom the viewer sees. Six queries or fewer."""
    care = told_residents({home_id}, viewer, on)
    ids = [each.person_id for each in care]
    gone, packs = missing_now(ids), reasons_to_check(ids, on=on, days=days)
    return [
        Resident(
            person_id=each.person_id,
            name=str(each.person),
            age=age_words(
                age_is(on, each.person.date_of_birth, each.person.birth_precision),
                each.person.birth_precision,
            ),
            since=each.started_on,
            placed_by=each.placed_by,
            episode_id=gone[each.person_id].pk if each.person_id in gone else None,
            pack=packs.get(each.person_id),
        )
        for each in care
    ]


def _lines(home_id: UUID, person_ids: Collection[UUID], viewer: Viewer, now: datetime) -> list[Line]:
    """Unfinished episodes from this home, and of the children who live in it now, those missing first."""
    of_home = Q(home_team_id=home_id) | Q(person_id__in=person_ids)
    found = list(unfinished().filter(of_home))
    kept = homes_kept_from(viewer, [each.person_id for each in found])
    told = [each for each in found if (each.person_id, home_id) not in kept]
    lines = lines_of(rows_with_all(told, clocks_of(viewer.partnership_id), viewer, now), viewer, now)[0]
    return sorted(lines, key=lambda line: not line.is_missing_now)
