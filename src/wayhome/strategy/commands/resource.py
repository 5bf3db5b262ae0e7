"""What an action needs, and what other plans it hangs on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import action_to_change, made, save_changes
from wayhome.strategy.models import Action, Plan, PlanLink, Resource
from wayhome.strategy.vocabulary import ResourceState


class ResourceIsNothing(Refusal):
    """Say what is needed: a post, money, a room."""

    field = "what"


class LeadsNowhere(Refusal):
    """Choose a plan, or say in words what it hangs on."""

    field = "words"


class LinkEndedAlready(Refusal):
    """This link was taken off already."""


class HangsOnItself(Refusal):
    """An action does not hang on itself. Choose another."""

    field = "to_reference"


@transaction.atomic
def add_resource(
    *,
    action_id: UUID,
    what: str,
    state: str,
    funder: str = "",
    note: str = "",
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Say what an action needs, who pays for it, and whether it is there."""
    action = action_to_change(action_id, viewer)
    if not what.strip():
        raise ResourceIsNothing
    row = Resource(
        action=action,
        what=what.strip(),
        state=ResourceState(state),
        funder=funder.strip(),
        note=note.strip(),
        said_at=now,
    )
    return made(row, kind="resource", viewer=viewer, now=now)


@transaction.atomic
def change_resource(
    *, resource_id: UUID, state: str, funder: str = "", note: str = "", viewer: Viewer, now: datetime
) -> None:
    """Say that a resource has come, gone or is paid for by another."""
    require(viewer, Verb.KEEP_PLANS)
    row = Resource.objects.filter(pk=resource_id).first()
    if row is None:
        raise NotFound
    action_to_change(row.action_id, viewer)
    said = {
        "state": ResourceState(state).value,
        "funder": funder.strip(),
        "note": note.strip(),
        "said_at": now,
    }
    save_changes(row, said, kind="resource", viewer=viewer, now=now)


@transaction.atomic
def add_link(
    *,
    action_id: UUID,
    to_plan_id: UUID | None = None,
    to_reference: str = "",
    words: str = "",
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Say on what an action hangs: an action of a plan that is kept here, the plan, or a plan known by words only."""
    action = action_to_change(action_id, viewer)
    to_plan = Plan.objects.filter(pk=to_plan_id).first() if to_plan_id else None
    to_action = action_called(to_plan, to_reference.strip()) if to_plan and to_reference.strip() else None
    if to_plan is None and not words.strip():
        raise LeadsNowhere
    if to_action and to_action.pk == action.pk:
        raise HangsOnItself
    row = PlanLink(action=action, to_action=to_action, to_plan=to_plan, words=words.strip())
    return made(row, kind="link", viewer=viewer, now=now)


@transaction.atomic
def end_link(*, link_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Say that an action does not hang on another plan any more. The row stays, with who ended it and when."""
    require(viewer, Verb.KEEP_PLANS)
    row = PlanLink.objects.filter(pk=link_id).first()
    if row is None:
        raise NotFound
    action_to_change(row.action_id, viewer)
    row.refresh_from_db()
    if row.ended_at:
        raise LinkEndedAlready
    ended = {"ended_at": now, "ended_by_id": viewer.user_id}
    save_changes(row, ended, kind="link", viewer=viewer, now=now, verb="end")


def action_called(plan: Plan, reference: str) -> Action:
    """An action of a plan by its reference. Raises a Refusal that names it."""
    found = plan.actions.filter(reference=reference).first()
    if found is None:
        raise LeadsNowhere(
            "There is no action with this reference in the plan you chose.", field="to_reference"
        )
    return found
