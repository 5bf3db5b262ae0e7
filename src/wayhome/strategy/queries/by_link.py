"""What a visitor sees who came by a link: their own parts of one plan, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wayhome.strategy.models import Action, UpdateRequest
from wayhome.strategy.queries.mine import my_owner_ids
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.plan_file import ActionFact, PlanFile, UpdateFact
from wayhome.strategy.vocabulary import LIVE_STATES, OwnerPart


@dataclass(frozen=True, slots=True)
class OwnPart:
    """One part of one action that is the visitor's."""

    owner_id: UUID
    part: str
    # Who leads an action rates it.
    leads: bool
    # How it goes, by their last word; how the action goes if they have not said.
    state: str
    edition: int
    action: ActionFact
    # Until when an answer is waited for; None if nothing is asked at present.
    due_on: date | None
    # Their own last word about it.
    last: UpdateFact | None


@dataclass(frozen=True, slots=True)
class LinkPage:
    """The page behind a link: the parts that are asked for first."""

    plan: PlanFile
    parts: tuple[OwnPart, ...]


def link_page(plan_id: UUID, *, now: datetime) -> LinkPage:
    """The visitor's own live actions, as row security shows them. Raises NotFound if there is none left."""
    file = plan_file(plan_id, now=now)
    mine = my_owner_ids()
    asked = _asked(mine)
    editions = dict(Action.objects.filter(plan_id=plan_id).values_list("pk", "edition"))
    parts = [
        OwnPart(
            owner_id=owner.id,
            part=OwnerPart(owner.part).label,
            leads=owner.part == OwnerPart.LEAD,
            state=owner.state if owner.state_said_at else action.state,
            edition=editions[action.id],
            action=action,
            due_on=asked.get(owner.id),
            last=next((each for each in reversed(action.updates) if each.owner_id == owner.id), None),
        )
        for action in file.actions
        if action.state in LIVE_STATES
        for owner in action.owners
        if owner.id in mine
    ]
    parts.sort(key=lambda part: (part.due_on is None, part.due_on or date.max))
    return LinkPage(file, tuple(parts))


def _asked(mine: frozenset[UUID]) -> Mapping[UUID, date]:
    waiting = UpdateRequest.objects.filter(owner_id__in=mine, answer=None, withdrawn_because="")
    return dict(waiting.order_by("-due_on").values_list("owner_id", "due_on"))
