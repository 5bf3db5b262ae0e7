"""Reads of users, grants and broken glass. Row security decides how much of it the viewer gets."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from wayhome.access.models import BreakGlass, Grant, HeldScope, Membership, Restriction, User
from wayhome.access.vocabulary import Basis
from wayhome.partnership.queries import team_cards


@dataclass(frozen=True, slots=True)
class WhoSees:
    """One reason why somebody may see a child. `until` None means until the facts behind it end."""

    holder: str
    agency: str
    is_team: bool
    basis: str
    reason: str
    since: datetime
    until: datetime | None
    held_back: bool


def who_sees(person_id: UUID) -> list[WhoSees]:
    """Everyone who can see this child and why, for a viewer who can; empty for others. Three queries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_who_sees(%s)", [person_id])
        rows = cursor.fetchall()
    teams = team_cards({team for _, team, *_ in rows if team})
    users = names_of({user for _, _, user, *_ in rows if user})
    return [
        WhoSees(
            holder=teams[team].name if team else users[user],
            agency=teams[team].agency if team else "",
            is_team=team is not None,
            basis=Basis(basis).label,
            reason=reason,
            since=since,
            until=until,
            held_back=held_back,
        )
        for _, team, user, basis, reason, since, until, held_back in rows
    ]


def sees(person_id: UUID) -> bool:
    """Whether the record is open to the viewer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_sees(%s)", [person_id])
        return bool(cursor.fetchone()[0])


def restriction_of(person_id: UUID) -> Restriction | None:
    """The restriction on a record, for those named."""
    return Restriction.objects.filter(person_id=person_id, lifted_at=None).first()


def names_of(user_ids: set[UUID] | set[UUID | None]) -> dict[UUID, str]:
    """Names of users by id, in one query."""
    return dict(User.objects.filter(pk__in={i for i in user_ids if i}).values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class UserCard:
    """A user as others see them: who wrote something, and for whom they work."""

    name: str
    agency: str


def user_cards(user_ids: set[UUID | None]) -> dict[UUID, UserCard]:
    """Names and agencies of users by id, in one query."""
    found = User.objects.filter(pk__in={i for i in user_ids if i}).select_related("agency")
    return {user.pk: UserCard(user.name, user.agency.name if user.agency else "") for user in found}


def open_by_glass_until(person_id: UUID, now: datetime) -> datetime | None:
    """When the record closes to a viewer who sees it only because they broke glass; None for all others."""
    held = Grant.objects.filter(person_id=person_id, valid__contains=now, held_back=False)
    grants = list(held.values_list("basis", "valid"))
    if not grants or any(basis != Basis.BREAK_GLASS for basis, _ in grants):
        return None
    return max(valid.upper for _, valid in grants)


def users() -> QuerySet[User]:
    """All accounts with their agencies, by name."""
    return User.objects.select_related("agency").order_by("name")


def colleagues_in(team_ids: set[UUID] | frozenset[UUID], now: datetime) -> list[User]:
    """Active users who are in any of these teams now, by name."""
    places = Membership.objects.filter(team_id__in=team_ids, valid__contains=now, user__is_active=True)
    return list(User.objects.filter(pk__in=places.values("user_id")).order_by("name"))


def holders_of_scope(scope: str, now: datetime) -> list[User]:
    """Active users who hold a scope now."""
    held = HeldScope.objects.filter(scope=scope, valid__contains=now, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user_id")).order_by("name"))


def glass_to_review() -> QuerySet[BreakGlass]:
    """Broken glass nobody has answered for, oldest first."""
    return (
        BreakGlass.objects.filter(reviewed_at=None)
        .select_related("user", "user__agency")
        .order_by("broken_at")
    )


def reviewed_glass() -> QuerySet[BreakGlass]:
    """Broken glass with its answer, newest first."""
    return (
        BreakGlass.objects.exclude(reviewed_at=None)
        .select_related("user", "reviewed_by")
        .order_by("-reviewed_at")
    )
