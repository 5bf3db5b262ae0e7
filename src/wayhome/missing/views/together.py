from datetime import timedelta

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.missing.queries.together import AT_MOST
from wayhome.missing.queries.together import together as found_together
from wayhome.missing.views.repeat import PERIODS, days_asked
from wayhome.people.commands.reading import open_list
from wayhome.web.pages import page_number, render


@allowed_to(Verb.SEE_REPEAT)
def together(request: ViewerRequest) -> HttpResponse:
    days = days_asked(request)
    found = found_together(request.now - timedelta(days=days), page_number(request))
    children = {child for pair in found.pairs for child in (pair.one[0], pair.other[0])}
    open_list(
        page="missing together", found=len(children), viewer=request.viewer, now=request.now, days=str(days)
    )
    context = {"found": found, "days": days, "periods": PERIODS, "at_most": AT_MOST}
    return render(request, "missing/together.html", context)
