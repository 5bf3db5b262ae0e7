from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.strategy.commands import grouping as commands
from wayhome.strategy.forms.plan import (
    GroupingForm,
    ObjectiveForm,
    chosen,
    grouping_as_typed,
    objective_as_typed,
)
from wayhome.strategy.models import Grouping, Objective
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.views.choices import offer_groupings, post_choices, sent
from wayhome.strategy.views.plan import back_to_plan, plan_row
from wayhome.strategy.vocabulary import Axis


@allowed_to(Verb.KEEP_PLANS)
def new_grouping(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    row = plan_row(plan_id)
    form = form_for(request, GroupingForm, name="new_grouping", subject=str(plan_id))
    form.offer("lead_post_id", post_choices(london_day(request.now)))

    def do(data: dict[str, Any]) -> str:
        commands.add_grouping(
            plan_id=plan_id,
            axis=data["axis"],
            reference=data["reference"],
            details=form.details(),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("plan", args=[plan_id])

    context = {"title": "Add a priority, section or ambition", "button": "Add", "back": back_to_plan(row)}
    return sent(request, form, name="new_grouping", subject=plan_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def edit_grouping(request: ViewerRequest, grouping_id: UUID) -> HttpResponse:
    row = Grouping.objects.select_related("plan").filter(pk=grouping_id).first()
    if row is None:
        raise NotFound
    first = grouping_as_typed(row)
    form = form_for(request, GroupingForm, name="edit_grouping", subject=str(grouping_id), initial=first)
    form.offer("lead_post_id", post_choices(london_day(request.now)))
    del form.fields["axis"], form.fields["reference"]

    def do(data: dict[str, Any]) -> str:
        commands.edit_grouping(
            grouping_id=grouping_id, details=form.details(), viewer=request.viewer, now=request.now
        )
        return reverse("plan", args=[row.plan_id])

    title = f"Edit {Axis(row.axis).label.lower()} {row.reference}".strip()
    context = {"title": title, "button": "Save", "back": back_to_plan(row.plan)}
    return sent(request, form, name="edit_grouping", subject=grouping_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def new_objective(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    row = plan_row(plan_id)
    form = form_for(request, ObjectiveForm, name="new_objective", subject=str(plan_id))
    offer_groupings(form, plan_file(plan_id, now=request.now))

    def do(data: dict[str, Any]) -> str:
        commands.add_objective(
            plan_id=plan_id,
            text=data["text"],
            reference=data["reference"],
            priority_id=chosen(data.get("priority_id")),
            section_id=chosen(data.get("section_id")),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("plan", args=[plan_id])

    context = {"title": "Add an objective", "button": "Add", "back": back_to_plan(row)}
    return sent(request, form, name="new_objective", subject=plan_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def edit_objective(request: ViewerRequest, objective_id: UUID) -> HttpResponse:
    row = Objective.objects.select_related("plan").filter(pk=objective_id).first()
    if row is None:
        raise NotFound
    first = objective_as_typed(row)
    form = form_for(request, ObjectiveForm, name="edit_objective", subject=str(objective_id), initial=first)
    offer_groupings(form, plan_file(row.plan_id, now=request.now))
    del form.fields["reference"]

    def do(data: dict[str, Any]) -> str:
        commands.edit_objective(
            objective_id=objective_id,
            text=data["text"],
            priority_id=chosen(data.get("priority_id")),
            section_id=chosen(data.get("section_id")),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("plan", args=[row.plan_id])

    context = {
        "title": f"Edit objective {row.reference}".strip(),
        "button": "Save",
        "back": back_to_plan(row.plan),
    }
    return sent(request, form, name="edit_objective", subject=objective_id, do=do, context=context)
