"""The picture by which a child can be known: drawn anew before it is kept."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.people.commands.person import person_to_change
from wayhome.people.commands.photographs import redrawn
from wayhome.people.models import Photo


class TakenInTheFuture(Refusal):
    """The day the picture was taken is still to come. Check it, or leave it empty."""

    field = "taken_on"


@transaction.atomic
def add_photo(
    *, person_id: UUID, file: bytes, taken_on: date | None = None, viewer: Viewer, now: datetime
) -> UUID:
    """Keep a picture as the present one; the one before is shown to nobody any more.

    Raises a Refusal of people.commands.photographs if the file is no picture that can be kept.
    """
    require(viewer, Verb.KEEP_PACK)
    person_to_change(person_id, viewer, Verb.KEEP_PACK)
    if taken_on and taken_on > london_day(now):
        raise TakenInTheFuture
    drawn = redrawn(file)
    Photo.objects.filter(person_id=person_id, is_current=True).update(is_current=False)
    made = Photo(
        person_id=person_id,
        image=drawn.image,
        width=drawn.width,
        height=drawn.height,
        taken_on=taken_on,
        added_at=now,
        added_by_id=viewer.user_id,
    )
    made.save(force_insert=True)
    detail = {"width": drawn.width, "height": drawn.height}
    _recorded("add photo", made.pk, person_id, detail, viewer, now)
    return made.pk


@transaction.atomic
def take_photo_away(*, person_id: UUID, viewer: Viewer, now: datetime) -> None:
    """The picture is of somebody else, or should not be there: it is shown to nobody any more."""
    require(viewer, Verb.KEEP_PACK)
    person_to_change(person_id, viewer, Verb.KEEP_PACK)
    present = Photo.objects.filter(person_id=person_id, is_current=True).defer("image").first()
    if present is None:
        raise NotFound
    Photo.objects.filter(pk=present.pk).update(is_current=False)
    _recorded("take photo away", present.pk, person_id, {}, viewer, now)


def _recorded(
    verb: str, photo_id: UUID, person_id: UUID, detail: dict[str, Any], viewer: Viewer, now: datetime
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="photo",
        subject_id=photo_id,
        person_id=person_id,
        detail=detail,
    )
