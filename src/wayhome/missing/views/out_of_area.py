from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.missing.queries.out_of_area import queues
from wayhome.missing.rules.areas import OUT_OF_AREA, Side, notice_due, shares
from wayhome.people.commands import open_list
from wayhome.web.pages import render

WHO = {
    Side.PLACED_HERE: ("The authority that placed the child", "placed_by"),
    Side.PLACED_ELSEWHERE: ("The authority the child is placed in", "placed_in"),
}


@allowed_to(Verb.WATCH_OUT_OF_AREA)
def out_of_area(request: ViewerRequest) -> HttpResponse:
    """Two queues, because the duties are not the same: children of others who are here, and ours who are not."""
    found = queues(request.viewer, request.now)
    count = len(found.placed_here) + len(found.placed_elsewhere)
    open_list(page="out of area", found=count, viewer=request.viewer, now=request.now)
    context = {
        "queues": [
            (side, children, shares(side), notice_due(side), WHO[side])
            for side, children in (
                (Side.PLACED_HERE, found.placed_here),
                (Side.PLACED_ELSEWHERE, found.placed_elsewhere),
            )
        ],
        "basis": OUT_OF_AREA,
    }
    return render(request, "missing/out_of_area.html", context)
