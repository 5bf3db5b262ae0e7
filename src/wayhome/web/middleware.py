"""What surrounds every request: its number, what the page may load, and how a refusal is answered."""

from collections.abc import Callable
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound, Refusal
from wayhome.web import errors

Next = Callable[[HttpRequest], HttpResponse]


class NumberedRequest(Protocol):
    """A request that has been through RequestId."""

    id: str


class RequestId:
    """Gives each request its own number; the audit and the error pages name it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = new_id().hex
        request.id = number  # type: ignore[attr-defined]  # our own addition: NumberedRequest
        response = self.get_response(request)
        response["X-Request-Id"] = number
        return response


def content_security_policy() -> str:
    """Nothing from elsewhere, nothing written inside the page.

    A form may lead only to us, and to a sign-in provider named in settings.FORM_DESTINATIONS: browsers hold the
    redirects that follow a form to the same rule.
    """
    destinations = " ".join(["'self'", *getattr(settings, "FORM_DESTINATIONS", ())])
    return "; ".join(
        [
            "default-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            f"form-action {destinations}",
        ]
    )


class ContentSecurity:
    """Sets the content security policy, and keeps pages out of every cache."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.policy = content_security_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.setdefault("Cache-Control", "no-store")
        return response


STATUS: tuple[tuple[type[Refusal], int], ...] = ((NotFound, 404), (NotAllowed, 403), (Refusal, 409))


class Refusals:
    """Answers a refusal that no view caught. The innermost: those outside see an ordinary response.

    `request.refusal` is left for them: whoever holds the transaction or the audit can tell that nothing was done.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks this for every exception of a view."""
        if not isinstance(exception, Refusal):
            return None
        request.refusal = exception  # type: ignore[attr-defined]  # our own addition
        status = next(status for kind, status in STATUS if isinstance(exception, kind))
        return errors.refused(request, exception, status=status)
