"""Single sign-on, against a real provider on this machine: it opens an existing account and no other."""

import json
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from django.urls import reverse
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, oidc_provider

from wayhome.audit.models import Entry
from wayhome.config import single_sign_on
from wayhome.config.testing import as_worker


class NotFollowing(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def where_the_provider_leads(address):
    """What a browser does with the provider's answer: read where it leads."""
    with pytest.raises(OSError, match="302") as answered:
        build_opener(NotFollowing).open(address)
    leads_to = answered.value.headers["Location"]
    answered.value.close()
    return leads_to


@pytest.fixture
def provider(settings):
    with oidc_provider() as made:
        found = single_sign_on.providers(
            json.dumps(
                {
                    "name": "Saltmere Council",
                    "client_id": CLIENT_ID,
                    "secret": CLIENT_SECRET,
                    "server_url": made.address,
                }
            )
        )
        settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.library_settings(found)
        yield made


def sign_in(client, **follow):
    page = client.get(reverse("account_login")).content.decode()
    assert "Sign in with Saltmere Council" in page
    away = client.post(reverse("openid_connect_login", args=["sso"]))
    back = where_the_provider_leads(away.url)
    return client.get(back.removeprefix("http://testserver"), **follow)


def tries():
    with as_worker():
        return [(e.actor, e.outcome, e.reason) for e in Entry.objects.filter(verb="sign in").order_by("pk")]


def test_an_existing_account_is_opened_by_its_confirmed_address(cast, client, provider):
    provider.says(sub="pat-1", email="Pat@wayhome.example", email_verified=True)
    assert sign_in(client).status_code == 302
    page = client.get(reverse("own_account")).content.decode()
    assert "pat@wayhome.example" in page
    assert tries() == [(cast.users["Pat"].name, "done", "")]


def test_the_second_time_the_provider_s_own_number_is_enough(cast, client, provider):
    provider.says(sub="pat-1", email="pat@wayhome.example", email_verified=True)
    sign_in(client)
    client.post(reverse("account_logout"))
    provider.says(sub="pat-1", email="pat.married@wayhome.example", email_verified=True)
    sign_in(client)
    assert "pat@wayhome.example" in client.get(reverse("own_account")).content.decode()


def test_an_address_without_an_account_is_refused_with_a_clear_page(cast, client, provider):
    provider.says(sub="nobody-1", email="nobody@wayhome.example", email_verified=True)
    response = sign_in(client, follow=True)
    assert response.status_code == 403
    assert "There is no account for you yet" in response.content.decode()
    assert tries() == [("Someone without an account", "refused", "no account for this address")]
    assert client.get(reverse("own_account")).status_code == 302


def test_an_address_that_is_not_confirmed_is_refused(cast, client, provider):
    provider.says(sub="pat-2", email="pat@wayhome.example", email_verified=False)
    assert "has not confirmed that the address is yours" in sign_in(client, follow=True).content.decode()
    provider.says(sub="pat-3", email="pat@wayhome.example")
    assert sign_in(client, follow=True).status_code == 403


def test_a_closed_account_stays_closed(cast, client, provider):
    provider.says(sub="pat-1", email="pat@wayhome.example", email_verified=True)
    sign_in(client)
    client.post(reverse("account_logout"))
    with as_worker():
        cast.users["Pat"].is_active = False
        cast.users["Pat"].save()
    assert "This account is closed" in sign_in(client, follow=True).content.decode()


def test_no_second_step_of_ours_is_asked_of_those_who_bring_one(cast, client, provider, settings):
    settings.WAYHOME_REQUIRE_MFA = True
    provider.says(sub="pat-1", email="pat@wayhome.example", email_verified=True)
    sign_in(client)
    assert client.get(reverse("own_account")).status_code == 200


def test_an_answer_that_nobody_asked_for_opens_nothing(cast, client, provider):
    provider.says(sub="pat-1", email="pat@wayhome.example", email_verified=True)
    forged = reverse("openid_connect_callback", args=["sso"]) + "?code=code-0&state=guessed"
    assert "did not answer" in client.get(forged, follow=True).content.decode()
    assert client.get(reverse("own_account")).status_code == 302


class TestTheSetting:
    def test_nothing_is_no_provider(self):
        assert single_sign_on.providers("") == []
        assert single_sign_on.library_settings([]) == {}

    def test_an_address_of_sign_in_pages_elsewhere_is_allowed_too(self):
        pages = {
            "sign_in_origin": "https://login.example.org/any",
            "server_url": "https://example.org/tenant",
        }
        assert list(single_sign_on.origins([pages])) == ["https://login.example.org"]
        assert list(single_sign_on.origins([{"server_url": "https://example.org/tenant"}])) == [
            "https://example.org"
        ]

    @pytest.mark.parametrize(
        ("text", "says"), [("{", "is not JSON"), ("[1]", "is not understood"), ('{"name": "A"}', "client_id")]
    )
    def test_what_is_wrong_with_it_is_said(self, text, says):
        with pytest.raises(single_sign_on.NotUnderstood, match=says):
            single_sign_on.providers(text)
