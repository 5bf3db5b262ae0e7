"""When two children were missing at the same time and place, or are named with one another."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.missing.rules.together import Whereabouts, groups, overlap, pairs, place_key

SEEN = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)
NAMES = ("Alder Testalder", "Birch Testbirch", "Rowan Testrowan", "Hazel Testhazel")


def child(number, since=0, hours=6.0, places=("Saltmere bus station",), companions=""):
    seen = SEEN + timedelta(hours=since)
    back = None if hours is None else seen + timedelta(hours=hours)
    return Whereabouts(
        UUID(int=100 * number + int(since) % 100),
        UUID(int=number),
        NAMES[number],
        seen,
        back,
        places,
        companions,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saltmere Bus Station", "outside the saltmere bus stn."),
        ("Café Röslein, Mill Rd", "cafe roslein mill road"),
        ("12 Harbour View, ZZ99 3WZ", "flat above the shop zz993wz"),
        ("St Bride's Park", "st brides pk"),
    ],
)
def test_the_same_place_written_in_two_ways(one, other):
    assert place_key(one) == place_key(other) != ""


@pytest.mark.parametrize("text", ["", "Home", "the family home", "School", "At home", "in town", "pub", "??"])
def test_what_every_child_has_of_their_own_is_no_place(text):
    assert place_key(text) == ""


def test_different_places_are_different():
    assert place_key("Saltmere bus station") != place_key("Saltmere train station")


@pytest.mark.parametrize(
    ("since", "hours", "expected"),
    [(5.9, 6, True), (6, 6, False), (7, None, False), (-3, 3, False), (-3, 3.1, True), (-3, None, True)],
)
def test_at_the_same_time(since, hours, expected):
    one, other = child(0), child(1, since, hours)
    assert overlap(one, other) is overlap(other, one) is expected
    assert bool(pairs([one, other])) is expected


def test_a_pair_says_why():
    found = pairs([child(0), child(1, 2, places=("Elsewhere", "Saltmere Bus Stn"))])
    assert [(pair.one, pair.other, pair.because) for pair in found] == [
        (UUID(int=0), UUID(int=1), ("Both missing on 3 May 2026, both at Saltmere Bus Stn",))
    ]


def test_who_is_named_as_a_companion_while_missing():
    one = child(0, companions="With birch testbirch and a man", places=())
    assert pairs([one, child(1, 2, places=())])[0].because == (
        "Both missing on 3 May 2026; Birch Testbirch was named with Alder Testalder",
    )
    assert pairs([one, child(1, 7, places=())]) == []
    assert pairs([child(0, companions="With Birch", places=()), child(1, places=())]) == []


def test_a_child_is_no_pair_with_themselves():
    again = child(0, 1, companions=NAMES[0])
    assert pairs([child(0), again]) == []


def test_three_who_hold_together_are_a_group():
    found = pairs([child(0), child(1, 5), child(2, 9, hours=1), child(3, 0, places=("The old mill",))])
    assert [len(pair.because) for pair in found] == [1, 1]
    assert groups(found) == [frozenset({UUID(int=0), UUID(int=1), UUID(int=2)})]


def test_two_are_no_group():
    assert groups(pairs([child(0), child(1, 5)])) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 72), st.none() | st.integers(0, 30)),
        max_size=14,
        unique_by=lambda told: told[:2],
    )
)
def test_sweeping_finds_what_comparing_each_with_each_finds(told):
    found = [child(number, since, hours) for number, since, hours in told]
    expected = {
        tuple(sorted((one.person_id, other.person_id)))
        for one in found
        for other in found
        if one.person_id < other.person_id and overlap(one, other)
    }
    assert {(pair.one, pair.other) for pair in pairs(found)} == expected
