"""Posts and who holds them. What a post answers for stays with the post when its holder leaves."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.models import Post, PostHolder


class PostHasNoTitle(Refusal):
    """Say what the post is called."""

    field = "title"


class HolderHasNoName(Refusal):
    """Enter the name of who holds the post."""

    field = "name"


class HeldLater(Refusal):
    """Somebody began in this post on or after that day. Choose a later day."""

    field = "since"


class NobodyHoldsIt(Refusal):
    """Nobody holds this post on that day. Look at who held it."""

    field = "on"


@transaction.atomic
def open_post(
    *, partnership_id: UUID, agency_id: UUID | None, title: str, since: date, viewer: Viewer, now: datetime
) -> UUID:
    """Add a post of an agency, or of the partnership itself. Raises PostHasNoTitle."""
    if not title.strip():
        raise PostHasNoTitle
    made = Post.objects.create(
        partnership_id=partnership_id, agency_id=agency_id, title=title.strip(), valid=(since, None)
    )
    _told("open post", made.pk, viewer, now)
    return made.pk


@transaction.atomic
def appoint(
    *,
    post_id: UUID,
    name: str,
    since: date,
    email: str = "",
    user_id: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Somebody holds a post from a day on; whoever held it until then leaves it the same day. Raises HeldLater."""
    _locked(post_id)
    if not name.strip():
        raise HolderHasNoName
    if PostHolder.objects.filter(post_id=post_id, valid__startswith__gte=since).exists():
        raise HeldLater
    for held in PostHolder.objects.filter(post_id=post_id, valid__contains=since):
        PostHolder.objects.filter(pk=held.pk).update(valid=(held.valid.lower, since))
    made = PostHolder.objects.create(
        post_id=post_id, name=name.strip(), email=email.strip(), user_id=user_id, valid=(since, None)
    )
    _told("appoint", post_id, viewer, now, changes={"holder": (None, name.strip())}, since=since)
    return made.pk


@transaction.atomic
def leave_post(*, post_id: UUID, on: date, viewer: Viewer, now: datetime) -> None:
    """The post is vacant from a day on. Raises NobodyHoldsIt."""
    _locked(post_id)
    held = PostHolder.objects.filter(post_id=post_id, valid__upper_inf=True).first()
    if held is None or (held.valid.lower and on <= held.valid.lower):
        raise NobodyHoldsIt
    PostHolder.objects.filter(pk=held.pk).update(valid=(held.valid.lower, on))
    _told("leave post", post_id, viewer, now, changes={"holder": (held.name, None)}, on=on)


def _locked(post_id: UUID) -> Post:
    found = Post.objects.select_for_update().filter(pk=post_id).first()
    if found is None:
        raise NotFound
    return found


def _told(
    verb: str,
    post_id: UUID,
    viewer: Viewer,
    now: datetime,
    *,
    changes: dict[str, tuple[str | None, str | None]] | None = None,
    **detail: object,
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="post",
        subject_id=post_id,
        detail=detail,
        changes=changes,
    )
