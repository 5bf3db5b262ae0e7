"""No count from 1 to 4 is shown, and none can be worked out from what is."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.insight.rules import apart, is_small, months_of, parts_of_a_total, share, shown, year_ending_in

COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=12)


@given(COUNTS, st.booleans())
def test_no_small_count_is_shown(counts, may_show_total):
    parts, total = parts_of_a_total(counts, may_show_total=may_show_total)
    assert not any(is_small(count) for count in [*parts, total] if count is not None)


@given(COUNTS)
def test_what_is_shown_is_true(counts):
    parts, total = parts_of_a_total(counts)
    assert all(part in (None, count) for part, count in zip(parts, counts, strict=True))
    assert total in (None, sum(counts))


@given(COUNTS)
def test_one_count_held_back_is_never_alone_with_the_sum(counts):
    parts, total = parts_of_a_total(counts)
    assert total is None or parts.count(None) != 1


@given(COUNTS)
def test_where_nothing_is_small_everything_is_shown(counts):
    large = [count * 5 for count in counts]
    assert parts_of_a_total(large) == (large, sum(large))


@pytest.mark.parametrize(("length", "largest"), [(2, 14), (3, 12), (4, 8)])
def test_no_small_count_can_be_worked_out_by_one_who_knows_the_rule(length, largest):
    """Every set of counts up to a size: who sees the page and knows how it is made has two or more possible values."""
    possible = {}
    for counts in product(range(largest + 1), repeat=length):
        parts, total = parts_of_a_total(counts)
        possible.setdefault((tuple(parts), total), []).append(counts)
    for (parts, _total), fitting in possible.items():
        for place, part in enumerate(parts):
            values = {counts[place] for counts in fitting}
            # What fits with a count at the edge of what was tried fits with others beyond it.
            at_edge = any(largest in counts for counts in fitting)
            assert part is not None or at_edge or len(values) > 1 or not is_small(min(values))


@given(COUNTS)
def test_the_sum_is_not_told_by_its_parts_where_it_must_not_be_shown(counts):
    parts, total = parts_of_a_total(counts, may_show_total=False)
    assert total is None
    assert None in parts or sum(counts) == 0


@given(st.lists(st.integers(0, 40), max_size=7))
def test_counts_that_are_parts_of_one_another_leave_no_small_difference(counts):
    seen = [count for count in apart(counts) if count is not None]
    assert not any(is_small(count) for count in seen)
    assert not any(is_small(abs(one - other)) for one in seen for other in seen)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([747, 747, 560], [747, 747, 560]),
        ([100, 98, 60], [100, None, 60]),
        ([100, 3], [100, None]),
        ([0, 0], [0, 0]),
    ],
)
def test_apart(counts, expected):
    assert apart(counts) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_a_count_by_itself(count, expected):
    assert shown(count) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(560, 747, "75%"), (None, 747, ""), (5, None, ""), (0, 0, "")]
)
def test_a_share_needs_both_counts(part, whole, expected):
    assert share(part, whole) == expected


def test_a_collection_year_begins_on_1_april():
    year = months_of(2026)
    assert (year[0].isoformat(), year[-1].isoformat(), len(year)) == ("2025-04-01", "2026-03-01", 12)
    assert [year_ending_in(day) for day in (year[0], year[-1])] == [2026, 2026]
