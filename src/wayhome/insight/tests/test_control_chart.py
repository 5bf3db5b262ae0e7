"""What is usual of a series, and what is a signal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.kernel.control_chart import control_chart, near_side, run_side

FLAT = [10.0, 12.0, 10.0, 12.0, 10.0, 12.0]


def test_limits_are_the_mean_and_2_66_mean_moving_ranges():
    chart = control_chart(FLAT)
    assert chart.mean == 11
    assert chart.upper == pytest.approx(11 + 2.66 * 2)
    assert chart.lower == pytest.approx(11 - 2.66 * 2)
    assert chart.signals == ((),) * 6


def test_fewer_than_six_values_have_no_limits():
    chart = control_chart(FLAT[:5])
    assert (chart.mean, chart.upper, chart.lower) == (None, None, None)


@pytest.mark.parametrize(("gaps", "has_limits"), [(2, True), (3, False)])
def test_where_more_than_a_quarter_is_held_back_the_rest_is_no_fair_picture(gaps, has_limits):
    chart = control_chart([*FLAT, *[None] * gaps])
    assert (chart.mean is not None) is has_limits


def test_no_limit_is_below_nought_or_above_all():
    chart = control_chart([2.0, 98.0] * 4, highest=100.0)
    assert (chart.lower, chart.upper) == (0, 100)


@pytest.mark.parametrize(("value", "is_signal"), [(11 + 2.66 * 2, False), (30.0, True)])
def test_a_value_on_the_limit_is_not_outside(value, is_signal):
    chart = control_chart([*FLAT * 4, value] if is_signal else FLAT)
    assert any("limits" in signal for signal in chart.signals[-1]) is is_signal


@pytest.mark.parametrize(
    ("last", "side"),
    [
        ([12.0] * 7, ""),
        ([12.0] * 8, "above"),
        ([10.0] * 8, "below"),
        ([12.0] * 7 + [11.0], ""),
        ([12.0] * 4 + [None] + [12.0] * 4, ""),
    ],
)
def test_eight_in_a_row_on_one_side_of_the_mean(last, side):
    assert run_side(last, mean=11.0) == side


@pytest.mark.parametrize(
    ("last", "near"),
    [
        # Half way between 10 and the upper limit of 16 is 13.
        ([14.0, 10.0, 14.0, 14.0], "upper"),
        ([14.0, 10.0, 13.0, 14.0], ""),
        ([14.0, 14.0, 14.0, 10.0], ""),
        ([6.0, 6.0, 10.0, 6.0], "lower"),
        ([14.0, None, 14.0, 14.0], ""),
        ([14.0, 14.0, 14.0], ""),
    ],
)
def test_three_of_four_nearer_to_a_limit_than_to_the_mean(last, near):
    assert near_side(last, mean=10.0, lower=4.0, upper=16.0) == near


def test_a_signal_says_by_which_rule():
    chart = control_chart([10.0, 12.0] * 10 + [13.0] * 8)
    assert "8 months or more in a row above the mean" in chart.signals[-1]
    assert chart.signals[0] == ()


def test_a_gap_breaks_a_run_and_is_in_no_range():
    with_gap = control_chart([10.0, 12.0, 10.0, None, 100.0, 102.0, 100.0, 102.0])
    assert with_gap.upper is not None
    assert with_gap.upper - with_gap.mean == pytest.approx(2.66 * 2)


def test_months_that_are_not_settled_decide_nothing():
    chart = control_chart([*FLAT, 0.0, 0.0], unsettled=2)
    assert (chart.mean, chart.signals[-1]) == (11, ())
    assert len(chart.values) == len(chart.signals) == 8


@given(st.lists(st.none() | st.floats(0, 1000), max_size=40), st.integers(0, 3))
def test_limits_hold_the_mean_whatever_the_values(values, unsettled):
    chart = control_chart(values, unsettled=min(unsettled, len(values)))
    assert len(chart.signals) == len(values)
    if chart.mean is not None:
        assert 0 <= chart.lower <= chart.mean + 1e-9
        assert chart.mean <= chart.upper + 1e-9
