"""Accounts, and what teams and scopes their holders have."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from wayhome.access.models import HeldScope, Membership, User
from wayhome.access.policies import require
from wayhome.access.roles import BY_SCOPE, Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer


class OwnAccount(Refusal):
    """You cannot change your own teams or roles. Ask another administrator."""


class EmailTaken(Refusal):
    """There is already an account with this email address."""

    field = "email"


class ScopesClash(Refusal):
    """A role that never sees a child cannot be held together with one that does."""

    field = "scope"


class InTeamAlready(Refusal):
    """They are in this team already. End that first if the last day changes."""

    field = "team"


class HoldsScopeAlready(Refusal):
    """They have this role already. End that first if the last day changes."""

    field = "scope"


class LastDayIsOver(Refusal):
    """The last day is over already. Choose a later one, or none."""

    field = "last_day"


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
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound
    if user_id == viewer.user_id and not is_active:
        raise OwnAccount("You cannot close your own account. Ask another administrator.")
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
    _refuse_past(until, now)
    if _overlapping(Membership.objects.filter(user_id=user_id, team_id=team_id), now, until):
        raise InTeamAlready
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


def _refuse_past(until: datetime | None, now: datetime) -> None:
    if until is not None and until <= now:
        raise LastDayIsOver


def _overlapping(
    held: QuerySet[Membership] | QuerySet[HeldScope], since: datetime, until: datetime | None
) -> bool:
    return held.filter(valid__overlap=(since, until)).exists()


@transaction.atomic
def leave_team(*, membership_id: UUID, viewer: Viewer, now: datetime) -> None:
    """End a user's place in a team now."""
    require(viewer, Verb.MANAGE_ACCOUNTS)
    place = Membership.objects.filter(pk=membership_id).first()
    if place is None:
        raise NotFound
    # Row security would hide one's own from being changed: it is said in words instead.
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
    _refuse_past(until, now)
    if _overlapping(HeldScope.objects.filter(user_id=user_id, scope=scope), now, until):
        raise HoldsScopeAlready
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
    held = HeldScope.objects.filter(pk=held_scope_id).first()
    if held is None:
        raise NotFound
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


@transaction.atomic
def remove_second_step(*, user_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Take the second step off an account whose holder lost their phone: they set it up anew when they sign in."""
    require(viewer, Verb.MANAGE_ACCOUNTS)
    if user_id == viewer.user_id:
        raise OwnAccount
    Authenticator.objects.filter(user_id=user_id).delete()
    record(viewer=viewer, now=now, verb="remove second step", subject_kind="user", subject_id=user_id)
