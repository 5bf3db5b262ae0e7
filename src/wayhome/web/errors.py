"""Pages for when something cannot be shown or done. Each says what happened, what to do, and the reference."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string

from wayhome.kernel.refusal import Refusal
from wayhome.web.htmx import is_fragment
from wayhome.web.pages import render

TITLES = {
    400: "That request could not be read",
    403: "You cannot do this",
    404: "Page not found",
    409: "That could not be done",
}
SECRET_WORDS = ("password", "token", "code", "secret")


def refused(request: HttpRequest, refusal: Refusal, *, status: int) -> HttpResponse:
    """The refusal's own sentence, and a way back; only the sentence if a fragment was asked for."""
    context = {"title": TITLES[status], "sentence": refusal.message, "back": way_back(request)}
    template = "web/errors/fragment.html" if is_fragment(request) else "web/errors/refused.html"
    return render(request, template, context, status=status)


def way_back(request: HttpRequest) -> str:
    """The page of ours that the reader came from, or the first page."""
    came_from = request.headers.get("Referer", "")
    own = request.build_absolute_uri("/")
    path = came_from.removeprefix(own.rstrip("/"))
    is_ours = came_from.startswith(own) and path != request.get_full_path()
    return path if is_ours else "/"


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The browser sent something that is not a proper request."""
    return render(request, "web/errors/unreadable.html", {"title": TITLES[400]}, status=400)


def handler403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusals. Ours come with their reason (`refused`)."""
    sentence = "Your role does not allow this. Ask your administrator if you think that it should."
    return refused(request, Refusal(sentence), status=403)


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or none that the reader may know of: the two look the same."""
    return render(request, "web/errors/not_found.html", {"title": TITLES[404]}, status=404)


def handler500(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Drawn without the database, which may be what failed."""
    context = {"request_id": getattr(request, "id", ""), "title": "Sorry, there is a problem with Wayhome"}
    return HttpResponse(render_to_string("web/errors/fault.html", context, using="jinja2"), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token no longer holds: nothing was saved, and everything that was typed is shown to be copied.

    It is shown, not offered for sending again: a page of another site may have sent this form.
    """
    context = {
        "title": "Nothing was saved yet",
        "typed": typed_text(request.POST),
        "back": request.get_full_path(),
    }
    return render(request, "web/errors/form_expired.html", context, status=403)


def typed_text(sent: QueryDict) -> list[str]:
    """What a person typed into a form, without what must not be shown again."""
    return [
        value
        for name, values in sent.lists()
        if not any(word in name.lower() for word in SECRET_WORDS)
        for value in values
        if isinstance(value, str) and " " in value.strip()
    ]
