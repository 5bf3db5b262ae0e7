"""The clock wall, and the part of it that refreshes itself."""

from django.http import HttpResponse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.desk import queries
from wayhome.desk.rules.wall import DUTIES, WHO, WallAsked, by_duty, wall_page, with_children
from wayhome.exploitation.queries.duties import named
from wayhome.people.commands import open_list
from wayhome.web.pages import render


@allowed_to(Verb.SEE_DUTY_BOARD)
def wall(request: ViewerRequest) -> HttpResponse:
    return _shown(request, "desk/wall.html")


@allowed_to(Verb.SEE_DUTY_BOARD)
def wall_rows(request: ViewerRequest) -> HttpResponse:
    """The duties alone, by the same rules and the same queries."""
    return _shown(request, "desk/wall_rows.html")


def _shown(request: ViewerRequest, template: str) -> HttpResponse:
    viewer, now = request.viewer, request.now
    asked = WallAsked.of(request.GET.dict())
    found = queries.clock_wall(viewer, now)
    shown = with_children(wall_page(found.entries, asked, now), lambda duties: named(duties, now))
    open_list(page="clock wall", found=len(shown.entries), viewer=viewer, now=now, asked=asked.query())
    context = {
        "shown": shown,
        "asked": asked,
        "kinds": by_duty(found.entries, now),
        "duties": DUTIES,
        "who": WHO,
        "teams": found.teams,
        "is_empty": not found.entries,
        "is_cut": found.is_cut,
        "is_pathway_cut": found.is_pathway_cut,
        "at_most": queries.AT_MOST,
        "verbs": {verb for verb in Verb if may(viewer, verb)},
        "answer_verb": Verb.ANSWER_DUTY,
        "waits": found.waits,
        "may_see_late": bool(may(viewer, Verb.SEE_LATE_DUTIES)),
        "may_hand_over": bool(may(viewer, Verb.HAND_OVER)),
    }
    return render(request, template, context)
