"""The duty board stays open all shift: it keeps itself fresh and says what changed."""

import re

from playwright.sync_api import expect

from tests.journeys.stage import Stage
from tests.journeys.visitor import PATIENCE
from tests.personas import a_child, an_episode
from wayhome.missing.vocabulary import EpisodeKind

A_MINUTE_AND_A_BIT = 61_000  # milliseconds


def test_the_board_shows_what_a_colleague_did_without_being_loaded_again(stage: Stage) -> None:
    robin = a_child(stage.cast)
    episode_id = an_episode(stage.cast, robin)
    away = a_child(stage.cast, given_name="Wren", family_name="Samplechild")
    an_episode(stage.cast, away, kind=EpisodeKind.AWAY)
    pat, cora = stage.signed_in("Pat"), stage.signed_in("Cora")

    pat.page.clock.install()
    pat.visit("/board")
    pat.expect_to_see("Robin Testchild", "Wren Samplechild")
    pat.page.get_by_text("Show only some").click()
    pat.pick("Kind", "Missing")
    pat.press("Show these")
    expect(pat.page).to_have_url(re.compile(r"[?&]kind=M\b"))
    pat.expect_not_to_see("Wren Samplechild")
    row = pat.part("Missing now").locator("[data-version]")
    expect(row).to_have_count(1)
    expect(row.get_by_text("Changed", exact=True)).to_be_hidden()

    cora.visit(f"/missing/episodes/{episode_id}/risk")
    cora.choose("High")
    cora.type("Why?", "Was with people who have hurt other children.")
    cora.press("Record the risk")

    pat.page.clock.fast_forward(A_MINUTE_AND_A_BIT)
    expect(row.get_by_text("Changed", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(row).to_contain_text("High")
    expect(pat.page.locator("[data-board-time]")).to_contain_text("1 row changed")
    pat.expect_not_to_see("Wren Samplechild")
    pat.look()
    row.get_by_role("link", name="Robin Testchild", exact=True).focus()
    expect(row.get_by_text("Changed", exact=True)).to_be_hidden()
    pat.reload()
    pat.expect_not_to_see("Wren Samplechild")
