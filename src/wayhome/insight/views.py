from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.insight.commands import open_measures
from wayhome.web.pages import render


@allowed_to(Verb.SEE_MEASURES)
def measures(request: ViewerRequest) -> HttpResponse:
    found = open_measures(viewer=request.viewer, now=request.now)
    years = [("Last full year", found.last_full_year)]
    if found.this_year:
        years.append(("This year so far", found.this_year))
    context = {"years": years, "counted_until": found.counted_until, "this_year": found.this_year}
    return render(request, "insight/measures.html", context)
