"""What every template may rely on, also those of the sign-in library: one context processor gives it."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TypedDict

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest

from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import Viewer
from wayhome.web.navigation import NavigationItem, items_for


class PageContext(TypedDict):
    """The names, and nothing more."""

    navigation: list[NavigationItem]
    viewer: Viewer | None
    now: datetime
    is_demo: bool
    version: str
    messages: Iterable[object]
    request_id: str


def page(request: HttpRequest) -> PageContext:
    """Names for base.html. `messages` is read when the page shows it, not before."""
    viewer = signed_in_viewer(request)
    return {
        "navigation": items_for(viewer),
        "viewer": viewer,
        "now": getattr(request, "now", None) or utc_now(),
        "is_demo": settings.IS_DEMO,
        "version": own_version(),
        "messages": get_messages(request),
        "request_id": getattr(request, "id", ""),
    }


def signed_in_viewer(request: HttpRequest) -> Viewer | None:
    """Who is signed in; None for a stranger, and on pages drawn before anybody was looked up."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    return viewer if viewer and viewer.user_id else None


@cache
def own_version() -> str:
    """The release that runs, for the foot of the page; nothing when run from a folder that was never installed."""
    try:
        return version("wayhome")
    except PackageNotFoundError:
        return ""
