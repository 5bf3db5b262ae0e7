"""The limits of duties, as this partnership has set them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.refusal import NotFound
from wayhome.missing import commands
from wayhome.missing.forms.limits import ChangeLimit
from wayhome.missing.queries import clocks_of
from wayhome.missing.rules import LIMITS, Limit
from wayhome.partnership.queries import sources_of
from wayhome.web.pages import render


@allowed_to(Verb.MANAGE_PARTNERSHIP)
def limits(request: ViewerRequest) -> HttpResponse:
    partnership_id = request.viewer.partnership_id
    clocks = clocks_of(partnership_id)
    sources = _sources(partnership_id)
    rows = [(limit, getattr(clocks, limit.key), sources.get(limit.key, "")) for limit in LIMITS]
    return render(request, "missing/limits.html", {"rows": rows})


@allowed_to(Verb.MANAGE_PARTNERSHIP)
def change_limit(request: ViewerRequest, key: str) -> HttpResponse:
    limit = _limit(key)
    partnership_id = request.viewer.partnership_id
    first = {
        "value": getattr(clocks_of(partnership_id), key),
        "source": _sources(partnership_id).get(key, ""),
    }
    form = form_for(request, ChangeLimit, name="change_limit", subject=key, initial=first)

    def do(said: dict[str, Any]) -> str:
        commands.change_limit(
            key=key, value=said["value"], source=said["source"], viewer=request.viewer, now=request.now
        )
        messages.success(request, "The limit is changed. It counts from now on.")
        return reverse("limits")

    done = send(request, form, name="change_limit", subject=key, do=do)
    return done or render(request, "missing/change_limit.html", {"form": form, "limit": limit})


def _sources(partnership_id: UUID | None) -> dict[str, str]:
    return sources_of(partnership_id) if partnership_id else {}


def _limit(key: str) -> Limit:
    found = next((limit for limit in LIMITS if limit.key == key), None)
    if found is None:
        raise NotFound
    return found
