"""What hangs on the actions of plans, read in one query per kind and ready to be looked up by action."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from wayhome.kernel.clock import london_day
from wayhome.partnership.queries.governance import holders_now
from wayhome.strategy.models import (
    ActionOwner,
    ActionUpdate,
    EvidenceItem,
    MeasureLink,
    MeasureReading,
    PlanLink,
    Rating,
    Resource,
)
from wayhome.strategy.rules.plan_file import (
    EvidenceFact,
    MeasureFact,
    MeasurePoint,
    OwnerFact,
    RatingFact,
    ResourceFact,
    UpdateFact,
)
from wayhome.strategy.vocabulary import OwnerKind, OwnerPart

K = TypeVar("K")
V = TypeVar("V")


class OfAnAction(Protocol):
    """A row that hangs on an action."""

    @property
    def action_id(self) -> UUID:
        """Which action."""


R = TypeVar("R", bound=OfAnAction)
ByAction = Mapping[UUID, tuple[V, ...]]


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """The values of each key, in the order they came."""
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


@dataclass(frozen=True, slots=True)
class Parts:
    """What hangs on each action."""

    owners: ByAction[OwnerFact]
    resources: ByAction[ResourceFact]
    links: ByAction[str]
    updates: ByAction[UpdateFact]
    ratings: ByAction[RatingFact]
    measures: ByAction[MeasureFact]
    evidence: ByAction[EvidenceFact]


def parts_of(action_ids: Collection[UUID], partnership_id: UUID, now: datetime) -> Parts:
    """Everything that hangs on these actions, in nine queries."""
    updates = ActionUpdate.objects.filter(action_id__in=action_ids).order_by("written_at", "pk")
    ratings = Rating.objects.filter(action_id__in=action_ids).order_by("rated_at", "pk")
    resources = Resource.objects.filter(action_id__in=action_ids).order_by("said_at", "pk")
    evidence = EvidenceItem.objects.filter(action_id__in=action_ids).order_by("added_at", "pk")
    return Parts(
        owners=_owners(action_ids, now),
        resources=_each(resources, _resource),
        links=_links(action_ids),
        updates=_each(updates, _update),
        ratings=_each(ratings, _rating),
        measures=_measures(action_ids, partnership_id),
        evidence=_each(evidence, _evidence),
    )


def _each(rows: Iterable[R], fact: Callable[[R], V]) -> ByAction[V]:
    return grouped((row.action_id, fact(row)) for row in rows)


def _owners(action_ids: Collection[UUID], now: datetime) -> ByAction[OwnerFact]:
    """Those who own now, the lead first."""
    today = london_day(now)
    rows = list(
        ActionOwner.objects.filter(action_id__in=action_ids, valid__contains=today)
        .select_related("post__agency", "agency", "body", "team__agency")
        .order_by("valid", "pk")
    )
    rows.sort(key=lambda owner: owner.part != OwnerPart.LEAD)
    posts = {owner.post_id for owner in rows if owner.post_id}
    holders = {post_id: held.name for post_id, held in holders_now(posts, today).items()}
    return _each(rows, lambda owner: _owner(owner, holders))


def _owner(row: ActionOwner, holders: Mapping[UUID, str]) -> OwnerFact:
    name, agency = owner_name(row)
    return OwnerFact(
        id=row.pk,
        part=row.part,
        kind=row.kind,
        name=name,
        holder=holders.get(row.post_id, "") if row.post_id else "",
        state=row.state,
        state_said_at=row.state_said_at,
        agency=agency,
    )


def owner_name(row: ActionOwner) -> tuple[str, str]:
    """What an owner is called, and their agency if they have one."""
    if row.kind == OwnerKind.POST and row.post:
        return row.post.title, row.post.agency.name if row.post.agency else ""
    if row.kind == OwnerKind.AGENCY and row.agency:
        return row.agency.name, row.agency.name
    if row.kind == OwnerKind.BODY and row.body:
        return row.body.name, ""
    if row.kind == OwnerKind.TEAM and row.team:
        return row.team.name, row.team.agency.name
    return row.words, ""


def _links(action_ids: Collection[UUID]) -> ByAction[str]:
    return _each(standing_links().filter(action_id__in=action_ids), link_words)


def standing_links() -> QuerySet[PlanLink]:
    """The links that nobody ended, with where they lead."""
    rows = PlanLink.objects.filter(ended_at=None).select_related("to_action__plan", "to_plan")
    return rows.order_by("pk")


def link_words(row: PlanLink) -> str:
    """Where a link leads, in words. A plan that the viewer may not read is not named."""
    if row.to_action:
        leads = f"{row.to_action.plan.title}: action {row.to_action.reference}"
    else:
        leads = row.to_plan.title if row.to_plan else ""
    return ", ".join(part for part in (leads, row.words) if part) or "Another plan"


def _measures(action_ids: Collection[UUID], partnership_id: UUID) -> ByAction[MeasureFact]:
    rows = list(MeasureLink.objects.filter(action_id__in=action_ids).order_by("key"))
    readings = _readings({row.key for row in rows}, partnership_id)
    return _each(rows, lambda row: _measure(row, readings.get(row.key, ())))


def _readings(keys: set[str], partnership_id: UUID) -> Mapping[str, tuple[MeasureReading, ...]]:
    """The last reading of each month, oldest month first."""
    rows = MeasureReading.objects.filter(partnership_id=partnership_id, key__in=keys)
    last = rows.order_by("key", "month", "-as_at").distinct("key", "month")
    return grouped((row.key, row) for row in last)


def _measure(row: MeasureLink, readings: tuple[MeasureReading, ...]) -> MeasureFact:
    return MeasureFact(
        key=row.key,
        direction=row.direction,
        since=row.since,
        target=row.target,
        points=tuple(MeasurePoint(reading.month, reading.value) for reading in readings),
        as_at=max((reading.as_at for reading in readings), default=None),
    )


def _resource(row: Resource) -> ResourceFact:
    return ResourceFact(row.what, row.funder, row.state, row.note)


def _update(row: ActionUpdate) -> UpdateFact:
    return UpdateFact(
        achieved=row.achieved,
        next_steps=row.next_steps,
        blocker=row.blocker,
        state=row.state,
        at=row.written_at,
        by=row.written_by_name,
        origin=row.origin,
        owner_id=row.owner_id,
    )


def _rating(row: Rating) -> RatingFact:
    return RatingFact(
        rating=row.rating,
        reason=row.reason,
        evidence=row.evidence,
        remedy=row.remedy,
        at=row.rated_at,
        by=row.rated_by_name,
        origin=row.origin,
    )


def _evidence(row: EvidenceItem) -> EvidenceFact:
    return EvidenceFact(row.title, row.where, row.finding, row.dated)
