"""Words that blame a child, and better ones: as a page, and for the script that points them out."""

from django.http import HttpResponse, JsonResponse

from wayhome.access.requests import ViewerRequest, signed_in
from wayhome.codelists.wording import terms
from wayhome.web.pages import render


@signed_in
def wording(request: ViewerRequest) -> HttpResponse:
    return render(request, "desk/wording.html", {"terms": terms()})


@signed_in
def wording_list(_: ViewerRequest) -> JsonResponse:
    """The list with its expressions: nothing that anybody wrote is sent here."""
    found = [{"expression": term.expression, "better": term.better, "why": term.why} for term in terms()]
    return JsonResponse({"terms": found})
