"""Actions of a plan: added with a reference that stays, edited, cancelled or replaced with the reason."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import Stale, action_to_change, made, plan_to_change, save_changes
from wayhome.strategy.commands.grouping import NotOfThisPlan, ReferenceTaken, check_groupings
from wayhome.strategy.models import Action, Objective, Plan
from wayhome.strategy.rules.due import end_of_month
from wayhome.strategy.vocabulary import ActionState, Axis, DueKind, FourP, Level


class ActionSaysNothing(Refusal):
    """Say what is to be done."""

    field = "text"


class NoReference(Refusal):
    """Give it a reference. People will call the action by it."""

    field = "reference"


class DueHasNoDate(Refusal):
    """Enter the day, or choose that there is no date."""

    field = "due_on"


class NoFrequency(Refusal):
    """Choose how often it is reviewed."""

    field = "frequency"


class EndedWithoutReason(Refusal):
    """Say why."""

    field = "because"


class EndedAlready(Refusal):
    """This action was ended already."""


class ReplacedByNothing(Refusal):
    """Choose another action of this plan, one that is not ended itself."""

    field = "superseded_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDetails:
    """What is said of an action. Its reference is given once and stands apart."""

    text: str
    title: str = ""
    evidence: str = ""
    objective_id: UUID | None = None
    priority_id: UUID | None = None
    section_id: UUID | None = None
    ambition_id: UUID | None = None
    four_p: tuple[str, ...] = ()
    level: str = Level.STRATEGIC
    due_kind: str = DueKind.OPEN
    due_on: date | None = None
    frequency: str = ""
    review_body_id: UUID | None = None
    due_words: str = ""
    owner_words: str = ""


@transaction.atomic
def add_action(
    *, plan_id: UUID, reference: str, details: ActionDetails, viewer: Viewer, now: datetime
) -> UUID:
    """Add an action at the end of a plan. Its reference is never changed and never given again."""
    plan = plan_to_change(plan_id, viewer)
    if not reference.strip():
        raise NoReference
    if plan.actions.filter(reference=reference.strip()).exists():
        raise ReferenceTaken
    said = action_said(plan.pk, details)
    row = Action(plan=plan, reference=reference.strip(), position=_last_place(plan) + 1, made_at=now, **said)
    return made(row, kind="action", viewer=viewer, now=now)


@transaction.atomic
def edit_action(
    *, action_id: UUID, details: ActionDetails, edition: int | None = None, viewer: Viewer, now: datetime
) -> None:
    """Change what is said of an action. Raises Stale with its present words if somebody was faster."""
    action = action_to_change(action_id, viewer)
    said = action_said(action.plan_id, details)
    if edition is not None and edition != action.edition:
        raise Stale({name: getattr(action, name) for name in said})
    save_changes(action, said, kind="action", viewer=viewer, now=now)


@transaction.atomic
def end_action(
    *,
    action_id: UUID,
    because: str,
    superseded_by: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Cancel an action, or say which one replaces it. It keeps its reference and all that was said of it."""
    action = action_to_change(action_id, viewer)
    if action.state in (ActionState.CANCELLED, ActionState.SUPERSEDED):
        raise EndedAlready
    if not because.strip():
        raise EndedWithoutReason
    if superseded_by:
        check_replacement(action, superseded_by)
    after = {
        "state": ActionState.SUPERSEDED.value if superseded_by else ActionState.CANCELLED.value,
        "ended_because": because.strip(),
        "superseded_by_id": superseded_by,
    }
    save_changes(action, after, kind="action", viewer=viewer, now=now, verb="end")


def check_replacement(action: Action, superseded_by: UUID) -> None:
    """Raise ReplacedByNothing unless it is another action of the plan that is not ended."""
    others = action.plan.actions.exclude(pk=action.pk)
    if not others.filter(pk=superseded_by).exclude(state__in=("cancelled", "superseded")).exists():
        raise ReplacedByNothing


def action_said(plan_id: UUID, details: ActionDetails) -> dict[str, Any]:
    """What an action says, checked and tidied: what its due kind does not use is left out."""
    if not details.text.strip():
        raise ActionSaysNothing
    check_groupings(
        plan_id,
        {
            Axis.PRIORITY: details.priority_id,
            Axis.SECTION: details.section_id,
            Axis.AMBITION: details.ambition_id,
        },
    )
    if (
        details.objective_id
        and not Objective.objects.filter(plan_id=plan_id, pk=details.objective_id).exists()
    ):
        raise NotOfThisPlan(field="objective_id")
    said = asdict(details) | {
        "text": details.text.strip(),
        "title": details.title.strip(),
        "four_p": [each for each in FourP.values if each in details.four_p],
    }
    return said | _due(details)


def _due(details: ActionDetails) -> dict[str, Any]:
    is_dated = details.due_kind in (DueKind.DATE, DueKind.MONTH)
    is_review = details.due_kind == DueKind.RECURRING
    if is_dated and details.due_on is None:
        raise DueHasNoDate
    if is_review and not details.frequency:
        raise NoFrequency
    due_on = details.due_on if is_dated else None
    return {
        "due_on": end_of_month(due_on) if due_on and details.due_kind == DueKind.MONTH else due_on,
        "frequency": details.frequency if is_review else "",
        "review_body_id": details.review_body_id if is_review else None,
    }


def _last_place(plan: Plan) -> int:
    return plan.actions.order_by("-position").values_list("position", flat=True).first() or 0
