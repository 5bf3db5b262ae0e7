"""How a child stands on the exploitation pathway, for the top of their record. Pure: what happened in, one box out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wayhome.access.queries import UserCard
from wayhome.desk.rules.happenings.words import label, signature
from wayhome.exploitation.rules import earliest_review
from wayhome.exploitation.rules.plan import due_words
from wayhome.exploitation.vocabulary import OPEN_ACTIONS, ExploitationKind


@dataclass(frozen=True, slots=True)
class LevelNow:
    """A kind of exploitation as it was judged last: harm, then level."""

    kind: str
    harm: str
    level: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What of the plan falls due first."""

    what: str
    who: str
    due: str
    action_id: UUID


@dataclass(frozen=True, slots=True)
class OnPathway:
    """What the viewer may know of it; empty where there is nothing, or nothing that is theirs to see."""

    is_live: bool = False
    has_plan: bool = False
    lead: str = ""
    levels: list[LevelNow] = field(default_factory=list)
    assess_by: datetime | None = None
    next_step: NextStep | None = None
    review_on: date | None = None
    review_words: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether there is something to say."""
        return self.is_live or self.has_plan


def on_pathway(told: Mapping[str, Iterable[Any]], users: Mapping[UUID, UserCard], today: date) -> OnPathway:
    """From exploitation.queries.happened_on_pathway. Levels in the order of the list of kinds: none comes first."""
    live = next((each for each in told["pathways"] if each.closed_at is None), None)
    plan = next((each for each in told["plans"] if each.ended_at is None), None)
    judged = [each for each in told["judgements"] if live and each.replaced_at is None]
    review_on = earliest_review([*(each.review_on for each in judged), plan.review_on if plan else None])
    lead_id = live.lead_id if live else plan.lead_id if plan else None
    return OnPathway(
        is_live=live is not None,
        has_plan=plan is not None,
        lead=_name(lead_id, users),
        levels=[
            LevelNow(label(ExploitationKind, each.kind), each.harm, each.level)
            for kind in ExploitationKind
            for each in judged
            if each.kind == kind
        ],
        assess_by=live.assess_by if live and not judged else None,
        next_step=_next_step(plan, told["actions"], users, today) if plan else None,
        review_on=review_on,
        review_words=due_words(review_on, today) if review_on else "",
    )


def _next_step(
    plan: Any, actions: Iterable[Any], users: Mapping[UUID, UserCard], today: date
) -> NextStep | None:
    still = [each for each in actions if each.plan_id == plan.pk and each.state in OPEN_ACTIONS]
    first = min(still, key=lambda each: (each.due_on or date.max, each.added_at), default=None)
    if first is None:
        return None
    who = _name(first.owner_id, users) or first.owner_words
    return NextStep(first.what, who, due_words(first.due_on, today), first.pk)


def _name(user_id: UUID | None, users: Mapping[UUID, UserCard]) -> str:
    card = users.get(user_id) if user_id else None
    return signature(card.name, card.agency) if card else ""
