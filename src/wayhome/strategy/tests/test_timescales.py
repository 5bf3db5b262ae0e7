"""A timescale is a date, a month, a review that comes again, or open; what cannot be read invents nothing."""

from datetime import date

import pytest

from wayhome.strategy import vocabulary
from wayhome.strategy.rules.timescale import Due, DueKind, Frequency, read_timescale


@pytest.mark.parametrize(
    "written",
    [
        "31/03/2025",
        "31.3.25",
        "31-03-2025",
        "2025-03-31",
        "31 March 2025",
        "31st March 2025",
        "by 31st of March 2025",
        "31 Mar '25",
        "March 31, 2025",
    ],
)
def test_a_day_is_a_date(written):
    assert read_timescale(written).due == Due(DueKind.DATE, date(2025, 3, 31))


@pytest.mark.parametrize(
    "written", ["March 2025", "Mar 2025", "Mar-25", "End of March 2025", "by mar 25", "MARCH, 2025"]
)
def test_a_month_is_a_month(written):
    assert read_timescale(written).due == Due(DueKind.MONTH, date(2025, 3, 1))


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("Q3 2024/25", date(2024, 12, 1)),
        ("Q4 2024-25", date(2025, 3, 1)),
        ("Quarter 1 of 2024/2025", date(2024, 6, 1)),
        ("Q3 2024", date(2024, 9, 1)),
        ("2024/25", date(2025, 3, 1)),
        ("Autumn term 2025", date(2025, 12, 1)),
        ("Summer 2025", date(2025, 8, 1)),
        ("During 2026", date(2026, 12, 1)),
    ],
)
def test_a_quarter_season_or_year_is_its_last_month_and_says_that_it_was_inferred(written, month):
    assert read_timescale(written).due == Due(DueKind.MONTH, month, is_inferred=True)


@pytest.mark.parametrize(
    ("written", "frequency", "body"),
    [
        ("Quarterly", Frequency.QUARTERLY, ""),
        ("Ongoing - reviewed quarterly at MEE", Frequency.QUARTERLY, "MEE"),
        ("Six-monthly report to the Safe Together Board", Frequency.HALF_YEARLY, "Safe Together Board"),
        ("Annually", Frequency.YEARLY, ""),
        ("monthly, via Panel", Frequency.MONTHLY, "Panel"),
        ("Weekly", Frequency.UNSAID, ""),
        ("Reviewed by the Health Subgroup", Frequency.UNSAID, "Health Subgroup"),
    ],
)
def test_a_review_has_a_frequency_and_a_body(written, frequency, body):
    due = read_timescale(written).due
    assert due
    assert (due.kind, due.frequency, due.body) == (DueKind.RECURRING, frequency, body)


@pytest.mark.parametrize("written", ["Ongoing", "On-going", "as necessary", "TBC", "Continuous", "Immediate"])
def test_what_has_no_end_is_open(written):
    assert read_timescale(written).due == Due(DueKind.OPEN)


def test_a_month_and_as_necessary_are_both_kept():
    read = read_timescale("June 2025 As necessary")
    assert read.due == Due(DueKind.MONTH, date(2025, 6, 1))
    assert read.also == (Due(DueKind.OPEN),)


def test_two_frequencies_are_both_kept():
    read = read_timescale("Reviewed quarterly and annually by Panel A")
    assert [due.frequency for due in (read.due, *read.also)] == [Frequency.QUARTERLY, Frequency.YEARLY]


@pytest.mark.parametrize(
    "written", ["", "within three months of it", "31/02/2025", "99/99/2025", "see above", "2024/27"]
)
def test_what_cannot_be_read_has_no_day(written):
    due = read_timescale(written).due
    assert due is None or due.kind is not DueKind.DATE


def test_the_words_are_those_that_are_saved():
    assert set(DueKind) == set(vocabulary.DueKind.values)
    assert set(Frequency) == set(vocabulary.Frequency.values)
