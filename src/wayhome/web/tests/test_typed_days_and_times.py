"""What people type is read as they mean it, and nothing else is read as something."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.web.forms.reading import read_month, read_time, read_year

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22:30", time(22, 30)),
        ("2230", time(22, 30)),
        ("22.30", time(22, 30)),
        ("10.30pm", time(22, 30)),
        ("10:30 PM", time(22, 30)),
        ("10pm", time(22)),
        ("10 p.m.", time(22)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12.15am", time(0, 15)),
        ("midnight", time(0)),
        ("Midday", time(12)),
        ("9", time(9)),
        ("0900", time(9)),
        ("930", time(9, 30)),
        ("22h30", time(22, 30)),
        ("2230hrs", time(22, 30)),
    ],
)
def test_a_time_is_read_as_it_is_written(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "25:00", "22:60", "13pm", "0am", "24:00", "late", "1:2", "22:3o", "-1", "²"]
)
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    assert read_time(typed) is None


@given(st.times())
def test_every_minute_is_read_back_in_each_form(at: time) -> None:
    minute = at.replace(second=0, microsecond=0)
    half = f"{minute:%I.%M}" + ("pm" if minute.hour >= 12 else "am")
    assert {read_time(f"{minute:%H:%M}"), read_time(f"{minute:%H%M}"), read_time(half)} == {minute}


@given(st.text(max_size=12))
def test_no_text_at_all_breaks_the_reading(typed: str) -> None:
    read_time(typed)
    read_month(typed)
    read_year(typed, TODAY)


@pytest.mark.parametrize("typed", ["3", "03", "mar", "Mar.", "March", "MARC"])
def test_a_month_may_be_a_number_or_its_name(typed: str) -> None:
    assert read_month(typed) == 3


@pytest.mark.parametrize("typed", ["13", "0", "ma", "marzo", "ju", ""])
def test_what_could_be_two_months_or_none_is_not_guessed(typed: str) -> None:
    assert read_month(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("2011", 2011), ("11", 2011), ("36", 2036), ("37", 1937), ("99", 1999)]
)
def test_two_digits_are_the_nearest_likely_year(typed: str, meant: int) -> None:
    assert read_year(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["9", "201", "0011", "3011", "20111", "MMXI"])
def test_what_is_no_year_is_not_guessed(typed: str) -> None:
    assert read_year(typed, TODAY) is None
