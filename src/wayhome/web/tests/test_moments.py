"""Days with a time, on a London clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.kernel.clock import utc_now
from wayhome.web import forms
from wayhome.web.forms.moments import as_typed


class Told(forms.Form):
    told_at = forms.MomentField("When were you told?", past=True)


class Seen(forms.Form):
    seen_at = forms.RoughMomentField("When was it seen?")


def told(day: str, month: str, year: str, time: str, **more: str) -> Told:
    typed = {"day": day, "month": month, "year": year, "time": time, **more}
    return Told({f"told_at-{part}": text for part, text in typed.items()})


def seen(day: str, month: str, year: str, time: str, certainty: str = "") -> Seen:
    typed = {"day": day, "month": month, "year": year, "time": time, "certainty": certainty}
    return Seen({f"seen_at-{part}": text for part, text in typed.items()})


def test_a_summer_time_is_stored_in_utc() -> None:
    form = told("1", "jul", "26", "10.30pm")
    assert form.is_valid()
    assert form.cleaned_data["told_at"] == datetime(2026, 7, 1, 21, 30, tzinfo=UTC)


def test_the_hour_that_was_skipped_is_refused_with_the_reason() -> None:
    form = told("29", "3", "2026", "1.30am")
    assert form.errors["told_at"] == ["The clocks went forward at 1am that day, so this time did not happen."]


def test_the_hour_that_came_twice_is_asked_about() -> None:
    form = told("25", "10", "2026", "1:30")
    assert form.errors["told_at"] == ["The clocks went back that night. First or second time round?"]
    drawn = str(form)
    assert 'name="told_at-round"' in drawn
    assert 'value="first" checked' in drawn
    assert form.fields["told_at"].focus_id(form["told_at"]) == "id_told_at-round"


def test_no_other_hour_is_asked_about() -> None:
    assert "told_at-round" not in str(told("25", "10", "2026", "3:30"))


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_the_answer_decides_which_hour_it_was(which: str, hour: int) -> None:
    form = told("25", "10", "2026", "1:30", round=which)
    assert form.is_valid()
    assert form.cleaned_data["told_at"] == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_the_future_is_refused_where_only_the_past_makes_sense() -> None:
    tomorrow = utc_now() + timedelta(days=1)
    form = told(str(tomorrow.day), str(tomorrow.month), str(tomorrow.year), "9am")
    assert form.errors["told_at"] == ["The date and time must be in the past. Check the date and time"]


@pytest.mark.parametrize(
    ("time", "sentence"),
    [("", "The date and time must include a time"), ("late", "Enter a time, like 10:30pm or 22:30")],
)
def test_a_time_that_is_missing_or_wrong_leads_to_its_box(time: str, sentence: str) -> None:
    form = told("1", "7", "2026", time)
    assert form.errors["told_at"] == [sentence]
    assert form.fields["told_at"].focus_id(form["told_at"]) == "id_told_at-time"


@pytest.mark.parametrize("certainty", ["exact", "about"])
def test_a_rough_time_says_how_rough(certainty: str) -> None:
    form = seen("1", "7", "2026", "22:30", certainty)
    assert form.is_valid()
    at = datetime(2026, 7, 1, 21, 30, tzinfo=UTC)
    assert form.cleaned_data["seen_at"] == forms.RoughMoment(at, forms.Certainty(certainty))


def test_only_the_day_is_the_start_of_it() -> None:
    form = seen("1", "7", "2026", "", "day")
    assert form.is_valid()
    at = datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert form.cleaned_data["seen_at"] == forms.RoughMoment(at, forms.Certainty.DAY_ONLY)


def test_a_missing_time_offers_the_day_alone() -> None:
    assert seen("1", "7", "2026", "").errors["seen_at"] == ["Enter a time, or say that only the day is known"]


@given(
    st.integers(0, 13_000_000).map(
        lambda minutes: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    )
)
def test_every_minute_shown_is_read_back_as_itself(minute: datetime) -> None:
    typed = as_typed(minute)
    form = told(*typed.typed_day, typed.time, round=typed.round)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["told_at"] == minute
