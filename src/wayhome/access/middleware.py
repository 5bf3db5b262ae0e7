"""One transaction round the whole request, rendering included, with the viewer set in it."""

from collections.abc import Callable
from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from wayhome.access.requests import ViewerRequest
from wayhome.access.submitting import refused
from wayhome.access.viewing import open_for, viewer_of
from wayhome.kernel.clock import utc_now
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer

NOBODY = Viewer(user_id=None, name="")


class OpenViewer:
    """Sets `request.viewer` and `request.now`, and opens the viewer's transaction.

    A page that fails, or refuses as a whole, undoes what it wrote; the refusal itself goes on the record.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = cast("ViewerRequest", request)
        seen.now, seen.viewer = utc_now(), NOBODY
        if not request.user.is_authenticated:
            return self.get_response(request)
        with transaction.atomic():
            seen.viewer = viewer_of(seen.user, now=seen.now, request_id=seen.id)
            open_for(seen.viewer)
            response = self.get_response(request)
            refusal: Refusal | None = getattr(request, "refusal", None)
            if refusal or response.status_code >= 500:
                transaction.set_rollback(True)
        if refusal:
            with transaction.atomic():
                refused(seen, refusal, verb="open page")
        return response
