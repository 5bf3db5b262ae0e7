"""Where an episode stands, and which duties run until when. Rules only, no database."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from wayhome.kernel.clock import from_wall_clock, london
from wayhome.kernel.deadline import DeadlineState
from wayhome.missing.rules import (
    Clocks,
    analysis_due_at,
    deadlines,
    english_bank_holidays,
    interview_due_at,
    is_held_in_time,
    next_working_day,
    safe_and_well_due_at,
    stage,
)
from wayhome.missing.tests.facts import SEEN, Facts
from wayhome.missing.vocabulary import Duty, Stage

BACK = SEEN + timedelta(hours=10)
CLOCKS = Clocks()
INSTANT = timedelta(microseconds=1)
NO_HOLIDAYS: frozenset[date] = frozenset()


@pytest.mark.parametrize(
    ("facts", "here"),
    [
        (Facts(), Stage.MISSING),
        (Facts(located_at=BACK), Stage.LOCATED),
        (Facts(returned_at=BACK), Stage.SAFE_AND_WELL_DUE),
        (Facts(located_at=BACK, returned_at=BACK), Stage.SAFE_AND_WELL_DUE),
        (Facts(returned_at=BACK, interview_settled_at=BACK), Stage.SAFE_AND_WELL_DUE),
        (Facts(returned_at=BACK, safe_and_well_at=BACK), Stage.INTERVIEW_DUE),
        (
            Facts(returned_at=BACK, safe_and_well_at=BACK, interview_accepted_at=BACK),
            Stage.INTERVIEW_DUE,
        ),
        (
            Facts(returned_at=BACK, safe_and_well_at=BACK, interview_settled_at=BACK),
            Stage.ANALYSIS_DUE,
        ),
        (
            Facts(returned_at=BACK, safe_and_well_at=BACK, interview_settled_at=BACK, analysed_at=BACK),
            Stage.READY_TO_CLOSE,
        ),
        (Facts(returned_at=BACK, closed_at=BACK), Stage.CLOSED),
        (Facts(cancelled_at=BACK), Stage.CANCELLED),
        (Facts(returned_at=BACK, closed_at=BACK, cancelled_at=BACK), Stage.CANCELLED),
    ],
)
def test_an_episode_stands_at_the_first_thing_still_to_do(facts, here):
    assert stage(facts) == here


@pytest.mark.parametrize(
    ("returned_at", "due_on_the_wall"),
    [
        # A plain week: the same hour three days later.
        (from_wall_clock(date(2026, 3, 10), time(9, 30)), "2026-03-13 09:30"),
        # Over a weekend and Christmas: clock hours know neither.
        (from_wall_clock(date(2026, 12, 24), time(17, 0)), "2026-12-27 17:00"),
        # The clocks go forward on 29 March 2026: 72 hours end an hour later on the wall.
        (from_wall_clock(date(2026, 3, 27), time(22, 0)), "2026-03-30 23:00"),
        # The clocks go back on 25 October 2026: an hour earlier on the wall.
        (from_wall_clock(date(2026, 10, 23), time(22, 0)), "2026-10-26 21:00"),
        # Returned within the hour that happens twice, the first and the second time round.
        (from_wall_clock(date(2026, 10, 25), time(1, 30)), "2026-10-28 00:30"),
        (
            from_wall_clock(date(2026, 10, 25), time(1, 30), second_time_round=True),
            "2026-10-28 01:30",
        ),
    ],
)
def test_an_interview_is_due_72_clock_hours_after_return(returned_at, due_on_the_wall):
    due = interview_due_at(returned_at, CLOCKS)
    assert due - returned_at == timedelta(hours=72)
    assert f"{london(due):%Y-%m-%d %H:%M}" == due_on_the_wall


@pytest.mark.parametrize(("late_by", "in_time"), [(-INSTANT, True), (timedelta(0), True), (INSTANT, False)])
def test_an_interview_exactly_on_the_limit_is_in_time(late_by, in_time):
    assert is_held_in_time(interview_due_at(BACK, CLOCKS) + late_by, BACK, CLOCKS) is in_time


@pytest.mark.parametrize("hours", [1, 24, 48])
def test_a_safe_and_well_check_is_due_by_the_local_limit(hours):
    clocks = Clocks(safe_and_well_hours=hours)
    assert safe_and_well_due_at(BACK, clocks) - BACK == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("returned_at", "due_on_the_wall"),
    [
        # Forward on 29 March 2026: from the evening before, and on both sides of the hour that never was.
        (from_wall_clock(date(2026, 3, 28), time(0, 59)), "2026-03-29 00:59"),
        (from_wall_clock(date(2026, 3, 28), time(1, 0)), "2026-03-29 02:00"),
        (from_wall_clock(date(2026, 3, 28), time(22, 0)), "2026-03-29 23:00"),
        (from_wall_clock(date(2026, 3, 29), time(2, 0)), "2026-03-30 02:00"),
        # Back on 25 October 2026, also within the hour that happens twice.
        (from_wall_clock(date(2026, 10, 24), time(1, 59)), "2026-10-25 01:59"),
        (from_wall_clock(date(2026, 10, 24), time(22, 0)), "2026-10-25 21:00"),
        (from_wall_clock(date(2026, 10, 25), time(1, 30)), "2026-10-26 00:30"),
        (from_wall_clock(date(2026, 10, 25), time(1, 30), second_time_round=True), "2026-10-26 01:30"),
    ],
)
def test_a_safe_and_well_check_is_due_24_clock_hours_after_return(returned_at, due_on_the_wall):
    due = safe_and_well_due_at(returned_at, CLOCKS)
    assert due - returned_at == timedelta(hours=24)
    assert f"{london(due):%Y-%m-%d %H:%M}" == due_on_the_wall


@pytest.mark.parametrize(
    ("settled", "due_on_the_wall"),
    [
        # Five working days after a Tuesday end with the next Tuesday.
        (datetime(2026, 3, 10, 12, tzinfo=UTC), "2026-03-18 00:00"),
        # A Friday evening, a Saturday and a Sunday all begin to count on Monday.
        (datetime(2026, 3, 13, 21, tzinfo=UTC), "2026-03-21 00:00"),
        (datetime(2026, 3, 14, 12, tzinfo=UTC), "2026-03-21 00:00"),
        (datetime(2026, 3, 15, 12, tzinfo=UTC), "2026-03-21 00:00"),
        # Good Friday 3 April and Easter Monday 6 April 2026 are no working days.
        (datetime(2026, 4, 1, 12, tzinfo=UTC), "2026-04-11 00:00"),
        # A minute before and after midnight in London, in summer time.
        (datetime(2026, 6, 1, 22, 59, tzinfo=UTC), "2026-06-09 00:00"),
        (datetime(2026, 6, 1, 23, 0, tzinfo=UTC), "2026-06-10 00:00"),
        # A minute before and after midnight in London, in winter time.
        (datetime(2026, 11, 2, 23, 59, tzinfo=UTC), "2026-11-10 00:00"),
        (datetime(2026, 11, 3, 0, 0, tzinfo=UTC), "2026-11-11 00:00"),
        # Over the night on which the clocks go back, and the one on which they go forward.
        (datetime(2026, 10, 22, 12, tzinfo=UTC), "2026-10-30 00:00"),
        (datetime(2026, 3, 26, 12, tzinfo=UTC), "2026-04-03 00:00"),
        # Settled within the Sunday of 23 hours, and of 25: in the hour that happens twice, both times round, and just
        # before and at the end of the day.
        (from_wall_clock(date(2026, 3, 29), time(0, 30)), "2026-04-08 00:00"),
        (from_wall_clock(date(2026, 3, 29), time(23, 59)), "2026-04-08 00:00"),
        (from_wall_clock(date(2026, 3, 30), time(0, 0)), "2026-04-09 00:00"),
        (from_wall_clock(date(2026, 10, 25), time(1, 30)), "2026-10-31 00:00"),
        (from_wall_clock(date(2026, 10, 25), time(1, 30), second_time_round=True), "2026-10-31 00:00"),
        (from_wall_clock(date(2026, 10, 25), time(23, 59)), "2026-10-31 00:00"),
        (from_wall_clock(date(2026, 10, 26), time(0, 0)), "2026-11-03 00:00"),
    ],
)
def test_an_analysis_is_due_at_the_end_of_the_fifth_working_day(settled, due_on_the_wall):
    due = analysis_due_at(settled, CLOCKS, english_bank_holidays())
    assert f"{london(due):%Y-%m-%d %H:%M}" == due_on_the_wall


def test_a_working_day_is_never_at_a_weekend_or_on_a_holiday():
    holidays = english_bank_holidays()
    day = date(2025, 12, 20)
    for _ in range(400):
        day = next_working_day(day, holidays)
        assert day.weekday() < 5
        assert day not in holidays


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        (Facts(), []),
        (Facts(risk_reassess_by=BACK), [Duty.REASSESS_RISK]),
        (Facts(returned_at=BACK), [Duty.SAFE_AND_WELL, Duty.INTERVIEW]),
        (Facts(returned_at=BACK, safe_and_well_at=BACK), [Duty.INTERVIEW]),
        (Facts(returned_at=BACK, interview_settled_at=BACK), [Duty.SAFE_AND_WELL, Duty.ANALYSIS]),
        (
            Facts(returned_at=BACK, safe_and_well_at=BACK, interview_settled_at=BACK, analysed_at=BACK),
            [],
        ),
        (Facts(returned_at=BACK, closed_at=BACK), []),
        (Facts(risk_reassess_by=BACK, cancelled_at=BACK), []),
    ],
)
def test_the_duties_that_run_are_those_still_to_do_the_first_due_first(facts, kinds):
    running = deadlines(facts, CLOCKS, NO_HOLIDAYS)
    assert [duty.kind for duty in running] == kinds
    assert all(duty.basis and duty.who_can_act for duty in running)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (Facts(returned_at=BACK), "Offer a return interview"),
        (Facts(returned_at=BACK, interview_offered_at=BACK), "Get an answer about the return interview"),
        (
            Facts(returned_at=BACK, interview_offered_at=BACK, interview_accepted_at=BACK),
            "Hold the return interview",
        ),
        (
            Facts(returned_at=BACK, interview_offered_at=BACK, interview_declined_at=BACK),
            "Interview declined: leaflet, support, the carer’s account, a day to ask again",
        ),
        (
            Facts(returned_at=BACK, interview_accepted_at=BACK, interview_declined_at=BACK),
            "Interview declined: leaflet, support, the carer’s account, a day to ask again",
        ),
    ],
)
def test_the_interview_duty_says_what_is_needed_next(facts, words):
    assert words in [duty.duty for duty in deadlines(facts, CLOCKS, NO_HOLIDAYS)]


@pytest.mark.parametrize(
    ("kind", "due_at"),
    [
        (Duty.SAFE_AND_WELL, safe_and_well_due_at(BACK, CLOCKS)),
        (Duty.INTERVIEW, interview_due_at(BACK, CLOCKS)),
    ],
)
def test_a_duty_is_late_from_its_instant_on_and_due_soon_before(kind, due_at):
    facts = Facts(returned_at=BACK)
    duty = next(duty for duty in deadlines(facts, CLOCKS, NO_HOLIDAYS) if duty.kind == kind)
    assert duty.due_at == due_at
    assert duty.state(due_at) == DeadlineState.LATE
    assert duty.state(due_at - INSTANT) == DeadlineState.DUE_SOON
    assert duty.state(due_at - duty.soon) == DeadlineState.DUE_SOON
    assert duty.state(due_at - duty.soon - INSTANT) == DeadlineState.DUE


def test_a_partnership_has_its_own_clocks():
    clocks = Clocks(interview_hours=48)
    duty = deadlines(Facts(returned_at=BACK, safe_and_well_at=BACK), clocks, NO_HOLIDAYS)[0]
    assert duty.due_at == BACK + timedelta(hours=48)
    assert "within 48 h" in duty.basis
