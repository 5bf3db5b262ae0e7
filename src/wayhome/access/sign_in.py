"""How people sign in: accounts are made by administrators, never by visitors; every try is on the record."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from wayhome.access.models import User
from wayhome.audit.commands import record
from wayhome.audit.vocabulary import Outcome
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import Viewer


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks: nobody signs up by themselves, and sign-ins, failed and successful, are recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **options)
        _recorded(request, "sign in", user)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            _recorded(request, "sign out", request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        _recorded(request, "sign in", user, outcome=Outcome.REFUSED)
        super().authentication_failed(request, **credentials)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens the account that an administrator made for this email address, and no other."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        verified = {address.email.lower() for address in sociallogin.email_addresses if address.verified}
        user = User.objects.filter(email__in=verified, is_active=True).first()
        if user is None:
            _recorded(request, "sign in", None, outcome=Outcome.REFUSED)
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("no_account")))
        sociallogin.connect(request, user)


def _recorded(request: HttpRequest, verb: str, user: User | None, *, outcome: str = Outcome.DONE) -> None:
    viewer = Viewer(
        user_id=user.pk if user else None,
        name=user.name if user else "Someone without an account",
        agency_name=user.agency.name if user and user.agency else "",
        request_id=getattr(request, "id", ""),
    )
    record(
        viewer=viewer,
        now=utc_now(),
        verb=verb,
        subject_kind="user",
        subject_id=user.pk if user else None,
        outcome=outcome,
    )
