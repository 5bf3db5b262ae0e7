"""The duty board, and the part of it that refreshes itself."""

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.desk import queries
from wayhome.desk.rules.board import Asked, parts
from wayhome.people.commands import open_list
from wayhome.web.pages import render


@allowed_to(Verb.SEE_DUTY_BOARD)
def board(request: ViewerRequest) -> HttpResponse:
    return _shown(request, "desk/board.html")


@allowed_to(Verb.SEE_DUTY_BOARD)
def board_rows(request: ViewerRequest) -> HttpResponse:
    """The rows alone, by the same rules and the same query."""
    return _shown(request, "desk/board_rows.html")


def _shown(request: ViewerRequest, template: str) -> HttpResponse:
    asked = Asked.of(request.GET.dict())
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
    }
    return render(request, template, context)
