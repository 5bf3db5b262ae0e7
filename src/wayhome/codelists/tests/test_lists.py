"""What the code lists promise: readable, sourced, in order, and valid by the day."""

from datetime import date

import pytest

from wayhome import codelists
from wayhome.codelists.sex import as_letter, code_on

IN_2023, IN_2025 = date(2023, 6, 1), date(2025, 6, 1)


@pytest.mark.parametrize("name", sorted(codelists.names()))
def test_every_list_says_its_source_and_has_a_code_for_today(name):
    the_list = codelists.load(name)
    assert the_list.source
    assert the_list.codes(IN_2025)


@pytest.mark.parametrize("name", sorted(codelists.names()))
def test_every_code_has_a_label_and_an_ordered_period(name):
    for entry in codelists.load(name):
        assert entry.code == entry.code.strip() != ""
        assert entry.label == entry.label.strip() != ""
        assert (entry.valid_from or date.min) <= (entry.valid_to or date.max)


@pytest.mark.parametrize("name", sorted(codelists.names()))
def test_no_code_means_two_things_on_one_day(name):
    the_list = codelists.load(name)
    edges = {d for entry in the_list for d in (entry.valid_from, entry.valid_to) if d} | {IN_2023, IN_2025}
    for day in edges:
        assert len(the_list.codes(day)) == len(set(the_list.codes(day)))


def test_a_list_is_read_once():
    assert codelists.load("sex") is codelists.load("sex")


def test_an_unknown_list_is_named():
    with pytest.raises(LookupError, match="shoe_size"):
        codelists.load("shoe_size")


def test_a_name_cannot_leave_the_folder():
    with pytest.raises(LookupError):
        codelists.load("../README")


def test_a_withdrawn_code_keeps_its_label_but_is_not_offered():
    risk = codelists.load("police_risk")
    assert "ABSENT" in risk
    assert risk.label("ABSENT") == "Absent (no longer used)"
    assert "ABSENT" not in dict(risk.choices(IN_2025))


def test_a_code_nobody_knows_is_shown_as_recorded():
    assert codelists.load("police_risk").label("ZZ") == "ZZ"
    assert "ZZ" not in codelists.load("police_risk")


def test_choices_pair_codes_with_labels():
    assert codelists.load("missing_kind").choices(IN_2025)[0] == ("M", "Missing: whereabouts not known")


@pytest.mark.parametrize(
    ("code", "in_2023", "in_2025"),
    [
        ("H5", True, False),
        ("P2", True, False),
        ("Z1", True, False),
        ("K3", False, True),
        ("Z11", False, True),
        ("K2", True, True),
    ],
)
def test_placement_codes_follow_the_collection_years(code, in_2023, in_2025):
    placement = codelists.load("placement")
    assert placement.is_valid(code, IN_2023) is in_2023
    assert placement.is_valid(code, IN_2025) is in_2025


def test_the_label_of_the_day_is_preferred_when_a_code_changed_its_meaning():
    old = codelists.Code("Q", "Old words", None, date(2023, 12, 31))
    new = codelists.Code("Q", "New words", date(2024, 1, 1), None)
    the_list = codelists.CodeList("q", "test", (old, new))
    assert the_list.label("Q", IN_2023) == "Old words"
    assert the_list.label("Q") == "New words"


@pytest.mark.parametrize(("code", "letter"), [("1", "M"), ("2", "F"), ("M", "M"), ("U", "U")])
def test_old_sex_codes_are_read_as_letters(code, letter):
    assert as_letter(code) == letter


@pytest.mark.parametrize(
    ("letter", "day", "code"),
    [
        ("M", date(2024, 3, 31), "1"),
        ("M", date(2024, 4, 1), "M"),
        ("F", date(2018, 3, 31), "2"),
        ("U", date(2024, 4, 1), "U"),
        ("U", date(2024, 3, 31), None),
        ("?", date(2025, 3, 31), None),
    ],
)
def test_sex_is_written_in_the_codes_of_the_day(letter, day, code):
    assert code_on(letter, day) == code
