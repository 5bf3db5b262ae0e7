"""Reads of plans that are being brought in: previews, the plan a file is alike, and what it would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.strategy.exports.shape import shaped
from wayhome.strategy.intake.difference import Difference, difference, is_same_plan
from wayhome.strategy.intake.known import KnownNames
from wayhome.strategy.intake.preview import Preview, from_json
from wayhome.strategy.intake.resolving import ReadyRow, ready_rows
from wayhome.strategy.models import Action, ActionOwner, Plan, PlanImport
from wayhome.strategy.queries.known import who_is_known
from wayhome.strategy.queries.parts import grouped
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.plan_file import PlanFile
from wayhome.strategy.vocabulary import ImportState

RECENT = 20


@dataclass(frozen=True, slots=True)
class Intake:
    """A preview as a page shows it."""

    row: PlanImport
    preview: Preview
    known: KnownNames
    ready: tuple[ReadyRow, ...]
    plan: PlanFile | None
    difference: Difference | None

    @property
    def is_open(self) -> bool:
        """Whether it can still be mended."""
        return self.row.state == ImportState.PREVIEW


def intake(import_id: UUID, *, now: datetime) -> Intake:
    """One preview, whole. Raises NotFound."""
    row = PlanImport.objects.select_related("plan", "made_by").filter(pk=import_id).first()
    if row is None:
        raise NotFound
    preview = from_json(row.mended)
    known = who_is_known(london_day(now))
    if row.plan_id is None or row.state != ImportState.PREVIEW:
        return Intake(row, preview, known, ready_rows(preview, known), None, None)
    plan = plan_file(row.plan_id, now=now)
    found = difference_to(preview, plan, known)
    return Intake(row, preview, known, found.rows, plan, found)


def difference_to(preview: Preview, plan: PlanFile, known: KnownNames) -> Difference:
    """What a preview would change in a plan."""
    used = {action.reference for action in plan.actions}
    return difference(preview, shaped(plan, owner_words(plan.id)), known, used)


def owner_words(plan_id: UUID) -> Mapping[UUID, str]:
    """By which words of the plan each owner is meant."""
    found = ActionOwner.objects.filter(action__plan_id=plan_id).exclude(words="")
    return dict(found.values_list("pk", "words"))


def plan_alike(preview: Preview) -> UUID | None:
    """The plan that the file is a newer state of, if there is one that is not over. Two queries."""
    plans = list(Plan.objects.exclude(state__in=("closed", "refreshed")).order_by("-made_at"))
    texts = Action.objects.filter(plan__in=plans).values_list("plan_id", "title", "text")
    by_plan = grouped((plan_id, f"{title}\n{text}".strip()) for plan_id, title, text in texts)
    by_title = [plan for plan in plans if is_same_plan(preview, plan.title, ())]
    alike = [plan for plan in plans if is_same_plan(preview, "", by_plan.get(plan.pk, ()))]
    return next((plan.pk for plan in (*by_title, *alike)), None)


def imports_lately() -> list[PlanImport]:
    """What is being checked, and what was brought in last. Nothing that was set aside. One query."""
    found = PlanImport.objects.exclude(state=ImportState.DISCARDED).select_related("plan", "made_by")
    # What was read is large, and not shown in a list.
    return list(found.defer("read", "mended").order_by("state", "-made_at")[:RECENT])
