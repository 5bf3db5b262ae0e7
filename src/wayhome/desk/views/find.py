"""Finding a child: search, and the index card for those who may not see them."""

from django.http import HttpResponse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.desk import queries
from wayhome.desk.forms import AskIndex, Search
from wayhome.kernel.clock import london_day
from wayhome.people import commands
from wayhome.people.queries import cards
from wayhome.web.pages import render

MOST_RESULTS = 30


@allowed_to(Verb.FIND_CHILD)
def find(request: ViewerRequest) -> HttpResponse:
    form = Search(request.GET) if "q" in request.GET else Search()
    found = None
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        cards_found = commands.find(
            typed=asked["q"], year=asked["year"], viewer=request.viewer, now=request.now
        )
        found = queries.with_episodes(cards_found)
    context = {
        "form": form,
        "found": found,
        "most": MOST_RESULTS,
        "may_create": may(request.viewer, Verb.CREATE_CHILD),
    }
    return render(request, "desk/find.html", context)


@allowed_to(Verb.FIND_CHILD)
def index_card(request: ViewerRequest) -> HttpResponse:
    """Known or not, and whom to ring: never more."""
    searched = {"name": request.GET.get("name", "")[:100], "by": "name"}
    form = AskIndex(request.POST) if request.method == "POST" else AskIndex(initial=searched)
    known = None
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        known = commands.ask_index(
            name=asked["name"] or "",
            born=asked["born_on"],
            number=asked["number"] or "",
            viewer=request.viewer,
            now=request.now,
        )
    context = {
        "form": form,
        "known": known,
        "open_records": cards([card.person_id for card in known], london_day(request.now)) if known else {},
        "may_break_glass": may(request.viewer, Verb.BREAK_GLASS),
        "may_create": may(request.viewer, Verb.CREATE_CHILD),
    }
    return render(request, "desk/index_card.html", context)
