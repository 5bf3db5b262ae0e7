"""How a view answers with a page."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from wayhome.web.forms.reading import read_number


def render(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page, drawn now: inside the transaction in which the viewer is known to the database (never lazily).

    `navigation`, `viewer`, `now`, `is_demo`, `messages` and `request` are there without being given.
    """
    return HttpResponse(
        render_to_string(template, dict(context or {}), request, using="jinja2"), status=status
    )


def page_number(request: HttpRequest) -> int:
    """Which page of a list the address asks for with `page`: the first, unless it is a whole number."""
    return read_number(request.GET.get("page", ""), digits=6) or 1
