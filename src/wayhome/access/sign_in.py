"""How people sign in: accounts are made by administrators, never by visitors; every try is on the record."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from wayhome.access.models import User
from wayhome.access.viewing import signing_in
from wayhome.audit.commands import record
from wayhome.audit.vocabulary import Outcome
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import Viewer


def put_on_record(request: HttpRequest, verb: str, user: User | None, *, refused: str = "") -> None:
    """One entry about signing in, with why it was refused if it was. Who tried is known only if the account is."""
    agency = user.agency.name if user and user.agency else ""
    viewer = Viewer(
        user_id=user.pk if user else None,
        name=user.name if user else "Someone without an account",
        agency_name=agency,
        request_id=getattr(request, "id", ""),
    )
    record(
        viewer=viewer,
        now=utc_now(),
        verb=verb,
        subject_kind="user",
        subject_id=user.pk if user else None,
        outcome=Outcome.REFUSED if refused else Outcome.DONE,
        reason=refused,
    )


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks: nobody signs up by themselves, and sign-ins, failed and successful, are recorded."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Enter the email address and password of your account. One of them is not right",
        "enter_current_password": "Enter your present password. This one is not right",
        "incorrect_code": "Enter the code that your app shows now. This one is not right",
        "incorrect_password": "Enter your password. This one is not right",
        "too_many_login_attempts": "Wait five minutes before you try again. There were too many tries",
        "rate_limited": "Wait a minute before you try again. There were too many tries",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            put_on_record(request, "sign in", _known(credentials), refused="too many tries")
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """As the user whose password it may be: one that is kept by an older rule is kept anew when it is right."""
        with signing_in(_known(credentials)):
            try:
                user: AbstractBaseUser | None = super().authenticate(request, **credentials)
            except ValidationError as too_many_tries:
                refusal = too_many_tries
            else:
                return user
        # Only now: raised inside, it would undo what is on the record about it.
        raise refusal

    def set_password(self, user: User, password: str) -> None:
        with signing_in(user):
            super().set_password(user, password)

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **options)
        put_on_record(request, "sign in", user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        put_on_record(request, "sign in", user, refused="account closed")
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            put_on_record(request, "sign out", request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        put_on_record(request, "sign in", _known(credentials), refused="wrong password")
        super().authentication_failed(request, **credentials)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **options: Any) -> None:
        """Called for every change to how an account is signed in to: the mail's name says what it was."""
        put_on_record(context.request, template_prefix.rpartition("/")[2].replace("_", " "), user)
        super().send_notification_mail(template_prefix, user, *args, **options)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("own_account")

    def add_message(self, request: HttpRequest, level: int, *args: Any, **options: Any) -> None:
        """Nothing: where something has to be said, the page that follows says it."""


def _known(credentials: dict[str, Any]) -> User | None:
    return User.objects.filter(email__iexact=credentials.get("email") or "").first()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted: who reads the table cannot make codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": "Wayhome is set up so that everyone has a second step",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not settings.WAYHOME_REQUIRE_MFA


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.SECRET_KEY.encode()).digest()))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens the account that an administrator made for this email address, and no other."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        user = User.objects.filter(email__in=confirmed_addresses(sociallogin), is_active=True).first()
        if user is None:
            put_on_record(request, "sign in", None, refused="no account for this address")
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("no_account")))
        with signing_in(user):
            sociallogin.connect(request, user)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("own_account")


def confirmed_addresses(sociallogin: SocialLogin) -> set[str]:
    """The addresses that are certainly this person's: said so by the provider, or trusted by our settings."""
    trusted = sociallogin.provider.app.settings.get("email_is_verified") is True
    return {a.email.lower() for a in sociallogin.email_addresses if a.verified is True or trusted}


def halfway_in(request: HttpRequest) -> User | None:
    """Whose password was right, while their code is still asked for."""
    waiting = request.session.get("account_login")
    return User.objects.filter(pk=waiting["user_pk"]).first() if waiting else None


def has_second_factor(user: AbstractBaseUser) -> bool:
    """True if the account asks for a code beside the password."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def send_password_link(request: HttpRequest, email: str) -> None:
    """Send the holder of an account a link by which they choose a password."""
    form = ResetPasswordForm({"email": email})
    if form.is_valid():
        form.save(request)
