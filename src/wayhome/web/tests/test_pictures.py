"""Places of things on drawings."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.kernel.deadline import Deadline
from wayhome.web.pictures import LABELS, RIGHT, WIDTH, Lane, Point, Span, clock_face, month_bars, timeline

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
INSTANTS = st.integers(-60_000, 60_000).map(lambda hours: NOW + timedelta(hours=hours))


@given(INSTANTS, st.one_of(st.none(), INSTANTS), INSTANTS, INSTANTS)
def test_nothing_is_drawn_outside_the_strip(
    since: datetime, until: datetime | None, begin: datetime, end: datetime
) -> None:
    lane = Lane("Lives", [Span(since, until, "A time")], [Point(since, "A point")])
    strip = timeline([lane], begin, end, NOW)
    for drawn in strip.lanes[0].spans:
        assert LABELS <= drawn.x <= drawn.x + drawn.width <= WIDTH
    assert all(LABELS <= x <= WIDTH - RIGHT for _point, x in strip.lanes[0].points)
    assert len(strip.ticks) <= 13


def test_what_lasts_still_reaches_now_and_is_open() -> None:
    strip = timeline(
        [Lane("Missing", [Span(NOW - timedelta(days=9), None, "Now")])], NOW - timedelta(30), NOW, NOW
    )
    drawn = strip.lanes[0].spans[0]
    assert drawn.is_open
    assert drawn.x + drawn.width == strip.now


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.25, ["7am", "8am", "9am", "10am", "11am", "midday"]),
        (2, ["6pm", "21 Nov", "6am", "midday", "6pm", "22 Nov", "6am", "midday"]),
        (3, ["20 Nov", "21 Nov", "22 Nov"]),
        (90, ["Sep", "Oct", "Nov"]),
    ],
)
def test_ticks_suit_the_length_of_the_strip(days: float, words: list[str]) -> None:
    strip = timeline([], NOW - timedelta(days=days), NOW, NOW)
    assert [tick.word for tick in strip.ticks] == words


def test_the_tallest_bar_fills_the_height_and_none_has_no_height() -> None:
    bars = month_bars([("Jan", 0), ("Feb", 8)]).bars
    assert bars[0].height == 0
    assert bars[1].y == 24
    assert month_bars([]).bars == []


@pytest.mark.parametrize(("hours", "late"), [(100, False), (36, False), (0.01, False), (0, True), (-5, True)])
def test_the_clock_says_late_from_the_due_instant_on(hours: float, late: bool) -> None:
    face = clock_face(Deadline("Duty", NOW + timedelta(hours=hours), "Anyone", "A rule"), NOW)
    assert face.is_late is late
