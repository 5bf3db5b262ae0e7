"""Opening what became of an import is on the record too: its rejections are about children."""

from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.viewer import Viewer
from wayhome.statutory.queries import BatchPage, batch, batch_page, write_rejections


@transaction.atomic
def read_import(*, batch_id: UUID, page: int, viewer: Viewer, now: datetime) -> BatchPage:
    """One import with a page of its rejections. Raises NotFound."""
    require(viewer, Verb.IMPORT_RETURN)
    found = batch_page(batch_id, page)
    _recorded("read", batch_id, {"page": found.page, "found": len(found.rejections)}, viewer, now)
    return found


@transaction.atomic
def take_rejections(*, batch_id: UUID, to: IO[str], viewer: Viewer, now: datetime) -> None:
    """Write the rejections of an import into a file to take away. Raises NotFound."""
    require(viewer, Verb.IMPORT_RETURN)
    batch(batch_id)
    count = write_rejections(batch_id, to)
    _recorded("export", batch_id, {"what": "rejections", "found": count}, viewer, now)


def _recorded(verb: str, batch_id: UUID, detail: dict[str, object], viewer: Viewer, now: datetime) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="import of a return",
        subject_id=batch_id,
        detail=detail,
    )
