"""The two documents that partnerships really keep: what has to be found in them. They are not in the repository."""

import re
from collections import Counter

import pytest

from wayhome.strategy.imports.draft import PlanDraft
from wayhome.strategy.imports.opening import read_plan
from wayhome.strategy.rules.ratings import Rating
from wayhome.strategy.tests.reading import SHARED, needs_shared, said, words_in, words_of

pytestmark = [pytest.mark.shared, needs_shared]
SIX_COLUMNS, THREE_COLUMNS = "004_4ae52e851706ad04.txt", "000_bcb3a68dffaac496.txt"


def read_seed(name: str) -> PlanDraft:
    assert SHARED
    return read_plan(SHARED / "seeds" / name)


class TestSixColumns:
    def test_every_section_row_and_rating_is_found(self):
        draft = read_seed(SIX_COLUMNS)
        assert len(draft.sections) == 5
        assert len({row.section for row in draft.rows}) == 5
        assert Counter(row.rating for row in draft.rows) == {Rating.GREEN: 11, Rating.AMBER: 5, None: 2}

    def test_the_four_priorities_and_their_commitments_are_found(self):
        draft = read_seed(SIX_COLUMNS)
        assert [len(priority.commitments) for priority in draft.priorities] == [13, 10, 6, 10]
        assert all(priority.objective for priority in draft.priorities)

    def test_the_key_is_read(self):
        assert {entry.rating for entry in read_seed(SIX_COLUMNS).key} == set(Rating)

    def test_what_was_guessed_is_listed(self):
        guessed = said(read_seed(SIX_COLUMNS))
        for expected in (
            "279: .* is section 1",
            r"280: The column name “\w+” was read as “resources”",
            "283: .*initials",
            "303: Line 303 goes on with the row of line 301",
            "304: Line 304 goes on with the row of line 301",
            "316: .*initials",
        ):
            assert re.search(expected, guessed), expected


class TestThreeColumns:
    def test_the_ambition_has_lead_and_approach(self):
        (ambition,) = read_seed(THREE_COLUMNS).ambitions
        assert ambition.reference == "7.0"
        assert ambition.title
        assert ambition.lead
        assert ambition.approach

    def test_its_nine_actions_keep_their_numbers_and_none_is_rated(self):
        rows = read_seed(THREE_COLUMNS).rows
        assert [row.reference for row in rows] == [f"7.{number}" for number in range(1, 10)]
        assert {row.rating for row in rows} == {None}
        assert all(row.progress for row in rows)
        assert [row.reference for row in rows if not row.action] == ["7.8"]

    def test_what_is_lost_is_said(self):
        guessed = said(read_seed(THREE_COLUMNS))
        assert "7.8 has no title" in guessed
        assert "7.9 starts mid-sentence" in guessed


@pytest.mark.parametrize("name", [SIX_COLUMNS, THREE_COLUMNS])
def test_no_word_of_a_cell_is_lost(name):
    assert SHARED
    lines = [line for line in (SHARED / "seeds" / name).read_text().split("\n") if "\t" in line]
    lines = [re.sub(r"<[^>]+>", " ", line) for line in lines if not re.search(r"\tB?RAG\t*$", line)]
    # A rating is not kept as a word, and the labels of an ambition say what its fields say.
    cells = [cell for line in lines for cell in line.split("\t") if cell not in ("G", "A")]
    cells = [re.sub(r"^Our approach:|^Lead:|Our ambition:", "", cell) for cell in cells]
    missing = words_of(*cells) - words_in(read_seed(name))
    assert not missing
