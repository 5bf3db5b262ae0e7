"""Opening and printing the missing pack of a child. Both are on the record, a print with what it is for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Scope, Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotAllowed
from wayhome.kernel.viewer import Viewer
from wayhome.missing.pack import Pack, pack_of, unmasked
from wayhome.missing.print.sheet import set_pack
from wayhome.missing.vocabulary import PrintPurpose
from wayhome.people.commands.reading import open_record
from wayhome.people.pack import photo_of

LOOKS_AFTER_THE_CHILD = (Scope.HOME_STAFF, Scope.PRACTITIONER, Scope.COORDINATOR)


class OpensWithAReport(NotAllowed):
    """The missing pack opens to the police when the child is reported missing, and closes when they are back."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A pack as a file. Its name says nothing about the child: it lies in download folders."""

    name: str
    pdf: bytes


@transaction.atomic
def open_pack(*, person_id: UUID, viewer: Viewer, now: datetime) -> Pack:
    """The pack, with an entry that says who opened it. Raises NotFound, or OpensWithAReport for the police."""
    require(viewer, Verb.PRINT_PACK)
    child = open_record(person_id=person_id, page="missing pack", viewer=viewer, now=now)
    pack = pack_of(child, viewer, now)
    if pack.episode is None and viewer.user_id and not viewer.has(*LOOKS_AFTER_THE_CHILD):
        raise OpensWithAReport
    return pack


@transaction.atomic
def print_pack(
    *, person_id: UUID, purpose: str, with_masked: bool = False, viewer: Viewer, now: datetime
) -> Printed:
    """The pack as a page to print, with an entry that says who printed it and what for."""
    pack = open_pack(person_id=person_id, viewer=viewer, now=now)
    if with_masked:
        require_for(viewer, Verb.SEE_MASKED_PLACES, person_id)
        pack = unmasked(pack)
    picture = photo_of(person_id, pack.kept.photo.pk) if pack.kept.photo else None
    told = PrintPurpose(purpose)
    entry_id = record(
        viewer=viewer,
        now=now,
        verb="print",
        subject_kind="missing_pack",
        subject_id=person_id,
        person_id=person_id,
        detail={"purpose": told.value, "with_masked_places": with_masked},
    )
    number = entry_id.hex[-8:].upper()
    pdf = set_pack(pack, picture, purpose=str(told.label), number=number, viewer=viewer, now=now)
    return Printed(f"missing-pack-{number}.pdf", pdf)
