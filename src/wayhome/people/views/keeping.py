"""How a child can be known: the part of the missing pack that is kept current."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.clock import london_day
from wayhome.people import commands, pack
from wayhome.people.commands import Stale
from wayhome.people.commands.description import words_of
from wayhome.people.forms import LABELS, ConfirmForm, DescriptionForm
from wayhome.web.forms.reading import read_number
from wayhome.web.htmx import go_to
from wayhome.web.pages import render

FORM = "describe"


@allowed_to(Verb.KEEP_PACK)
def describe(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    common: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    child = commands.open_record(person_id=person_id, page="describe", **common)
    kept = kept_of(request, person_id)
    first = words_of(kept.description) | {"version": str(kept.version)}
    form = form_for(request, DescriptionForm, name=FORM, subject=str(person_id), initial=first)
    stale: list[Stale] = []

    def do(data: dict[str, Any]) -> str:
        version = read_number(data["version"], digits=9) or 0
        try:
            commands.describe(person_id=person_id, version=version, words=form.describing(), **common)
        except Stale as found:
            stale.append(found)
            raise
        messages.success(request, "Saved. The missing pack is checked as of today.")
        return reverse("missing_pack", args=[person_id])

    done = send(request, form, name=FORM, subject=str(person_id), do=do)
    if done:
        return done
    differences = both_versions(form, stale[0], person_id) if stale else []
    context = {"form": form, "child": child, "kept": kept, "differences": differences}
    return render(request, "people/describe.html", context)


def kept_of(request: ViewerRequest, person_id: UUID) -> pack.KeptPart:
    """The kept part of a child's pack as of today."""
    days = pack.pack_days(request.viewer.partnership_id)
    return pack.kept_part(person_id, on=london_day(request.now), days=days)


def both_versions(form: DescriptionForm, stale: Stale, person_id: UUID) -> list[tuple[str, str, str]]:
    """What it is, what the record says now, what was typed: where they differ. The next save is over what was shown."""
    form.carry("version", str(pack.description_version(person_id)))
    typed = form.describing()
    return [
        (label, stale.theirs[name], getattr(typed, name))
        for name, label in LABELS.items()
        if stale.theirs[name] != getattr(typed, name)
    ]


@require_POST
@allowed_to(Verb.KEEP_PACK)
def check_description(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """One press: somebody read the pack through and found it right."""
    form = form_for(request, ConfirmForm, name="check_description", subject=str(person_id))

    def do(_: dict[str, Any]) -> str:
        commands.check_description(person_id=person_id, viewer=request.viewer, now=request.now)
        messages.success(request, "The missing pack is checked as of today.")
        return reverse("missing_pack", args=[person_id])

    done = send(request, form, name="check_description", subject=str(person_id), do=do)
    return done or go_to(request, reverse("missing_pack", args=[person_id]))
