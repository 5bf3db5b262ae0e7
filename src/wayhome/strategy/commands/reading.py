"""Reading what was or will be presented, and what an agency says it has read. Who read it is on the record."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.queries import snapshot as snapshots
from wayhome.strategy.queries.guidance import Held, guidance
from wayhome.strategy.queries.pack import BoardPack, board_pack
from wayhome.strategy.queries.snapshot import Compared, KeptPlan


@transaction.atomic
def open_snapshot(*, snapshot_id: UUID, viewer: Viewer, now: datetime) -> KeptPlan:
    """One snapshot with everything in it. Raises NotFound."""
    require(viewer, Verb.SEE_PLANS)
    found = snapshots.snapshot(snapshot_id)
    _read("snapshot", snapshot_id, viewer, now)
    return found


@transaction.atomic
def open_comparison(*, plan_id: UUID, before: str, after: str, viewer: Viewer, now: datetime) -> Compared:
    """Two states of a plan side by side. Raises NotFound."""
    require(viewer, Verb.SEE_PLANS)
    found = snapshots.compared(plan_id, before, after, now=now)
    _read("comparison", plan_id, viewer, now, before=before, after=after)
    return found


@transaction.atomic
def open_pack(*, plan_id: UUID, snapshot_id: UUID | None, viewer: Viewer, now: datetime) -> BoardPack:
    """The pack of a plan as a page. Raises NotFound."""
    require(viewer, Verb.SEE_PLANS)
    found = board_pack(plan_id, snapshot_id, viewer=viewer, now=now)
    _read("board pack", plan_id, viewer, now, snapshot=snapshot_id)
    return found


@transaction.atomic
def open_guidance(*, guidance_id: UUID, today: date, viewer: Viewer, now: datetime) -> Held:
    """One document of the library. Raises NotFound."""
    found = guidance(guidance_id, today)
    _read("guidance", guidance_id, viewer, now)
    return found


def _read(what: str, subject_id: UUID, viewer: Viewer, now: datetime, **detail: object) -> None:
    record(viewer=viewer, now=now, verb="read", subject_kind=what, subject_id=subject_id, detail=detail)
