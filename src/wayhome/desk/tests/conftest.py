"""What the tests of the desk's pages share: somebody at the keyboard, and a page as it is read."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.personas import Cast

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def as_user(cast: Cast) -> Callable[[str], Client]:
    """A browser in which one of the cast is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


def words(response: HttpResponse) -> str:
    """The words of a page in one line, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def searched(client, **typed):
    """The page of results of a search, as a browser comes to it."""
    answer = client.post("/find", typed)
    assert answer.status_code == 303
    return client.get(answer.headers["Location"])
