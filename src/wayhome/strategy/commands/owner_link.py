"""Links by which owners without an account update their own actions: made, used up and revoked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.links import digest_of, new_token
from wayhome.strategy.models import ActionOwner, OwnerLink

LONGEST = 90  # days


class NobodyToLink(Refusal):
    """Choose at least one action that the link is for."""

    field = "owners"


class LinkHasNoName(Refusal):
    """Enter the name of who gets the link. It stands beside everything they write."""

    field = "name"


class LinkLastsTooLong(Refusal):
    """A link lasts between 1 and 90 days."""

    field = "days"


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A new link. The token is nowhere else."""

    id: UUID
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class UsedLink:
    """Who came by a link, and to which plan."""

    id: UUID
    name: str
    plan_id: UUID


@transaction.atomic
def make_link(
    *,
    plan_id: UUID,
    owner_ids: Collection[UUID],
    name: str,
    email: str,
    days: int,
    viewer: Viewer,
    now: datetime,
) -> MadeLink:
    """Make a link to some parts of a plan for somebody without an account.

    Raises NobodyToLink, LinkHasNoName, LinkLastsTooLong, and NotFound for a part of another plan.
    """
    require(viewer, Verb.KEEP_PLANS)
    if not owner_ids:
        raise NobodyToLink
    if not name.strip():
        raise LinkHasNoName
    if not 1 <= days <= LONGEST:
        raise LinkLastsTooLong
    owners = ActionOwner.objects.filter(
        pk__in=owner_ids, action__plan_id=plan_id, valid__contains=london_day(now)
    )
    found = list(owners)
    if len(found) != len(set(owner_ids)):
        raise NotFound
    token = new_token()
    made = OwnerLink(
        id=new_id(),
        plan_id=plan_id,
        name=name.strip(),
        email=email.strip(),
        digest=digest_of(token) or "",
        made_at=now,
        made_by_id=viewer.user_id,
        expires_at=now + timedelta(days=days),
    )
    made.save(force_insert=True)
    made.owners.add(*found)
    record(
        viewer=viewer,
        now=now,
        verb="make owner link",
        subject_kind="plan",
        subject_id=plan_id,
        detail={"owner_link": made.pk, "parts": len(found), "days": days},
        changes={"name": (None, made.name), "email": (None, made.email)},
    )
    return MadeLink(made.pk, token, made.expires_at)


@transaction.atomic
def revoke_link(*, link_id: UUID, viewer: Viewer, now: datetime) -> UUID:
    """End a link now; the next click on it is refused. Returns the plan. Once is enough: twice does nothing."""
    require(viewer, Verb.KEEP_PLANS)
    link = OwnerLink.objects.select_for_update().filter(pk=link_id).first()
    if link is None:
        raise NotFound
    if link.revoked_at is None:
        OwnerLink.objects.filter(pk=link_id).update(revoked_at=now)
        record(
            viewer=viewer,
            now=now,
            verb="revoke owner link",
            subject_kind="plan",
            subject_id=link.plan_id,
            detail={"owner_link": link_id},
        )
    return link.plan_id


def note_opened(link: UsedLink, *, viewer: Viewer, now: datetime) -> None:
    """A visitor opened their page: on the record, in the name of the link."""
    record(
        viewer=viewer,
        now=now,
        verb="open owner link",
        subject_kind="plan",
        subject_id=link.plan_id,
        detail={},
    )


def use_link(token: str) -> UsedLink | None:
    """Who comes with this address; None if we never made it, or the link ended or was revoked.

    The database decides, by its own clock, and notes when it was used.
    """
    digest = digest_of(token)
    if digest is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, plan_id FROM strategy_use_link(%s)", [digest])
        row = cursor.fetchone()
    return UsedLink(*row) if row else None
