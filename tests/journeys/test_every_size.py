"""The same pages on the smallest phone, on paper, and with somebody looking over the shoulder."""

from playwright.sync_api import expect

from tests.journeys.stage import SMALLEST, Stage, lives_in
from tests.journeys.steps import find
from tests.personas import a_child, an_episode

ELSEWHERE = "https://www.bbc.co.uk/weather"


def test_the_main_pages_fit_the_smallest_phone(stage: Stage) -> None:
    """A visitor looks whether anything runs over the side of each page they come to."""
    child_id = a_child(stage.cast, given_name="Bartholomew-Alexander", family_name="Testchild-Longername")
    lives_in(stage.cast, "Hal", child_id)
    episode_id = an_episode(stage.cast, child_id)
    cora = stage.signed_in("Cora", size=SMALLEST)
    episode, child = f"/missing/episodes/{episode_id}", f"/children/{child_id}"
    pages = ["/", "/board", "/find", "/find/index", "/glossary", "/access/roles", "/partnership/"]
    pages += [child, f"{child}?period=all", f"/people/{child_id}/who", f"/people/{child_id}/edit"]
    pages += [
        episode,
        f"{episode}/risk",
        f"{episode}/returned",
        f"{episode}/analysis",
        "/access/broken-glass",
    ]
    for page in pages:
        cora.visit(page)
    find(cora, "testchild")
    cora.expect_to_see("Testchild-Longername")


def test_a_home_leaves_a_page_at_once(stage: Stage) -> None:
    child_id = a_child(stage.cast)
    lives_in(stage.cast, "Hal", child_id)
    episode_id = an_episode(stage.cast, child_id, by="Hal")
    hal = stage.signed_in("Hal")
    hal.page.route(ELSEWHERE, lambda route: route.fulfill(body="The weather", content_type="text/html"))
    for page in ("/", "/board", "/find", f"/children/{child_id}", f"/missing/episodes/{episode_id}"):
        hal.visit(page)
        hal.page.get_by_role("button", name="Exit this page").click()
        expect(hal.page).to_have_url(ELSEWHERE)
    hal.visit(f"/missing/report/{child_id}")
    for _ in range(3):
        hal.page.keyboard.press("Shift")
    expect(hal.page).to_have_url(ELSEWHERE)


def test_the_overview_is_printed_without_what_is_for_the_screen(stage: Stage) -> None:
    child_id = a_child(stage.cast)
    an_episode(stage.cast, child_id)
    sal = stage.signed_in("Sal")
    sal.visit(f"/children/{child_id}")
    sal.page.emulate_media(media="print")
    for gone in ("navigation", "button", "searchbox"):
        expect(sal.page.get_by_role(gone).filter(visible=True)).to_have_count(0)
    sal.expect_to_see("Saltmere bus station", "Youth Team")
    expect(sal.page.get_by_text("Edit this record")).to_be_hidden()
