"""Addresses for the tests of pages: each ends in another way."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from wayhome.kernel.refusal import NotAllowed, NotFound, Refusal
from wayhome.web.errors import handler400, handler403, handler404, handler500
from wayhome.web.navigation import NavigationItem

__all__ = ["handler400", "handler403", "handler404", "handler500"]

ITEMS = (
    NavigationItem("Today", "components", section="today"),
    NavigationItem("Accounts", "components", frozenset({"administrator"})),
    NavigationItem("Glossary", "components", place="foot"),
)


class DoorAlreadyShut(Refusal):
    """The door is already shut."""


def refuse(request: HttpRequest) -> HttpResponse:
    raise DoorAlreadyShut


def forbid(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("Only the keeper opens the door.")


def hide(request: HttpRequest) -> HttpResponse:
    raise NotFound


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("", include("wayhome.web.urls")),
    path("refuse", refuse),
    path("forbid", forbid),
    path("hide", hide),
    path("fail", fail),
    path("out", refuse, name="account_logout"),
]
