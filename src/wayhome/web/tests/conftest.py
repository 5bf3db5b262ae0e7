"""A browserless visitor to the pages of `urls.py`, without a database."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from wayhome.kernel.viewer import Viewer
from wayhome.web import navigation

OWN = "wayhome.web.middleware."
MIDDLEWARE = [
    OWN + "RequestId",
    OWN + "ContentSecurity",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wayhome.web.tests.conftest.as_somebody",
    OWN + "Refusals",
]
SOMEBODY = Viewer(UUID(int=1), "Ines Sample", agency_name="Youth Team")


def as_somebody(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Signs in whoever asks, unless they ask as a stranger."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = Viewer(None, "") if "HTTP_X_STRANGER" in request.META else SOMEBODY
        return get_response(request)

    return middleware


@pytest.fixture
def visitor() -> Iterator[Client]:
    navigation.every_item.cache_clear()
    options: dict[str, Any] = {
        "ROOT_URLCONF": "wayhome.web.tests.urls",
        "WAYHOME_NAVIGATION": "wayhome.web.tests.urls.ITEMS",
        "MIDDLEWARE": MIDDLEWARE,
        "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
        "STORAGES": {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        "IS_DEMO": True,
        "ALLOWED_HOSTS": [*django_settings.ALLOWED_HOSTS, "testserver"],
    }
    with override_settings(**options):
        yield Client(raise_request_exception=False)
    navigation.every_item.cache_clear()
