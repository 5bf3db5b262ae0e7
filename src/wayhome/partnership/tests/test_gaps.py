"""What counts as a gap in a body, on both sides of each line."""

import pytest

from wayhome.partnership.rules import Gap, SeatFact, gaps_of, missed_in_a_row

CHAIR = SeatFact("chair", "Saltmere Council", "Director", True, True, ())


def seat(**told: object) -> SeatFact:
    usual = {
        "role": "member",
        "agency": "Saltmere Health",
        "post": "Head of Lanterns",
        "required": True,
        "is_held": True,
        "came": (),
    }
    return SeatFact(**(usual | told))


@pytest.mark.parametrize(
    ("came", "missed"),
    [
        ((), 0),
        (("absent",), 1),
        (("absent", "apology_no_return"), 2),
        (("apology_return_sent", "absent", "present"), 2),
        (("present", "absent", "absent"), 0),
        (("substitute", "absent"), 0),
        (("", "absent", "absent"), 0),
        (("absent", "", "absent"), 1),
    ],
)
def test_meetings_nobody_came_to_are_counted_from_the_last_one_back(came, missed):
    assert missed_in_a_row(came) == missed


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ({"post": "", "is_held": False}, "No post is named for this seat."),
        ({"is_held": False}, "Nobody holds the post."),
        ({"came": ("absent", "absent")}, "Nobody came to the last 2 meetings."),
        ({"came": ("absent", "absent", "absent")}, "Nobody came to the last 3 meetings."),
    ],
)
def test_a_required_seat_without_anybody_is_a_gap(told, what):
    assert [gap.what for gap in gaps_of([CHAIR, seat(**told)])] == [what]
    assert gaps_of([CHAIR, seat(required=False, **told)]) == ()


@pytest.mark.parametrize("came", [("absent",), ("absent", "present"), ("substitute", "absent", "absent")])
def test_one_meeting_missed_is_none(came):
    assert gaps_of([CHAIR, seat(came=came)]) == ()


def test_a_body_with_seats_and_no_chair_says_so_first():
    assert gaps_of([seat(is_held=False)])[0] == Gap("Chair", "No seat is the chair's.")
    assert gaps_of([]) == ()
