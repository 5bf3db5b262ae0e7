"""The worker of another team who is linked to a children's home. A link opens no record: grants do."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.models import HeldScope, User
from wayhome.access.policies import require
from wayhome.access.roles import Verb, holders_count_for
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership import commands as partnership


class SeesNoChildren(Refusal):
    """Their role never sees a child, so they cannot visit a home in it. Choose somebody who works with children."""

    field = "user_id"


@transaction.atomic
def link_to_home(*, home_id: UUID, user_id: UUID, since: date, viewer: Viewer, now: datetime) -> UUID:
    """Link a user to a home from a day on."""
    require(viewer, Verb.MANAGE_PARTNERSHIP)
    if not User.objects.filter(pk=user_id, is_active=True).exists():
        raise NotFound
    scopes = HeldScope.objects.filter(user_id=user_id, valid__contains=now).values_list("scope", flat=True)
    if not holders_count_for(frozenset(scopes)):
        raise SeesNoChildren
    return partnership.link_worker(home_id=home_id, user_id=user_id, since=since, viewer=viewer, now=now)


@transaction.atomic
def end_home_link(*, link_id: UUID, on: date, viewer: Viewer, now: datetime) -> None:
    """End a link from a day on."""
    require(viewer, Verb.MANAGE_PARTNERSHIP)
    partnership.end_link(link_id=link_id, on=on, viewer=viewer, now=now)
