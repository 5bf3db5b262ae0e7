"""Every duty of the table on both sides of each boundary. Rules only, no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from wayhome.kernel.clock import from_wall_clock, london, start_of_day
from wayhome.missing.rules import (
    LIMITS,
    RULE_OF,
    RULES,
    Around,
    Case,
    Clocks,
    Held,
    Judged,
    Placed,
    Unit,
    late,
    running,
    runs,
)
from wayhome.missing.tests.facts import SEEN, Facts
from wayhome.missing.vocabulary import DIED, Duty, WallDuty

CLOCKS = Clocks()
HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)
REPORTED = SEEN + HOUR
BACK = SEEN + 10 * HOUR
TODAY = SEEN.date()
CP = Held(date(2026, 1, 1))
HERE = Placed(date(2026, 1, 1), None, placed_by="Otherby Council")
AWAY = Placed(date(2026, 1, 1), None, placed_in="Farby Council")
HIGH = Judged(SEEN + 2 * HOUR, "high", None)


def case(now, *, clocks=CLOCKS, around=True, **known):
    """An episode as it is known at an instant. What the rules read of the episode itself begins with a small letter
    of Facts; all else is around it.
    """
    told = {key: known.pop(key) for key in list(known) if key in Facts.__dataclass_fields__}
    facts = Facts(**({"reported_at": REPORTED} | told))
    return Case(facts, clocks, frozenset(), Around(as_at=now, **known) if around else None)


def due(now, key, **known):
    """When this duty is due, if it runs now."""
    return next((run.start.due_at for run in running(case(now, **known)) if run.rule.key == key), None)


def test_every_duty_says_who_can_act_and_cites_its_source():
    assert {rule.key for rule in RULES} == {*Duty.values, *WallDuty.values}
    for rule in RULES:
        assert rule.who_can_act
        assert rule.basis
        assert rule.scopes or rule.is_the_leads


def test_every_limit_is_a_setting_with_its_unit_bounds_and_source():
    keys = {limit.key for limit in LIMITS}
    assert keys == set(Clocks.__dataclass_fields__)
    assert {key for rule in RULES for key in rule.limits} <= keys
    for limit in LIMITS:
        assert limit.allows(limit.default)
        assert not limit.allows(limit.at_least - 1)
        assert limit.allows(limit.at_most)
        assert not limit.allows(limit.at_most + 1)
        assert limit.source
        assert limit.unit in Unit


def test_the_law_of_72_hours_can_be_made_shorter_and_never_longer():
    limit = next(limit for limit in LIMITS if limit.key == "interview_hours")
    assert limit.at_most == limit.default == 72


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        # Missing for more than 24 h: at 24 h it begins.
        ({}, SEEN + 48 * HOUR),
        ({"returned_at": SEEN + 24 * HOUR + INSTANT}, SEEN + 48 * HOUR),
        ({"returned_at": SEEN + 24 * HOUR}, None),
        # Away without authorisation: it is known where the child is.
        ({"kind": "A"}, None),
        # What calls for it first counts.
        ({"judgements": (HIGH,)}, HIGH.at + 24 * HOUR),
        ({"judgements": (Judged(SEEN + 2 * HOUR, "medium", None),)}, SEEN + 48 * HOUR),
        ({"judgements": (HIGH,), "returned_at": BACK}, HIGH.at + 24 * HOUR),
        ({"protected": (CP,)}, REPORTED + 24 * HOUR),
        ({"protected": (CP,), "kind": "A"}, REPORTED + 24 * HOUR),
        ({"placements": (HERE,)}, REPORTED + 24 * HOUR),
        ({"placements": (AWAY,)}, REPORTED + 24 * HOUR),
        # A plan that ended on the day the child was last seen no longer held; one that ended the day after did.
        ({"protected": (Held(CP.since, TODAY),), "returned_at": BACK}, None),
        (
            {"protected": (Held(CP.since, TODAY + timedelta(days=1)),), "returned_at": BACK},
            REPORTED + 24 * HOUR,
        ),
        # One that began while the child was missing counts from its first day; one after the return does not.
        (
            {"protected": (Held(TODAY + timedelta(days=1)),), "returned_at": BACK},
            start_of_day(TODAY + timedelta(days=1)) + 24 * HOUR,
        ),
        ({"protected": (Held(TODAY + timedelta(days=2)),), "returned_at": BACK}, None),
        # Nobody reported it: the clock runs from when the child was last seen.
        ({"protected": (CP,), "reported_at": None}, SEEN + 24 * HOUR),
        # It was held, or found not to be needed.
        ({"answered": {WallDuty.STRATEGY_DISCUSSION: SEEN + 30 * HOUR}}, None),
    ],
)
def test_a_strategy_discussion_is_due_after_the_first_thing_that_calls_for_it(known, expected):
    assert due(SEEN + 72 * HOUR, WallDuty.STRATEGY_DISCUSSION, **known) == expected


@pytest.mark.parametrize(("at", "is_there"), [(SEEN + 24 * HOUR - INSTANT, False), (SEEN + 24 * HOUR, True)])
def test_a_strategy_discussion_is_not_asked_for_before_anything_calls_for_it(at, is_there):
    assert (due(at, WallDuty.STRATEGY_DISCUSSION) is not None) is is_there


@pytest.mark.parametrize(
    ("now", "known", "expected"),
    [
        # Shown six hours before, not earlier: most children are back by then.
        (SEEN + 18 * HOUR - INSTANT, {}, None),
        (SEEN + 18 * HOUR, {}, SEEN + 24 * HOUR),
        (SEEN + 90 * HOUR, {}, SEEN + 24 * HOUR),
        # Back before it was due: nobody has to be told. Back a moment later: somebody still has to be.
        (SEEN + 90 * HOUR, {"returned_at": SEEN + 24 * HOUR}, None),
        (SEEN + 90 * HOUR, {"returned_at": SEEN + 24 * HOUR + INSTANT}, SEEN + 24 * HOUR),
        (SEEN + 90 * HOUR, {"kind": "A"}, None),
        (SEEN + 90 * HOUR, {"answered": {WallDuty.SENIOR_NOTICE: SEEN + 20 * HOUR}}, None),
        (SEEN + 90 * HOUR, {"clocks": Clocks(senior_notice_hours=72)}, SEEN + 72 * HOUR),
    ],
)
def test_a_senior_manager_is_told_of_a_child_missing_for_long(now, known, expected):
    assert due(now, WallDuty.SENIOR_NOTICE, **known) == expected


@pytest.mark.parametrize(
    ("key", "placed", "expected"),
    [
        (WallDuty.HOST_NOTICE, AWAY, REPORTED + 24 * HOUR),
        (WallDuty.HOST_NOTICE, HERE, None),
        (WallDuty.PLACING_NOTICE, HERE, REPORTED + 24 * HOUR),
        (WallDuty.PLACING_NOTICE, AWAY, None),
        # Ended on the day the child was last seen, and the day after.
        (WallDuty.HOST_NOTICE, Placed(AWAY.since, TODAY, placed_in="Farby Council"), None),
        (
            WallDuty.HOST_NOTICE,
            Placed(AWAY.since, TODAY + timedelta(days=1), placed_in="Farby Council"),
            REPORTED + 24 * HOUR,
        ),
    ],
)
def test_the_other_authority_is_told_of_a_child_placed_out_of_area(key, placed, expected):
    assert due(SEEN + 12 * HOUR, key, placements=(placed,)) == expected


NOTICE_OF = [(WallDuty.HOST_NOTICE, AWAY), (WallDuty.PLACING_NOTICE, HERE)]


@pytest.mark.parametrize(("key", "placed"), NOTICE_OF)
@pytest.mark.parametrize(
    ("reported", "due_on_the_wall"),
    [
        # The clocks go forward on 29 March 2026, and back on 25 October 2026: 24 hours are 24 hours.
        (from_wall_clock(date(2026, 3, 28), time(0, 59)), "2026-03-29 00:59"),
        (from_wall_clock(date(2026, 3, 28), time(1, 0)), "2026-03-29 02:00"),
        (from_wall_clock(date(2026, 10, 24), time(20, 0)), "2026-10-25 19:00"),
        (from_wall_clock(date(2026, 10, 25), time(1, 30)), "2026-10-26 00:30"),
        (from_wall_clock(date(2026, 10, 25), time(1, 30), second_time_round=True), "2026-10-26 01:30"),
    ],
)
def test_the_hours_of_a_notice_run_through_the_nights_on_which_the_clocks_change(
    key, placed, reported, due_on_the_wall
):
    found = due(
        reported + HOUR, key, placements=(placed,), last_seen_at=reported - HOUR, reported_at=reported
    )
    assert f"{london(found):%Y-%m-%d %H:%M}" == due_on_the_wall


@pytest.mark.parametrize(("key", "placed"), NOTICE_OF)
@pytest.mark.parametrize(
    ("moved_on", "seen", "due_on_the_wall"),
    [
        # Moved on the day of 23 hours, and of 25: the hours run from its first moment.
        (date(2026, 3, 29), from_wall_clock(date(2026, 3, 27), time(12, 0)), "2026-03-30 01:00"),
        (date(2026, 10, 25), from_wall_clock(date(2026, 10, 23), time(12, 0)), "2026-10-25 23:00"),
    ],
)
def test_a_move_on_a_night_on_which_the_clocks_change_starts_the_notice_at_its_first_moment(
    key, placed, moved_on, seen, due_on_the_wall
):
    moved = replace(placed, since=moved_on)
    found = due(seen + 60 * HOUR, key, placements=(moved,), last_seen_at=seen, reported_at=seen)
    assert f"{london(found):%Y-%m-%d %H:%M}" == due_on_the_wall


@pytest.mark.parametrize(("key", "placed"), NOTICE_OF)
def test_a_notice_has_its_own_setting_and_leaves_that_of_the_other_alone(key, placed):
    for field, hours in (("host_notice_hours", 3), ("placing_notice_hours", 5)):
        clocks = Clocks(**{field: hours})
        is_this_one = field.startswith(key.value.removesuffix("_notice"))
        expected = REPORTED + (hours if is_this_one else 24) * HOUR
        assert due(REPORTED, key, placements=(placed,), clocks=clocks) == expected


@pytest.mark.parametrize(("key", "placed"), NOTICE_OF)
@pytest.mark.parametrize(("at", "is_there"), [(REPORTED - INSTANT, False), (REPORTED, True)])
def test_a_notice_is_asked_for_from_the_report_on(key, placed, at, is_there):
    assert (due(at, key, placements=(placed,)) is not None) is is_there


@pytest.mark.parametrize(("key", "placed"), NOTICE_OF)
@pytest.mark.parametrize(
    ("since", "is_there"),
    [(TODAY, True), (TODAY + timedelta(days=1), True), (TODAY + timedelta(days=2), False)],
)
def test_a_placement_is_told_of_if_it_began_by_the_day_of_the_return(key, placed, since, is_there):
    found = due(SEEN + 72 * HOUR, key, placements=(replace(placed, since=since),), returned_at=BACK)
    assert (found is not None) is is_there


def lateness_of(key, due_at, **known):
    """A microsecond before, at, and after: whether the duty, still open, is late; and whether it was if done then."""
    instants = (due_at - INSTANT, due_at, due_at + INSTANT)
    still_open = [key in {run.rule.key for run in late(case(now, **known), now)} for now in instants]
    later = due_at + 700 * HOUR
    done = [
        key in {run.rule.key for run in late(case(later, answered={key: at}, **known), later)}
        for at in instants
    ]
    return still_open, done


@pytest.mark.parametrize(
    ("key", "due_at", "known"),
    [
        (WallDuty.HOST_NOTICE, REPORTED + 24 * HOUR, {"placements": (AWAY,)}),
        (WallDuty.PLACING_NOTICE, REPORTED + 24 * HOUR, {"placements": (HERE,)}),
        (WallDuty.SENIOR_NOTICE, SEEN + 24 * HOUR, {}),
        (WallDuty.STRATEGY_DISCUSSION, SEEN + 48 * HOUR, {}),
        (
            WallDuty.OFFER_AGAIN,
            from_wall_clock(date(2026, 3, 30), time(0, 0)),
            {"returned_at": BACK, "interview_settled_at": BACK, "retry_on": date(2026, 3, 29)},
        ),
        (
            WallDuty.OFFER_AGAIN,
            from_wall_clock(date(2026, 10, 26), time(0, 0)),
            {"returned_at": BACK, "interview_settled_at": BACK, "retry_on": date(2026, 10, 25)},
        ),
    ],
)
def test_what_is_answered_on_the_wall_is_late_from_its_instant_and_in_time_if_done_at_it(key, due_at, known):
    still_open, done = lateness_of(key, due_at, **known)
    assert still_open == [False, True, True]
    assert done == [False, False, True]


@pytest.mark.parametrize(
    ("key", "due_at", "done"),
    [
        (Duty.SAFE_AND_WELL, BACK + 24 * HOUR, "safe_and_well_at"),
        (Duty.INTERVIEW, BACK + 72 * HOUR, "interview_settled_at"),
        # Settled on the Wednesday after the return: five working days end with the next Wednesday.
        (Duty.ANALYSIS, datetime(2026, 3, 19, tzinfo=UTC), "analysed_at"),
    ],
)
@pytest.mark.parametrize(
    ("by", "open_is_late", "done_is_late"),
    [(-INSTANT, False, False), (timedelta(0), True, False), (INSTANT, True, True)],
)
def test_what_follows_a_return_is_late_from_its_instant_and_in_time_if_done_at_it(
    key, due_at, done, by, open_is_late, done_is_late
):
    known = {"returned_at": BACK}
    if key == Duty.ANALYSIS:
        known["interview_settled_at"] = BACK
    at, later = due_at + by, due_at + 700 * HOUR
    assert (key in {run.rule.key for run in late(case(at, **known), at)}) is open_is_late
    assert (key in {run.rule.key for run in late(case(later, **known, **{done: at}), later)}) is done_is_late


@pytest.mark.parametrize(
    ("by", "open_is_late", "done_is_late"),
    [(-INSTANT, False, False), (timedelta(0), True, False), (INSTANT, True, True)],
)
def test_a_look_at_the_risk_is_late_from_its_instant_and_in_time_if_done_at_it(
    by, open_is_late, done_is_late
):
    asked = Judged(SEEN, "medium", SEEN + 4 * HOUR)
    at, later = SEEN + 4 * HOUR + by, SEEN + 700 * HOUR
    looked = (asked, Judged(at, "low", None))
    assert (
        Duty.REASSESS_RISK in {run.rule.key for run in late(case(at, judgements=(asked,)), at)}
    ) is open_is_late
    found = {run.rule.key for run in late(case(later, judgements=looked), later)}
    assert (Duty.REASSESS_RISK in found) is done_is_late


@pytest.mark.parametrize(("key", "placed"), NOTICE_OF)
@pytest.mark.parametrize(
    ("adult_at", "is_there"),
    [(REPORTED + INSTANT, True), (REPORTED, False), (REPORTED - INSTANT, False)],
)
def test_a_notice_begins_only_before_the_18th_birthday(key, placed, adult_at, is_there):
    found = due(SEEN + 72 * HOUR, key, placements=(placed,), adult_at=adult_at)
    assert found == (REPORTED + 24 * HOUR if is_there else None)


@pytest.mark.parametrize(
    ("key", "field"), [(WallDuty.HOST_NOTICE, "placed_in"), (WallDuty.PLACING_NOTICE, "placed_by")]
)
@pytest.mark.parametrize(
    ("adult_on", "words"),
    [(3, "Tell Farby Council and Nearby Council"), (2, "Tell Farby Council"), (1, "Tell Farby Council")],
)
def test_of_a_move_on_the_18th_birthday_or_after_nobody_is_told(key, field, adult_on, words):
    moved_on = TODAY + timedelta(days=2)
    first = Placed(AWAY.since, moved_on, **{field: "Farby Council"})
    then = Placed(moved_on, None, **{field: "Nearby Council"})
    adult_at = start_of_day(TODAY + timedelta(days=adult_on))
    found = running(case(SEEN + 100 * HOUR, placements=(first, then), adult_at=adult_at))
    assert [run.start.words for run in found if run.rule.key == key] == [words]


def test_a_move_while_the_child_is_missing_tells_both_authorities_once():
    moved_on = TODAY + timedelta(days=2)
    first = Placed(AWAY.since, moved_on, placed_in="Farby Council")
    then = Placed(moved_on, None, placed_in="Nearby Council")
    found = running(case(SEEN + 72 * HOUR, placements=(then, first)))
    [notice] = [run for run in found if run.rule.key == WallDuty.HOST_NOTICE]
    assert notice.start.words == "Tell Farby Council and Nearby Council"
    assert notice.start.at == REPORTED


MOVED = start_of_day(TODAY + timedelta(days=2))


def moved(field, *names):
    """A child who moves on the second day and on each day after, by or to each of these authorities."""
    days = [AWAY.since, *(TODAY + timedelta(days=2 + number) for number in range(len(names)))]
    ends = [*days[1 : len(names)], None]
    return tuple(
        Placed(since, end, **{field: name}) for since, end, name in zip(days, ends, names, strict=False)
    )


@pytest.mark.parametrize(
    ("key", "field"), [(WallDuty.HOST_NOTICE, "placed_in"), (WallDuty.PLACING_NOTICE, "placed_by")]
)
@pytest.mark.parametrize(
    ("names", "answers", "still_to_tell"),
    [
        # Told before the move: the other is told by itself. Told from its first moment on: both were.
        (("Farby", "Nearby"), (MOVED - INSTANT,), [("Tell Nearby", MOVED)]),
        (("Farby", "Nearby"), (MOVED,), []),
        (("Farby", "Nearby"), (MOVED + INSTANT,), []),
        # Told again: from the move on it counts, and what was told before it does not.
        (("Farby", "Nearby"), (REPORTED, MOVED), []),
        (("Farby", "Nearby"), (REPORTED, MOVED - INSTANT), [("Tell Nearby", MOVED)]),
        (("Farby", "Nearby"), (REPORTED, REPORTED, MOVED), []),
        # A home of the same authority, and back to one that was told.
        (("Farby", "Farby"), (REPORTED,), []),
        (("Farby", "Nearby", "Farby"), (REPORTED, MOVED), []),
        # A third, told of or not.
        (("Farby", "Nearby", "Yonder"), (REPORTED,), [("Tell Nearby and Yonder", MOVED)]),
        (("Farby", "Nearby", "Yonder"), (REPORTED, MOVED), [("Tell Yonder", MOVED + 24 * HOUR)]),
        (("Farby", "Nearby", "Yonder"), (REPORTED, MOVED, MOVED + 24 * HOUR), []),
        # Rung before it was reported: it was the notice all the same.
        (("Farby",), (REPORTED - INSTANT,), []),
    ],
)
def test_whom_a_child_comes_to_by_a_move_after_the_notice_is_told_by_a_notice_of_its_own(
    key, field, names, answers, still_to_tell
):
    first, *again = answers
    known = {"answered": {key: first}, "answered_again": {key: tuple(again)}}
    found = running(case(SEEN + 100 * HOUR, placements=moved(field, *names), **known))
    own = [run.start for run in found if run.rule.key == key]
    assert [(start.words, start.at) for start in own] == still_to_tell
    assert [start.due_at for start in own] == [at + 24 * HOUR for _, at in still_to_tell]


def test_a_move_out_of_area_while_the_child_is_missing_starts_the_notice_on_its_first_day():
    moved_on = TODAY + timedelta(days=2)
    placed = Placed(moved_on, None, placed_in="Farby Council")
    assert due(SEEN + 72 * HOUR, WallDuty.HOST_NOTICE, placements=(placed,)) == start_of_day(
        moved_on
    ) + timedelta(hours=24)


@pytest.mark.parametrize(
    ("adult_at", "keys"),
    [
        # 18 a moment after everything began: it runs on.
        (SEEN + 24 * HOUR + INSTANT, {WallDuty.STRATEGY_DISCUSSION, WallDuty.SENIOR_NOTICE}),
        # 18 when the discussion would begin: only what began before.
        (SEEN + 24 * HOUR, {WallDuty.SENIOR_NOTICE}),
        (SEEN + INSTANT, {WallDuty.SENIOR_NOTICE}),
        (SEEN, set()),
    ],
)
def test_an_episode_over_the_18th_birthday_keeps_what_began_before_it(adult_at, keys):
    found = running(case(SEEN + 72 * HOUR, adult_at=adult_at))
    assert {run.rule.key for run in found} == keys


def test_the_18th_birthday_ends_neither_the_check_nor_the_interview():
    found = running(case(SEEN + 72 * HOUR, adult_at=SEEN + HOUR, returned_at=BACK))
    assert {run.rule.key for run in found} == {Duty.SAFE_AND_WELL, Duty.INTERVIEW}


@pytest.mark.parametrize(
    ("settled", "retry_on", "expected"),
    [
        (None, None, None),
        (BACK, None, None),
        (None, TODAY, None),
        # The whole of the agreed day, on a London clock: 29 March 2026 has 23 hours, 25 October has 25.
        (BACK, date(2026, 3, 29), "2026-03-30 00:00"),
        (BACK, date(2026, 10, 25), "2026-10-26 00:00"),
    ],
)
def test_an_interview_is_offered_again_by_the_end_of_the_agreed_day(settled, retry_on, expected):
    found = due(
        SEEN + 72 * HOUR,
        WallDuty.OFFER_AGAIN,
        returned_at=BACK,
        interview_settled_at=settled,
        retry_on=retry_on,
    )
    assert (found and f"{london(found):%Y-%m-%d %H:%M}") == expected


@pytest.mark.parametrize(
    ("seen", "due_on_the_wall"),
    [
        # The clocks go forward on 29 March 2026, and back on 25 October 2026: 24 hours are 24 hours.
        (from_wall_clock(date(2026, 3, 28), time(20, 0)), "2026-03-29 21:00"),
        (from_wall_clock(date(2026, 10, 24), time(20, 0)), "2026-10-25 19:00"),
        (from_wall_clock(date(2026, 10, 25), time(1, 30)), "2026-10-26 00:30"),
        (from_wall_clock(date(2026, 10, 25), time(1, 30), second_time_round=True), "2026-10-26 01:30"),
    ],
)
def test_clock_hours_are_clock_hours_on_the_nights_on_which_the_clocks_change(seen, due_on_the_wall):
    found = due(seen + 30 * HOUR, WallDuty.SENIOR_NOTICE, last_seen_at=seen, reported_at=seen)
    assert f"{london(found):%Y-%m-%d %H:%M}" == due_on_the_wall


def test_every_look_at_the_risk_ends_the_wait_for_it_and_starts_the_next():
    first = Judged(SEEN, "medium", SEEN + 4 * HOUR)
    second = Judged(SEEN + 5 * HOUR, "no_apparent_risk", SEEN + 9 * HOUR)
    found = runs(case(SEEN + 6 * HOUR, judgements=(second, first)))
    looks = [run for run in found if run.rule.key == Duty.REASSESS_RISK]
    assert [(run.start.due_at, run.done_at, run.is_open) for run in looks] == [
        (SEEN + 4 * HOUR, SEEN + 5 * HOUR, False),
        (SEEN + 9 * HOUR, None, True),
    ]
    assert [run.is_late(SEEN + 6 * HOUR) for run in looks] == [True, False]


def test_a_look_at_the_risk_ends_with_the_return_and_was_late_if_it_was_due_before():
    again = Judged(SEEN, "medium", SEEN + 4 * HOUR)
    in_time = case(BACK, judgements=(again,), returned_at=SEEN + 4 * HOUR)
    too_late = case(BACK, judgements=(again,), returned_at=SEEN + 4 * HOUR + INSTANT)
    assert [run.rule.key for run in late(in_time, BACK)] == []
    assert [run.rule.key for run in late(too_late, BACK)] == [Duty.REASSESS_RISK]
    assert Duty.REASSESS_RISK not in [run.rule.key for run in running(too_late)]


@pytest.mark.parametrize(
    ("done_at", "is_late"),
    [(BACK + 24 * HOUR, False), (BACK + 24 * HOUR + INSTANT, True), (BACK - HOUR, False)],
)
def test_what_was_done_exactly_on_the_limit_was_in_time_and_what_was_late_stays_late(done_at, is_late):
    done = {"returned_at": BACK, "safe_and_well_at": done_at}
    for now in (done_at, done_at + timedelta(days=700)):
        found = [run.rule.key for run in late(case(now, **done), now)]
        assert (Duty.SAFE_AND_WELL in found) is is_late


def test_a_duty_that_is_open_is_late_from_its_instant_on():
    back = case(BACK, returned_at=BACK)
    assert [run.rule.key for run in late(back, BACK + 24 * HOUR - INSTANT)] == []
    assert [run.rule.key for run in late(back, BACK + 24 * HOUR)] == [Duty.SAFE_AND_WELL]


def test_an_interview_is_judged_by_when_the_child_was_heard_not_by_when_it_was_written_up():
    heard = {"returned_at": BACK, "interview_held_at": BACK + 72 * HOUR, "safe_and_well_at": BACK}
    in_time = case(BACK + 200 * HOUR, interview_settled_at=BACK + 90 * HOUR, **heard)
    assert Duty.INTERVIEW not in [run.rule.key for run in late(in_time, BACK + 200 * HOUR)]


def test_closing_takes_no_lateness_away():
    now = BACK + 100 * HOUR
    facts = {
        "returned_at": BACK,
        "safe_and_well_at": BACK + 30 * HOUR,
        "interview_settled_at": BACK + 80 * HOUR,
        "analysed_at": BACK + 90 * HOUR,
    }
    before = [(run.rule.key, run.start.due_at) for run in late(case(now, **facts), now)]
    closed = case(now, closed_at=BACK + 95 * HOUR, **facts)
    assert [(run.rule.key, run.start.due_at) for run in late(closed, now)] == before
    assert running(closed) == []
    assert {key for key, _ in before} == {Duty.SAFE_AND_WELL, Duty.INTERVIEW}


def test_when_a_child_has_died_nothing_runs_and_what_was_late_before_stays():
    now = SEEN + 200 * HOUR
    died = case(now, judgements=(HIGH,), returned_at=SEEN + 40 * HOUR, return_method=DIED)
    assert running(died) == []
    found = {run.rule.key for run in late(died, now)}
    assert found == {WallDuty.STRATEGY_DISCUSSION, WallDuty.SENIOR_NOTICE}


def test_nothing_runs_and_nothing_was_late_on_an_episode_that_was_set_aside():
    assert runs(case(SEEN + 72 * HOUR, cancelled_at=BACK)) == []


def test_without_what_is_around_an_episode_only_its_own_duties_are_known():
    found = runs(case(SEEN + 200 * HOUR, around=False, returned_at=BACK, interview_settled_at=BACK))
    assert {run.rule.key for run in found} == {Duty.SAFE_AND_WELL, Duty.INTERVIEW, Duty.ANALYSIS}


def test_a_duty_says_why_it_applies_to_this_child_and_which_rule_says_so():
    found = running(case(SEEN + 30 * HOUR, judgements=(HIGH,), protected=(CP,)))
    [discussion] = [run for run in found if run.rule.key == WallDuty.STRATEGY_DISCUSSION]
    said = discussion.deadline.basis
    assert "missing for more than" not in running(case(SEEN + 23 * HOUR, protected=(CP,)))[-1].basis
    assert "there is a child protection plan, and the police risk was high" in said
    assert "missing for more than 24 h" in said
    assert "Children Act 1989 s.47" in said
    assert "within 24 clock hours" in said
    assert discussion.deadline.kind in RULE_OF


def test_working_days_know_nights_and_weekends_and_clock_hours_do_not():
    friday = datetime(2026, 3, 13, 17, tzinfo=UTC)
    found = running(
        case(
            friday + HOUR,
            returned_at=friday - HOUR,
            safe_and_well_at=friday,
            interview_settled_at=friday,
            clocks=Clocks(analysis_working_days=1),
            last_seen_at=friday - 2 * HOUR,
            reported_at=friday - 2 * HOUR,
        )
    )
    assert [f"{london(run.start.due_at):%A %H:%M}" for run in found] == ["Tuesday 00:00"]
