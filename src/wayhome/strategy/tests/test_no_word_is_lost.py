"""Whatever stands in the cells of a plan, every word of it comes out: as text, in Word, in Excel and as CSV."""

import csv
from io import StringIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wayhome.strategy.imports.draft import as_json
from wayhome.strategy.tests.files import SIX, THREE, add_table, excel, word
from wayhome.strategy.tests.reading import plan_of, table, words_in, words_of

COLUMNS = (*SIX[:5], "Progress", "BRAG")
# Words that might be taken for something else: numbers, labels, letters, colours, signs.
ODD = (
    "7.1",
    "Lead:",
    "I.",
    "1.",
    "red",
    "A",
    "the",
    "Review",
    "action",
    "•",
    "&",
    "<5",
    "e.g.",
    "Q3",
    "'amber'",
    "*x*",
    "AB",
)
words = st.one_of(st.sampled_from(ODD), st.text("abcdefgxyzABCXYZ", min_size=2, max_size=7))
cells = st.one_of(
    st.just(""),
    st.lists(words, min_size=1, max_size=8).map(" ".join),
    st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3).map("\n• ".join),
)
ratings = st.sampled_from(("", "G", "A", "R", "B", "TBC", "Amber, no lamps", "In progress", "on track"))


@st.composite
def plans(draw):
    """Column names in some order, and rows below them."""
    names = draw(st.sampled_from((SIX, THREE, COLUMNS, ("Ref", *THREE), ("Cost", *SIX))))
    names = draw(st.permutations(names))
    row = st.tuples(*(ratings if "RAG" in name else cells for name in names))
    rows = draw(st.lists(row, min_size=1, max_size=8))
    # At least one row that is certainly a row, else there may be no plan to read.
    sure = tuple("G" if "RAG" in name else f"Sure{place}" for place, name in enumerate(names))
    return [tuple(names), sure, *rows]


def ratings_apart(rows):
    """The words that have to come out: a rating that is only that becomes a colour."""
    place = next(place for place, name in enumerate(rows[0]) if "RAG" in name)
    kept = ("Amber, no lamps", "In progress")
    told = [text for row in rows[1:] for at, text in enumerate(row) if at != place or text in kept]
    return words_of(*(text.replace("*x*", "x") for text in told))


def as_text(rows):
    return table(*([cell.replace("\n", "<br>") for cell in row] for row in rows)).encode()


def as_word(rows):
    return word(lambda document: add_table(document, rows))


def as_excel(rows):
    return excel({"Plan": rows})


def as_csv(rows):
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("made", "name"), [(as_text, "a.txt"), (as_word, "a.docx"), (as_excel, "a.xlsx"), (as_csv, "a.csv")]
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=plans())
@example(
    rows=[
        ("Objective", "Action", "Responsibility", "Timescale", "BRAG", "Evidence"),
        ("Sure0", "Sure1", "Sure2", "Sure3", "G", "Sure5"),
        ("", "", "", "red", "G", ""),
    ]
)
def test_every_word_that_went_in_comes_out(made, name, rows):
    draft = plan_of(made(rows), name)
    assert not ratings_apart(rows) - words_in(draft)
    told = [value for row in as_json(draft)["rows"] for value in row.values() if isinstance(value, str)]
    assert words_of(*told) >= words_of(*(row.evidence for row in draft.rows))
