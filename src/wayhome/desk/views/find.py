"""Finding a child: search, and the index card for those who may not see them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.desk import queries
from wayhome.desk.forms import AskIndex, Search
from wayhome.kernel.clock import london_day
from wayhome.people import commands
from wayhome.people.queries import cards, how_many_are_close, kept_search
from wayhome.web.htmx import go_to
from wayhome.web.pages import render

MOST_RESULTS = 30


@allowed_to(Verb.FIND_CHILD)
def find(request: ViewerRequest) -> HttpResponse:
    """The box; and what was typed into it is kept, so that it stands in no address."""
    form = Search(request.POST) if request.method == "POST" else Search()
    if form.is_bound and form.is_valid():
        search_id = commands.keep_search(
            typed=form.cleaned_data["q"],
            year=form.cleaned_data["year"],
            viewer=request.viewer,
            now=request.now,
        )
        return go_to(request, reverse("found", args=[search_id]))
    return render(request, "desk/find.html", {"form": form, "found": None})


@allowed_to(Verb.FIND_CHILD)
def found(request: ViewerRequest, search_id: UUID) -> HttpResponse:
    """What a search finds now. Going back from a record leads here."""
    search = kept_search(search_id, viewer=request.viewer, now=request.now)
    if search is None:
        return redirect("find")
    people = commands.find(typed=search.q, year=search.year, viewer=request.viewer, now=request.now)
    context = {
        "form": Search(initial=search._asdict()),
        "found": queries.with_episodes(people),
        "close": how_many_are_close(people),
        "year": search.year,
        "search": f"search={search_id}",
        "most": MOST_RESULTS,
        "may_create": may(request.viewer, Verb.CREATE_CHILD),
    }
    return render(request, "desk/find.html", context)


@allowed_to(Verb.FIND_CHILD)
def index_card(request: ViewerRequest) -> HttpResponse:
    """Known or not, and whom to ring: never more."""
    search = kept_search(request.GET.get("search", ""), viewer=request.viewer, now=request.now)
    first = {"name": search.q if search else "", "by": "name"}
    form = AskIndex(request.POST) if request.method == "POST" else AskIndex(initial=first)
    context: dict[str, object] = {"form": form, "known": None}
    if form.is_bound and form.is_valid():
        context |= _asked(request, form)
    return render(request, "desk/index_card.html", context)


def _asked(request: ViewerRequest, form: AskIndex) -> dict[str, object]:
    name, number = form.cleaned_data["name"] or "", form.cleaned_data["number"] or ""
    who: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    known = commands.ask_index(name=name, born=form.cleaned_data["born_on"], number=number, **who)
    return {
        "known": known,
        "search": f"search={commands.keep_search(typed=name or number, **who)}",
        "open_records": cards([card.person_id for card in known], london_day(request.now)),
        "may_break_glass": may(request.viewer, Verb.BREAK_GLASS),
        "may_create": may(request.viewer, Verb.CREATE_CHILD),
    }
