"""The scripts in a real browser, on pages made up here: no server, no database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser import chromium

import wayhome.web

pytestmark = pytest.mark.journey

BUILT = Path(wayhome.web.__file__).parent / "static" / "build"
ADDRESS = "http://wayhome.test/"
FORM = """
<form method="post" action="/sent" data-draft-url="/draft">
  <input type="hidden" name="csrfmiddlewaretoken" value="token-1">
  <textarea name="words" aria-label="Words"></textarea>
  <p data-draft-status role="status"></p>
  <button>Send</button>
</form>"""
BOARD = """
<p data-board-time></p>
<ul data-board="/rows" data-every="0.2">
  <li id="a" data-version="1"><a href="#a">A</a></li><li id="b" data-version="1"><a href="#b">B</a></li>
</ul>
<input aria-label="Filter">"""
ROWS = (
    '<li id="a" data-version="2"><a href="#a">A</a></li><li id="b" data-version="1"><a href="#b">B</a></li>'
)


class Site:
    """The made-up site: what it shows, and what it was sent."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[str] = []
        self.is_down = False
        page.route("**/*", self.answer)

    def show(self, body: str) -> None:
        self.body = body
        self.page.goto(ADDRESS)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path == "wayhome.js":
            route.fulfill(path=BUILT / "wayhome.js", content_type="text/javascript")
        elif self.is_down:
            route.abort()
        elif path == "draft":
            self.sent.append(f"{route.request.headers['x-csrftoken']} {route.request.post_data}")
            route.fulfill(json={"saved_at": "2026-07-01T21:42:00Z"})
        elif path == "rows":
            route.fulfill(body=ROWS)
        else:
            self.sent += [path] if path else []
            route.fulfill(content_type="text/html", body=PAGE.format(body=self.body))


PAGE = """<!DOCTYPE html><html lang="en"><title>Made up</title><body class="js-enabled govuk-frontend-supported">
<main>{body}</main><div id="spoken"></div><script type="module" src="/wayhome.js"></script>"""


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


@pytest.fixture
def site(browser_page: Page) -> Iterator[Site]:
    site = Site(browser_page)
    yield site
    site.is_down = False
    browser_page.context.set_offline(False)
    browser_page.goto("about:blank")
    browser_page.unroute_all()


def status(site: Site, words: str) -> None:
    expect(site.page.locator("[data-draft-status]")).to_have_text(words)


def test_what_is_typed_is_saved_and_the_page_says_when(site: Site) -> None:
    site.show(FORM)
    site.page.get_by_label("Words").fill("They said")
    status(site, "Saved 10:42pm")
    assert site.sent == ["token-1 words=They+said"]


def test_a_lost_connection_is_told_and_the_saving_goes_on_when_it_is_back(site: Site) -> None:
    site.show(FORM)
    site.is_down = True
    site.page.get_by_label("Words").fill("They said")
    site.page.get_by_label("Words").blur()
    status(site, "Not saved: no connection. What you typed is kept on this page; we will try again.")
    site.is_down = False
    site.page.evaluate("window.dispatchEvent(new Event('online'))")
    status(site, "Saved 10:42pm")


def test_a_form_is_not_sent_while_there_is_no_connection(site: Site) -> None:
    site.show(FORM)
    site.page.context.set_offline(True)
    site.page.get_by_label("Words").fill("They said")
    site.page.get_by_role("button").click()
    expect(site.page.locator("[data-offline-notice]")).to_contain_text("Nothing was sent")
    assert site.page.get_by_label("Words").input_value() == "They said"
    assert "sent" not in site.sent


def test_a_page_put_away_saves_the_last_words_at_once(site: Site) -> None:
    site.show(FORM)
    site.page.get_by_label("Words").fill("One more thing")
    with site.page.expect_request("**/draft", timeout=1000):
        site.page.evaluate("window.dispatchEvent(new Event('pagehide'))")


def test_a_changed_row_is_marked_until_it_is_seen(site: Site) -> None:
    site.show(BOARD)
    expect(site.page.locator("#a")).to_have_class("wh-changed")
    expect(site.page.locator("#b")).not_to_have_class("wh-changed")
    expect(site.page.locator("#spoken")).to_have_text("Board refreshed. 1 row changed.")
    site.page.locator("#a a").focus()
    expect(site.page.locator("#a")).not_to_have_class("wh-changed")


def test_a_refresh_leaves_the_focus_where_it_was(site: Site) -> None:
    site.show(BOARD)
    site.page.locator("#b a").focus()
    expect(site.page.locator("#a")).to_have_class("wh-changed")
    expect(site.page.locator("#b a")).to_be_focused()


def test_a_board_that_cannot_refresh_says_so(site: Site) -> None:
    site.show(BOARD)
    site.is_down = True
    expect(site.page.locator("[data-board-time]")).to_contain_text("The board may be out of date.")
