"""Places where a child may go: written down, judged again, taken off, and shown if they are kept from view."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from wayhome.access.policies import may_for
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.refusal import NotFound
from wayhome.people import commands, pack
from wayhome.people.commands.places import JudgedMeanwhile, Judging
from wayhome.people.forms import ConfirmForm, PlaceForm, place_as_typed
from wayhome.people.models import KnownPlace
from wayhome.people.vocabulary import PlaceSafety
from wayhome.web.pages import render

Both = list[tuple[str, str, str]]


@allowed_to(Verb.KEEP_PACK)
def add_known_place(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    common: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    child = commands.open_record(person_id=person_id, page="add known place", **common)
    form = form_for(request, PlaceForm, name="add_known_place", subject=str(person_id))

    def do(_: dict[str, Any]) -> str:
        commands.add_known_place(person_id=person_id, judging=form.judging(), **common)
        messages.success(request, "The place is in the missing pack.")
        return places_of(person_id)

    done = send(request, form, name="add_known_place", subject=str(person_id), do=do)
    context = {"form": form, "child": child, "place": None, "name": "add_known_place", "subject": person_id}
    return done or render(request, "people/place.html", context | {"differences": []})


@allowed_to(Verb.KEEP_PACK)
def judge_known_place(request: ViewerRequest, person_id: UUID, place_id: UUID) -> HttpResponse:
    common: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    child = commands.open_record(person_id=person_id, page="judge known place", **common)
    place = shown_place(request, person_id, place_id)
    form = form_for(
        request, PlaceForm, name="judge_known_place", subject=str(place_id), initial=place_as_typed(place)
    )
    judged_meanwhile: list[KnownPlace] = []

    def do(data: dict[str, Any]) -> str:
        over = pack.known_place(person_id, as_id(data["over"]) or place_id)
        try:
            commands.judge_known_place(place_id=over.pk, judging=form.judging(), **common)
        except JudgedMeanwhile:
            judged_meanwhile.append(over)
            raise
        messages.success(request, "The judgement is in the missing pack. The one before is kept.")
        return places_of(person_id)

    done = send(request, form, name="judge_known_place", subject=str(place_id), do=do)
    # Not where it was refused: that is undone, and with it the entry that somebody was shown a place.
    differences = [pair for over in judged_meanwhile for pair in both_judgements(request, form, over)]
    context = {"form": form, "child": child, "place": place, "name": "judge_known_place", "subject": place_id}
    return done or render(request, "people/place.html", context | {"differences": differences})


def shown_place(request: ViewerRequest, person_id: UUID, place_id: UUID) -> KnownPlace:
    """The place for a form. One kept from view is as much as not there for those who may not see it."""
    place = pack.known_place(person_id, place_id)
    if place.is_masked:
        return commands.reveal_place(place_id=place_id, viewer=request.viewer, now=request.now)
    return place


def both_judgements(request: ViewerRequest, form: PlaceForm, over: KnownPlace) -> Both:
    """What it is, what is judged now, what was typed: where they differ. The next save is over what was shown.

    One that is kept from view by now is shown to those who may see it, on the record, and to nobody else.
    """
    present = pack.present_judgement(over)
    if present is None:
        return [("The place", "Taken off the pack", form.judging().place)]
    if present.is_masked and not may_for(request.viewer, Verb.SEE_MASKED_PLACES, present.person_id):
        return [("The place", "Kept from view", form.judging().place)]
    if present.is_masked:
        commands.reveal_place(place_id=present.pk, viewer=request.viewer, now=request.now)
    form.carry("over", str(present.pk))
    theirs, typed = in_words(present), in_words(form.judging())
    return [(label, theirs[label], typed[label]) for label in theirs if theirs[label] != typed[label]]


def in_words(judged: KnownPlace | Judging) -> dict[str, str]:
    """A judgement by the labels of the form."""
    return {
        "The place": judged.place,
        "Why they may go there": judged.why,
        "Safe or not": str(PlaceSafety(judged.safety).label),
        "Why": judged.safety_reason,
        "Kept from view": "Yes" if judged.is_masked else "No",
    }


@allowed_to(Verb.KEEP_PACK)
def end_known_place(request: ViewerRequest, person_id: UUID, place_id: UUID) -> HttpResponse:
    common: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    child = commands.open_record(person_id=person_id, page="end known place", **common)
    place = shown_place(request, person_id, place_id)
    form = form_for(request, ConfirmForm, name="end_known_place", subject=str(place_id))

    def do(_: dict[str, Any]) -> str:
        commands.end_known_place(place_id=place_id, **common)
        messages.success(request, "The place is off the missing pack.")
        return places_of(person_id)

    done = send(request, form, name="end_known_place", subject=str(place_id), do=do)
    return done or render(request, "people/end_place.html", {"form": form, "child": child, "place": place})


@require_POST
@allowed_to(Verb.SEE_MASKED_PLACES)
def masked_place(request: ViewerRequest, person_id: UUID, place_id: UUID) -> HttpResponse:
    """By POST only: to ask is an act, and it is on the record."""
    pack.known_place(person_id, place_id)
    place = commands.reveal_place(place_id=place_id, viewer=request.viewer, now=request.now)
    return render(request, "people/masked_place.html", {"place": place, "child": place.person})


def places_of(person_id: UUID) -> str:
    """Where the places of a pack are shown."""
    return reverse("missing_pack", args=[person_id]) + "#places"


def as_id(typed: str) -> UUID | None:
    """A hidden id as it was sent; None if there is none. Raises NotFound if it is no id."""
    try:
        return UUID(typed) if typed else None
    except ValueError as error:
        raise NotFound from error
