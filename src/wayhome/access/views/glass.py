from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wayhome.access import commands, queries
from wayhome.access.forms import BreakGlassForm, ReviewForm
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.access.vocabulary import ReviewOutcome
from wayhome.kernel.refusal import NotFound
from wayhome.web.pages import render


@allowed_to(Verb.BREAK_GLASS)
def break_glass(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """The same page for every id: what it says must not tell whether there is such a record."""
    if queries.sees(person_id):
        return redirect("child", person_id)
    form = form_for(request, BreakGlassForm, name="break_glass", subject=str(person_id))

    def do(data: dict[str, Any]) -> str:
        commands.break_glass(
            person_id=person_id,
            reason_code=data["reason_code"],
            reason=data["reason"],
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("child", args=[person_id])

    done = send(request, form, name="break_glass", subject=str(person_id), do=do)
    return done or render(request, "access/break_glass.html", {"form": form, "person_id": person_id})


@allowed_to(Verb.REVIEW_BREAK_GLASS)
def glass(request: ViewerRequest) -> HttpResponse:
    context = {
        "waiting": queries.glass_lines(queries.glass_to_review()),
        "answered": queries.glass_lines(queries.reviewed_glass()[:50]),
    }
    return render(request, "access/glass.html", context)


@allowed_to(Verb.REVIEW_BREAK_GLASS)
def review(request: ViewerRequest, break_glass_id: UUID) -> HttpResponse:
    line = next(iter(queries.glass_lines(queries.glass_to_review().filter(pk=break_glass_id))), None)
    if line is None:
        raise NotFound("This was answered already, or it is not open to you.")
    form = form_for(request, ReviewForm, name="review_glass", subject=str(break_glass_id))

    def do(data: dict[str, Any]) -> str:
        commands.review_broken_glass(
            break_glass_id=break_glass_id,
            outcome=ReviewOutcome(data["outcome"]),
            note=data["note"],
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("glass")

    done = send(request, form, name="review_glass", subject=str(break_glass_id), do=do)
    return done or render(request, "access/review_glass.html", {"form": form, "line": line})
