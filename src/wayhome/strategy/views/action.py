from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to, signed_in
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.clock import london_day
from wayhome.strategy.commands import action as commands
from wayhome.strategy.forms.action import ActionForm, EndActionForm, action_as_typed
from wayhome.strategy.forms.plan import chosen
from wayhome.strategy.models import Action, ActionOwner
from wayhome.strategy.queries.action import action_page, action_row, former_owners
from wayhome.strategy.queries.home import written_after
from wayhome.strategy.queries.parts import link_words, standing_links
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.due import written
from wayhome.strategy.rules.measures import charted, said
from wayhome.strategy.rules.plan_file import MeasureFact, PlanFile
from wayhome.strategy.rules.references import next_reference
from wayhome.strategy.views.choices import (
    NONE,
    action_choices,
    body_choices,
    edition_of,
    offer_groupings,
    sent,
)
from wayhome.strategy.views.plan import back_to_plan, plan_row
from wayhome.strategy.vocabulary import (
    ActionState,
    Direction,
    FourP,
    Frequency,
    Level,
    OwnerPart,
    ResourceState,
)
from wayhome.web.control_charts import Reading
from wayhome.web.pages import render


@signed_in
def action(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """One action, for who reads plans and for who owns it."""
    page = action_page(action_id, now=request.now)
    keeps = may(request.viewer, Verb.KEEP_PLANS)
    is_over = page.plan.state in ("closed", "refreshed") or page.action.state in ("cancelled", "superseded")
    context = {
        "page": page,
        "key": {fact.rating: fact.words for fact in page.plan.key},
        "charts": [chart_of(measure) for measure in page.action.measures],
        "former": [
            (name, part, last_day(row)) for name, part, row in former_owners(action_id, now=request.now)
        ],
        "after_yours": written_after(page.action.updates, request.viewer.name),
        "states": dict(ActionState.choices),
        "parts": dict(OwnerPart.choices),
        "resource_states": dict(ResourceState.choices),
        "resources": list(page.row.resources.order_by("said_at", "pk")),
        "links": [(row.pk, link_words(row)) for row in standing_links().filter(action_id=action_id)],
        "levels": dict(Level.choices),
        "four_p": dict(FourP.choices),
        "may_keep": keeps and not is_over,
        "may_update": (keeps or page.own) and not is_over,
        "may_rate": (keeps or page.leads) and not is_over,
        "is_over": is_over,
    }
    return render(request, "strategy/action.html", context)


def last_day(row: ActionOwner) -> str:
    """The last day on which a former owner owned."""
    return written(row.valid.upper - timedelta(days=1))


def chart_of(measure: MeasureFact) -> dict[str, Any]:
    """A measure as its chart and the table beside it."""
    drawn = charted(measure)
    signals = drawn.chart.signals
    return {
        "measure": measure,
        "kind": drawn.kind,
        "chart": drawn.chart,
        "direction": str(Direction(measure.direction).label),
        "readings": [
            Reading(
                f"{point.month:%b %y}",
                None if point.value is None else float(point.value),
                f"{point.month:%B %Y}: {said(point.value, drawn.kind)}",
                is_signal=bool(signals[place]),
            )
            for place, point in enumerate(drawn.points)
        ],
        "rows": [
            (f"{point.month:%B %Y}", said(point.value, drawn.kind), ", ".join(signals[place]) or "Usual")
            for place, point in reversed(list(enumerate(drawn.points)))
        ],
    }


def _offer(form: ActionForm, plan: PlanFile, request: ViewerRequest) -> None:
    offer_groupings(form, plan)
    form.offer("review_body_id", body_choices(london_day(request.now)))
    form.offer("frequency", [NONE, *Frequency.choices])


@allowed_to(Verb.KEEP_PLANS)
def new_action(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    row = plan_row(plan_id)
    plan = plan_file(plan_id, now=request.now)
    first = {
        "reference": _next(plan, request.GET.get("under", "")),
        "level": Level.STRATEGIC,
        "due_kind": "open",
        "edition": "1",
        **_under(plan, request.GET.get("under", "")),
    }
    form = form_for(request, ActionForm, name="new_action", subject=str(plan_id), initial=first)
    _offer(form, plan, request)

    def do(data: dict[str, Any]) -> str:
        made = commands.add_action(
            plan_id=plan_id,
            reference=data["reference"],
            details=form.details(),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("give_owner", args=[made])

    context = {"title": "Add an action", "button": "Save and say who does it", "back": back_to_plan(row)}
    return sent(request, form, name="new_action", subject=plan_id, do=do, context=context)


def _under(plan: PlanFile, heading: str) -> dict[str, str]:
    """The heading from whose link somebody came."""
    found = next((each for each in plan.groupings if str(each.id) == heading), None)
    return {f"{found.axis}_id": heading} if found else {}


def _next(plan: PlanFile, heading: str) -> str:
    """The next free reference, beside the actions under the heading from which somebody came."""
    under = next((each for each in plan.groupings if str(each.id) == heading), None)
    beside = [
        each.reference
        for each in plan.actions
        if under is None or under.id in (each.priority_id, each.section_id, each.ambition_id)
    ]
    used = {each.reference for each in plan.actions}
    return next_reference(used, beside, under.reference if under else "")


def back_to_action(row: Action) -> dict[str, str]:
    """The link at the top of a form about an action."""
    return {"href": reverse("action", args=[row.pk]), "text": f"Back to {row.reference}"}


@allowed_to(Verb.KEEP_PLANS)
def edit_action(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    row = action_row(action_id)
    plan = plan_file(row.plan_id, now=request.now)
    first = action_as_typed(row)
    form = form_for(request, ActionForm, name="edit_action", subject=str(action_id), initial=first)
    _offer(form, plan, request)
    del form.fields["reference"]

    def do(data: dict[str, Any]) -> str:
        commands.edit_action(
            action_id=action_id,
            details=form.details(),
            edition=edition_of(data),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("action", args=[action_id])

    context = {"title": f"Edit {row.reference}", "button": "Save", "back": back_to_action(row)}
    return sent(
        request,
        form,
        name="edit_action",
        subject=action_id,
        do=do,
        context=context,
        edition=lambda: action_row(action_id).edition,
    )


@allowed_to(Verb.KEEP_PLANS)
def end_action(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    row = action_row(action_id)
    form = form_for(request, EndActionForm, name="end_action", subject=str(action_id))
    plan = plan_file(row.plan_id, now=request.now)
    form.offer("superseded_by", [NONE, *action_choices(plan, but=action_id)])

    def do(data: dict[str, Any]) -> str:
        commands.end_action(
            action_id=action_id,
            because=data["because"],
            superseded_by=chosen(data["superseded_by"]),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("action", args=[action_id])

    context = {
        "title": f"End {row.reference}",
        "hint": "It keeps its reference and all that was said of it.",
        "button": "End this action",
        "is_grave": True,
        "back": back_to_action(row),
    }
    return sent(request, form, name="end_action", subject=action_id, do=do, context=context)
