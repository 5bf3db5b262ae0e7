"""What only a browser shows: the board refreshes itself and marks what changed, a masked address opens in place."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from tests.browser import chromium
from tests.personas import NOW, a_child, an_episode

from wayhome.config.home import CHECKOUT
from wayhome.config.testing import as_worker
from wayhome.desk.tests.conftest import BACKEND
from wayhome.kernel.viewer import machine
from wayhome.missing.commands import judge_risk
from wayhome.people.commands import add_address

pytestmark = pytest.mark.journey

AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_context(bypass_csp=True).new_page()


def sign_in(page: Page, address: str, user) -> None:
    client = Client()
    client.force_login(user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def test_the_board_refreshes_itself_and_marks_what_changed(live_wayhome, live_cast, page):
    episode = an_episode(live_cast, a_child(live_cast, given_name="Wren"))
    an_episode(live_cast, a_child(live_cast, given_name="Finch"))
    sign_in(page, live_wayhome, live_cast.users["Pat"])
    page.clock.install()
    page.goto(f"{live_wayhome}/board")
    risks = page.locator(".wh-duty .wh-risk")
    expect(risks).to_have_text(["Risk not set yet"] * 2)
    with live_cast.seen_by("Pat") as pat:
        judge_risk(episode_id=episode, level="high", reason="Went with a stranger.", viewer=pat, now=NOW)
    page.clock.run_for(61_000)
    expect(risks).to_contain_text(["High risk", "Risk not set yet"])
    expect(page.locator("[data-board-time]")).to_contain_text("1 row changed.")
    changed = page.locator(".wh-changed")
    expect(changed).to_have_count(1)
    expect(changed).to_contain_text("Wren Testchild")


def test_what_was_unfolded_stays_open_and_in_focus_when_the_board_refreshes(live_wayhome, live_cast, page):
    for name in ("Wren", "Finch"):
        an_episode(live_cast, a_child(live_cast, given_name=name))
    sign_in(page, live_wayhome, live_cast.users["Pat"])
    page.clock.install()
    page.goto(f"{live_wayhome}/board")
    why = page.locator(".wh-duty", has_text="Finch Testchild").locator("details")
    why.locator("summary").press("Enter")
    page.clock.run_for(61_000)
    expect(page.locator("[data-board-time]")).to_contain_text("Refreshed")
    expect(why).to_have_attribute("open", "")
    expect(why.locator("summary")).to_be_focused()
    expect(page.locator(".wh-duty details[open]")).to_have_count(1)


def test_a_masked_address_opens_in_place(live_wayhome, live_cast, page):
    child = a_child(live_cast)
    with as_worker():
        add_address(
            person_id=child,
            kind="parent",
            lines="4 Hidden Row",
            postcode="ZZ1 1AB",
            since=date(2024, 1, 1),
            is_masked=True,
            viewer=machine("a test"),
            now=NOW,
        )
    sign_in(page, live_wayhome, live_cast.users["Sal"])
    page.goto(f"{live_wayhome}/children/{child}")
    page.get_by_role("button", name="Show this address").click()
    expect(page.get_by_text("4 Hidden Row, ZZ1 1AB")).to_be_visible()
    expect(page).to_have_url(f"{live_wayhome}/children/{child}")
    page.add_script_tag(path=AXE)
    assert page.evaluate("axe.run().then(found => found.violations.map(each => each.id))") == []
