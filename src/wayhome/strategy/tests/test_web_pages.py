"""A plan on a web page: headings, lists and tables as a reader of the page sees them."""

from contextlib import suppress
from time import process_time

import pytest

from wayhome.kernel.refusal import Refusal
from wayhome.strategy.imports.refusals import NoPlanInFile
from wayhome.strategy.rules.ratings import Rating
from wayhome.strategy.tests.reading import plan_of

NAMES = "".join(
    f"<th>{name}</th>" for name in ("Objective", "Action", "Responsibility", "Timescale", "Evidence", "BRAG")
)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>not this</title><style>td {{ color: red }}</style></head><body>
<nav><a href="/">Home</a></nav><h1>Harbour plan</h1><script>let lost = "no word";</script>
<h2>1. Boats</h2>
<table><thead><tr>{NAMES}</tr></thead><tbody>
<tr><td rowspan="2">Boats
 are safe</td><td>Mend the boat<ul><li>Hull</li><li>Sail</li></ul></td><td><p>Pilots</p><p>Keepers</p></td>
<td>March 2027</td><td>a &lt; b &amp; c<br>seen</td><td style="background-color: #00b050"></td></tr>
<tr><td><b>Paint</b> it</td><td>Pilots</td><td></td><td></td><td>A</td></tr></tbody></table>
<h2>Priority 1: Light</h2><p>We will:</p><ul><li>Light <em>every</em> lamp</li><li><p>Buy oil</p></li></ul>
</body></html>"""


@pytest.mark.parametrize("name", ["plan.html", "plan.txt", "pasted.txt"])
def test_a_page_is_read_as_it_is_seen(name):
    draft = plan_of(PAGE, name)
    assert draft.title == "Harbour plan"
    assert [
        (row.section, row.objective, row.action, row.responsibility, row.rating) for row in draft.rows
    ] == [
        ("1. Boats", "Boats are safe", "Mend the boat\n• Hull\n• Sail", "Pilots\nKeepers", Rating.GREEN),
        ("1. Boats", "Boats are safe", "Paint it", "Pilots", Rating.AMBER),
    ]
    assert draft.rows[0].evidence == "a < b & c\nseen"
    assert [made.text for _, made in draft.commitments()] == ["Light every lamp", "Buy oil"]
    assert "lost" not in str(draft)


def test_rows_of_a_page_on_one_line_are_told_apart():
    draft = plan_of(PAGE.replace("\n", " "), "plan.html")
    lines = [row.line for row in draft.rows]
    assert len(set(lines)) == 2
    assert draft.rows[0].section == "1. Boats"


def test_a_table_alone_that_was_copied_from_a_page_is_read():
    draft = plan_of(f"<table><tr>{NAMES}</tr><tr><td>Boats</td><td>Mend</td><td>Pilots</td></tr></table>")
    assert [(row.objective, row.action, row.responsibility) for row in draft.rows] == [
        ("Boats", "Mend", "Pilots")
    ]


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html><body><p>Dear all</p></body></html>", "<table></table>"]
)
def test_a_page_without_a_plan_is_refused(page):
    with pytest.raises(NoPlanInFile):
        plan_of(page, "a.html")


def test_a_cell_that_claims_to_lie_over_everything_does_not_fill_the_memory():
    wide = (
        f"<table><tr>{NAMES}</tr><tr><td colspan=999999999 rowspan=999999999>x</td><td>Mend</td></tr></table>"
    )
    assert plan_of(wide, "a.html").rows


@pytest.mark.parametrize(
    "inner", ["<div>" * 50_000, "<span>x</span>" * 50_000, "<td>" * 50_000, "<ul><li>" * 20_000]
)
def test_no_page_makes_the_reader_slow(inner):
    began = process_time()
    with suppress(Refusal):
        plan_of(f"<html><body>{inner}</body></html>", "a.html")
    assert process_time() - began < 10
