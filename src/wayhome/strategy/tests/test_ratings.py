"""A rating is one of four colours or none: never more than was written."""

import pytest

from wayhome.strategy import vocabulary
from wayhome.strategy.rules.ratings import Rating, rating_of_colour, read_rating

BLUE, GREEN, AMBER, RED = Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED


@pytest.mark.parametrize(
    ("written", "rating"),
    [
        ("B", BLUE),
        ("g", GREEN),
        ("Amber", AMBER),
        ("RED.", RED),
        ("RAG: Green", GREEN),
        ("Yellow", AMBER),
        ("🟢", GREEN),
        ("Complete", BLUE),
        ("Completed", BLUE),
        ("On track", GREEN),
        ("on-target", GREEN),
        ("Off track", AMBER),
        ("Remedial action required", RED),
    ],
)
def test_a_letter_word_or_sign_is_its_colour(written, rating):
    read = read_rating(written)
    assert (read.rating, read.is_all) == (rating, True)


@pytest.mark.parametrize("written", ["", " ", "-", "N/A", "TBC", "not rated"])
def test_not_rated_is_a_state(written):
    read = read_rating(written)
    assert (read.rating, read.is_all) == (None, True)


@pytest.mark.parametrize(
    "written", ["Overdue", "In progress", "Not started", "Amber / Green", "A review is due", "12"]
)
def test_what_names_no_single_colour_is_not_rated_and_its_words_are_kept(written):
    read = read_rating(written)
    assert (read.rating, read.is_all) == (None, False)


@pytest.mark.parametrize(
    ("written", "rating"),
    [("Amber - nobody in post", AMBER), ("A: nobody in post", AMBER), ("Green, nearly done", GREEN)],
)
def test_words_after_a_colour_are_kept(written, rating):
    read = read_rating(written)
    assert (read.rating, read.is_all) == (rating, False)


def test_the_plans_own_key_goes_before_our_words():
    key = ((BLUE, "Not started"), (GREEN, "Complete"))
    assert read_rating("complete", key).rating is GREEN
    assert read_rating("Not started", key).rating is BLUE
    assert read_rating("Complete").rating is BLUE


@pytest.mark.parametrize(
    ("shade", "rating"),
    [
        ("00B050", GREEN),
        ("92D050", GREEN),
        ("FFC000", AMBER),
        ("FFFF00", AMBER),
        ("FF0000", RED),
        ("C00000", RED),
        ("0070C0", BLUE),
        ("00B0F0", BLUE),
        ("FFFFFF", None),
        ("D9D9D9", None),
        ("000000", None),
        ("F2F7FC", None),
        ("auto", None),
        ("", None),
    ],
)
def test_the_colour_of_a_cell_is_a_rating_unless_it_is_grey_or_pale(shade, rating):
    assert rating_of_colour(shade) is rating


def test_the_words_are_those_that_are_saved():
    assert {*Rating, "not_rated"} == set(vocabulary.RatingValue.values)
