"""Breaking glass: opening a record to oneself because it cannot wait, and the answer to it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wayhome.access.commands.granting import GrantRefused, Opening, grant
from wayhome.access.events import GlassBroken
from wayhome.access.models import BreakGlass
from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.access.vocabulary import Basis, ReviewOutcome
from wayhome.audit.commands import record
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import NotAllowed, Refusal
from wayhome.kernel.viewer import Viewer

BREAK_GLASS_FOR = timedelta(hours=24)


class GlassCannotBeBroken(Refusal):
    """This record cannot be opened this way. Ring the coordinator of the partnership."""


class ReasonTooShort(Refusal):
    """Say in a sentence why you need this record now."""

    field = "reason"


class AlreadyReviewed(Refusal):
    """A colleague has reviewed this already. Their answer stands."""


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
