from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.missing import commands
from wayhome.missing.forms.repeat import RepeatDecision
from wayhome.missing.queries import repeat as queries
from wayhome.missing.views.acting import keep, keeps_what_was_typed, opened
from wayhome.people.commands.reading import open_list
from wayhome.web.pages import render

# Days that can be looked back, with their words.
PERIODS = {30: "30 days", 90: "90 days", 365: "12 months"}


@allowed_to(Verb.SEE_REPEAT)
def repeat(request: ViewerRequest) -> HttpResponse:
    days = days_asked(request)
    today = london_day(request.now)
    since, until = today - timedelta(days=days - 1), today + timedelta(days=1)
    numbers = queries.numbers_of(request.viewer.partnership_id)
    waiting, total = queries.waiting_for_decision(numbers, request.viewer, today)
    often = queries.often_missing(since, until, 2, request.viewer, today)
    found = len({each.child.id for each in waiting} | {each.child.id for each in often})
    open_list(page="repeat missing", found=found, viewer=request.viewer, now=request.now, days=str(days))
    context = {
        "waiting": waiting,
        "waiting_total": total,
        "often": often,
        "days": days,
        "periods": PERIODS,
        "since": since,
        "at_most": queries.AT_MOST,
        "may_decide": may(request.viewer, Verb.DECIDE_REPEAT),
    }
    return render(request, "missing/repeat.html", context)


def days_asked(request: ViewerRequest) -> int:
    """How far back the reader wants to look; 90 days unless they say."""
    typed = request.GET.get("days", "")
    return int(typed) if typed in {str(days) for days in PERIODS} else 90


@allowed_to(Verb.DECIDE_REPEAT)
@keeps_what_was_typed("decide_repeat")
def decide_repeat(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="decide repeat")
    met = queries.met_by([episode_id], queries.numbers_of(request.viewer.partnership_id))[episode_id]
    if not met:
        raise NotFound
    form = form_for(request, RepeatDecision, name="decide_repeat", subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        commands.decide_repeat(
            episode_id=episode_id, **decision(said), viewer=request.viewer, now=request.now
        )
        messages.success(request, "Your decision is recorded.")
        return reverse("repeat")

    done = send(request, form, name="decide_repeat", subject=str(episode_id), do=do)
    if done:
        return done
    if request.method == "POST":
        keep(request, name="decide_repeat", subject=episode_id)
    context = {
        "form": form,
        "name": "decide_repeat",
        "episode": episode,
        "met": met,
        "is_open": any(not each.answer for each in met),
        "on_record": None,
    }
    return render(request, "missing/decide_repeat.html", context)


def decision(said: dict[str, Any]) -> dict[str, str]:
    """What the form says of the decision, without its machinery."""
    return {name: said[name] for name in ("answer", "note")}
