"""One transaction round the whole request, rendering included, with the viewer set in it."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from wayhome.access.viewing import open_for, viewer_of
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import Viewer

NOBODY = Viewer(user_id=None, name="")


class OpenViewer:
    """Sets `request.viewer` and `request.now`; opens the viewer's transaction; undoes it all if the page fails."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = utc_now()  # type: ignore[attr-defined]
        request.viewer = NOBODY  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        with transaction.atomic():
            viewer = viewer_of(request.user, now=request.now, request_id=getattr(request, "id", ""))  # type: ignore
            request.viewer = viewer  # type: ignore[attr-defined]
            open_for(viewer)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
