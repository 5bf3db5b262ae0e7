"""Every write that changes who may see or do what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from wayhome.access.events import GlassBroken
from wayhome.access.models import BreakGlass, Grant, HeldScope, Membership, Restriction, User
from wayhome.access.policies import require
from wayhome.access.roles import BY_SCOPE, Verb
from wayhome.access.vocabulary import Basis, ReviewOutcome
from wayhome.audit.commands import record
from wayhome.events.outbox import publish
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, Refusal
from wayhome.kernel.viewer import Viewer

BREAK_GLASS_FOR = timedelta(hours=24)
REPORT_OPENS_FOR = timedelta(days=31)


class GrantRefused(NotAllowed):
    """You cannot open this record to others, because it is not open to you."""


class GlassCannotBeBroken(Refusal):
    """This record cannot be opened this way. Ring the coordinator of the partnership."""


class ReasonTooShort(Refusal):
    """Say in a sentence why you need this record now."""

    field = "reason"


class AlreadyReviewed(Refusal):
    """A colleague has reviewed this already. Their answer stands."""


class OwnAccount(Refusal):
    """You cannot change your own teams or roles. Ask another administrator."""


class EmailTaken(Refusal):
    """There is already an account with this email address."""

    field = "email"


class ScopesClash(Refusal):
    """A role that never sees a child cannot be held together with one that does."""

    field = "scope"


@dataclass(frozen=True, slots=True)
class Opening:
    """A grant to be made: for a team or a user, on a basis, with the reason shown to everyone who may see the child."""

    basis: Basis
    reason: str
    team_id: UUID | None = None
    user_id: UUID | None = None
    until: datetime | None = None


@transaction.atomic
def grant(*, person_id: UUID, opening: Opening, viewer: Viewer, now: datetime) -> UUID:
    """Open a child's record to a team or a user. Raises GrantRefused if the viewer may not (access/rows.sql)."""
    if viewer.user_id is None:
        made = _granted_by_machine(person_id, opening, now)
    else:
        made = _granted_by_viewer(person_id, opening, now)
    record(
        viewer=viewer,
        now=now,
        verb="grant",
        subject_kind="grant",
        subject_id=made,
        person_id=person_id,
        reason=opening.reason,
        detail={
            "basis": opening.basis,
            "team": opening.team_id,
            "user": opening.user_id,
            "until": opening.until,
        },
    )
    return made


def _granted_by_machine(person_id: UUID, opening: Opening, now: datetime) -> UUID:
    made = _machine_grant(person_id, opening, now)
    made.save(force_insert=True)
    return made.pk


def _machine_grant(person_id: UUID, opening: Opening, now: datetime) -> Grant:
    restricted = Restriction.objects.filter(person_id=person_id, lifted_at=None).exists()
    return Grant(
        person_id=person_id,
        team_id=opening.team_id,
        user_id=opening.user_id,
        basis=opening.basis,
        reason=opening.reason,
        valid=(now, opening.until),
        held_back=restricted and opening.team_id is not None,
    )


def _granted_by_viewer(person_id: UUID, opening: Opening, now: datetime) -> UUID:
    made = new_id()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT access_open_grant(%s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    made,
                    person_id,
                    opening.team_id,
                    opening.user_id,
                    opening.basis,
                    opening.reason,
                    now,
                    opening.until,
                ],
            )
    except DatabaseError as error:
        raise _refusal_for(error, GrantRefused) from error
    return made


def _refusal_for(error: DatabaseError, refusal: type[Refusal]) -> Exception:
    """A refusal if row security said no; any other fault stays a fault."""
    return refusal() if getattr(error.__cause__, "sqlstate", "") == "42501" else error


@transaction.atomic
def grant_many(*, openings: Iterable[tuple[UUID, Opening]], viewer: Viewer, now: datetime) -> int:
    """Grants made by an import, in bulk, for records that nobody restricted. Returns how many."""
    if viewer.user_id is not None:
        raise GrantRefused
    grants = [
        Grant(
            person_id=person_id,
            team_id=opening.team_id,
            user_id=opening.user_id,
            basis=opening.basis,
            reason=opening.reason,
            valid=(now, opening.until),
        )
        for person_id, opening in openings
    ]
    Grant.objects.bulk_create(grants, batch_size=2_000)
    record(viewer=viewer, now=now, verb="grant", subject_kind="grants", detail={"count": len(grants)})
    return len(grants)


@transaction.atomic
def end_grants(*, person_id: UUID, holder: UUID, basis: Basis, viewer: Viewer, now: datetime) -> int:
    """End what a team or user holds for a child on one basis, because the facts behind it ended."""
    if viewer.user_id is None:
        grants = Grant.objects.filter(person_id=person_id, holder=holder, basis=basis, valid__contains=now)
        ended = sum(Grant.objects.filter(pk=held.pk).update(valid=(held.valid.lower, now)) for held in grants)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_end_grants(%s, %s, %s, %s)", [person_id, holder, basis, now])
            ended = cursor.fetchone()[0]
    record(
        viewer=viewer,
        now=now,
        verb="end grant",
        subject_kind="grant",
        person_id=person_id,
        detail={"holder": holder, "basis": basis, "count": ended},
    )
    return ended


@transaction.atomic
def break_glass(*, person_id: UUID, reason_code: str, reason: str, viewer: Viewer, now: datetime) -> UUID:
    """Open a record to oneself for 24 hours because it cannot wait. Reviewers are told at once and have to answer.

    Raises ReasonTooShort, or GlassCannotBeBroken for a restricted or unknown record: the two are not told apart.
    """
    require(viewer, Verb.BREAK_GLASS)
    if len(reason.split()) < 3:
        raise ReasonTooShort
    until = now + BREAK_GLASS_FOR
    opening = Opening(basis=Basis.BREAK_GLASS, reason=reason, user_id=viewer.user_id, until=until)
    try:
        grant_id = grant(person_id=person_id, opening=opening, viewer=viewer, now=now)
    except GrantRefused as refused:
        raise GlassCannotBeBroken from refused
    broken = BreakGlass(
        grant_id=grant_id,
        person_id=person_id,
        user_id=viewer.known_user_id,
        reason_code=reason_code,
        reason=reason,
        broken_at=now,
        expires_at=until,
    )
    broken.save(force_insert=True)
    record(
        viewer=viewer,
        now=now,
        verb="break glass",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        reason=reason,
    )
    publish(GlassBroken(break_glass_id=broken.pk), now=now)
    return broken.pk


@transaction.atomic
def review_broken_glass(
    *, break_glass_id: UUID, outcome: ReviewOutcome, note: str, viewer: Viewer, now: datetime
) -> None:
    """Answer for one breaking of glass. Not one's own. Raises AlreadyReviewed."""
    require(viewer, Verb.REVIEW_BREAK_GLASS)
    broken = BreakGlass.objects.select_for_update().get(pk=break_glass_id)
    if broken.user_id == viewer.user_id:
        raise NotAllowed("Someone else has to review what you opened.")
    if broken.reviewed_at:
        raise AlreadyReviewed
    broken.reviewed_by_id, broken.reviewed_at = viewer.user_id, now
    broken.review_outcome, broken.review_note = outcome, note
    broken.save(update_fields=["reviewed_by", "reviewed_at", "review_outcome", "review_note"])
    record(
        viewer=viewer,
        now=now,
        verb="review broken glass",
        subject_kind="break_glass",
        subject_id=break_glass_id,
        person_id=broken.person_id,
        detail={"outcome": outcome},
    )


@transaction.atomic
def restrict(*, person_id: UUID, named: frozenset[UUID], reason: str, viewer: Viewer, now: datetime) -> None:
    """Close a record to all but named users. The one who restricts it has to be among them."""
    require(viewer, Verb.RESTRICT_CHILD)
    _call_as_viewer(
        "SELECT access_restrict(%s, %s, %s, %s, %s)", [new_id(), person_id, list(named), reason, now]
    )
    record(
        viewer=viewer,
        now=now,
        verb="restrict",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        reason=reason,
        detail={"named": sorted(named)},
    )


@transaction.atomic
def lift_restriction(*, person_id: UUID, reason: str, viewer: Viewer, now: datetime) -> None:
    """Open a restricted record again to those who held grants."""
    require(viewer, Verb.RESTRICT_CHILD)
    _call_as_viewer("SELECT access_lift_restriction(%s, %s, %s)", [person_id, reason, now])
    record(
        viewer=viewer,
        now=now,
        verb="lift restriction",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        reason=reason,
    )


def _call_as_viewer(sql: str, parameters: list[Any]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    except DatabaseError as error:
        raise _refusal_for(error, GrantRefused) from error


@transaction.atomic
def open_account(
    *,
    email: str,
    name: str,
    agency_id: UUID | None,
    job_title: str = "",
    phone: str = "",
    password: str | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Make an account without teams or scopes. Without a password it waits for a sign-in link or single sign-on."""
    require(viewer, Verb.MANAGE_ACCOUNTS)
    if User.objects.filter(email__iexact=email).exists():
        raise EmailTaken
    user = User(
        email=email.lower(), name=name, agency_id=agency_id, job_title=job_title, phone=phone, created_at=now
    )
    user.set_password(password)
    user.save(force_insert=True)
    record(viewer=viewer, now=now, verb="open account", subject_kind="user", subject_id=user.pk)
    return user.pk


@transaction.atomic
def change_account(
    *, user_id: UUID, name: str, job_title: str, phone: str, is_active: bool, viewer: Viewer, now: datetime
) -> None:
    """Change an account's details, or close it."""
    require(viewer, Verb.MANAGE_ACCOUNTS)
    user = User.objects.select_for_update().get(pk=user_id)
    after = {"name": name, "job_title": job_title, "phone": phone, "is_active": is_active}
    before = {field: getattr(user, field) for field in after}
    for field, value in after.items():
        setattr(user, field, value)
    user.save(update_fields=list(after))
    changed = [field for field, value in after.items() if before[field] != value]
    record(
        viewer=viewer,
        now=now,
        verb="change account",
        subject_kind="user",
        subject_id=user_id,
        detail={"fields": changed},
    )


@transaction.atomic
def join_team(
    *, user_id: UUID, team_id: UUID, until: datetime | None = None, viewer: Viewer, now: datetime
) -> UUID:
    """Put a user into a team from now on, for secondments until a day."""
    require(viewer, Verb.MANAGE_ACCOUNTS)
    if user_id == viewer.user_id:
        raise OwnAccount
    made = Membership(user_id=user_id, team_id=team_id, valid=(now, until))
    made.save(force_insert=True)
    record(
        viewer=viewer,
        now=now,
        verb="join team",
        subject_kind="user",
        subject_id=user_id,
        detail={"team": team_id, "until": until},
    )
    return made.pk


@transaction.atomic
def leave_team(*, membership_id: UUID, viewer: Viewer, now: datetime) -> None:
    """End a user's place in a team now."""
    require(viewer, Verb.MANAGE_ACCOUNTS)
    place = Membership.objects.select_for_update().get(pk=membership_id)
    if place.user_id == viewer.user_id:
        raise OwnAccount
    place.valid = (place.valid.lower, now)
    place.save(update_fields=["valid"])
    record(
        viewer=viewer,
        now=now,
        verb="leave team",
        subject_kind="user",
        subject_id=place.user_id,
        detail={"team": place.team_id},
    )


@transaction.atomic
def give_scope(
    *, user_id: UUID, scope: str, until: datetime | None = None, viewer: Viewer, now: datetime
) -> UUID:
    """Let a user hold a scope from now on. Raises ScopesClash, OwnAccount."""
    require(viewer, Verb.MANAGE_ACCOUNTS)
    if user_id == viewer.user_id:
        raise OwnAccount
    held = HeldScope.objects.filter(user_id=user_id, valid__contains=now).values_list("scope", flat=True)
    if any(BY_SCOPE[other].sees_children != BY_SCOPE[scope].sees_children for other in held):
        raise ScopesClash
    made = HeldScope(user_id=user_id, scope=scope, valid=(now, until))
    made.save(force_insert=True)
    record(
        viewer=viewer,
        now=now,
        verb="give scope",
        subject_kind="user",
        subject_id=user_id,
        detail={"scope": scope, "until": until},
    )
    return made.pk


@transaction.atomic
def end_scope(*, held_scope_id: UUID, viewer: Viewer, now: datetime) -> None:
    """End a scope that a user holds, now."""
    require(viewer, Verb.MANAGE_ACCOUNTS)
    held = HeldScope.objects.select_for_update().get(pk=held_scope_id)
    if held.user_id == viewer.user_id:
        raise OwnAccount
    held.valid = (held.valid.lower, now)
    held.save(update_fields=["valid"])
    record(
        viewer=viewer,
        now=now,
        verb="end scope",
        subject_kind="user",
        subject_id=held.user_id,
        detail={"scope": held.scope},
    )
