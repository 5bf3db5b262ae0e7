"""Reads of the partnership. None of it is about a child."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from wayhome.database.reading import Reading, answered
from wayhome.database.written_once import SOME_IDS, SOMEBODY, Ids, WrittenOnce, is_one_of
from wayhome.kernel.refusal import NotFound
from wayhome.partnership.models import Agency, Body, FormerName, HomeLink, Partnership, Setting, Team
from wayhome.partnership.vocabulary import NounKind, TeamKind


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as others see it: its name, whose it is, and whom to ring."""

    id: UUID
    name: str
    agency: str
    kind: str
    phone: str
    out_of_hours_phone: str


def the_partnership() -> Partnership | None:
    """The partnership of this installation; None before it is set up."""
    return Partnership.objects.order_by("pk").first()


def settings_of(partnership_id: UUID | None) -> dict[str, Any]:
    """The clocks and thresholds this partnership set for itself, by key; none where there is no partnership."""
    return answered(settings_reading(partnership_id))


def settings_reading(partnership_id: UUID | None) -> Reading[dict[str, Any]]:
    """The same, to be read beside other things."""
    if partnership_id is None:
        return {}
    found = yield from _settings.reading(partnership_id)
    return {key: json.loads(value) for key, value in found}


def _settings_of(partnership_id: UUID) -> QuerySet[Setting, tuple[Any, ...]]:
    found = Setting.objects.filter(partnership_id=partnership_id)
    return found.values_list("key", Cast("value", TextField()))


_settings = WrittenOnce(_settings_of, SOMEBODY)


def sources_of(partnership_id: UUID) -> dict[str, str]:
    """The local documents behind the settings of a partnership, by key."""
    return dict(Setting.objects.filter(partnership_id=partnership_id).values_list("key", "source"))


def agencies(on: date) -> QuerySet[Agency]:
    """Agencies that exist on a day, by name."""
    return Agency.objects.filter(valid__contains=on).order_by("name")


def teams(on: date, *, kind: TeamKind | None = None) -> QuerySet[Team]:
    """Teams that exist on a day with their agencies, by agency and name."""
    found = Team.objects.filter(valid__contains=on).select_related("agency").order_by("agency__name", "name")
    return found.filter(kind=kind) if kind else found


def bodies(on: date) -> QuerySet[Body]:
    """Bodies that exist on a day, by name."""
    return Body.objects.filter(valid__contains=on).select_related("reports_to").order_by("name")


@dataclass(frozen=True, slots=True)
class Listed:
    """An agency, team or body that is there, or will be, with its earlier names and what is under it."""

    noun: Agency | Team | Body
    former: list[FormerName]
    under: list["Listed"]


@dataclass(frozen=True, slots=True)
class Directory:
    """Who makes up a partnership, and whom to ring."""

    agencies: list[Listed]
    bodies: list[Listed]


def directory(on: date) -> Directory:
    """Agencies with their teams, and bodies under those they report to: all that are not closed. Four queries."""
    former = former_names()
    teams = _not_closed(Team.objects.order_by("name"), on)
    agencies = [
        Listed(
            agency,
            former.get(agency.pk, []),
            [Listed(team, former.get(team.pk, []), []) for team in teams if team.agency_id == agency.pk],
        )
        for agency in _not_closed(Agency.objects.order_by("name"), on)
    ]
    return Directory(agencies, _tree(_not_closed(Body.objects.order_by("name"), on), None, former))


N = TypeVar("N", Agency, Team, Body)


def _not_closed(nouns: QuerySet[N], on: date) -> list[N]:
    return list(nouns.filter(Q(valid__endswith__gt=on) | Q(valid__upper_inf=True)))


def _tree(bodies: list[Body], above: UUID | None, former: dict[UUID, list[FormerName]]) -> list[Listed]:
    """Bodies by whom they report to. One that reports to a closed body stands at the top."""
    known = {body.pk for body in bodies}
    here = [
        body
        for body in bodies
        if body.reports_to_id == above or (above is None and body.reports_to_id not in known)
    ]
    return [Listed(body, former.get(body.pk, []), _tree(bodies, body.pk, former)) for body in here]


def noun_called(noun: str, noun_id: UUID) -> Agency | Team | Body:
    """One agency, team or body. Raises NotFound."""
    kinds: dict[str, QuerySet[Agency] | QuerySet[Team] | QuerySet[Body]] = {
        NounKind.AGENCY: Agency.objects.all(),
        NounKind.TEAM: Team.objects.select_related("agency"),
        NounKind.BODY: Body.objects.all(),
    }
    found = kinds[noun].filter(pk=noun_id).first() if noun in kinds else None
    if found is None:
        raise NotFound
    return found


def team_cards(ids: set[UUID] | frozenset[UUID]) -> dict[UUID, TeamCard]:
    """Cards of teams by id, in one query."""
    return answered(team_cards_reading(ids))


def team_cards_reading(ids: Collection[UUID]) -> Reading[dict[UUID, TeamCard]]:
    """The same, to be read beside other things."""
    found = (yield from _on_cards.reading(Ids.of(ids))) if ids else ()
    return {card[0]: TeamCard(*card) for card in found}


def _cards_of(ids: Ids) -> QuerySet[Team, tuple[Any, ...]]:
    found = Team.objects.filter(is_one_of("pk", ids))
    return found.values_list("pk", "name", "agency__name", "kind", "phone", "out_of_hours_phone")


_on_cards = WrittenOnce(_cards_of, SOME_IDS)


def team_ids(*, kind: TeamKind, on: date) -> list[UUID]:
    """The teams of one kind on a day: whom to tell."""
    return list(teams(on, kind=kind).values_list("pk", flat=True))


def homes_run_by(ids: set[UUID]) -> list[tuple[UUID, UUID, str]]:
    """By whom homes are run: each team with its agency and the kind of that agency, in one query if there are any."""
    found = Team.objects.filter(pk__in=ids).values_list("pk", "agency_id", "agency__kind")
    return list(found) if ids else []


def homes_by_urn(on: date) -> dict[str, UUID]:
    """Children's homes that exist on a day by Ofsted's number."""
    return dict(teams(on, kind=TeamKind.HOME).exclude(urn="").values_list("urn", "pk"))


def name_on(noun_id: UUID, on: date, *, name_now: str) -> str:
    """What an agency, team or body was called on a day."""
    former = FormerName.objects.filter(Q(noun_id=noun_id), valid__contains=on).first()
    return former.name if former else name_now


def former_names() -> dict[UUID, list[FormerName]]:
    """All former names by whose they were, newest first."""
    found: dict[UUID, list[FormerName]] = {}
    for former in FormerName.objects.order_by("-valid"):
        found.setdefault(former.noun_id, []).append(former)
    return found


def home(home_id: UUID) -> Team:
    """One children's home. Raises NotFound."""
    found = Team.objects.select_related("agency").filter(pk=home_id, kind=TeamKind.HOME).first()
    if found is None:
        raise NotFound
    return found


def links(home_ids: set[UUID], on: date) -> list[HomeLink]:
    """Who is linked to these homes on a day, the first linked first. One query."""
    return list(HomeLink.objects.filter(home_id__in=home_ids, valid__contains=on).order_by("valid", "pk"))


def homes_linked_to(user_id: UUID, on: date) -> set[UUID]:
    """The homes that a user is linked to on a day, in one query."""
    found = HomeLink.objects.filter(user_id=user_id, valid__contains=on)
    return set(found.values_list("home_id", flat=True))


def link_of(home_id: UUID, link_id: UUID) -> HomeLink:
    """One link of a home that is not over. Raises NotFound."""
    found = (
        HomeLink.objects.select_related("home")
        .filter(pk=link_id, home_id=home_id, valid__upper_inf=True)
        .first()
    )
    if found is None:
        raise NotFound
    return found
