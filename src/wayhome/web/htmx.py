"""Fragments: parts of a page asked for by htmx or by one of our scripts."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


def is_fragment(request: HttpRequest) -> bool:
    """True if only a part of the page is wanted. A page restored from history is wanted whole."""
    wanted = request.headers.get("HX-Request") == "true"
    return wanted and request.headers.get("HX-History-Restore-Request") != "true"


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Sends the browser to another page, from a form or from a fragment."""
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)
