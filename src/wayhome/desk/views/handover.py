"""Handovers between duty workers: make one, read them, and take over what waits, item by item."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, refused, send
from wayhome.audit.queries import draft
from wayhome.database.reading import answered
from wayhome.desk import queries
from wayhome.desk.forms import SHOWN, HandOver, notes_of, shown
from wayhome.kernel.refusal import NotAllowed, NotFound, Refusal
from wayhome.missing import commands
from wayhome.missing.queries.handover import recent, waiting
from wayhome.people.commands import open_list
from wayhome.web.htmx import go_to
from wayhome.web.pages import render


@allowed_to(Verb.HAND_OVER)
def handovers(request: ViewerRequest) -> HttpResponse:
    viewer, now = request.viewer, request.now
    waits, taken = answered(waiting(viewer, now)), recent(viewer, now)
    open_list(page="handovers", found=len(waits) + len(taken), viewer=viewer, now=now)
    return render(request, "desk/handovers.html", {"waits": waits, "taken": taken})


@allowed_to(Verb.HAND_OVER)
def hand_over(request: ViewerRequest) -> HttpResponse:
    viewer, now = request.viewer, request.now
    offered = queries.to_hand_over(viewer, now)
    takers = queries.takers(viewer, now)
    open_list(page="hand over", found=len(offered), viewer=viewer, now=now)
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWN else ""
    listed = shown(offered, show, chosen_already(request))
    form = form_for(request, HandOver, name="hand_over", offered=listed, takers=takers)

    def do(said: dict[str, Any]) -> str:
        team, _, user = said["to"].partition(" ")
        notes = notes_of(said, offered)
        commands.hand_over(
            team_id=UUID(team),
            to_user_id=UUID(user) if user else None,
            notes=notes,
            note=said["note"],
            viewer=viewer,
            now=now,
        )
        many = f"{len(notes)} children are" if len(notes) > 1 else "One child is"
        messages.success(request, f"{many} handed over. You see here who takes which.")
        return reverse("handovers")

    counts = [(key, words, len(shown(offered, key, ()))) for key, words in SHOWN.items()]
    context = {
        "form": form,
        "is_empty": not offered,
        "has_team": bool(takers),
        "show": show,
        "counts": counts,
    }
    return send(request, form, name="hand_over", do=do) or render(request, "desk/hand_over.html", context)


def chosen_already(request: ViewerRequest) -> list[str]:
    """The episodes that are ticked, in what is sent or in the draft."""
    kept = draft(viewer=request.viewer, form="hand_over", subject="")
    typed = QueryDict(kept[0].get("typed", "")) if kept else QueryDict()
    return (request.POST or typed).getlist("episodes")


@allowed_to(Verb.HAND_OVER)
def acknowledge(request: ViewerRequest, item_id: UUID) -> HttpResponse:
    """One item is taken over. Sent twice by the same person it is no harm; of two people the second is told."""
    if request.method == "POST":
        try:
            commands.acknowledge(item_id=item_id, viewer=request.viewer, now=request.now)
            messages.success(request, "You have taken it over.")
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            refused(request, refusal, verb="acknowledge handover")
            messages.warning(request, refusal.message)
    return go_to(request, reverse("handovers"))
