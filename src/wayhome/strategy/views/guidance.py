"""The guidance library: anyone who signed in reads it; who keeps plans keeps it; an agency says that it has read."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to, signed_in
from wayhome.access.roles import Verb
from wayhome.access.submitting import SubmittedForm, form_for, send
from wayhome.kernel.clock import london_day
from wayhome.partnership.queries import agencies
from wayhome.strategy.commands import guidance as commands
from wayhome.strategy.commands.reading import open_guidance
from wayhome.strategy.forms.guidance import (
    Acknowledge,
    CheckGuidance,
    GuidanceForm,
    ReplaceGuidance,
    edition_of,
    known_id,
)
from wayhome.strategy.queries import guidance as queries
from wayhome.strategy.queries.guidance import Held
from wayhome.web.pages import render


@signed_in
def library(request: ViewerRequest) -> HttpResponse:
    held = queries.library(london_day(request.now))
    context = {
        "held": [each for each in held if each.row.superseded_by_id is None],
        "replaced": [each for each in held if each.row.superseded_by_id],
        "waiting": queries.waiting_for(request.viewer, held),
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
        "own_agency": request.viewer.agency_id,
    }
    return render(request, "strategy/guidance/library.html", context)


@signed_in
def document(request: ViewerRequest, guidance_id: UUID) -> HttpResponse:
    today = london_day(request.now)
    held = open_guidance(guidance_id=guidance_id, today=today, viewer=request.viewer, now=request.now)
    context = {
        "held": held,
        "earlier": queries.earlier_versions(guidance_id),
        "own": held.own(request.viewer),
        "may_acknowledge": request.viewer.agency_id is not None,
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
    }
    return render(request, "strategy/guidance/document.html", context)


@allowed_to(Verb.KEEP_PLANS)
def add(request: ViewerRequest) -> HttpResponse:
    form = _asked(request, "add_guidance", "")
    del form.fields["edition"]

    def do(said: dict[str, Any]) -> str:
        made = commands.add_guidance(
            told=_told(said), audience=_audience(said), viewer=request.viewer, now=request.now
        )
        messages.success(request, "The document is in the library.")
        return reverse("guidance", args=[made])

    done = send(request, form, name="add_guidance", do=do)
    return done or render(request, "strategy/guidance/write.html", {"form": form, "held": None})


@allowed_to(Verb.KEEP_PLANS)
def change(request: ViewerRequest, guidance_id: UUID) -> HttpResponse:
    held = queries.guidance(guidance_id, london_day(request.now))
    form = _asked(request, "change_guidance", str(guidance_id))
    form.show(held.row, [each.agency_id for each in held.receipts if each.is_asked])

    def do(said: dict[str, Any]) -> str:
        commands.change_guidance(
            guidance_id=guidance_id,
            edition=edition_of(said),
            told=_told(said),
            audience=_audience(said),
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "The document is changed.")
        return reverse("guidance", args=[guidance_id])

    done = send(request, form, name="change_guidance", subject=str(guidance_id), do=do)
    return done or render(request, "strategy/guidance/write.html", {"form": form, "held": held})


def _asked(request: ViewerRequest, name: str, subject: str) -> GuidanceForm:
    form = form_for(request, GuidanceForm, name=name, subject=subject)
    there = agencies(london_day(request.now))
    form.ask_about([(str(each.pk), each.name) for each in there])
    return form


def _told(said: dict[str, Any]) -> dict[str, Any]:
    names = ("title", "publisher", "version", "published_on", "address", "next_check_on")
    return {name: said[name] for name in names} | {"local": bool(said["local"])}


def _audience(said: dict[str, Any]) -> list[UUID]:
    return [UUID(each) for each in said["audience"]]


@allowed_to(Verb.KEEP_PLANS)
def check(request: ViewerRequest, guidance_id: UUID) -> HttpResponse:
    held = queries.guidance(guidance_id, london_day(request.now))
    form = form_for(request, CheckGuidance, name="check_guidance", subject=str(guidance_id))
    form.fields["edition"].initial = str(held.row.edition)

    def do(said: dict[str, Any]) -> None:
        commands.check_guidance(
            guidance_id=guidance_id,
            edition=edition_of(said),
            next_check_on=said["next_check_on"],
            viewer=request.viewer,
            now=request.now,
        )

    return _short(request, form, held, "check_guidance", do, "You looked, and it is still the newest.")


@allowed_to(Verb.KEEP_PLANS)
def replace(request: ViewerRequest, guidance_id: UUID) -> HttpResponse:
    held = queries.guidance(guidance_id, london_day(request.now))
    form = form_for(request, ReplaceGuidance, name="replace_guidance", subject=str(guidance_id))
    newer = [(str(each.pk), _named(each)) for each in queries.could_replace(guidance_id)]
    form.offer("by", [("", "None: it is in force"), *newer])
    form.fields["edition"].initial = str(held.row.edition)
    form.fields["by"].initial = str(held.row.superseded_by_id or "")

    def do(said: dict[str, Any]) -> None:
        commands.supersede(
            guidance_id=guidance_id,
            edition=edition_of(said),
            by_id=known_id(said["by"]),
            viewer=request.viewer,
            now=request.now,
        )

    return _short(request, form, held, "replace_guidance", do, "It is said what replaces the document.")


@signed_in
def acknowledge(request: ViewerRequest, guidance_id: UUID) -> HttpResponse:
    held = queries.guidance(guidance_id, london_day(request.now))
    form = form_for(request, Acknowledge, name="acknowledge_guidance", subject=str(guidance_id))

    def do(said: dict[str, Any]) -> None:
        commands.acknowledge_guidance(
            guidance_id=guidance_id, note=said["note"], viewer=request.viewer, now=request.now
        )

    words = f"It is on record that {request.viewer.agency_name} has read it."
    return _short(request, form, held, "acknowledge_guidance", do, words)


def _short(
    request: ViewerRequest,
    form: SubmittedForm,
    held: Held,
    name: str,
    act: Callable[[dict[str, Any]], None],
    words: str,
) -> HttpResponse:
    """One question about a document, and back to it."""

    def do(said: dict[str, Any]) -> str:
        act(said)
        messages.success(request, words)
        return reverse("guidance", args=[held.row.pk])

    done = send(request, form, name=name, subject=str(held.row.pk), do=do)
    context = {"form": form, "held": held, "own_agency": request.viewer.agency_name}
    return done or render(request, f"strategy/guidance/{name.removesuffix('_guidance')}.html", context)


def _named(row: Any) -> str:
    return ", ".join(each for each in (row.title, row.version) if each)
