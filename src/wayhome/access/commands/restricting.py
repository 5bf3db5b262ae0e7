"""Records open to named people only."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.commands.granting import call_as_viewer
from wayhome.access.policies import require, require_for
from wayhome.access.queries import names_of
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer


class RestrictedAlready(Refusal):
    """A colleague has restricted this record already. Ring them if somebody else has to be named."""


@transaction.atomic
def restrict(*, person_id: UUID, named: frozenset[UUID], reason: str, viewer: Viewer, now: datetime) -> None:
    """Close a record to all but named users. The one who restricts it has to be among them.

    Raises RestrictedAlready with the name of a colleague who was faster, also by a moment.
    """
    require_for(viewer, Verb.RESTRICT_CHILD, person_id)
    was_first = call_as_viewer(
        "SELECT access_restrict(%s, %s, %s, %s)", [new_id(), person_id, list(named), reason]
    )
    if was_first:
        who = names_of({was_first}).get(was_first, "A colleague")
        raise RestrictedAlready(
            f"{who} has restricted this record already. Ring them if somebody else has to be named."
        )
    record(
        viewer=viewer,
        now=now,
        verb="restrict",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        detail={"named": sorted(named)},
        changes={"reason": (None, reason)},
    )


@transaction.atomic
def lift_restriction(*, person_id: UUID, reason: str, viewer: Viewer, now: datetime) -> None:
    """Open a restricted record again to those who held grants."""
    require(viewer, Verb.RESTRICT_CHILD)
    call_as_viewer("SELECT access_lift_restriction(%s, %s)", [person_id, reason])
    record(
        viewer=viewer,
        now=now,
        verb="lift restriction",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        changes={"reason": (None, reason)},
    )
