"""Before a meeting: who is asked, who has answered, who is late, and links for those without an account."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.forms import ConfirmForm
from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.ids import new_id
from wayhome.strategy import mails
from wayhome.strategy.commands import asking, owner_link
from wayhome.strategy.forms.cycle import Because, MakeLink
from wayhome.strategy.models import Plan
from wayhome.strategy.queries import asking as queries
from wayhome.strategy.queries.asking import Part
from wayhome.strategy.queries.snapshot import plan as plan_of
from wayhome.web.pages import render

DAYS = 21


@allowed_to(Verb.SEE_PLANS)
def cycle(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    return _cycle_page(request, plan_id, ConfirmForm())


def _cycle_page(request: ViewerRequest, plan_id: UUID, form: ConfirmForm) -> HttpResponse:
    context = {
        "cycle": queries.cycle_of(plan_id, now=request.now),
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
        "form": form,
        "keys": {name: str(new_id()) for name in ("ask", "chase")},
    }
    return render(request, "strategy/cycle/cycle.html", context)


@allowed_to(Verb.KEEP_PLANS)
def ask_now(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    def do() -> str:
        count = asking.ask_for_updates(plan_id=plan_id, viewer=request.viewer, now=request.now)
        return "One owner is asked." if count == 1 else f"{count} owners are asked."

    return _done_once(request, plan_id, "ask_for_updates", do)


@allowed_to(Verb.KEEP_PLANS)
def chase_now(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    def do() -> str:
        count = asking.chase(plan_id=plan_id, viewer=request.viewer, now=request.now)
        return "One owner is reminded." if count == 1 else f"{count} owners are reminded."

    return _done_once(request, plan_id, "chase_updates", do)


def _done_once(request: ViewerRequest, plan_id: UUID, name: str, act: Callable[[], str]) -> HttpResponse:
    plan_of(plan_id)
    form = ConfirmForm(request.POST or None)

    def do(said: dict[str, Any]) -> str:
        messages.success(request, act())
        return reverse("plan_cycle", args=[plan_id])

    done = send(request, form, name=name, subject=str(plan_id), do=do)
    return done or _cycle_page(request, plan_id, form)


@allowed_to(Verb.KEEP_PLANS)
def withdraw_request(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    asked = queries.request_of(request_id)
    form = form_for(request, Because, name="withdraw_request", subject=str(request_id))

    def do(said: dict[str, Any]) -> str:
        plan_id = asking.withdraw_request(
            request_id=request_id, because=said["because"], viewer=request.viewer, now=request.now
        )
        messages.success(request, "The update is no longer asked for.")
        return reverse("plan_cycle", args=[plan_id])

    done = send(request, form, name="withdraw_request", subject=str(request_id), do=do)
    return done or render(request, "strategy/cycle/withdraw.html", {"form": form, "asked": asked})


@allowed_to(Verb.KEEP_PLANS)
def make_link(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    """The link is on the page that answers, and on no other: it is not stored, and cannot be shown again."""
    plan, parts = plan_of(plan_id), queries.parts_of(plan_id, now=request.now)
    form = form_for(
        request, MakeLink, name="make_link", subject=str(plan_id), initial=_suggested(request, parts)
    )
    form.ask_about(parts, has_mail=mails.can_send())
    made: list[owner_link.MadeLink] = []

    def do(said: dict[str, Any]) -> str:
        made.append(
            owner_link.make_link(
                plan_id=plan_id,
                owner_ids=form.chosen(),
                name=said["name"],
                email=said["email"],
                days=said["days"],
                viewer=request.viewer,
                now=request.now,
            )
        )
        return reverse("plan_cycle", args=[plan_id])

    done = send(request, form, name="make_link", subject=str(plan_id), do=do)
    if made:
        return _shown_once(request, plan, form, made[0])
    if done:
        messages.warning(
            request,
            "This link was made already; its address is shown once. If you did not copy it, end it and make another.",
        )
    context = {"form": form, "plan": plan, "has_parts": bool(parts)}
    return done or render(request, "strategy/cycle/make_link.html", context)


def _suggested(request: ViewerRequest, parts: list[Part]) -> dict[str, Any]:
    """What the form begins with: the owner whom the link on the page before named."""
    first = next((part for part in parts if str(part.owner.id) == request.GET.get("for")), None)
    if first is None:
        return {"days": DAYS}
    same = [str(part.owner.id) for part in parts if part.owner.name == first.owner.name]
    return {"days": DAYS, "owners": same, "name": first.reach.name, "email": first.reach.email}


def _shown_once(
    request: ViewerRequest, plan: Plan, form: MakeLink, made: owner_link.MadeLink
) -> HttpResponse:
    said = form.cleaned_data
    address = f"{settings.WAYHOME_ADDRESS}{reverse('update_by_link', args=[made.token])}"
    text = mails.mail_text(
        name=said["name"],
        asker=request.viewer.name,
        count=len(form.chosen()),
        plan=plan.title,
        address=address,
        until=made.expires_at,
    )
    asked = said.get("send") == "mail"
    context = {
        "address": address,
        "text": text,
        "said": said,
        "made": made,
        "plan": plan,
        "was_asked": asked,
        "is_sent": asked and mails.send_link(to=said["email"], plan=plan.title, text=text),
    }
    return render(request, "strategy/cycle/link_made.html", context)


@allowed_to(Verb.KEEP_PLANS)
def revoke_link(request: ViewerRequest, link_id: UUID) -> HttpResponse:
    link = queries.link_of(link_id)
    form = form_for(request, ConfirmForm, name="revoke_link", subject=str(link_id))

    def do(said: dict[str, Any]) -> str:
        plan_id = owner_link.revoke_link(link_id=link_id, viewer=request.viewer, now=request.now)
        messages.success(request, "The link has ended. Who opens it is told to ask for a new one.")
        return reverse("plan_cycle", args=[plan_id])

    done = send(request, form, name="revoke_link", subject=str(link_id), do=do)
    return done or render(request, "strategy/cycle/revoke_link.html", {"form": form, "link": link})
