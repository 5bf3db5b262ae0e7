from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.people import commands, pack
from wayhome.people.forms import ConfirmForm, PhotoForm
from wayhome.web.pages import render


@allowed_to(Verb.READ_CHILD)
def photo(request: ViewerRequest, person_id: UUID, photo_id: UUID) -> HttpResponse:
    """The picture itself. It is read from behind row security each time, and kept in no cache."""
    commands.open_record(person_id=person_id, page="photo", viewer=request.viewer, now=request.now)
    answer = HttpResponse(pack.photo_of(person_id, photo_id), content_type="image/jpeg")
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = "inline"
    return answer


@allowed_to(Verb.KEEP_PACK)
def add_photo(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    common: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    child = commands.open_record(person_id=person_id, page="add photo", **common)
    form = form_for(request, PhotoForm, name="add_photo", subject=str(person_id))

    def do(data: dict[str, Any]) -> str:
        told = {"file": b"".join(data["file"].chunks()), "taken_on": data["taken_on"]}
        commands.add_photo(person_id=person_id, **told, **common)
        messages.success(request, "The photograph is in the missing pack.")
        return reverse("missing_pack", args=[person_id])

    done = send(request, form, name="add_photo", subject=str(person_id), do=do)
    context = {"form": form, "child": child, "photo": pack.present_photo(person_id)}
    return done or render(request, "people/photo.html", context)


@allowed_to(Verb.KEEP_PACK)
def take_photo_away(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    common: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    child = commands.open_record(person_id=person_id, page="take photo away", **common)
    form = form_for(request, ConfirmForm, name="take_photo_away", subject=str(person_id))

    def do(_: dict[str, Any]) -> str:
        commands.take_photo_away(person_id=person_id, **common)
        messages.success(request, "The photograph is not shown any more.")
        return reverse("missing_pack", args=[person_id])

    done = send(request, form, name="take_photo_away", subject=str(person_id), do=do)
    context = {"form": form, "child": child, "photo": pack.present_photo(person_id)}
    return done or render(request, "people/take_photo_away.html", context)
