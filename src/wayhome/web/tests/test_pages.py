"""Every page has its frame, its headers and, when something is wrong, a sentence and a way on."""

import re

import pytest
from django.test import Client

from wayhome.web.middleware import content_security_policy


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_components_page_shows_every_component(visitor: Client) -> None:
    answer = visitor.get("/components")
    assert answer.status_code == 200
    assert "Four scales that must never be confused" in answer.text


def test_the_components_page_is_for_the_demonstration_only(visitor: Client, settings: object) -> None:
    settings.IS_DEMO = False
    assert visitor.get("/components").status_code == 404


def test_no_page_carries_script_or_style(visitor: Client) -> None:
    page = visitor.get("/components").text
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=|javascript:", page)


def test_nothing_is_loaded_from_elsewhere(visitor: Client) -> None:
    answer = visitor.get("/components")
    assert answer["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert answer["Cache-Control"] == "no-store"
    assert not re.search(r'(?:src|<link[^>]+href)="(?:https?:)?//', answer.text)


def test_single_sign_on_is_the_only_other_place_a_form_may_lead(settings: object) -> None:
    settings.FORM_DESTINATIONS = ["https://sign-in.example"]
    assert content_security_policy().endswith("form-action 'self' https://sign-in.example")


def test_every_answer_has_its_number(visitor: Client) -> None:
    numbers = {visitor.get("/components")["X-Request-Id"] for _ in range(3)}
    assert len(numbers) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}", number) for number in numbers)


def test_the_navigation_holds_what_is_open_to_the_reader(visitor: Client) -> None:
    page = words(visitor.get("/components").text)
    assert "Today" in page
    assert "Accounts" not in page


def test_a_stranger_sees_no_navigation_and_nobody_signed_in(visitor: Client) -> None:
    page = words(visitor.get("/components", headers={"x-stranger": "1"}).text)
    assert "Today" not in page
    assert "Sign out" not in page


def test_an_error_in_a_form_is_said_in_the_title(visitor: Client) -> None:
    assert "<title>Error: Components – Wayhome</title>" in visitor.post("/components").text
    assert "<title>Components – Wayhome</title>" in visitor.get("/components").text


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/refuse", 409, "The door is already shut."),
        ("/forbid", 403, "Only the keeper opens the door."),
        ("/hide", 404, "There is no such record, or it is not open to you."),
        ("/nowhere", 404, "Page not found"),
        ("/fail", 500, "Sorry, there is a problem with Wayhome"),
    ],
)
def test_an_error_page_says_what_happened_and_its_reference(
    visitor: Client, path: str, status: int, sentence: str
) -> None:
    answer = visitor.get(path)
    assert answer.status_code == status
    assert sentence in words(answer.text)
    assert answer["X-Request-Id"] in answer.text


def test_a_refused_fragment_is_the_sentence_alone(visitor: Client) -> None:
    answer = visitor.get("/refuse", headers={"hx-request": "true"})
    assert answer.status_code == 409
    assert words(answer.text) == "The door is already shut."


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/components?a=1", "/components?a=1"),
        ("http://testserver/refuse", "/"),
        ("http://testserver.evil.example/x", "/"),
        ("https://elsewhere.example/x", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_leads_only_to_our_own_pages(visitor: Client, came_from: str, back: str) -> None:
    page = visitor.get("/refuse", headers={"referer": came_from}).text
    assert f'<a class="govuk-link" href="{back}">Go back</a>' in page


def test_a_form_that_expired_gives_back_what_was_written(visitor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    typed = {"own_words": "I was <fine> then", "password": "correct horse battery", "colour": "blue"}
    answer = strict.post("/components", typed)
    assert answer.status_code == 403
    assert "I was &lt;fine&gt; then" in answer.text
    assert "horse" not in answer.text
