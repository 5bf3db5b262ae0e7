"""Rating an action and saying how it goes: for owners of it, and for those who keep the plan."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, signed_in
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.strategy.commands import progress as commands
from wayhome.strategy.forms.action import RateForm, UpdateForm, needing_remedy, rating_choices
from wayhome.strategy.queries.action import ActionPage, action_page, action_row
from wayhome.strategy.rules.plan_file import OwnerFact
from wayhome.strategy.views.action import back_to_action
from wayhome.strategy.views.choices import edition_of, sent
from wayhome.strategy.vocabulary import OwnerPart

WHOLE = "whole"


def speakable(page: ActionPage, request: ViewerRequest) -> list[OwnerFact]:
    """The parts the reader may speak for. Raises NotYours if there is none and they do not keep plans."""
    keeps = bool(may(request.viewer, Verb.KEEP_PLANS))
    if not keeps and not page.own:
        raise commands.NotYours
    return list(page.action.owners) if keeps else page.own


def part_chosen(said: str) -> UUID | None:
    """The owner for whom somebody speaks; None for the action as a whole."""
    return None if said == WHOLE else UUID(said)


@signed_in
def update_action(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    page = action_page(action_id, now=request.now)
    parts = speakable(page, request)
    first_part = next(iter(page.own or parts), None)
    first = {
        "owner_id": str(first_part.id) if first_part else WHOLE,
        "state": first_part.state if first_part else page.action.state,
        "edition": str(page.row.edition),
    }
    form = form_for(request, UpdateForm, name="update_action", subject=str(action_id), initial=first)
    choices = [(str(owner.id), f"{OwnerPart(owner.part).label}: {owner.name}") for owner in parts]
    if may(request.viewer, Verb.KEEP_PLANS):
        choices.append((WHOLE, "The action as a whole"))
    form.offer("owner_id", choices)
    if len(choices) == 1:
        del form.fields["owner_id"]

    def do(data: dict[str, Any]) -> str:
        commands.update_action(
            action_id=action_id,
            owner_id=part_chosen(data.get("owner_id", choices[0][0])),
            achieved=data["achieved"],
            next_steps=data["next_steps"],
            blocker=data["blocker"],
            state=data["state"],
            edition=edition_of(data),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("action", args=[action_id])

    return sent(
        request,
        form,
        name="update_action",
        subject=action_id,
        do=do,
        context={"page": page, "back": back_to_action(page.row), "last": page.action.updates[-1:]},
        edition=lambda: action_row(action_id).edition,
        template="strategy/update.html",
    )


@signed_in
def rate_action(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    page = action_page(action_id, now=request.now)
    if not may(request.viewer, Verb.KEEP_PLANS) and not page.leads:
        raise commands.OnlyTheLeadRates if page.own else commands.NotYours
    first = {"edition": str(page.row.edition)}
    form = form_for(
        request,
        RateForm,
        name="rate_action",
        subject=str(action_id),
        initial=first,
        needing=needing_remedy(page.plan.key),
    )
    form.offer("rating", rating_choices({fact.rating: fact.words for fact in page.plan.key}))

    def do(data: dict[str, Any]) -> str:
        commands.rate_action(
            action_id=action_id,
            rating=data["rating"],
            reason=data["reason"],
            evidence=data["evidence"],
            remedy=data["remedy"],
            edition=edition_of(data),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("action", args=[action_id])

    return sent(
        request,
        form,
        name="rate_action",
        subject=action_id,
        do=do,
        context={"page": page, "back": back_to_action(page.row)},
        edition=lambda: action_row(action_id).edition,
        template="strategy/rate.html",
    )
