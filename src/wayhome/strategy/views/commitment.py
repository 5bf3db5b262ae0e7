from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.refusal import NotFound
from wayhome.strategy.commands import commitment as commands
from wayhome.strategy.forms.plan import BecauseForm, CommitmentForm, ServeForm, chosen
from wayhome.strategy.models import Commitment
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.plan_file import CommitmentFact, PlanFile
from wayhome.strategy.views.choices import action_choices, grouping_choices, sent
from wayhome.web.pages import render


@allowed_to(Verb.SEE_PLANS)
def commitments(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    """What a plan promises and which actions serve it: first what none serves."""
    plan = plan_file(plan_id, now=request.now)
    kept = [each for each in plan.commitments if not each.dropped_because]
    context = {
        "plan": plan,
        "unserved": under_headings(plan, [each for each in kept if not each.served_by]),
        "served": under_headings(plan, [each for each in kept if each.served_by]),
        "dropped": [each for each in plan.commitments if each.dropped_because],
        "unserved_count": sum(not each.served_by for each in kept),
        "count": len(kept),
        "by_reference": {action.reference: action for action in plan.actions},
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
    }
    return render(request, "strategy/commitments.html", context)


def under_headings(plan: PlanFile, rows: list[CommitmentFact]) -> list[tuple[str, list[CommitmentFact]]]:
    """Commitments under their headings, in the order of the plan; those under none last."""
    named = [(each.id, f"{each.reference} {each.title}".strip()) for each in plan.groupings]
    found = [(name, [row for row in rows if row.grouping_id == pk]) for pk, name in named]
    rest = [row for row in rows if row.grouping_id is None]
    return [(name, under) for name, under in (*found, ("Under no heading", rest)) if under]


def _back(plan_id: UUID) -> dict[str, str]:
    return {"href": reverse("commitments", args=[plan_id]), "text": "Back to what is promised"}


@allowed_to(Verb.KEEP_PLANS)
def new_commitment(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    plan = plan_file(plan_id, now=request.now)
    form = form_for(request, CommitmentForm, name="new_commitment", subject=str(plan_id))
    form.offer("grouping_id", grouping_choices(plan.groupings))

    def do(data: dict[str, Any]) -> str:
        commands.add_commitment(
            plan_id=plan_id,
            text=data["text"],
            grouping_id=chosen(data["grouping_id"]),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("commitments", args=[plan_id])

    context = {"title": "Add a commitment", "button": "Add", "back": _back(plan_id)}
    return sent(request, form, name="new_commitment", subject=plan_id, do=do, context=context)


def _row(commitment_id: UUID) -> Commitment:
    found = Commitment.objects.filter(pk=commitment_id).first()
    if found is None:
        raise NotFound
    return found


@allowed_to(Verb.KEEP_PLANS)
def serve_commitment(request: ViewerRequest, commitment_id: UUID) -> HttpResponse:
    row = _row(commitment_id)
    serving = row.served.filter(ended_at=None).values_list("action_id", flat=True)
    first = {"action_ids": [str(pk) for pk in serving]}
    form = form_for(request, ServeForm, name="serve", subject=str(commitment_id), initial=first)
    form.offer("action_ids", action_choices(plan_file(row.plan_id, now=request.now)))

    def do(data: dict[str, Any]) -> str:
        commands.serve_commitment(
            commitment_id=commitment_id,
            action_ids={UUID(pk) for pk in data["action_ids"] or ()},
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("commitments", args=[row.plan_id])

    context = {
        "title": "Which actions serve this?",
        "hint": row.text,
        "button": "Save",
        "back": _back(row.plan_id),
    }
    return sent(request, form, name="serve", subject=commitment_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def drop_commitment(request: ViewerRequest, commitment_id: UUID) -> HttpResponse:
    row = _row(commitment_id)
    form = form_for(request, BecauseForm, name="drop", subject=str(commitment_id))

    def do(data: dict[str, Any]) -> str:
        commands.drop_commitment(
            commitment_id=commitment_id, because=data["because"], viewer=request.viewer, now=request.now
        )
        return reverse("commitments", args=[row.plan_id])

    context = {
        "title": "No longer promised",
        "hint": row.text,
        "button": "Take it back",
        "is_grave": True,
        "back": _back(row.plan_id),
    }
    return sent(request, form, name="drop", subject=commitment_id, do=do, context=context)
