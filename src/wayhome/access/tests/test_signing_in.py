"""Signing in by password and second step. Every try is on the record; rate limits hold."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.urls import reverse
from tests.personas import PASSWORD

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker

BACKEND = "wayhome.access.signed_in.Backend"


def on_record(verb):
    with as_worker():
        return [(e.actor, e.outcome, e.reason) for e in Entry.objects.filter(verb=verb).order_by("pk")]


def sign_in(client, email="pat@wayhome.example", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def code_for(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_someone_with_an_account_signs_in_and_comes_where_they_wanted(cast, client):
    response = client.get(reverse("roles"))
    assert response.status_code == 302
    response = client.post(response.url, {"login": "Pat@Wayhome.example", "password": PASSWORD})
    assert response.url == reverse("roles")
    assert on_record("sign in") == [(cast.users["Pat"].name, "done", "")]


def test_a_wrong_password_says_so_and_is_on_the_record(cast, client):
    response = sign_in(client, password="not the one")
    assert "One of them is not right" in response.content.decode()
    assert on_record("sign in") == [(cast.users["Pat"].name, "refused", "wrong password")]


def test_an_unknown_address_is_answered_in_the_same_words(cast, client):
    known = sign_in(client, password="not the one").content.decode()
    unknown = sign_in(client, email="nobody@wayhome.example").content.decode()
    errors = [re.search(r'error-summary__body">.*?</ul>', page, re.S).group(0) for page in (known, unknown)]
    assert errors[0] == errors[1]
    assert on_record("sign in")[1] == ("Someone without an account", "refused", "wrong password")


def test_the_sixth_try_has_to_wait_and_is_on_the_record(cast, client):
    for _ in range(5):
        sign_in(client, password="not the one")
    response = sign_in(client)
    assert "Wait five minutes" in response.content.decode()
    assert on_record("sign in")[-1] == (cast.users["Pat"].name, "refused", "too many tries")


def test_a_closed_account_does_not_open(cast, client):
    with as_worker():
        cast.users["Pat"].is_active = False
        cast.users["Pat"].save()
    response = sign_in(client, follow=True)
    assert "This account is closed" in response.content.decode()
    assert on_record("sign in")[-1][1:] == ("refused", "account closed")


def test_nobody_can_open_an_account_for_themselves(client, db):
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/email/").status_code == 404


def test_signing_out_is_on_the_record(cast, client):
    sign_in(client)
    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))
    assert on_record("sign out") == [(cast.users["Pat"].name, "done", "")]
    assert client.get(reverse("roles")).status_code == 302


class TestTheSecondStep:
    def set_up(self, cast):
        secret = generate_totp_secret()
        with as_worker():
            TOTP.activate(cast.users["Pat"], secret)
            RecoveryCodes.activate(cast.users["Pat"])
        return secret

    def test_a_code_is_asked_before_anything_opens(self, cast, client):
        secret = self.set_up(cast)
        response = sign_in(client)
        assert response.url == reverse("mfa_authenticate")
        assert client.get(reverse("roles")).status_code == 302
        response = client.post(response.url, {"code": code_for(secret)})
        assert response.status_code == 302
        assert client.get(reverse("roles")).status_code == 200
        assert on_record("sign in") == [(cast.users["Pat"].name, "done", "")]

    def test_a_wrong_code_is_on_the_record(self, cast, client):
        self.set_up(cast)
        sign_in(client)
        response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "This one is not right" in response.content.decode()
        assert on_record("sign in") == [(cast.users["Pat"].name, "refused", "wrong code")]

    def test_secrets_are_kept_encrypted(self, cast):
        secret = self.set_up(cast)
        kept = TOTP(cast.users["Pat"].authenticator_set.get(type="totp")).instance.data["secret"]
        assert secret not in kept

    def test_where_it_is_required_one_without_it_is_led_to_set_it_up(self, cast, client, settings):
        settings.WAYHOME_REQUIRE_MFA = True
        sign_in(client)
        assert client.get(reverse("roles")).url == reverse("mfa_activate_totp")
        response = client.get(reverse("mfa_activate_totp"), follow=True)
        if "Is it still you?" in response.content.decode():
            response = client.post(response.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
        page = response.content.decode()
        secret = re.search(r'wh-key">(\w+)<', page).group(1)
        response = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}, follow=True)
        assert "Your recovery codes" in response.content.decode()
        assert client.get(reverse("roles")).status_code == 200
        assert client.get(reverse("mfa_index")).status_code == 200
        assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
        assert "ask your administrator" in client.get(reverse("mfa_deactivate_totp")).content.decode()


class TestPasswords:
    def ask(self, client, email):
        return client.post(reverse("account_reset_password"), {"email": email}, follow=True)

    def test_a_forgotten_one_is_chosen_anew_by_a_link(self, cast, client):
        response = self.ask(client, "pat@wayhome.example")
        assert "Look for our email" in response.content.decode()
        [message] = mail.outbox
        link = re.search(r"http://testserver(\S+)", message.body).group(1)
        response = client.get(link, follow=True)
        assert "Choose a password" in response.content.decode()
        form = response.redirect_chain[-1][0]
        short = client.post(form, {"password1": "short"}).content.decode()
        assert "at least 12 characters" in short
        response = client.post(form, {"password1": "three harbour lamps"}, follow=True)
        assert "Your password is set" in response.content.decode()
        assert sign_in(client, password="three harbour lamps").status_code == 302
        assert on_record("password reset") == [(cast.users["Pat"].name, "done", "")]
        assert "This link no longer works" in client.get(link, follow=True).content.decode()

    def test_who_chose_one_by_a_link_can_set_up_the_second_step_that_is_required(
        self, cast, client, settings
    ):
        settings.WAYHOME_REQUIRE_MFA = True
        self.ask(client, "pat@wayhome.example")
        link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
        form = client.get(link, follow=True).redirect_chain[-1][0]
        client.post(form, {"password1": "three harbour lamps"})
        sign_in(client, password="three harbour lamps")
        response = client.get(reverse("mfa_activate_totp"))
        assert response.url.startswith(reverse("account_reauthenticate"))
        response = client.post(response.url, {"password": "three harbour lamps"}, follow=True)
        assert "Set up your second step" in response.content.decode()

    def test_no_mail_tells_whether_an_address_has_an_account(self, cast, client):
        response = self.ask(client, "nobody@wayhome.example")
        assert "Look for our email" in response.content.decode()
        assert mail.outbox == []

    def test_it_is_changed_with_the_present_one(self, cast, client):
        sign_in(client)
        page = reverse("account_change_password")
        assert client.get(page).status_code == 200
        wrong = client.post(page, {"oldpassword": "wrong", "password1": "three harbour lamps"})
        assert "Enter your present password" in wrong.content.decode()
        right = client.post(page, {"oldpassword": PASSWORD, "password1": "three harbour lamps"})
        assert right.url == reverse("own_account")
        assert on_record("password changed") == [(cast.users["Pat"].name, "done", "")]


@pytest.mark.parametrize(
    "page", ["account_login", "account_reset_password", "no_account", "account_inactive"]
)
def test_pages_for_strangers_open(client, db, page):
    assert client.get(reverse(page)).status_code in (200, 403)


@pytest.mark.parametrize("page", ["account_reauthenticate", "own_account", "mfa_index"])
def test_pages_about_the_own_account_open(cast, client, page):
    client.force_login(cast.users["Otto"], backend=BACKEND)
    assert client.get(reverse(page)).status_code == 200
