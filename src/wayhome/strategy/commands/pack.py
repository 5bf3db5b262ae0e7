"""Making a board pack. It is kept nowhere: it can be made again from the snapshot. Who made one is on the record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.pack.pdf import as_board_pdf
from wayhome.strategy.pack.word import MIME, as_board_word
from wayhome.strategy.queries.pack import board_pack

KINDS = {"pdf": (as_board_pdf, "application/pdf", "pdf"), "word": (as_board_word, MIME, "docx")}


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack as a file."""

    name: str
    mime: str
    content: bytes


@transaction.atomic
def make_pack(
    *, plan_id: UUID, snapshot_id: UUID | None = None, kind: str, viewer: Viewer, now: datetime
) -> MadePack:
    """The pack of a plan as PDF or Word, with an entry that says who made it. Raises NotFound."""
    require(viewer, Verb.SEE_PLANS)
    if kind not in KINDS:
        raise NotFound
    found = board_pack(plan_id, snapshot_id, viewer=viewer, now=now)
    make, mime, ending = KINDS[kind]
    made = make(found.content, at=now)
    record(
        viewer=viewer,
        now=now,
        verb="make board pack",
        subject_kind="plan",
        subject_id=plan_id,
        detail={"kind": kind, "snapshot": str(snapshot_id or "")},
    )
    name = f"board-pack-{slugify(found.plan.title)[:60] or 'plan'}-{found.content.frame.day.isoformat()}.{ending}"
    return MadePack(name, mime, made)
