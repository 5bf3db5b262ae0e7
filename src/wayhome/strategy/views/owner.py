from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.strategy.commands import owner as commands
from wayhome.strategy.commands import resource as resources
from wayhome.strategy.forms.action import WHO, EndOwnerForm, LinkForm, OwnerForm, ResourceForm
from wayhome.strategy.forms.plan import MoveForm, chosen
from wayhome.strategy.models import ActionOwner, Resource
from wayhome.strategy.queries.action import action_row
from wayhome.strategy.queries.parts import link_words, owner_name, standing_links
from wayhome.strategy.views.action import back_to_action
from wayhome.strategy.views.choices import (
    agency_choices,
    body_choices,
    plan_choices,
    post_choices,
    sent,
    team_choices,
)
from wayhome.strategy.vocabulary import OwnerKind, OwnerPart


def _offer(form: OwnerForm, request: ViewerRequest) -> None:
    today = london_day(request.now)
    form.offer("post_id", post_choices(today))
    form.offer("agency_id", agency_choices(today))
    form.offer("body_id", body_choices(today))
    form.offer("team_id", team_choices(today))


def _who(data: dict[str, Any]) -> UUID | None:
    """Whom the chosen kind names."""
    return chosen(data.get(commands.WHO[OwnerKind(data["kind"])])) if data["kind"] in commands.WHO else None


@allowed_to(Verb.KEEP_PLANS)
def give_owner(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    row = action_row(action_id)
    has_lead = row.owners.filter(part=OwnerPart.LEAD, valid__upper_inf=True).exists()
    first = {
        "part": OwnerPart.CONTRIBUTOR if has_lead else OwnerPart.LEAD,
        "since": london_day(request.now),
        "words": row.owner_words,
    }
    form = form_for(request, OwnerForm, name="give_owner", subject=str(action_id), initial=first)
    _offer(form, request)

    def do(data: dict[str, Any]) -> str:
        commands.give_owner(
            action_id=action_id,
            part=data["part"],
            kind=data["kind"],
            who=_who(data),
            words=data["words"] or "",
            since=data["since"],
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("action", args=[action_id])

    context = {
        "title": f"Who does {row.reference}?",
        "hint": f"The plan says: {row.owner_words}" if row.owner_words else "",
        "button": "Save",
        "back": back_to_action(row),
    }
    return sent(request, form, name="give_owner", subject=action_id, do=do, context=context)


def _owner_row(owner_id: UUID) -> ActionOwner:
    found = (
        ActionOwner.objects.select_related("action__plan", "post__agency", "agency", "body", "team__agency")
        .filter(pk=owner_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


@allowed_to(Verb.KEEP_PLANS)
def resolve_owner(request: ViewerRequest, owner_id: UUID) -> HttpResponse:
    row = _owner_row(owner_id)
    form = form_for(request, OwnerForm, name="resolve_owner", subject=str(owner_id))
    _offer(form, request)
    form.offer("kind", [each for each in WHO if each.value != OwnerKind.UNRESOLVED])
    del form.fields["part"], form.fields["since"], form.fields["words"]

    def do(data: dict[str, Any]) -> str:
        commands.resolve_owner(
            owner_id=owner_id, kind=data["kind"], who=_who(data), viewer=request.viewer, now=request.now
        )
        return reverse("action", args=[row.action_id])

    context = {
        "title": f"Who is “{row.words}”?",
        "hint": "The words of the plan stay beside the answer.",
        "button": "Save",
        "back": back_to_action(row.action),
    }
    return sent(request, form, name="resolve_owner", subject=owner_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def end_owner(request: ViewerRequest, owner_id: UUID) -> HttpResponse:
    row = _owner_row(owner_id)
    first = {"on": london_day(request.now)}
    form = form_for(request, EndOwnerForm, name="end_owner", subject=str(owner_id), initial=first)

    def do(data: dict[str, Any]) -> str:
        commands.end_owner(owner_id=owner_id, on=data["on"], viewer=request.viewer, now=request.now)
        return reverse("action", args=[row.action_id])

    context = {
        "title": f"{owner_name(row)[0]} does it no more",
        "hint": "What they said stays on the record.",
        "button": "Save",
        "back": back_to_action(row.action),
    }
    return sent(request, form, name="end_owner", subject=owner_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def add_resource(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    row = action_row(action_id)
    form = form_for(request, ResourceForm, name="add_resource", subject=str(action_id))

    def do(data: dict[str, Any]) -> str:
        resources.add_resource(
            action_id=action_id,
            what=data["what"],
            state=data["state"],
            funder=data["funder"],
            note=data["note"],
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("action", args=[action_id])

    context = {"title": f"What {row.reference} needs", "button": "Add", "back": back_to_action(row)}
    return sent(request, form, name="add_resource", subject=action_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def change_resource(request: ViewerRequest, resource_id: UUID) -> HttpResponse:
    row = Resource.objects.select_related("action__plan").filter(pk=resource_id).first()
    if row is None:
        raise NotFound
    first = {"state": row.state, "funder": row.funder, "note": row.note}
    form = form_for(request, ResourceForm, name="change_resource", subject=str(resource_id), initial=first)
    del form.fields["what"]

    def do(data: dict[str, Any]) -> str:
        resources.change_resource(
            resource_id=resource_id,
            state=data["state"],
            funder=data["funder"],
            note=data["note"],
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("action", args=[row.action_id])

    context = {"title": row.what, "button": "Save", "back": back_to_action(row.action)}
    return sent(request, form, name="change_resource", subject=resource_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def link_action(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    row = action_row(action_id)
    form = form_for(request, LinkForm, name="link_action", subject=str(action_id))
    form.offer("to_plan_id", plan_choices())

    def do(data: dict[str, Any]) -> str:
        resources.add_link(
            action_id=action_id,
            to_plan_id=chosen(data["to_plan_id"]),
            to_reference=data["to_reference"],
            words=data["words"],
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("action", args=[action_id])

    context = {"title": f"What {row.reference} hangs on", "button": "Add", "back": back_to_action(row)}
    return sent(request, form, name="link_action", subject=action_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def unlink_action(request: ViewerRequest, plan_link_id: UUID) -> HttpResponse:
    row = standing_links().select_related("action__plan").filter(pk=plan_link_id).first()
    if row is None:
        raise NotFound
    form = form_for(request, MoveForm, name="unlink_action", subject=str(plan_link_id))

    def do(_: dict[str, Any]) -> str:
        resources.end_link(link_id=plan_link_id, viewer=request.viewer, now=request.now)
        return reverse("action", args=[row.action_id])

    context = {
        "title": f"Take off a link of {row.action.reference}",
        "hint": f"{link_words(row)}. What was presented until today keeps the link.",
        "button": "Take the link off",
        "back": back_to_action(row.action),
    }
    return sent(request, form, name="unlink_action", subject=plan_link_id, do=do, context=context)
