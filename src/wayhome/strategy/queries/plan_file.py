"""Plans as they stand now, whole: the same number of queries for one action and for three hundred, for one plan or ten.

Row security decides what is in a file: a lead or coordinator gets the plan, an owner only the actions that are theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from wayhome.kernel.refusal import NotFound
from wayhome.strategy.models import (
    Action,
    Commitment,
    CommitmentServed,
    Grouping,
    KeyWord,
    Objective,
    Plan,
)
from wayhome.strategy.queries.parts import Parts, grouped, parts_of
from wayhome.strategy.rules.plan_file import (
    ActionFact,
    CommitmentFact,
    GroupingFact,
    KeyFact,
    ObjectiveFact,
    PlanFile,
)
from wayhome.strategy.vocabulary import LIVE_STATES, Axis, RatingValue

_AXES = {axis: place for place, axis in enumerate(Axis.values)}
_COLOURS = {rating: place for place, rating in enumerate(RatingValue.values)}


def plan_file(plan_id: UUID, *, now: datetime) -> PlanFile:
    """One plan as it stands now. Raises NotFound if there is none for this viewer. Sixteen queries."""
    found = plan_files(Plan.objects.filter(pk=plan_id), now=now)
    if not found:
        raise NotFound
    return found[0]


def plan_files(plans: QuerySet[Plan], *, now: datetime) -> list[PlanFile]:
    """These plans as they stand now, in their order, in as many queries as one."""
    wanted = list(plans.select_related("body", "document"))
    if not wanted:
        return []
    ids = [plan.pk for plan in wanted]
    actions = list(
        Action.objects.filter(plan_id__in=ids).select_related("review_body").order_by("position", "pk")
    )
    parts = parts_of({action.pk for action in actions}, wanted[0].partnership_id, now)
    facts = grouped((action.plan_id, _action(action, parts)) for action in actions)
    frames = _frames(ids)
    return [_file(plan, frames, facts.get(plan.pk, ()), now) for plan in wanted]


@dataclass(frozen=True, slots=True)
class _Frames:
    """What stands round the actions of each plan."""

    keys: Mapping[UUID, tuple[KeyFact, ...]]
    groupings: Mapping[UUID, tuple[GroupingFact, ...]]
    objectives: Mapping[UUID, tuple[ObjectiveFact, ...]]
    commitments: Mapping[UUID, tuple[CommitmentFact, ...]]


def _frames(ids: Sequence[UUID]) -> _Frames:
    keys = sorted(KeyWord.objects.filter(plan_id__in=ids), key=lambda row: _COLOURS[row.rating])
    groupings = sorted(
        Grouping.objects.filter(plan_id__in=ids).order_by("position", "pk"), key=lambda row: _AXES[row.axis]
    )
    objectives = Objective.objects.filter(plan_id__in=ids).order_by("position", "pk")
    return _Frames(
        keys=grouped((row.plan_id, KeyFact(row.rating, row.words, row.needs_remedy)) for row in keys),
        groupings=grouped((row.plan_id, _grouping(row)) for row in groupings),
        objectives=grouped((row.plan_id, _objective(row)) for row in objectives),
        commitments=_commitments(ids),
    )


def _commitments(ids: Sequence[UUID]) -> Mapping[UUID, tuple[CommitmentFact, ...]]:
    rows = list(Commitment.objects.filter(plan_id__in=ids).order_by("position", "pk"))
    serving = CommitmentServed.objects.filter(
        commitment__plan_id__in=ids, ended_at=None, action__state__in=LIVE_STATES
    ).order_by("action__position", "pk")
    served = grouped(serving.values_list("commitment_id", "action__reference"))
    return grouped(
        (
            row.plan_id,
            CommitmentFact(row.pk, row.grouping_id, row.text, served.get(row.pk, ()), row.dropped_because),
        )
        for row in rows
    )


def _file(plan: Plan, frames: _Frames, actions: tuple[ActionFact, ...], now: datetime) -> PlanFile:
    return PlanFile(
        id=plan.pk,
        title=plan.title,
        body=plan.body.name if plan.body else "",
        state=plan.state,
        document=plan.document.title if plan.document else "",
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        stale_after_days=plan.stale_after_days,
        as_at=now,
        key=frames.keys.get(plan.pk, ()),
        groupings=frames.groupings.get(plan.pk, ()),
        objectives=frames.objectives.get(plan.pk, ()),
        actions=actions,
        commitments=frames.commitments.get(plan.pk, ()),
    )


def _grouping(row: Grouping) -> GroupingFact:
    return GroupingFact(row.pk, row.axis, row.reference, row.title, row.aim, row.approach, row.lead)


def _objective(row: Objective) -> ObjectiveFact:
    return ObjectiveFact(row.pk, row.reference, row.text, row.priority_id, row.section_id)


def _action(row: Action, parts: Parts) -> ActionFact:
    return ActionFact(
        id=row.pk,
        reference=row.reference,
        title=row.title,
        text=row.text,
        evidence=row.evidence,
        objective_id=row.objective_id,
        priority_id=row.priority_id,
        section_id=row.section_id,
        ambition_id=row.ambition_id,
        four_p=tuple(row.four_p),
        level=row.level,
        state=row.state,
        ended_because=row.ended_because,
        due_kind=row.due_kind,
        due_on=row.due_on,
        frequency=row.frequency,
        review_body=row.review_body.name if row.review_body else "",
        due_words=row.due_words,
        owner_words=row.owner_words,
        owners=parts.owners.get(row.pk, ()),
        resources=parts.resources.get(row.pk, ()),
        links=parts.links.get(row.pk, ()),
        updates=parts.updates.get(row.pk, ()),
        ratings=parts.ratings.get(row.pk, ()),
        measures=parts.measures.get(row.pk, ()),
        evidence_items=parts.evidence.get(row.pk, ()),
    )
