"""Which figures of months may be shown, when they are counted, and what is said when they change."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.insight.rules import is_small
from wayhome.insight.rules.months import (
    BY_KEY,
    COUNTED,
    NESTED,
    Count,
    first_counted_on,
    first_of,
    hold_back,
    month_after,
    months_before,
    months_until,
    revision,
    unsettled_months,
)
from wayhome.kernel.clock import london_day, start_of_day

OCTOBER = date(2026, 10, 1)
YEAR = [month_after(date(2026, 4, 1), by) for by in range(12)]


@st.composite
def grids(draw):
    grid = {}
    for month in YEAR:
        counts, whole = {}, draw(st.integers(0, 40))
        for name in NESTED:
            counts[name] = whole
            whole = draw(st.integers(0, whole))
        for name, of in (("children", "episodes"), ("repeat", "episodes"), ("first_time", "episodes")):
            counts[name] = draw(st.integers(0, counts[of]))
        counts["seen"] = draw(st.integers(0, counts["returned"]))
        counts["seen_in_time"] = draw(st.integers(0, counts["seen"]))
        grid[month] = counts
    return grid


@given(grids())
def test_no_small_count_and_no_small_difference_is_shown(grid):
    for shown in hold_back(grid).values():
        assert not any(is_small(count) for count in shown.values() if count is not None)
        nested = [shown[name] for name in NESTED if shown[name] is not None]
        assert not any(is_small(one - other) for one in nested for other in nested if one >= other)
        for name, of in (("repeat", "episodes"), ("seen", "returned"), ("seen_in_time", "seen")):
            if shown[name] is not None and shown[of] is not None:
                assert not is_small(shown[of] - shown[name])


@given(grids())
def test_none_is_the_only_one_of_its_year_that_is_held_back(grid):
    shown = hold_back(grid)
    for name in COUNTED:
        hidden = [month for month in YEAR if shown[month][name] is None]
        large = [month for month in YEAR if (shown[month][name] or 0) >= 5]
        assert len(hidden) != 1 or not large


@given(grids())
def test_what_is_shown_is_true(grid):
    shown = hold_back(grid)
    assert all(shown[month][name] in (None, grid[month][name]) for month in YEAR for name in COUNTED)


def test_what_follows_a_return_is_counted_a_month_later():
    assert first_counted_on(OCTOBER, BY_KEY["episodes"]) == date(2026, 11, 1)
    assert first_counted_on(OCTOBER, BY_KEY["done-in-time"]) == date(2026, 12, 1)
    months = months_before(date(2026, 11, 1), 3)
    assert months == [date(2026, 8, 1), date(2026, 9, 1), OCTOBER]
    assert unsettled_months(months, BY_KEY["episodes"], date(2026, 11, 1)) == 0
    assert unsettled_months(months, BY_KEY["done"], date(2026, 11, 1)) == 1


def test_all_full_months_since_the_first_episode_are_counted():
    today = date(2026, 11, 1)
    assert months_until(None, today) == []
    assert months_until(date(2026, 9, 17), today) == [date(2026, 9, 1), OCTOBER]
    assert months_until(date(2026, 11, 1), today) == []


def at(day, numerator):
    return Count(numerator, None, start_of_day(day))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], None),
        # Counted when due, and changed later.
        ([at(date(2026, 12, 1), 31), at(date(2027, 1, 1), 33)], (31, date(2026, 12, 1))),
        # The same a month before it was due: no row of its own was needed.
        ([at(date(2026, 11, 1), 31), at(date(2027, 1, 1), 33)], (31, date(2026, 12, 1))),
        ([at(date(2026, 11, 1), 29), at(date(2026, 12, 1), 31)], (31, date(2026, 12, 1))),
        # Nobody counted then.
        ([at(date(2027, 2, 1), 33)], (33, date(2027, 2, 1))),
    ],
)
def test_a_figure_is_first_counted_when_its_clocks_have_run_out(counts, expected):
    found = first_of(OCTOBER, BY_KEY["done"], counts)
    assert (found and (found.numerator, london_day(found.counted_at))) == expected


FIRST = Count(31, None, datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "later", "expected"),
    [
        (31, 0, ""),
        (33, 2, "First counted 31 on 1 November 2026; now 33: 2 episodes were written down later."),
        (32, 1, "First counted 31 on 1 November 2026; now 32: 1 episode was written down later."),
        (33, 0, "First counted 31 on 1 November 2026; now 33: facts were written down later."),
        (30, 0, "First counted 31 on 1 November 2026; now 30: 1 was set aside or changed since."),
        (
            32,
            2,
            "First counted 31 on 1 November 2026; now 32: 2 written down later, 1 set aside or changed since.",
        ),
    ],
)
def test_a_figure_that_changed_says_from_what_and_why(now, later, expected):
    assert revision(FIRST, now, later, is_open=True, on="1 November 2026") == expected


@pytest.mark.parametrize(
    ("now", "tells"), [(33, "fewer than 5"), (27, "fewer than 5"), (36, "since"), (26, "since")]
)
def test_to_who_sees_no_child_a_change_is_said_without_its_size_or_the_first_figure(now, tells):
    said = revision(FIRST, now, 0, is_open=False, on="1 November 2026")
    assert tells in said
    assert "31" not in said
