"""Setting up a real partnership: one command, one link, and the first administrator is in."""

import argparse
import json
from contextlib import nullcontext

import pytest
from django.urls import reverse
from tests.personas import PASSWORD

from wayhome.access.models import HeldScope, User
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.config.verbs import found as verb
from wayhome.config.verbs.found import FoundedAlready, NotAnAddress, NotAnAuthority, NotTold, Told
from wayhome.partnership.models import Partnership

TOLD = Told("Fernley Partnership", "E06999999", "Fernley Council", "Fay Firstling", "Fay@wayhome.example")


def test_the_link_lets_the_first_administrator_in(cast, client):
    with as_worker():
        link = verb.found(TOLD)
        fay = User.objects.get(email="fay@wayhome.example")
        assert HeldScope.objects.get(user=fay).scope == "administrator"
        made = Partnership.objects.get(authority_code="E06999999")
        assert fay.agency.partnership_id == made.pk
        assert Entry.objects.filter(verb="found", subject_id=made.pk).count() == 1
    page = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    chosen = client.post(
        page.request["PATH_INFO"], {"password1": PASSWORD + " here", "password2": PASSWORD + " here"}
    )
    assert chosen.status_code == 302
    signed_in = client.post(
        reverse("account_login"), {"login": "fay@wayhome.example", "password": PASSWORD + " here"}
    )
    assert signed_in.status_code == 302
    assert client.get(reverse("accounts")).status_code == 200
    again = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True).content.decode()
    assert "password1" not in again


def test_a_second_partnership_is_refused(cast):
    with as_worker(), pytest.raises(FoundedAlready):
        verb.refuse_founded()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": ""}, NotTold),
        ({"authority": "E0600001"}, NotAnAuthority),
        ({"authority": "E0600001²"}, NotAnAuthority),
        ({"email": "fay"}, NotAnAddress),
    ],
)
def test_what_cannot_be_is_refused_in_words(changed, refusal):
    with pytest.raises(refusal) as said:
        verb.checked(TOLD._replace(**changed))
    assert said.value.message.startswith(("Give", "Something"))


@pytest.fixture
def on_paper(monkeypatch):
    """The verb without a database of its own."""
    for name in ("refuse_unprepared", "refuse_founded"):
        monkeypatch.setattr(verb, name, lambda: None)
    monkeypatch.setattr(verb, "found", lambda told: f"https://wayhome.example/{told.email}")
    monkeypatch.setattr(verb.connection, "close", lambda: None)
    monkeypatch.setattr(verb, "server", nullcontext)


def arguments(*given):
    parser = argparse.ArgumentParser()
    verb.add_arguments(parser)
    return parser.parse_args([*given])


def test_the_answer_is_the_link(on_paper, capsys):
    given = [f"--{name}={value}" for name, value in TOLD._asdict().items()]
    assert verb.run(arguments(*given, "--json")) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {
        "partnership": "Fernley Partnership",
        "email": "Fay@wayhome.example",
        "link": "https://wayhome.example/Fay@wayhome.example",
    }
    assert verb.run(arguments(*given)) == 0
    assert "within 3 days:\nhttps://wayhome.example/" in capsys.readouterr().out


def test_what_is_not_given_is_asked_for(on_paper, monkeypatch, capsys):
    answers = iter(TOLD)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    assert verb.run(arguments()) == 0
    assert "Fay Firstling chooses a password here" in capsys.readouterr().out
