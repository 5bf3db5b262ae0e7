"""Lines that are held back together: what is shown adds up, and tells of none of them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.codelists import load
from wayhome.exploitation.vocabulary import ExploitationKind
from wayhome.insight.rules import is_small
from wayhome.insight.rules.pathway import Counted, Tally, age_band, ethnicity, kinds_together
from wayhome.insight.rules.pooled import open_table, pooled, pooled_alike

CELLS = st.integers(0, 40)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8).map(
    lambda rows: [(f"Line {place}", row) for place, row in enumerate(rows)]
)


def summed(rows):
    return [sum(column) for column in zip(*rows, strict=True)] if rows else []


@given(TABLES)
def test_what_is_shown_adds_up(lines):
    found = pooled(lines)
    if found.total is None:
        assert (found.lines, found.together) == ([], None)
        return
    assert found.total == summed([counts for _, counts in lines if sum(counts)])
    shown = [counts for _, counts in found.lines] + ([found.together] if found.together else [])
    assert summed(shown) == found.total


@given(TABLES)
def test_no_small_count_is_shown(lines):
    found = pooled(lines)
    shown = [counts for _, counts in found.lines] + ([found.together] if found.together else [])
    assert not any(is_small(each) for counts in shown for each in (*counts, sum(counts)))
    assert len(found.held_back) != 1 or found.total is None


@given(TABLES)
def test_every_line_stands_somewhere_and_once(lines):
    found = pooled(lines)
    assert sorted([name for name, _ in found.lines] + found.held_back) == sorted(
        name for name, counts in lines if sum(counts)
    )
    assert all(line in lines for line in found.lines)


@given(TABLES)
def test_who_sees_the_children_sees_everything(lines):
    found = open_table(lines)
    assert found.lines == [line for line in lines if sum(line[1])]
    assert found.held_back == []


def ways_to_be_seen(length, largest, columns):
    """Every table up to a size, by what is shown of it."""
    possible = {}
    for cells in product(range(largest + 1), repeat=length * columns):
        lines = [(str(n), list(cells[n * columns : (n + 1) * columns])) for n in range(length)]
        found = pooled(lines)
        key = (str(found.lines), str(found.held_back), str(found.together), str(found.total))
        possible.setdefault(key, []).append((cells, found))
    return possible


@pytest.mark.parametrize(("length", "largest", "columns"), [(2, 14, 1), (3, 12, 1), (4, 7, 1), (2, 7, 2)])
def test_no_small_line_can_be_worked_out_by_one_who_knows_the_rule(length, largest, columns):
    """Whatever is seen, each line that is held back has two or more possible sums, or a large one."""
    for fitting in ways_to_be_seen(length, largest, columns).values():
        if any(largest in cells for cells, _ in fitting):
            continue  # What fits at the edge of what was tried fits with others beyond it.
        for name in fitting[0][1].held_back:
            place = int(name) * columns
            sums = {sum(cells[place : place + columns]) for cells, _ in fitting}
            assert len(sums) > 1 or not is_small(min(sums))


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6), st.data())
def test_tables_of_the_same_things_hold_back_their_sum_together(counts, data):
    """The same things once more by something else: where one table must not tell the sum, no other does."""
    whole = sum(counts)
    cut = data.draw(st.integers(0, whole))
    tables = {
        "one": [(str(place), [count]) for place, count in enumerate(counts)],
        "other": [("a", [cut]), ("b", [whole - cut])],
    }
    found = pooled_alike(tables)
    totals = {None if each.total is None else sum(each.total) for each in found.values()}
    assert totals in ({None}, {whole})


KINDS = [ExploitationKind.SEXUAL, ExploitationKind.CRIMINAL]


def seen_together(only_one, only_other, both):
    one, other = KINDS
    rows = [
        Counted("kinds", one, one, only_one + both),
        Counted("kinds", other, other, only_other + both),
        Counted("kinds", one, other, both),
        Counted("kinds", other, one, both),
    ]
    return kinds_together(Tally(rows), only_one + only_other + both, is_open=False)


def test_no_small_count_of_two_kinds_together_can_be_worked_out():
    possible = {}
    for cells in product(range(13), repeat=3):
        if sum(cells) >= 5:
            seen = (str(seen_together(*cells)), sum(cells))
            possible.setdefault(seen, []).append(cells)
    for fitting in possible.values():
        if any(12 in cells for cells in fitting):
            continue
        for column in range(3):
            values = {cells[column] for cells in fitting}
            assert len(values) > 1 or not is_small(min(values))


@pytest.mark.parametrize(
    ("age", "words"),
    [
        ("9", "Under 10"),
        ("10", "10 to 12"),
        ("15", "13 to 15"),
        ("16", "16 to 17"),
        ("18", "18 or over"),
        ("", "Not known"),
    ],
)
def test_age_bands(age, words):
    assert age_band(age) == words


def test_every_ethnicity_of_the_list_has_its_group():
    groups = {ethnicity(each.code) for each in load("ethnicity")}
    assert len(groups) == 6
    assert ethnicity("REFU") == ethnicity("") == "Not known"
    assert ethnicity("BOTH") == "Black or Black British"
