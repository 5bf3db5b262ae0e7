"""The scripts in a real browser, on pages made up here: no server, no database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser import chromium

import wayhome.web
from wayhome.codelists.wording import pointed_out_once, terms

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
MIRROR = """
<form method="post" action="/sent"><textarea name="words" aria-label="Words" data-mirror="/wording/list"></textarea>
<textarea name="own" aria-label="Own words"></textarea><button>Send</button></form>"""
MARKABLE = """
<div data-mark-words="/mark"><div data-answer="own_words"><span data-start="0">I saw &#128512; </span
><mark data-start="8">Kay</mark><a data-not-said href="#a">1 A person</a><span data-start="11"> there.
</span><span data-start="20">Twice.</span></div><div data-answer="before"><span data-start="0">Tea.</span></div></div>
<p hidden data-selecting-works>Choose words</p>"""
CHOOSE = """([from, start, to, end]) => {
  const text = (number) => document.querySelectorAll("[data-start]")[number].firstChild;
  getSelection().setBaseAndExtent(text(from), start, text(to), end);
}"""
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
        elif path == "wording/list":
            route.fulfill(
                json={
                    "terms": [{"expression": t.expression, "better": t.better, "why": t.why} for t in terms()]
                }
            )
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


def test_words_that_blame_are_pointed_out_after_a_pause_and_put_aside(site: Site) -> None:
    site.show(MIRROR)
    site.page.get_by_label("Words", exact=True).fill("He absconded again")
    told = site.page.locator(".wh-mirror")
    expect(told).to_have_attribute("aria-live", "polite")
    expect(told).to_contain_text("“absconded”: better went missing")
    site.page.get_by_role("button", name="Leave it as it is").click()
    expect(told).to_be_empty()
    expect(site.page.get_by_label("Words", exact=True)).to_be_focused()
    site.page.get_by_label("Words", exact=True).fill("He absconded again, streetwise")
    expect(told).to_contain_text("streetwise")
    expect(told).not_to_contain_text("absconded")


def test_own_words_are_not_looked_at_and_the_form_says_that_it_was_shown(site: Site) -> None:
    site.show(MIRROR)
    site.page.get_by_label("Own words").fill("He absconded again")
    site.page.get_by_label("Words", exact=True).fill("calm")
    site.page.wait_for_timeout(1500)
    expect(site.page.locator(".wh-mirror")).to_be_empty()
    with site.page.expect_request("**/sent") as asked:
        site.page.get_by_role("button", name="Send").click()
    assert "wording_shown=1" in (asked.value.post_data or "")


def test_the_script_finds_what_the_server_finds(site: Site) -> None:
    site.show(MIRROR)
    text = (
        ". ".join(term.like for term in terms())
        + " He didn’t engage, put them-\nself at risk; CHILD  prostitution"
    )
    site.page.get_by_label("Words", exact=True).fill(text)
    expect(site.page.locator(".wh-mirror strong").first).to_be_visible()
    shown = site.page.locator(".wh-mirror strong").all_text_contents()
    assert shown == [f"“{each.words}”" for each in pointed_out_once([text])]


@pytest.mark.parametrize(
    ("chosen", "href"),
    [
        ((0, 2, 0, 5), "/mark?answer=own_words&words=2-5"),
        ((0, 6, 1, 3), "/mark?answer=own_words&words=6-11"),
        ((1, 0, 3, 5), "/mark?answer=own_words&words=8-25"),
        ((3, 5, 1, 0), "/mark?answer=own_words&words=8-25"),
    ],
)
def test_words_chosen_in_a_text_lead_to_where_they_are_marked(
    site: Site, chosen: tuple[int, int, int, int], href: str
) -> None:
    site.show(MARKABLE)
    expect(site.page.get_by_text("Choose words")).to_be_visible()
    site.page.evaluate(CHOOSE, list(chosen))
    expect(site.page.get_by_role("link", name="Mark the words you chose")).to_have_attribute("href", href)


def test_words_of_two_answers_or_none_lead_nowhere(site: Site) -> None:
    site.show(MARKABLE)
    for chosen in ([0, 0, 4, 2], [0, 2, 0, 2]):
        site.page.evaluate(CHOOSE, chosen)
        expect(site.page.get_by_role("link", name="Mark the words you chose")).to_be_hidden()
