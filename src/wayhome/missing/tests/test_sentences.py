"""Where sentences begin and end, and how overlapping marks cut a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.missing.rules.sentences import Span, pieces, sentences, trimmed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \r\n ", []),
        ("One.", ["One."]),
        ("One. Two", ["One.", "Two"]),
        ("One.Two", ["One.Two"]),
        ("Why? Because! Well… yes", ["Why?", "Because!", "Well…", "yes"]),
        ("He said “go.” I went.", ["He said “go.”", "I went."]),
        ("no stop\nnext line", ["no stop", "next line"]),
        ("one\r\n\r\ntwo", ["one", "two"]),
        ("With Mr. Sampleton. Then home.", ["With Mr. Sampleton.", "Then home."]),
        ("With K. Example today.", ["With K. Example today."]),
        ("At 10.30pm. Late.", ["At 10.30pm.", "Late."]),
        ("It was me. I. Left.", ["It was me.", "I. Left."]),
        ("...", ["..."]),
    ],
)
def test_a_text_is_split_where_people_would(text, expected):
    assert [span.of(text) for span in sentences(text)] == expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 6), Span(1, 5)),
        (Span(1, 5), Span(1, 5)),
        (Span(0, 1), None),
        (Span(2, 2), None),
        (Span(3, 2), None),
        (Span(-1, 3), None),
        (Span(0, 7), None),
    ],
)
def test_words_lose_the_white_space_round_them_and_have_to_be_there(span, expected):
    assert trimmed(" word ", span) == expected


def test_overlapping_marks_cut_the_text_at_each_of_their_ends():
    text = "abcdef\nghi"
    found = pieces(text, [Span(1, 4), Span(2, 8), Span(2, 8)])
    assert [(each.start, each.words, each.inside, each.first, each.last) for each in found] == [
        (0, "a", (), (), ()),
        (1, "b", (0,), (0,), ()),
        (2, "cd", (0, 1, 2), (1, 2), (0,)),
        (4, "ef\n", (1, 2), (), ()),
        (7, "g", (1, 2), (), (1, 2)),
        (8, "hi", (), (), ()),
    ]


@given(st.text(alphabet=st.sampled_from("aB. !?\r\n…”😀"), max_size=60) | st.text(max_size=60))
def test_sentences_are_in_order_apart_and_hold_every_word(text):
    found = sentences(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())


@given(st.text(max_size=40), st.data())
def test_the_pieces_put_together_are_the_text_and_each_mark_begins_and_ends_once(text, data):
    place = st.integers(0, len(text))
    spans = [Span(*sorted(pair)) for pair in data.draw(st.lists(st.tuples(place, place), max_size=5))]
    spans = [span for span in spans if span.start < span.end]
    found = pieces(text, spans)
    assert "".join(each.words for each in found) == text
    for number, span in enumerate(spans):
        assert "".join(each.words for each in found if number in each.inside) == span.of(text)
        assert sum(number in each.first for each in found) == 1
        assert sum(number in each.last for each in found) == 1
