"""The duty board, and the part of it that refreshes itself."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.database.reading import answered
from wayhome.desk import queries
from wayhome.desk.rules.board import Asked, parts
from wayhome.missing.queries import possibly_restricted
from wayhome.people.commands import keep_search, open_list
from wayhome.people.queries import kept_search
from wayhome.web.htmx import go_to
from wayhome.web.pages import render


@allowed_to(Verb.SEE_DUTY_BOARD)
def board(request: ViewerRequest) -> HttpResponse:
    if request.method == "POST":
        return go_to(request, f"{reverse('board')}?{_chosen(request)}")
    return _shown(request, "desk/board.html")


@allowed_to(Verb.SEE_DUTY_BOARD)
def board_rows(request: ViewerRequest) -> HttpResponse:
    """The rows alone, by the same rules and the same query."""
    return _shown(request, "desk/board_rows.html")


def _chosen(request: ViewerRequest) -> str:
    """The filters that were sent, as they stand in the address. A name is kept, and its id stands there."""
    asked, name = Asked.of(request.POST.dict()), " ".join(request.POST.get("name", "").split())[:100]
    called = str(keep_search(typed=name, viewer=request.viewer, now=request.now)) if name else ""
    return asked.query(called=called)


def _asked(request: ViewerRequest) -> Asked:
    asked = Asked.of(request.GET.dict())
    kept = kept_search(asked.called, viewer=request.viewer, now=request.now)
    return replace(asked, name=kept.q) if kept else replace(asked, called="")


def _shown(request: ViewerRequest, template: str) -> HttpResponse:
    asked = _asked(request)
    found = queries.duty_board(request.viewer, request.now)
    shown = parts(found.lines, asked, request.now)
    on_page = sum(len(part.rows) for part in shown)
    open_list(page="duty board", found=on_page, viewer=request.viewer, now=request.now, asked=asked.query())
    context = {
        "parts": shown,
        "asked": asked,
        "teams": found.teams,
        "is_cut": found.is_cut,
        "at_most": queries.AT_MOST,
        "is_empty": not found.lines,
        "possibly_restricted": answered(possibly_restricted()),
    }
    return render(request, template, context)
