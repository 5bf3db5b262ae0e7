"""One action with the plan round it, for its page and its forms."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.strategy.models import Action, ActionOwner, CommitmentServed
from wayhome.strategy.queries.mine import my_owner_ids
from wayhome.strategy.queries.parts import owner_name
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.plan_file import ActionFact, GroupingFact, ObjectiveFact, OwnerFact, PlanFile
from wayhome.strategy.rules.standing import Standing, standing_of
from wayhome.strategy.vocabulary import OwnerPart


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action, how it stands, and which parts of it are the reader's."""

    row: Action
    plan: PlanFile
    action: ActionFact
    standing: Standing
    groupings: list[GroupingFact]
    objective: ObjectiveFact | None
    own: list[OwnerFact]
    serves: list[str]

    @property
    def leads(self) -> bool:
        """Whether the reader speaks for the lead."""
        return any(owner.part == OwnerPart.LEAD for owner in self.own)


def action_row(action_id: UUID) -> Action:
    """One action with its plan. Raises NotFound."""
    found = Action.objects.select_related("plan", "superseded_by").filter(pk=action_id).first()
    if found is None:
        raise NotFound
    return found


def action_page(action_id: UUID, *, now: datetime) -> ActionPage:
    """Everything that is said of one action. Raises NotFound."""
    row = action_row(action_id)
    plan = plan_file(row.plan_id, now=now)
    action = next(each for each in plan.actions if each.id == action_id)
    mine = my_owner_ids()
    stands_in = {action.priority_id, action.section_id, action.ambition_id}
    served = CommitmentServed.objects.filter(action=row, ended_at=None, commitment__dropped_at=None)
    return ActionPage(
        row=row,
        plan=plan,
        action=action,
        standing=standing_of(action, plan, london_day(now)),
        groupings=[each for each in plan.groupings if each.id in stands_in],
        objective=next((each for each in plan.objectives if each.id == action.objective_id), None),
        own=[owner for owner in action.owners if owner.id in mine],
        serves=list(served.order_by("commitment__position").values_list("commitment__text", flat=True)),
    )


def former_owners(action_id: UUID, *, now: datetime) -> list[tuple[str, str, ActionOwner]]:
    """Who owned an action before today: name, part, and the row with its days. One query."""
    rows = ActionOwner.objects.filter(action_id=action_id, valid__fully_lt=(london_day(now), None))
    found = rows.select_related("post__agency", "agency", "body", "team__agency").order_by("valid", "pk")
    return [(owner_name(row)[0], str(OwnerPart(row.part).label), row) for row in found]
