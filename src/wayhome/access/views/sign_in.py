from typing import Any

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest, HttpResponse

from wayhome.web.pages import render


class SignIn(LoginView):  # a class because the library's is one
    """The library's page, with the providers of single sign-on beside it."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        providers = get_adapter().list_providers(self.request)
        context: dict[str, Any] = super().get_context_data(**given)
        context["providers"] = [(each.name, each.get_login_url(self.request)) for each in providers]
        return context


def no_account(request: HttpRequest) -> HttpResponse:
    return render(request, "account/no_account.html", status=403)
