"""Days in three boxes."""

from datetime import date

import pytest

from wayhome.kernel.partial_date import Precision
from wayhome.web import forms


class Born(forms.Form):
    born_on = forms.DateField("Date of birth")


class Made(forms.Form):
    made_on = forms.PartialDateField("Date it was made", required=False)


def born(day: str, month: str, year: str) -> Born:
    return Born({"born_on-day": day, "born_on-month": month, "born_on-year": year})


def made(day: str, month: str, year: str) -> Made:
    return Made({"made_on-day": day, "made_on-month": month, "made_on-year": year})


@pytest.mark.parametrize("typed", [("27", "3", "2011"), (" 27", "mar", "11"), ("27", "March ", "2011")])
def test_a_day_is_taken_as_people_type_it(typed: tuple[str, str, str]) -> None:
    form = born(*typed)
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(2011, 3, 27)


@pytest.mark.parametrize(
    ("typed", "sentence", "focus"),
    [
        (("", "", ""), "Enter date of birth", "id_born_on-day"),
        (("27", "", "2011"), "Date of birth must include a month", "id_born_on-month"),
        (("27", "", ""), "Date of birth must include a month and year", "id_born_on-month"),
        (("31", "2", "2011"), "Date of birth must be a real date: that month is shorter", "id_born_on-day"),
        (("27", "x", "2011"), "Date of birth must be a real date, like 27 3 2026", "id_born_on-day"),
    ],
)
def test_an_error_says_what_is_missing_and_leads_there(
    typed: tuple[str, str, str], sentence: str, focus: str
) -> None:
    form = born(*typed)
    assert form.errors["born_on"] == [sentence]
    assert form.fields["born_on"].focus_id(form["born_on"]) == focus


def test_what_was_typed_is_still_there() -> None:
    assert 'value="Febtober"' in str(born("30", "Febtober", "2011"))


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        (("27", "3", "2011"), date(2011, 3, 27), Precision.DAY),
        (("", "3", "2011"), date(2011, 3, 1), Precision.MONTH),
        (("", "", "2011"), date(2011, 1, 1), Precision.YEAR),
    ],
)
def test_a_date_is_taken_as_far_as_it_is_known(
    typed: tuple[str, str, str], day: date, precision: Precision
) -> None:
    form = made(*typed)
    assert form.is_valid()
    assert form.cleaned_data["made_on"] == forms.PartialDate(day, precision)
    again = Made(initial={"made_on": form.cleaned_data["made_on"]})
    shown = again["made_on"].value()
    assert (shown.day == "", shown.month == "") == (typed[0] == "", typed[1] == "")


def test_a_day_without_its_month_asks_for_the_month() -> None:
    form = made("27", "", "2011")
    assert form.errors["made_on"] == ["Date it was made must include a month"]
    assert form.fields["made_on"].focus_id(form["made_on"]) == "id_made_on-month"


def test_nothing_is_none_where_nothing_is_needed() -> None:
    form = made("", " ", "")
    assert form.is_valid()
    assert form.cleaned_data["made_on"] is None
