"""What the language mirror points out, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.codelists.wording import pointed_out, pointed_out_once, terms

SAID = [
    ("She was putting herself at risk.", "putting herself at risk"),
    ("they put themselves in harm's way", "put themselves in harm's way"),
    ("Promiscuous", "Promiscuous"),
    ("a lifestyle\nchoice", "lifestyle\nchoice"),
    ("He absconded again", "absconded"),
    ("a frequent runaway", "frequent runaway"),
    ("her 34 year old boyfriend's car", "boyfriend"),
    ("very street-wise", "street-wise"),
    ("streetwise", "streetwise"),
    ("attention-seeking", "attention-seeking"),
    ("child prostitution", "child prostitution"),
    ("a drug runner", "drug runner"),
    ("he refuses to engage", "refuses to engage"),
    ("didn’t engage", "didn’t engage"),
    ("non-engagement", "non-engagement"),
    ("did not attend", "did not attend"),
    ("made poor choices", "poor choices"),
    ("AWOL", "AWOL"),
]


@pytest.mark.parametrize(("text", "words"), SAID)
def test_words_that_blame_are_pointed_out_with_better_ones(text, words):
    (found,) = pointed_out(text)
    assert (found.words, text[found.start : found.end]) == (words, words)
    assert found.term.better
    assert found.term.why.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The child was missing for the third time in 90 days.",
        "at risk of exploitation",
        "He was put at risk by an adult.",
        "runaways2",
        "the risk was judged high",
        "They engage with the mentor.",
        "non-engagement2",
        "the boyfriendly",
    ],
)
def test_other_words_are_left_alone(text):
    assert pointed_out(text) == []


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.like)
def test_every_pattern_of_the_list_finds_what_readers_are_shown(term):
    (found,) = pointed_out(f"Told that {term.like}, it is said.")
    assert (found.term, found.words) == (term, term.like)


def test_each_term_is_told_once_for_all_texts():
    found = pointed_out_once(["He absconded.", "Absconding again; promiscuous"])
    assert [each.words for each in found] == ["absconded", "promiscuous"]


def test_of_two_that_share_words_the_first_and_longest_is_told():
    assert [each.words for each in pointed_out("a frequent runaway, a runaway")] == [
        "frequent runaway",
        "runaway",
    ]


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from([words for _, words in SAID] + [" ", "-"]), max_size=6).map("".join)
)
def test_nothing_raises_and_spans_are_inside_in_order_and_apart(text):
    end = 0
    for each in pointed_out(text):
        assert end <= each.start < each.end <= len(text)
        end = each.end
