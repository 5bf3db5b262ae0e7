"""Readings of measures, handed in by the modules that count; and the actions that are judged by them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import differences, record
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import the_partnership
from wayhome.strategy.events import MeasuresAsked
from wayhome.strategy.models import Action, MeasureLink, MeasureReading
from wayhome.strategy.rules.measures import BY_KEY
from wayhome.strategy.vocabulary import Direction


class NoSuchMeasure(Refusal):
    """Choose one of the measures."""

    field = "key"


class NoDirection(Refusal):
    """Say which way the measure should go if the action works."""

    field = "direction"


class TargetIsNoShare(Refusal):
    """This measure is in per cent. Enter a target from 0 to 100."""

    field = "target"


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure of one month. `value` None: held back, because a small count would show."""

    key: str
    month: date
    value: Decimal | None


@transaction.atomic
def ask_for_measures(*, viewer: Viewer, now: datetime) -> None:
    """Have the measures read now. The module that counts answers in the worker, where all children are counted."""
    require(viewer, Verb.KEEP_PLANS)
    partnership = the_partnership()
    if partnership is None:
        raise NotFound
    publish(MeasuresAsked(partnership.pk), now=now)
    record(viewer=viewer, now=now, verb="ask for measures", subject_kind="measures")


@transaction.atomic
def take_readings(
    readings: Sequence[Reading], *, partnership_id: UUID, as_at: datetime, viewer: Viewer, now: datetime
) -> int:
    """Keep readings as they were at an instant: those that are new, and those that differ from the one before.

    Returns how many were kept. The same instant is read once: a figure that moved between two looks at one instant
    would tell of the one child in between.
    """
    require(viewer, Verb.KEEP_PLANS)
    if was_read(partnership_id, as_at):
        return 0
    latest = _latest(partnership_id, as_at)
    made = [
        MeasureReading(
            partnership_id=partnership_id, key=each.key, month=each.month, value=each.value, as_at=as_at
        )
        for each in readings
        if latest.get((each.key, each.month), _NEVER) != each.value
    ]
    MeasureReading.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        detail = {"readings": len(made), "as_at": as_at.isoformat()}
        record(viewer=viewer, now=now, verb="read measures", subject_kind="measures", detail=detail)
    return len(made)


_NEVER = object()


def was_read(partnership_id: UUID, as_at: datetime) -> bool:
    """Whether measures were read as they were at this instant."""
    return MeasureReading.objects.filter(partnership_id=partnership_id, as_at=as_at).exists()


def _latest(partnership_id: UUID, before: datetime) -> dict[tuple[str, date], Decimal | None]:
    """What was read last of every measure and month."""
    rows = MeasureReading.objects.filter(partnership_id=partnership_id, as_at__lt=before).order_by("as_at")
    return {(key, month): value for key, month, value in rows.values_list("key", "month", "value")}


@transaction.atomic
def link_measure(
    *,
    action_id: UUID,
    key: str,
    direction: str,
    since: date,
    target: Decimal | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Say by which measure an action is judged; said once more for the same measure, it is corrected.

    Raises NotFound, NoSuchMeasure, NoDirection, TargetIsNoShare.
    """
    require(viewer, Verb.KEEP_PLANS)
    _judged(key, direction, target)
    action = Action.objects.select_for_update().filter(pk=action_id).first()
    if action is None:
        raise NotFound
    told = {"direction": direction, "since": since.replace(day=1), "target": target}
    link = MeasureLink.objects.filter(action=action, key=key).first()
    before = {name: getattr(link, name) for name in told} if link else {}
    link = link or MeasureLink(action=action, key=key)
    for name, value in told.items():
        setattr(link, name, value)
    link.save()
    _recorded("link measure", action_id, key, viewer, now, differences(before, told).items())
    return link.pk


def _judged(key: str, direction: str, target: Decimal | None) -> None:
    if key not in BY_KEY:
        raise NoSuchMeasure
    if direction not in Direction.values:
        raise NoDirection
    if target is not None and (target < 0 or (BY_KEY[key].of and target > 100)):
        raise TargetIsNoShare


@transaction.atomic
def unlink_measure(*, action_id: UUID, key: str, viewer: Viewer, now: datetime) -> None:
    """The action is not judged by this measure any more. What was presented keeps it. Raises NotFound."""
    require(viewer, Verb.KEEP_PLANS)
    link = MeasureLink.objects.filter(action_id=action_id, key=key).first()
    if link is None:
        raise NotFound
    before = {name: getattr(link, name) for name in ("direction", "since", "target")}
    link.delete()
    gone = [(name, (value, None)) for name, value in before.items()]
    _recorded("unlink measure", action_id, key, viewer, now, gone)


def _recorded(
    verb: str,
    action_id: UUID,
    key: str,
    viewer: Viewer,
    now: datetime,
    changes: Iterable[tuple[str, tuple[object, object]]],
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="action",
        subject_id=action_id,
        detail={"measure": key},
        changes=dict(changes),
    )
