from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to, signed_in
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.partnership.queries import the_partnership
from wayhome.strategy.commands import plan as commands
from wayhome.strategy.forms.plan import KeyForm, MoveForm, PlanForm, key_as_typed, plan_as_typed
from wayhome.strategy.models import Plan
from wayhome.strategy.queries.mine import my_owner_ids
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.listing import Asked, agencies_of, listing_of
from wayhome.strategy.rules.standing import standing_of
from wayhome.strategy.rules.summary import Stood, summary_of
from wayhome.strategy.views.choices import NEW, body_choices, document_choices, edition_of, sent
from wayhome.strategy.vocabulary import DocumentState
from wayhome.web.pages import render


@signed_in
def plan(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    """A plan under the headings and filters of its address. An owner sees the actions that are theirs."""
    today = london_day(request.now)
    file = plan_file(plan_id, now=request.now)
    asked = Asked.of(request.GET.dict())
    stood = [Stood(action, standing_of(action, file, today)) for action in file.actions]
    mine = my_owner_ids()
    context = {
        "plan": file,
        "asked": asked,
        "listing": listing_of(file, stood, asked),
        "summary": summary_of(file, today),
        "agencies": agencies_of(file),
        "own": {action.id for action in file.actions if mine & {owner.id for owner in action.owners}},
        "state": DocumentState(file.state).label,
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
        "reads_plans": may(request.viewer, Verb.SEE_PLANS),
        "is_over": file.state in ("closed", "refreshed"),
    }
    return render(request, "strategy/plan.html", context)


def plan_row(plan_id: UUID) -> Plan:
    """One plan. Raises NotFound."""
    found = Plan.objects.filter(pk=plan_id).first()
    if found is None:
        raise NotFound
    return found


def back_to_plan(row: Plan) -> dict[str, str]:
    """The link at the top of a form about a plan."""
    return {"href": reverse("plan", args=[row.pk]), "text": f"Back to {row.title}"}


def _offer(form: PlanForm, request: ViewerRequest) -> PlanForm:
    form.offer("body_id", body_choices(london_day(request.now)))
    form.offer("document_id", document_choices())
    return form


@allowed_to(Verb.KEEP_PLANS)
def new_plan(request: ViewerRequest) -> HttpResponse:
    ours = the_partnership()
    if ours is None:
        raise NotFound
    form = _offer(
        form_for(request, PlanForm, name="new_plan", subject=NEW, initial=plan_as_typed(None)), request
    )

    def do(data: dict[str, Any]) -> str:
        made = commands.found_plan(
            partnership_id=ours.pk, details=form.details(), viewer=request.viewer, now=request.now
        )
        return reverse("plan_key", args=[made])

    context = {
        "title": "Begin a plan",
        "button": "Save and say what the colours mean",
        "back": {"href": reverse("strategy"), "text": "Back to Strategy"},
    }
    return sent(request, form, name="new_plan", subject=None, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def edit_plan(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    row = plan_row(plan_id)
    first = plan_as_typed(row)
    form = _offer(form_for(request, PlanForm, name="edit_plan", subject=str(plan_id), initial=first), request)

    def do(data: dict[str, Any]) -> str:
        commands.edit_plan(
            plan_id=plan_id,
            details=form.details(),
            edition=edition_of(data),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("plan", args=[plan_id])

    context = {"title": f"Edit {row.title}", "button": "Save", "back": back_to_plan(row)}
    return sent(
        request,
        form,
        name="edit_plan",
        subject=plan_id,
        do=do,
        context=context,
        edition=lambda: plan_row(plan_id).edition,
    )


@allowed_to(Verb.KEEP_PLANS)
def plan_key(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    row = plan_row(plan_id)
    first = key_as_typed(list(row.key_words.all()))
    form = form_for(request, KeyForm, name="plan_key", subject=str(plan_id), initial=first)

    def do(data: dict[str, Any]) -> str:
        commands.set_key(plan_id=plan_id, key=form.key(), viewer=request.viewer, now=request.now)
        return reverse("plan", args=[plan_id])

    context = {
        "title": "What the colours mean in this plan",
        "hint": "Partnerships do not all mean the same by them. Not rated is never a colour.",
        "button": "Save",
        "back": back_to_plan(row),
    }
    return sent(request, form, name="plan_key", subject=plan_id, do=do, context=context)


STEPS = {
    "approved": ("Approve {}", "It stays open to changes; every change is on the record.", "Approve"),
    "live": ("Put {} in force", "Owners are asked for updates of it before each meeting.", "Put in force"),
    "closed": ("Close {}", "Nothing more is said of its actions. All that was said stays.", "Close"),
}


@allowed_to(Verb.KEEP_PLANS)
def move_plan(request: ViewerRequest, plan_id: UUID, state: str) -> HttpResponse:
    row = plan_row(plan_id)
    if state not in STEPS:
        raise NotFound
    form = form_for(request, MoveForm, name=f"plan_{state}", subject=str(plan_id))

    def do(data: dict[str, Any]) -> str:
        commands.move_plan(plan_id=plan_id, state=state, viewer=request.viewer, now=request.now)
        return reverse("plan", args=[plan_id])

    title, hint, button = STEPS[state]
    context = {
        "title": title.format(row.title),
        "hint": hint,
        "button": button,
        "back": back_to_plan(row),
        "is_grave": state == "closed",
    }
    return sent(request, form, name=f"plan_{state}", subject=plan_id, do=do, context=context)
