"""An interview is written up on a phone in a car: the connection comes and goes, nothing is lost, nothing lies open."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from playwright.sync_api import Route, expect

from tests.journeys.stage import PHONE, Stage
from tests.journeys.steps import an_old_episode, back, days_ago
from tests.journeys.visitor import PATIENCE, Visitor
from tests.personas import a_child
from wayhome.config.testing import as_worker
from wayhome.missing.models import ReturnInterview

WORDS = "I slept at the pier because nobody shouts there."
MORE = " A man called Marlow gave us chips."
OWN_WORDS = "What the child said, in their own words"
EVERYTHING_KEPT = """async () => {
  const opening = indexedDB.open("wayhome");
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  if (!database.objectStoreNames.contains("kept")) return [];
  const asking = database.transaction("kept").objectStore("kept").getAll();
  const kept = await new Promise((resolve) => (asking.onsuccess = () => resolve(asking.result)));
  database.close();
  const text = (bytes) => [...new Uint8Array(bytes)].map((byte) => String.fromCharCode(byte)).join("");
  return kept.map((each) => JSON.stringify({...each, iv: text(each.iv), locked: text(each.locked)}));
}"""


@pytest.fixture
def episode(stage: Stage) -> UUID:
    """A child who is back, and whose interview is to be held."""
    found = an_old_episode(stage.cast, a_child(stage.cast, known_to=("Sal",)), by="Sal")
    back(stage.cast, found, by="Sal")
    return found


@pytest.fixture
def ines(stage: Stage, episode: UUID) -> Iterator[Visitor]:
    """Ines on her phone, with the interview open."""
    ines = stage.signed_in("Ines", size=PHONE)
    ines.visit(f"/missing/episodes/{episode}/interview")
    yield ines
    ines.context.set_offline(False)


def says(ines: Visitor, words: str) -> None:
    expect(ines.page.locator("[data-draft-status]")).to_contain_text(words, timeout=PATIENCE)


def kept(ines: Visitor) -> list[str]:
    """All that lies in the browser's storage, byte by byte."""
    found: list[str] = ines.page.evaluate(EVERYTHING_KEPT)
    return found


def nothing_lies_here(ines: Visitor) -> None:
    """The browser has let go of what it kept, a moment after the page said where it is now."""
    ines.page.wait_for_function(f"async () => (await ({EVERYTHING_KEPT})()).length === 0")


def answer_the_rest(ines: Visitor) -> None:
    ines.type_moment("When did you talk?", days_ago(1, 15))
    ines.type("Where?", "In the car")
    ines.choose("An organisation that does not look after the child", of="Who do you work for?")
    ines.choose("No", of="Was the talk broken off?")


def interviews_of(episode: UUID) -> list[Any]:
    with as_worker():
        return list(ReturnInterview.objects.filter(episode_id=episode))


def test_what_was_typed_survives_a_cut_line_and_a_closed_page_and_is_sent_once(
    ines: Visitor, episode: UUID
) -> None:
    answer_the_rest(ines)
    ines.type(OWN_WORDS, WORDS)
    says(ines, "Saved ")
    nothing_lies_here(ines)

    ines.context.set_offline(True)
    ines.type(OWN_WORDS, WORDS + MORE)
    says(ines, "Saved on this phone")
    says(ines, "not sent yet")
    at_rest = kept(ines)
    assert len(at_rest) == 1
    for readable in ("Marlow", "pier", "own_words", "hold_interview", str(episode), "Ines"):
        assert readable not in at_rest[0]
    assert ines.page.locator("form[data-kept-key]").count() == 0, "the key does not stay in the page"

    ines.page.close()
    ines.context.set_offline(False)
    ines.page = ines.context.new_page()
    ines.visit(f"/missing/episodes/{episode}/interview")
    expect(ines.page.get_by_label(OWN_WORDS)).to_have_value(WORDS + MORE, timeout=PATIENCE)
    says(ines, "Saved ")
    expect(ines.page.get_by_role("status").filter(has_text="not sent yet")).to_have_count(0, timeout=PATIENCE)
    nothing_lies_here(ines)

    ines.context.set_offline(True)
    ines.thing_to_press("Record the interview").click()
    says(ines, "There is no connection: it is sent when there is one")
    assert interviews_of(episode) == []
    ines.context.set_offline(False)
    ines.expect_to_see("The return interview is recorded.", WORDS + MORE)
    ines.look()
    assert [each.own_words for each in interviews_of(episode)] == [WORDS + MORE]
    nothing_lies_here(ines)


def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_and_nothing_is_recorded_twice(
    ines: Visitor, episode: UUID
) -> None:
    answer_the_rest(ines)
    ines.type(OWN_WORDS, WORDS)
    says(ines, "Saved ")
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.fallback()
            return
        lost.append(route.request.url)
        route.fetch(max_redirects=0)
        route.abort()

    ines.page.route("**/interview", lose_the_first_answer)
    ines.thing_to_press("Record the interview").click()
    says(ines, "not sent yet")
    assert len(interviews_of(episode)) == 1
    ines.page.evaluate("window.dispatchEvent(new Event('online'))")
    ines.expect_to_see("What the child said", WORDS)
    assert len(interviews_of(episode)) == 1
    nothing_lies_here(ines)


def test_closed_before_the_answer_came_the_page_knows_that_it_was_recorded(
    ines: Visitor, episode: UUID
) -> None:
    answer_the_rest(ines)
    ines.type(OWN_WORDS, WORDS)
    says(ines, "Saved ")

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
        route.abort()

    ines.page.route("**/interview", lose_the_answer)
    ines.thing_to_press("Record the interview").click()
    says(ines, "not sent yet")
    ines.page.close()
    ines.page = ines.context.new_page()
    ines.visit(f"/missing/episodes/{episode}/interview")
    ines.expect_to_see("This is done already")
    nothing_lies_here(ines)
    assert len(interviews_of(episode)) == 1


def test_who_was_signed_out_meanwhile_finds_the_words_after_signing_in(ines: Visitor, episode: UUID) -> None:
    answer_the_rest(ines)
    [session] = [each for each in ines.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME]
    ines.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    ines.type(OWN_WORDS, WORDS)
    ines.thing_to_press("Record the interview").click()
    says(ines, "you are signed out, or this page is too old. What you typed is saved on this phone")
    assert "pier" not in "".join(kept(ines))
    ines.context.add_cookies([session])  # type: ignore[list-item]
    ines.visit(f"/missing/episodes/{episode}/interview")
    expect(ines.page.get_by_label(OWN_WORDS)).to_have_value(WORDS, timeout=PATIENCE)


def test_words_typed_while_an_earlier_draft_was_under_way_come_back_as_the_later_ones(
    ines: Visitor, episode: UUID
) -> None:
    on_the_way: list[Route] = []

    def hold_the_first_answer(route: Route) -> None:
        if on_the_way:
            route.fallback()
        else:
            on_the_way.append(route)

    ines.page.route("**/drafts/**", hold_the_first_answer)
    with ines.page.expect_request("**/drafts/**"):
        answer_the_rest(ines)
    cookies = ines.context.cookies()
    ines.type(OWN_WORDS, WORDS)
    ines.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    ines.thing_to_press("Record the interview").click()
    says(ines, "you are signed out, or this page is too old")
    ines.context.add_cookies(cookies)  # type: ignore[arg-type]
    [before] = kept(ines)
    with ines.page.expect_response("**/drafts/**"):
        on_the_way[0].continue_()
    while kept(ines) == [before]:
        ines.page.wait_for_timeout(50)
    says(ines, "you are signed out, or this page is too old")
    ines.visit(f"/missing/episodes/{episode}/interview")
    expect(ines.page.get_by_label(OWN_WORDS)).to_have_value(WORDS, timeout=PATIENCE)


def test_another_reader_of_the_same_phone_sees_nothing_of_it(
    stage: Stage, ines: Visitor, episode: UUID
) -> None:
    ines.context.set_offline(True)
    ines.type(OWN_WORDS, WORDS)
    says(ines, "Saved on this phone")
    ines.page.close()
    ines.context.set_offline(False)
    cora = stage.signed_in("Cora", size=PHONE)
    ines.context.clear_cookies()
    ines.context.add_cookies(cora.context.cookies())  # type: ignore[arg-type]
    ines.page = ines.context.new_page()
    ines.visit(f"/missing/episodes/{episode}/offer")
    assert len(kept(ines)) == 1
    ines.expect_not_to_see("pier")
