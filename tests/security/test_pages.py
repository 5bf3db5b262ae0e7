"""Every address, asked by everyone and by strangers: who is answered, and that no hidden child shows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.personas import CAST
from tests.security.pages import PAGES, Address, Page, every_address, marks_of, path_about
from tests.security.world import HEARD, SEEN_BY, World

ADDRESSES = every_address()
BACKEND = "wayhome.access.signed_in.Backend"
PERSONAS = [*CAST, "nobody"]
FRAGMENT = {"HX-Request": "true"}
# Words typed by everyone: nothing of them may come back filled in from elsewhere.
TYPED = {
    "q": "Test",
    "name": "Test",
    "child": "",
    "home": "x",
    "page": "1",
    "sort": "name",
    "kind": "episodes",
}


@pytest.fixture(scope="module")
def cookies(world: World) -> dict[str, str]:
    """The session cookie of everyone who is signed in."""
    return {name: signed_in(world, name) for name in CAST}


def signed_in(world: World, name: str) -> str:
    client = Client()
    client.force_login(world.cast.users[name], backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@dataclass
class Asker:
    """Asks as everyone. Everything a request writes is undone: also the viewer, who lasts as long as a transaction."""

    world: World
    cookies: dict[str, str]

    def __call__(
        self, name: str, method: str, path: str, *, checks_csrf: bool = False, **options: Any
    ) -> HttpResponse:
        client = Client(enforce_csrf_checks=checks_csrf)
        if name in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[name]
        with self.world.seen_by("nobody"):
            send = client.get if method == "GET" else client.post
            response = send(path, options.pop("data", {}), **options)
            if response.streaming:  # read to the end, which closes the file behind it
                response.streaming_content = [response.getvalue()]
            return response


@pytest.fixture(scope="module")
def ask_page(world: World, cookies: dict[str, str]) -> Asker:
    return Asker(world, cookies)


def text_of(response: HttpResponse) -> str:
    content = response.getvalue() if response.streaming else response.content
    return content.decode(errors="replace") + str(dict(response.headers.items())) + str(response.cookies)


def leaks(world: World, name: str, path: str, response: HttpResponse, *, ids_are_named: bool) -> set[str]:
    """What a response shows of children this persona does not see. What stands in the path they know already."""
    text = text_of(response).replace(path, "")
    found = set()
    for child in world.children:
        if child in SEEN_BY.get(name, set()):
            continue
        for what, mark in marks_of(world, child).items():
            named = ids_are_named and what.startswith("id") and child != "Rowan"
            if mark in text and mark not in path and not named:
                found.add(f"{what} of {child}")
    if name == "Hal" and any(heard in text for heard in HEARD.values()):
        found.add("what was told to the interviewer")
    return found


def test_every_address_has_its_line():
    assert {address.name for address in ADDRESSES} == set(PAGES), "a new page needs its line in pages.py"


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_a_page_answers_those_it_is_for_and_shows_nobody_a_hidden_child(world, ask_page, address):
    page = PAGES[address.name]
    for name in PERSONAS:
        for child in children_to_ask_about(address, name):
            path = path_about(world, address, child)
            is_hidden = bool(address.parameters & ABOUT_A_CHILD) and child not in SEEN_BY.get(name, set())
            for method, options in REQUESTS:
                response = ask_page(name, method, path, **options)
                told = (name, method, path, response.status_code)
                found = leaks(world, name, path, response, ids_are_named=name in page.names_ids_to)
                assert found == set(), told
                if response.status_code != 405:
                    assert response.status_code in answers(page, name, is_hidden=is_hidden), told


ABOUT_A_CHILD = {"person_id", "episode_id"}
REQUESTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("GET", {"data": TYPED}),
    ("POST", {"data": TYPED, "headers": FRAGMENT}),
)
# Those who see one child and not the other are asked about each; for the rest the restricted one says enough.
SEE_SOME = {"Sal", "Pat", "Hal"}


def children_to_ask_about(address: Address, name: str) -> tuple[str, ...]:
    if not address.parameters & (ABOUT_A_CHILD | {"break_glass_id"}):
        return ("Rowan",)
    return ("Alder", "Birch", "Rowan") if name in SEE_SOME else ("Rowan", "Birch")


def answers(page: Page, name: str, *, is_hidden: bool) -> frozenset[int]:
    """The statuses with which one is answered; who is turned away signs in, or is told the reason."""
    if name in page.answers:
        return page.hidden if is_hidden else page.shown
    # A stranger who sends a form may have been signed out while writing: they get back what they wrote (403).
    return frozenset({302, 403}) if name == "nobody" else frozenset({403})


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_a_stranger_is_asked_to_sign_in(world, ask_page, address):
    if "nobody" in PAGES[address.name].answers:
        return
    response = ask_page("nobody", "GET", path_about(world, address, "Alder"))
    assert response.status_code == 405 or response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_a_form_sent_from_another_site_does_nothing(world, ask_page, address):
    path = path_about(world, address, "Alder")
    assert ask_page("Cora", "POST", path, checks_csrf=True).status_code in (403, 405)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_pages_are_kept_in_no_cache_and_load_nothing_from_elsewhere(world, ask_page, address):
    path = path_about(world, address, "Alder")
    for name in ("Cora", "nobody"):
        response = ask_page(name, "GET", path)
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(ask_page, elsewhere):
    for field in ("next", "return_to"):
        sent = {"login": "sal@wayhome.example", "password": "a lantern in every porch", field: elsewhere}
        response = ask_page("nobody", "POST", f"/accounts/login/?{field}={elsewhere}", data=sent)
        assert "evil" not in response.get("Location", "")
        assert "javascript" not in response.get("Location", "")


def test_a_file_to_take_away_holds_no_formula(world, ask_page):
    (address,) = (address for address in ADDRESSES if address.name == "import_rejections")
    text = text_of(ask_page("Cora", "GET", path_about(world, address, "Alder")))
    cells = [cell for line in text.splitlines() for cell in line.split(",")]
    assert [cell for cell in cells if cell.lstrip('"').startswith(("=", "+", "@"))] == []


def test_a_stranger_comes_back_to_the_page_they_wanted_and_to_no_other_site(world, ask_page):
    response = ask_page("nobody", "GET", "/board?next=https://evil.example/")
    assert response["Location"].startswith("/accounts/login/?next=/board")


@pytest.mark.parametrize("name", ["nobody", "Sal", "Otto"])
@pytest.mark.parametrize(
    "path",
    ["/find?q={}", "/board?called={}&team={}", "/find/index?search={}", "/{}", "/accounts/login/?next={}"],
)
def test_what_was_typed_is_shown_as_text(ask_page, name, path):
    typed = "<script>alert('me')</script>\"'><b x="
    for method in ("GET", "POST"):
        response = ask_page(name, method, path.replace("{}", quote(typed)), data={"q": typed, "name": typed})
        assert "<script>alert" not in response.content.decode()
        assert "\"'><b" not in response.content.decode()


def test_a_page_that_is_not_there_looks_like_one_that_is_hidden(world, ask_page):
    hidden = ask_page("Otto", "GET", f"/children/{world.children['Alder']}")
    unknown = ask_page("Otto", "GET", "/children/00000000-0000-7000-8000-000000000000")
    assert hidden.status_code == unknown.status_code == 404
    same = [text.content.decode().replace(str(world.children["Alder"]), "*") for text in (hidden, unknown)]
    assert len(same[0]) == len(same[1].replace("00000000-0000-7000-8000-000000000000", "*"))


def test_a_name_in_the_filter_of_the_board_or_the_search_finds_no_hidden_child(world, ask_page):
    asked = [("/board", "Testrowan"), ("/find", "Testrowan"), ("/find", "9990000034"), ("/find", "Rowany")]
    for path, typed in asked:
        for name in ("Sal", "Pat", "Otto", "Hal"):
            response = ask_page(name, "POST", path, data={"q": typed, "name": typed}, follow=True)
            assert response.status_code == 200
            text = text_of(response)
            assert str(world.children["Rowan"]) not in text
            assert "Rowan Test" not in text
