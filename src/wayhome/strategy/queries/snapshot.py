"""Snapshots of plans, and the proof that none was changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wayhome.audit.queries import details_of
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import governance
from wayhome.strategy.models import Plan, Snapshot
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.comparing import Comparison, compare
from wayhome.strategy.rules.plan_file import PlanFile
from wayhome.strategy.rules.plan_json import digest_of, from_json

TODAY = "today"


class Unreadable(Refusal):
    """This snapshot is not as it was written, or an earlier Wayhome wrote it, so it cannot be shown. Tell whoever looks
    after this Wayhome.
    """


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """One snapshot: what was kept, and whether it is still as it was written."""

    row: Snapshot
    file: PlanFile
    is_as_written: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the plan, and what it is called."""

    name: str
    file: PlanFile


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states of a plan side by side, the earlier first."""

    before: Side
    after: Side
    found: Comparison


def plan(plan_id: UUID) -> Plan:
    """One plan with its body. Raises NotFound."""
    found = Plan.objects.select_related("body").filter(pk=plan_id).first()
    if found is None:
        raise NotFound
    return found


def snapshots_of(plan_id: UUID) -> list[Snapshot]:
    """The snapshots of a plan without their contents, the newest first. One query."""
    found = Snapshot.objects.filter(plan_id=plan_id).defer("content")
    return list(found.select_related("body", "sign_off").order_by("-presented_on", "-taken_at"))


def snapshot(snapshot_id: UUID) -> KeptPlan:
    """One snapshot with everything in it. Raises NotFound. One query."""
    found = Snapshot.objects.filter(pk=snapshot_id)
    row = found.select_related("body", "plan", "sign_off").first()
    if row is None:
        raise NotFound
    try:
        file = from_json(row.content)
    except ValueError as error:
        raise Unreadable from error
    return KeptPlan(row, file, digest_of(row.content) == row.digest)


def name_of(row: Snapshot) -> str:
    """As in "As presented to the Board on 3 March 2026"."""
    return f"As presented to {row.body} on {row.presented_on.day} {row.presented_on:%B %Y}"


def compared(plan_id: UUID, before: str, after: str, *, now: datetime) -> Compared:
    """Two states of a plan: the ids of snapshots, or "today". Raises NotFound if one is not of this plan."""
    sides = [_side(plan_id, which, now) for which in (before, after)]
    sides.sort(key=lambda side: side.file.as_at)
    return Compared(sides[0], sides[1], compare(sides[0].file, sides[1].file))


def _side(plan_id: UUID, which: str, now: datetime) -> Side:
    if which == TODAY:
        return Side("As it is today", plan_file(plan_id, now=now))
    try:
        kept = snapshot(UUID(which))
    except ValueError as error:
        raise NotFound from error
    if kept.row.plan_id != plan_id:
        raise NotFound
    return Side(name_of(kept.row), kept.file)


def may_sign(row: Snapshot, viewer: Viewer, now: datetime) -> bool:
    """Whether this viewer is the one to sign: the chair or deputy where they have accounts, otherwise anybody."""
    chairs = governance.chairs_of(row.body_id, london_day(now))
    return not chairs or viewer.user_id in chairs


def broken_snapshots() -> Iterator[str]:
    """What is wrong with any snapshot: changed since it was taken, or taken away. The sealed record knows its digest.

    For the worker, who reads the whole record.
    """
    written = {
        subject: str(detail.get("digest"))
        for subject, detail in details_of(subject_kind="snapshot", verb="take snapshot").items()
    }
    found = set()
    for row in Snapshot.objects.order_by("pk").iterator(chunk_size=20):
        found.add(row.pk)
        if written.get(row.pk) is None:
            yield f"snapshot {row.pk} is not on the record"
        elif not digest_of(row.content) == row.digest == written[row.pk]:
            yield f"snapshot {row.pk} was changed"
    yield from (f"snapshot {gone} was removed" for gone in written.keys() - found)
