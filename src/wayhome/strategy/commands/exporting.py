"""A plan as a file, in the shape it came in. It is kept nowhere; who took one out is on the record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import the_partnership
from wayhome.strategy.exports.excel import as_excel
from wayhome.strategy.exports.pdf import as_pdf
from wayhome.strategy.exports.separated import as_csv
from wayhome.strategy.exports.shape import ShapedPlan, shaped
from wayhome.strategy.exports.word import as_word
from wayhome.strategy.pack.words import printable
from wayhome.strategy.queries.importing import owner_words
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.due import written

KINDS = {
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("csv", "text/csv; charset=utf-8"),
    "pdf": ("pdf", "application/pdf"),
}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A plan as a file."""

    name: str
    mime: str
    content: bytes


@transaction.atomic
def export_plan(*, plan_id: UUID, kind: str, viewer: Viewer, now: datetime) -> MadeFile:
    """A plan as it stands now. Raises NotAllowed, NotFound."""
    require(viewer, Verb.SEE_PLANS)
    if kind not in KINDS:
        raise NotFound
    file = plan_file(plan_id, now=now)
    plan = printable(shaped(file, owner_words(plan_id)))
    content = _made(plan, kind, viewer, now)
    record(
        viewer=viewer,
        now=now,
        verb="export",
        subject_kind="plan",
        subject_id=plan_id,
        detail={"kind": kind, "actions": len(list(plan.rows))},
    )
    ending, mime = KINDS[kind]
    day = london_day(now).isoformat()
    return MadeFile(f"{slugify(file.title)[:60] or 'plan'}-{day}.{ending}", mime, content)


def _made(plan: ShapedPlan, kind: str, viewer: Viewer, now: datetime) -> bytes:
    if kind == "pdf":
        ours, day = the_partnership(), written(london_day(now))
        return as_pdf(
            plan,
            partnership=ours.name if ours else "",
            standing=f"As it stands on {day}.",
            made=f"Made on {day} by {viewer.name}",
            at=now,
        )
    if kind == "csv":
        return as_csv(plan)
    return as_word(plan, at=now) if kind == "word" else as_excel(plan, at=now)
