"""The measures that plans are judged by: what each was last, as at when, and which actions it judges."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wayhome.kernel.refusal import NotFound
from wayhome.strategy.models import Action, MeasureLink, MeasureReading
from wayhome.strategy.rules.measures import KINDS, Charted, MeasureKind, charted
from wayhome.strategy.rules.plan_file import MeasureFact, MeasurePoint
from wayhome.strategy.vocabulary import LIVE_STATES


@dataclass(frozen=True, slots=True)
class ReadMeasure:
    """One measure as it was last read, with the links of live actions to it."""

    kind: MeasureKind
    charted: Charted | None
    as_at: datetime | None
    links: tuple[MeasureLink, ...]


def read_measures() -> list[ReadMeasure]:
    """Every measure of the registry. Two queries."""
    points, as_at = _points()
    links: dict[str, list[MeasureLink]] = {}
    live = MeasureLink.objects.filter(action__state__in=LIVE_STATES).select_related("action__plan")
    for link in live.order_by("action__plan__title", "action__position"):
        links.setdefault(link.key, []).append(link)
    return [
        ReadMeasure(
            kind,
            _charted(kind, points.get(kind.key, []), as_at.get(kind.key)),
            as_at.get(kind.key),
            tuple(links.get(kind.key, ())),
        )
        for kind in KINDS
    ]


def _points() -> tuple[dict[str, list[MeasurePoint]], dict[str, datetime]]:
    """The last reading of every month by measure, and when each measure was last read."""
    rows = MeasureReading.objects.order_by("key", "month", "-as_at").distinct("key", "month")
    points: dict[str, list[MeasurePoint]] = {}
    as_at: dict[str, datetime] = {}
    for row in rows:
        points.setdefault(row.key, []).append(MeasurePoint(row.month, row.value))
        as_at[row.key] = max(as_at.get(row.key, row.as_at), row.as_at)
    return points, as_at


def _charted(kind: MeasureKind, points: list[MeasurePoint], as_at: datetime | None) -> Charted | None:
    if not points:
        return None
    fact = MeasureFact(kind.key, kind.usually, points[0].month, None, tuple(points), as_at)
    return charted(fact)


def action_of(action_id: UUID) -> Action:
    """One action with its plan. Raises NotFound."""
    found = Action.objects.select_related("plan").filter(pk=action_id).first()
    if found is None:
        raise NotFound
    return found


def link_of(action_id: UUID, key: str) -> MeasureLink:
    """By which a measure judges an action. Raises NotFound."""
    found = MeasureLink.objects.select_related("action__plan").filter(action_id=action_id, key=key).first()
    if found is None:
        raise NotFound
    return found
