"""Reads of users, grants and broken glass. Row security decides how much of it the viewer gets."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from wayhome.access.about import about
from wayhome.access.models import BreakGlass, Grant, HeldScope, Membership, Restriction, User
from wayhome.access.roles import BY_SCOPE
from wayhome.access.vocabulary import Basis
from wayhome.database.reading import Reading
from wayhome.database.written_once import AT_SOME_TIME, SOME_IDS, SOMEBODY, Ids, WrittenOnce, is_one_of
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import team_cards


@dataclass(frozen=True, slots=True)
class WhoSees:
    """One reason why somebody may see a child. `until` None means until the facts behind it end."""

    holder_id: UUID
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
            holder_id=team or user,
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


def who_could_be_named(seen_by: list[WhoSees], now: datetime) -> list[tuple[UUID, str]]:
    """Users who see a child by themselves or through a team: those whom a restriction may name. By name."""
    teams = {each.holder_id for each in seen_by if each.is_team}
    people = {each.holder_id for each in seen_by if not each.is_team}
    places = Membership.objects.filter(team_id__in=teams, valid__contains=now)
    found = users().filter(Q(pk__in=places.values("user_id")) | Q(pk__in=people), is_active=True)
    return [(user.pk, f"{user.name}, {user.agency.name}" if user.agency else user.name) for user in found]


def teams_holding(person_id: UUID, basis: Basis, *, viewer: Viewer, now: datetime) -> set[UUID]:
    """The teams that hold a record on one basis, for as long as they have work: for one who sees it."""
    if viewer.user_id is None:
        held = Grant.objects.filter(
            person_id=person_id, basis=basis, valid__contains=now, valid__endswith=None
        )
        return set(held.filter(team__isnull=False).values_list("team_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT team_id FROM access_who_sees(%s) WHERE basis = %s AND ends IS NULL AND team_id IS NOT NULL",
            [person_id, basis],
        )
        return {team_id for (team_id,) in cursor.fetchall()}


def holders_of(person_id: UUID) -> set[UUID]:
    """The teams and users to whom a record is open now: for one who sees it, and nothing for others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(team_id, user_id) FROM access_who_sees(%s) WHERE NOT held_back", [person_id]
        )
        return {holder for (holder,) in cursor.fetchall()}


def holders_for_good(person_id: UUID, basis: Basis) -> set[UUID]:
    """Who holds a record on one basis without an end: for one who sees it, and nothing for others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(team_id, user_id) FROM access_who_sees(%s) WHERE basis = %s AND ends IS NULL",
            [person_id, basis],
        )
        return {holder for (holder,) in cursor.fetchall()}


def is_one_of_those_seen(person: str) -> Func:
    """For lists that row security would have to look through whole: a condition on the column that names a person, by
    which the database goes from the viewer's own grants to their rows by index. The policy is asked all the same.

    For the application only: the worker, who is held by no grants, sees people without any.
    """
    return is_among(person, Grant.objects.order_by().values("person_id"))


def is_worked_with(person: str) -> Exists:
    """Whether the viewer sees whom a column names for more than their own report or a worry to be screened."""
    held = Grant.objects.filter(person_id=OuterRef(person))
    return Exists(held.exclude(basis__in=(Basis.REPORT, Basis.REFERRAL)))


def is_known_otherwise(person: str) -> Exists:
    """Whether the viewer sees whom a column names for another reason than that they reported them missing."""
    return Exists(Grant.objects.filter(person_id=OuterRef(person)).exclude(basis=Basis.REPORT))


def is_among(column: str, found: QuerySet[Any, Any]) -> Func:
    """Whether a column is among what another query finds, which is asked first and once: by index from there."""
    return Func(
        F(column),
        ArraySubquery(found),
        arg_joiner=" = ANY (",
        template="%(expressions)s)",
        output_field=BooleanField(),
    )


def sees(person_id: UUID) -> bool:
    """Whether the record is open to the viewer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_sees(%s)", [person_id])
        return bool(cursor.fetchone()[0])


def known_by_more_than_a_report(person_ids: set[UUID]) -> set[UUID]:
    """Whom of these people the viewer sees for another reason than that they reported them missing. One query."""
    return {person_id for (person_id,) in _held_otherwise(Ids.of(person_ids))}


def _held_but_for_a_report(ids: Ids) -> QuerySet[Grant, tuple[UUID]]:
    held = Grant.objects.filter(is_one_of("person_id", ids)).exclude(basis=Basis.REPORT)
    return held.values_list("person_id")


def _held_by_a_report(user_id: UUID | None) -> QuerySet[Grant, tuple[UUID]]:
    return Grant.objects.filter(holder=user_id, basis=Basis.REPORT).values_list("person_id")


_held_otherwise = WrittenOnce(_held_but_for_a_report, SOME_IDS)
_reported = WrittenOnce(_held_by_a_report, SOMEBODY)


def seen_by_a_report_alone(person_ids: set[UUID], viewer: Viewer) -> set[UUID]:
    """Whom of these people the viewer sees for no other reason than that they reported them missing. One query, and
    another for those whom they reported.
    """
    if viewer.is_machine:
        return set()
    reported = person_ids.intersection(person_id for (person_id,) in _reported(viewer.user_id))
    return reported - known_by_more_than_a_report(reported) if reported else set()


def works_with(person_id: UUID) -> bool:
    """Whether the viewer sees a child for more than their own report or a worry to be screened. One query."""
    held = Grant.objects.filter(person_id=person_id)
    return held.exclude(basis__in=(Basis.REPORT, Basis.REFERRAL)).exists()


def restriction_of(person_id: UUID) -> Restriction | None:
    """The restriction on a record, for those named."""
    return Restriction.objects.filter(person_id=person_id, lifted_at=None).first()


def is_restricted(person_id: UUID) -> bool:
    """Whether a record is restricted, as far as the viewer may know."""
    return any(each.lifted_at is None for each in about(Restriction, person_id))


def names_of(user_ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Names of users by id, in one query."""
    return {user_id: card.name for user_id, card in user_cards(user_ids).items()}


@dataclass(frozen=True, slots=True)
class UserCard:
    """A user as others see them: who wrote something, and for whom they work."""

    name: str
    agency: str


def user_cards(user_ids: Collection[UUID | None]) -> dict[UUID, UserCard]:
    """Names and agencies of users by id, in one query."""
    asked = {user_id for user_id in user_ids if user_id}
    rows = _named(Ids.of(asked)) if asked else []
    return {user_id: UserCard(name, agency or "") for user_id, name, agency in rows}


def _names_of_users(ids: Ids) -> QuerySet[User, tuple[Any, ...]]:
    return User.objects.filter(is_one_of("pk", ids)).values_list("pk", "name", "agency__name")


_named = WrittenOnce(_names_of_users, SOME_IDS)


def open_by_glass_until(person_id: UUID, now: datetime) -> datetime | None:
    """When the record closes to a viewer who sees it only because they broke glass; None for all others."""
    grants = _opened_by(person_id, now)
    if not grants or any(basis != Basis.BREAK_GLASS for basis, _ in grants):
        return None
    latest: datetime = max(valid.upper for _, valid in grants)
    return latest


def _opening(person_id: UUID, now: datetime) -> QuerySet[Grant, tuple[Any, ...]]:
    held = Grant.objects.filter(person_id=person_id, valid__contains=now, held_back=False)
    return held.values_list("basis", "valid")


_opened_by = WrittenOnce(_opening, SOMEBODY, AT_SOME_TIME)


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


def glass_to_review_count() -> Reading[int]:
    """How many times glass was broken that nobody has answered for. One query."""
    return _to_review.count()


_to_review = WrittenOnce(lambda: BreakGlass.objects.filter(reviewed_at=None).values_list("pk"))


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


@dataclass(frozen=True, slots=True)
class GlassLine:
    """One breaking of glass for the reviewers. Says nothing about the child but whether it is open to them too."""

    broken: BreakGlass
    is_open_to_viewer: bool


def glass_lines(broken: Iterable[BreakGlass]) -> list[GlassLine]:
    """Broken glass with whether the viewer sees the child as well, in two queries."""
    found = list(broken)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked FROM unnest(%s::uuid[]) asked WHERE access_sees(asked)",
            [list({each.person_id for each in found})],
        )
        seen = {row[0] for row in cursor.fetchall()}
    return [GlassLine(each, each.person_id in seen) for each in found]


@dataclass(frozen=True, slots=True)
class Account:
    """An account in the list."""

    user: User
    roles: list[str]
    teams: list[str]


def accounts(typed: str = "", *, now: datetime) -> list[Account]:
    """Accounts by name, with their roles and teams now, in three queries. `typed` is part of a name or address."""
    found = list(users().filter(Q(name__icontains=typed) | Q(email__icontains=typed)))
    ids = [user.pk for user in found]
    roles: dict[UUID, list[str]] = {}
    for held in HeldScope.objects.filter(user_id__in=ids, valid__contains=now).order_by("scope"):
        roles.setdefault(held.user_id, []).append(BY_SCOPE[held.scope].name)
    teams: dict[UUID, list[str]] = {}
    places = Membership.objects.filter(user_id__in=ids, valid__contains=now).select_related("team")
    for place in places.order_by("team__name"):
        teams.setdefault(place.user_id, []).append(place.team.name)
    return [Account(user, roles.get(user.pk, []), teams.get(user.pk, [])) for user in found]


@dataclass(frozen=True, slots=True)
class AccountFile:
    """An account with the teams and roles that are not over."""

    user: User
    memberships: list[Membership]
    scopes: list[tuple[str, HeldScope]]

    def membership(self, membership_id: UUID) -> Membership:
        """One of them. Raises NotFound."""
        return _or_not_found(place for place in self.memberships if place.pk == membership_id)

    def held_scope(self, held_scope_id: UUID) -> HeldScope:
        """One of them. Raises NotFound."""
        return _or_not_found(held for _, held in self.scopes if held.pk == held_scope_id)


T = TypeVar("T")


def _or_not_found(found: Iterable[T]) -> T:
    for each in found:
        return each
    raise NotFound


def account_file(user_id: UUID, *, now: datetime) -> AccountFile:
    """One account, in three queries. Raises NotFound."""
    user = User.objects.select_related("agency").filter(pk=user_id).first()
    if user is None:
        raise NotFound
    places = Membership.objects.filter(user=user, valid__endswith__gt=now)
    places |= Membership.objects.filter(user=user, valid__upper_inf=True)
    held = HeldScope.objects.filter(user=user, valid__endswith__gt=now)
    held |= HeldScope.objects.filter(user=user, valid__upper_inf=True)
    return AccountFile(
        user,
        list(places.select_related("team__agency").order_by("team__name")),
        [(BY_SCOPE[each.scope].name, each) for each in held.order_by("scope")],
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A user's place in a team."""

    team_id: UUID
    user_id: UUID
    name: str


def places(now: datetime) -> list[Place]:
    """Who is in which team now, by name, in one query."""
    found = Membership.objects.filter(valid__contains=now, user__is_active=True).select_related("user")
    return [Place(each.team_id, each.user_id, each.user.name) for each in found.order_by("user__name")]
