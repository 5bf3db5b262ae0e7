"""What Strategy opens on: what is the reader's own, and what needs somebody in the plans they read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from wayhome.kernel.clock import london_day
from wayhome.strategy.models import Plan, StrategyDocument, UpdateRequest
from wayhome.strategy.queries.mine import my_owner_ids
from wayhome.strategy.queries.plan_file import plan_files
from wayhome.strategy.rules.listing import by_need
from wayhome.strategy.rules.plan_file import OwnerFact, PlanFile, UpdateFact
from wayhome.strategy.rules.standing import standing_of
from wayhome.strategy.rules.summary import Stood, Summary, summary_of

# Somebody who wrote so soon after another may not have seen what the other wrote.
SOON = timedelta(days=2)
OPEN_PLANS = ("draft", "approved", "live")
NEEDS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class OwnAction:
    """A part of an action that is the reader's, and until when an update is asked for."""

    plan: PlanFile
    stood: Stood
    owner: OwnerFact
    asked_by: date | None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in figures, with the actions that need somebody first."""

    plan: PlanFile
    summary: Summary
    needing: list[Stood]
    needing_count: int


@dataclass(frozen=True, slots=True)
class Home:
    """What somebody sees first."""

    own: list[OwnAction]
    # Plans that are not over, if the reader reads plans.
    plans: list[PlanLine]
    documents: list[StrategyDocument]
    asks_open: int
    asks_late: int


def home(*, reads_plans: bool, now: datetime) -> Home:
    """Everything of the first page, in as many queries for one plan as for ten."""
    today = london_day(now)
    files = plan_files(Plan.objects.filter(state__in=OPEN_PLANS).order_by("title", "pk"), now=now)
    documents = StrategyDocument.objects.select_related("body").exclude(state__in=("refreshed", "closed"))
    asked = list(
        UpdateRequest.objects.filter(answer=None, withdrawn_because="").values_list("owner_id", "due_on")
    )
    return Home(
        own=_own(files, dict(asked), today),
        plans=[_line(each, today) for each in files] if reads_plans else [],
        documents=list(documents.order_by("title", "-version")),
        asks_open=len(asked),
        asks_late=sum(due_on < today for _, due_on in asked),
    )


def _own(files: list[PlanFile], asked: dict[UUID, date], today: date) -> list[OwnAction]:
    mine = my_owner_ids()
    found = [
        OwnAction(plan, Stood(action, standing_of(action, plan, today)), owner, asked.get(owner.id))
        for plan in files
        for action in plan.actions
        for owner in action.owners
        if owner.id in mine
    ]
    live = [each for each in found if each.stood.standing.is_live]
    return sorted(live, key=lambda each: (each.asked_by or date.max, not each.stood.standing.needs_somebody))


def _line(plan: PlanFile, today: date) -> PlanLine:
    stood = [Stood(action, standing_of(action, plan, today)) for action in plan.actions]
    needing = by_need(stood)
    return PlanLine(plan, summary_of(plan, today), needing[:NEEDS_SHOWN], len(needing))


def written_after(updates: tuple[UpdateFact, ...], name: str) -> UpdateFact | None:
    """What somebody else wrote soon after the last words of this writer: they may not have seen each other's."""
    own = [place for place, update in enumerate(updates) if update.by == name]
    if not own:
        return None
    last = updates[own[-1]]
    return next((each for each in updates[own[-1] + 1 :] if each.at - last.at <= SOON), None)
