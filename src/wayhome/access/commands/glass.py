"""Opening a record to oneself: by breaking glass because it cannot wait, or by a report; and the answer to it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.commands.granting import GrantRefused, call_as_viewer
from wayhome.access.events import GlassBroken
from wayhome.access.models import BreakGlass
from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.access.vocabulary import ReviewOutcome
from wayhome.audit.commands import record
from wayhome.events.outbox import publish
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound, Refusal
from wayhome.kernel.viewer import Viewer


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
    grant_id, broken_id = new_id(), new_id()
    try:
        call_as_viewer(
            "SELECT access_break_glass(%s, %s, %s, %s, %s)",
            [grant_id, broken_id, person_id, reason_code, reason],
        )
    except GrantRefused as refused:
        raise GlassCannotBeBroken from refused
    record(
        viewer=viewer,
        now=now,
        verb="break glass",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        detail={"grant": grant_id, "reason": reason_code},
        changes={"reason": (None, reason)},
    )
    publish(GlassBroken(break_glass_id=broken_id), now=now)
    return broken_id


@transaction.atomic
def open_by_report(*, person_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Open a record for 31 days to a viewer who reports the child missing, and to nobody else of their team.

    It stands on the reviewers' list like broken glass, so that curiosity is seen; nobody is mailed at night for it,
    because most reports are what they say. Raises GrantRefused for a restricted or unknown record.
    """
    require(viewer, Verb.REPORT_MISSING)
    grant_id = new_id()
    reason = "Reported the child missing"
    call_as_viewer("SELECT access_open_by_report(%s, %s, %s, %s)", [grant_id, new_id(), person_id, reason])
    record(
        viewer=viewer,
        now=now,
        verb="open by report",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        reason=reason,
        detail={"grant": grant_id},
    )


@transaction.atomic
def review_broken_glass(
    *, break_glass_id: UUID, outcome: ReviewOutcome, note: str, viewer: Viewer, now: datetime
) -> None:
    """Answer for one breaking of glass. Not one's own. Raises NotFound, AlreadyReviewed."""
    require(viewer, Verb.REVIEW_BREAK_GLASS)
    broken = BreakGlass.objects.filter(pk=break_glass_id).first()
    if broken is None:
        raise NotFound
    if broken.user_id == viewer.user_id:
        raise NotAllowed("Someone else has to review what you opened.")
    answer = {"reviewed_by": viewer.user_id, "review_outcome": outcome, "review_note": note}
    # Row security lets this through only once, and only for one who may review this record.
    if not BreakGlass.objects.filter(pk=break_glass_id).update(reviewed_at=now, **answer):
        raise AlreadyReviewed
    record(
        viewer=viewer,
        now=now,
        verb="review broken glass",
        subject_kind="break_glass",
        subject_id=break_glass_id,
        person_id=broken.person_id,
        detail={"outcome": outcome},
    )
