"""The horizon: what is coming in law, guidance and research, who looks after it, and what was decided."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to, signed_in
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.clock import london_day
from wayhome.partnership.queries import governance
from wayhome.strategy.commands import horizon as commands
from wayhome.strategy.forms.guidance import DecideHorizon, HorizonForm, edition_of
from wayhome.strategy.queries import guidance as queries
from wayhome.strategy.vocabulary import HorizonDecision
from wayhome.web.pages import render


@signed_in
def horizon(request: ViewerRequest) -> HttpResponse:
    found = queries.horizon()
    context = {
        "open": [each for each in found if each.decision == HorizonDecision.OPEN],
        "decided": [each for each in found if each.decision != HorizonDecision.OPEN],
        "today": london_day(request.now),
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
    }
    return render(request, "strategy/guidance/horizon.html", context)


@allowed_to(Verb.KEEP_PLANS)
def add(request: ViewerRequest) -> HttpResponse:
    form = _asked(request, "add_to_horizon", "")
    del form.fields["edition"]

    def do(said: dict[str, Any]) -> str:
        commands.add_to_horizon(told=form.told(), viewer=request.viewer, now=request.now)
        messages.success(request, "It is on the horizon now.")
        return reverse("horizon")

    done = send(request, form, name="add_to_horizon", do=do)
    return done or render(request, "strategy/guidance/coming.html", {"form": form, "item": None})


@allowed_to(Verb.KEEP_PLANS)
def change(request: ViewerRequest, horizon_id: UUID) -> HttpResponse:
    item = queries.horizon_item(horizon_id)
    form = _asked(request, "change_horizon", str(horizon_id))
    form.show(item)

    def do(said: dict[str, Any]) -> str:
        commands.change_horizon(
            item_id=horizon_id,
            edition=edition_of(said),
            told=form.told(),
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "It is changed.")
        return reverse("horizon")

    done = send(request, form, name="change_horizon", subject=str(horizon_id), do=do)
    return done or render(request, "strategy/guidance/coming.html", {"form": form, "item": item})


def _asked(request: ViewerRequest, name: str, subject: str) -> HorizonForm:
    form = form_for(request, HorizonForm, name=name, subject=subject)
    posts = governance.posts(london_day(request.now))
    form.ask_about(
        [(str(each.pk), each.title) for each in posts],
        [(str(each.pk), each.title) for each in queries.in_force()],
    )
    return form


@allowed_to(Verb.KEEP_PLANS)
def decide(request: ViewerRequest, horizon_id: UUID) -> HttpResponse:
    item = queries.horizon_item(horizon_id)
    form = form_for(request, DecideHorizon, name="decide_horizon", subject=str(horizon_id))
    form.show(item, london_day(request.now))

    def do(said: dict[str, Any]) -> str:
        commands.decide_horizon(
            item_id=horizon_id,
            edition=edition_of(said),
            decision=said["decision"],
            because=said["because"],
            decided_on=said["decided_on"],
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "The decision is written down.")
        return reverse("horizon")

    done = send(request, form, name="decide_horizon", subject=str(horizon_id), do=do)
    return done or render(request, "strategy/guidance/decide.html", {"form": form, "item": item})
