"""Days and times as they are shown."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wayhome.web.showing import clock_time, day, due, iso, moment, number, sentence, span, when

NOW = datetime(2026, 11, 22, 22, 42, tzinfo=UTC)


def test_a_moment_is_shown_on_a_london_clock() -> None:
    assert moment(datetime(2026, 7, 1, 23, 5, tzinfo=UTC)) == "Thursday 2 July 2026 at 12:05am"
    assert iso(datetime(2026, 7, 1, 23, 5, tzinfo=UTC)) == "2026-07-02T00:05+01:00"


@pytest.mark.parametrize(
    ("hours", "shown"),
    [(0, "midnight"), (9, "9am"), (12, "midday"), (12.25, "12:15pm"), (22.7, "10:42pm")],
)
def test_times_follow_the_style_guide(hours: float, shown: str) -> None:
    assert clock_time(datetime(2026, 1, 5, tzinfo=UTC) + timedelta(hours=hours)) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "today at 10:42pm"),
        (-1, "yesterday at 10:42pm"),
        (1, "tomorrow at 10:42pm"),
        (-3, "Thursday 19 November at 10:42pm"),
        (-30, "23 October 2026 at 11:42pm"),
    ],
)
def test_near_days_have_their_names(days: int, shown: str) -> None:
    assert when(NOW + timedelta(days=days), NOW) == shown


@pytest.mark.parametrize(
    ("instant", "shown", "lasting"),
    [
        ((22, 0, 0), "at the end of yesterday", "at the end of Saturday 21 November 2026"),
        ((23, 0, 0), "at the end of today", "at the end of Sunday 22 November 2026"),
        ((28, 0, 0), "at the end of Friday 27 November", "at the end of Friday 27 November 2026"),
        ((28, 0, 1), "Saturday 28 November at 12:01am", "Saturday 28 November 2026 at 12:01am"),
        ((27, 23, 59), "Friday 27 November at 11:59pm", "Friday 27 November 2026 at 11:59pm"),
    ],
)
def test_what_is_due_at_midnight_is_due_at_the_end_of_a_day(
    instant: tuple[int, int, int], shown: str, lasting: str
) -> None:
    due_at = datetime(2026, 11, *instant, tzinfo=UTC)
    assert due(due_at, NOW) == shown
    assert due(due_at) == lasting


def test_the_end_of_a_day_is_that_of_a_london_clock() -> None:
    assert due(datetime(2026, 6, 30, 23, tzinfo=UTC)) == "at the end of Tuesday 30 June 2026"


def test_the_rest() -> None:
    assert day(date(2026, 3, 1)) == "1 March 2026"
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"
    assert number(1482) == "1,482"
    assert sentence("today at 9am") == "Today at 9am"
    assert [span(timedelta(minutes=m)) for m in (45, 90, 96 * 60)] == ["45 min", "1 h", "4 days"]
