"""The sign-in library's forms with our fields, so that they look and speak like the rest (settings: *_FORMS)."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError

from wayhome.access.models import User
from wayhome.access.sign_in import put_on_record
from wayhome.web import forms

RULES = "At least 12 characters. Three or four words that have nothing to do with each other are good."


class SignIn(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"] = forms.EmailField("Email address", autocomplete="username")
        self.fields["password"] = forms.PasswordField("Password")


class AskForNewPassword(account.ResetPasswordForm):
    """Where to send the link."""

    email = forms.EmailField("Email address")


def new_password(user: User | None) -> "NewPasswordField":
    """A field for a password to be chosen, judged for this user."""
    field = NewPasswordField("New password", hint=RULES, autocomplete="new-password")
    field.user = user
    return field


class NewPasswordField(forms.PasswordField):
    """A password that has to be good enough."""

    user: User | None = None

    def clean(self, value: Any) -> str:
        """The password, as typed. Raises ValidationError with what is wrong with it."""
        password: str = super().clean(value)
        get_adapter().clean_password(password, user=self.user)
        return password


class ChooseNewPassword(account.ResetPasswordKeyForm):
    """Asked once: it can be shown while it is typed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"] = new_password(self.user)
        del self.fields["password2"]


class ChangePassword(account.ChangePasswordForm):
    """The present password and the new one, asked once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["oldpassword"] = forms.PasswordField("Present password")
        self.fields["password1"] = new_password(self.user)
        del self.fields["password2"]


class ConfirmPassword(account.ReauthenticateForm):
    """Before something about signing in is changed."""

    password = forms.PasswordField("Password")


def code_field(hint: str) -> forms.TextField:
    """A box for a code."""
    return forms.TextField(
        "Code",
        hint=hint,
        width=10,
        autocomplete="one-time-code",
        inputmode="text",
        spellcheck=False,
    )


class EnterCode(mfa.AuthenticateForm):
    """The second step of signing in. A wrong code is on the record like a wrong password."""

    code = code_field("Six digits from the app on your phone, or one of your recovery codes")

    def clean_code(self) -> str:
        """The code. Raises ValidationError if it is not right."""
        try:
            code: str = super().clean_code()
        except ValidationError:
            put_on_record(mfa.context.request, "sign in", self.user, refused="wrong code")
            raise
        return code


class ConfirmCode(mfa.ReauthenticateForm):
    """The same, by the second step."""

    code = code_field("Six digits from the app on your phone, or one of your recovery codes")


class SetUpApp(ActivateTOTPForm):
    """Proof that the app has the key."""

    code = code_field("The six digits that the app shows now")
