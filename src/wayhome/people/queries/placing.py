"""Where children are placed, and by whom."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wayhome.database.written_once import SOME_IDS, Ids, WrittenOnce, is_one_of
from wayhome.people.models import (
    CareEpisode,
    PlanStatus,
)
from wayhome.people.vocabulary import PlanKind


def residents_of(team_ids: set[UUID] | frozenset[UUID], on: date) -> list[CareEpisode]:
    """Children placed in these homes now."""
    return list(
        CareEpisode.objects.filter(home_team_id__in=team_ids, ended_on=None, started_on__lte=on)
        .select_related("person")
        .order_by("person__family_name", "person__given_name")
    )


def _protected(ids: Ids) -> QuerySet[PlanStatus, tuple[Any, ...]]:
    found = PlanStatus.objects.filter(is_one_of("person_id", ids), kind=PlanKind.CHILD_PROTECTION)
    return found.values_list("person_id", "valid")


def _placed_away(ids: Ids) -> QuerySet[CareEpisode, tuple[Any, ...]]:
    found = CareEpisode.objects.filter(is_one_of("person_id", ids)).exclude(placed_by="", placed_in="")
    return found.values_list("person_id", "started_on", "ended_on", "placed_by", "placed_in")


# Child protection plans that these people have or had: whose, and over which days.
protected = WrittenOnce(_protected, SOME_IDS)
# Placements of these people in another area, or made here by another authority: whose, the first day, the day it
# ended, and the name of the authority that placed, and of the area.
placed_out_of_area = WrittenOnce(_placed_away, SOME_IDS)


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
