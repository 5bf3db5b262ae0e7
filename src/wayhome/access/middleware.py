"""One transaction round the whole request, rendering included, with the viewer set in it."""

from collections.abc import Callable
from typing import cast

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from wayhome.access.requests import ViewerRequest
from wayhome.access.sign_in import halfway_in, has_second_factor
from wayhome.access.submitting import refused
from wayhome.access.viewing import NOBODY, open_for, open_for_sign_in, viewer_of
from wayhome.kernel.clock import utc_now
from wayhome.kernel.refusal import Refusal


class OpenViewer:
    """Sets `request.viewer`, `request.now` and `request.person_id`, and opens the viewer's transaction.

    A page that fails, or refuses as a whole, undoes what it wrote; the refusal itself goes on the record.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = cast("ViewerRequest", request)
        seen.now, seen.viewer, seen.person_id = utc_now(), NOBODY, None
        if not request.user.is_authenticated:
            return self._answer_stranger(request)
        with transaction.atomic():
            seen.viewer = viewer_of(seen.user, now=seen.now, request_id=seen.id)
            open_for(seen.viewer)
            response = self.get_response(request)
            refusal: Refusal | None = getattr(request, "refusal", None)
            if refusal or response.status_code >= 500:
                transaction.set_rollback(True)
        if refusal:
            with transaction.atomic():
                open_for(seen.viewer)
                refused(seen, refusal, verb="open page")
        return response

    def _answer_stranger(self, request: HttpRequest) -> HttpResponse:
        user = halfway_in(request)
        if user is None:
            return self.get_response(request)
        with transaction.atomic():
            open_for_sign_in(user)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class SecondStep:
    """Leads those who have only a password to set up a second step before anything else.

    Who comes by single sign-on has the provider's.
    """

    OPEN = ("mfa_activate_totp", "account_reauthenticate", "account_logout")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.WAYHOME_REQUIRE_MFA and request.user.is_authenticated and self.is_wanting(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def is_wanting(self, request: HttpRequest) -> bool:
        """True if the second step is missing, on any page but those that set it up."""
        if request.path in map(reverse, self.OPEN):
            return False
        user = cast("ViewerRequest", request).user
        ways = [way["method"] for way in get_authentication_records(request, user)]
        return "socialaccount" not in ways and not has_second_factor(user)
