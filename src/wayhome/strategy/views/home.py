from django.http import HttpResponse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, signed_in
from wayhome.access.roles import Verb
from wayhome.strategy.queries.home import home, written_after
from wayhome.web.pages import render


@signed_in
def strategy(request: ViewerRequest) -> HttpResponse:
    """Opens on what needs the reader now. Strategies in force are for everybody."""
    found = home(reads_plans=bool(may(request.viewer, Verb.SEE_PLANS)), now=request.now)
    after = [
        (each, later)
        for each in found.own
        if (later := written_after(each.stood.action.updates, request.viewer.name))
    ]
    context = {
        "home": found,
        "after": after,
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
        "reads_plans": may(request.viewer, Verb.SEE_PLANS),
    }
    return render(request, "strategy/home.html", context)
