"""Everything a board pack is made of: the plan as it stands or as it was presented, and what came before it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import governance, the_partnership
from wayhome.strategy.models import DecisionAsked, Plan, Snapshot
from wayhome.strategy.pack.content import Asked, Earlier, Frame, PackContent, pack_of
from wayhome.strategy.queries.decisions import decisions_for
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.queries.snapshot import name_of, plan, snapshot, snapshots_of
from wayhome.web.showing import day, moment


@dataclass(frozen=True, slots=True)
class BoardPack:
    """A pack with the plan it is of, the snapshot if it is of one, and the snapshots it could be of."""

    plan: Plan
    of: Snapshot | None
    snapshots: list[Snapshot]
    content: PackContent


def board_pack(plan_id: UUID, snapshot_id: UUID | None, *, viewer: Viewer, now: datetime) -> BoardPack:
    """The pack of a plan as it stands now, or as it was presented. Raises NotFound. As many queries for every plan."""
    found, kept = plan(plan_id), snapshots_of(plan_id)
    of = next((each for each in kept if each.pk == snapshot_id), None)
    if snapshot_id and of is None:
        raise NotFound
    file = snapshot(of.pk).file if of else plan_file(plan_id, now=now)
    on = of.presented_on if of else london_day(now)
    before = _before(kept, of)
    asked = decisions_for(
        plan_id, day=on, until=of.taken_at if of else now, since=before.presented_on if before else None
    )
    content = pack_of(
        file,
        _frame(found, of, on, viewer, now),
        earlier=Earlier(name_of(before), snapshot(before.pk).file) if before else None,
        decisions=[_asked(each, None if of is None else on) for each in asked],
    )
    return BoardPack(found, of, kept, content)


def _before(kept: list[Snapshot], of: Snapshot | None) -> Snapshot | None:
    """The snapshot that was presented last before this one, or before now. They come newest first."""
    earlier = kept if of is None else [each for each in kept if each.taken_at < of.taken_at]
    return earlier[0] if earlier else None


def _frame(found: Plan, of: Snapshot | None, on: date, viewer: Viewer, now: datetime) -> Frame:
    partnership = the_partnership()
    return Frame(
        partnership=partnership.name if partnership else "",
        presented=name_of(of) if of else "",
        signed=_signed(of),
        meeting="" if of else _meeting(found, on),
        made_by=viewer.name,
        made_at=moment(now),
        as_at=f"on {day(on)}",
        day=on,
    )


def _signed(of: Snapshot | None) -> str:
    if of is None:
        return ""
    signed = getattr(of, "sign_off", None)
    if signed is None:
        return "Not signed off by the chair."
    return f"Signed off by {signed.signed_by_name} on {day(london_day(signed.signed_at))}."


def _meeting(found: Plan, on: date) -> str:
    """The next meeting of the body that answers for the plan."""
    if found.body is None:
        return ""
    following = governance.next_meetings(on, [found.body.pk]).get(found.body.pk)
    return f"{found.body} on {day(following.held_on)}" if following else ""


def _asked(row: DecisionAsked, presented_on: date | None) -> Asked:
    """A question; in the pack of a past day without what was decided there or later."""
    is_later = bool(presented_on and row.decided_on and row.decided_on >= presented_on)
    is_open = row.decided_on is None or is_later
    return Asked(
        row.question,
        row.recommended,
        "" if is_open else row.outcome,
        "" if is_open or row.decided_on is None else day(row.decided_on),
    )
