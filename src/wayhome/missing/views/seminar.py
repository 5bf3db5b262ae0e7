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
from wayhome.missing import commands
from wayhome.missing.forms.seminar import Attendance, Invitation, PlannedSeminar
from wayhome.missing.models import Seminar
from wayhome.missing.queries import first_time as queries
from wayhome.missing.views.acting import keeps_what_was_typed, opened
from wayhome.missing.views.repeat import PERIODS, days_asked
from wayhome.people.commands.reading import open_list
from wayhome.web.pages import render
from wayhome.web.showing import moment

# A seminar held so long ago can still be written to.
RECENT = timedelta(days=90)


@allowed_to(Verb.SEE_REPEAT)
def first_time(request: ViewerRequest) -> HttpResponse:
    days = days_asked(request)
    today = london_day(request.now)
    since = today - timedelta(days=days - 1)
    found = queries.first_times(since, today + timedelta(days=1), request.viewer, today)
    open_list(
        page="first time missing", found=len(found), viewer=request.viewer, now=request.now, days=str(days)
    )
    context = {
        "found": found,
        "counts": queries.counts_of(found),
        "seminars": queries.seminars(request.now - RECENT),
        "days": days,
        "since": since,
        "periods": PERIODS,
        "at_most": queries.AT_MOST,
        "may_plan": may(request.viewer, Verb.PLAN_SEMINARS),
    }
    return render(request, "missing/first_time.html", context)


@allowed_to(Verb.PLAN_SEMINARS)
def plan_seminar(request: ViewerRequest) -> HttpResponse:
    form = form_for(request, PlannedSeminar, name="plan_seminar")

    def do(said: dict[str, Any]) -> str:
        told = {name: said[name] for name in ("held_at", "place", "note")}
        made = commands.plan_seminar(**told, viewer=request.viewer, now=request.now)
        messages.success(request, "The seminar is planned. Invite children from the list of first times.")
        return reverse("seminar", args=[made])

    done = send(request, form, name="plan_seminar", do=do)
    return done or render(request, "missing/plan_seminar.html", {"form": form})


@allowed_to(Verb.PLAN_SEMINARS)
def seminar(request: ViewerRequest, seminar_id: UUID) -> HttpResponse:
    found = queries.seminar(seminar_id)
    invitations = queries.invitations_to(seminar_id)
    open_list(page="seminar", found=len(invitations), viewer=request.viewer, now=request.now)
    form = Attendance(request.POST) if request.method == "POST" else Attendance()
    form.ask(invitations)

    def do(said: dict[str, Any]) -> str:
        commands.record_attendance(
            seminar_id=seminar_id, came=form.came(), viewer=request.viewer, now=request.now
        )
        messages.success(request, "It is recorded who came.")
        return reverse("seminar", args=[seminar_id])

    done = send(request, form, name="seminar", subject=str(seminar_id), do=do)
    context = {"form": form, "seminar": found, "invitations": invitations}
    return done or render(request, "missing/seminar.html", context)


@allowed_to(Verb.PLAN_SEMINARS)
def cancel_seminar(request: ViewerRequest, seminar_id: UUID) -> HttpResponse:
    found = queries.seminar(seminar_id)
    form = form_for(request, Attendance, name="cancel_seminar", subject=str(seminar_id))

    def do(said: dict[str, Any]) -> str:
        commands.cancel_seminar(seminar_id=seminar_id, viewer=request.viewer, now=request.now)
        messages.success(request, "The seminar is cancelled. Tell those who were invited.")
        return reverse("first_time")

    done = send(request, form, name="cancel_seminar", subject=str(seminar_id), do=do)
    return done or render(request, "missing/cancel_seminar.html", {"form": form, "seminar": found})


@allowed_to(Verb.PLAN_SEMINARS)
@keeps_what_was_typed("invite_to_seminar")
def invite_to_seminar(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="invite to seminar")
    choices = queries.seminars_to_choose(request.now - RECENT)
    form = form_for(request, Invitation, name="invite_to_seminar", subject=str(episode_id))
    form.offer("seminar", [(str(each.pk), named(each)) for each in choices])

    def do(said: dict[str, Any]) -> str:
        commands.invite_to_seminar(
            episode_id=episode_id,
            seminar_id=UUID(said["seminar"]),
            invited=tuple(said["invited"]),
            channel=said["channel"],
            note=said["note"],
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "The invitation is recorded.")
        return reverse("first_time")

    done = send(request, form, name="invite_to_seminar", subject=str(episode_id), do=do)
    context = {"form": form, "episode": episode, "name": "invite_to_seminar", "seminars": choices}
    return done or render(request, "missing/invite_to_seminar.html", context)


def named(seminar: Seminar) -> str:
    """When and where, as it is chosen from a list."""
    return f"{moment(seminar.held_at)}, {seminar.place}"
