"""The future, an order of events that cannot have been, and a child who was none then. Rules only."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from wayhome.kernel.clock import from_wall_clock, start_of_day
from wayhome.kernel.partial_date import Precision
from wayhome.missing import rules
from wayhome.missing.rules import (
    ReportTimes,
    check_after_return,
    check_located,
    check_report_times,
    check_returned,
    earliest_that_can_be,
)
from wayhome.missing.tests.facts import SEEN, Facts
from wayhome.missing.vocabulary import Certainty

NOW = SEEN + timedelta(hours=20)
INSTANT = timedelta(microseconds=1)
BACK = SEEN + timedelta(hours=10)


def times(**told):
    usual = {"last_seen_at": SEEN, "reported_at": SEEN + timedelta(hours=2)}
    return ReportTimes(**(usual | told))


@pytest.mark.parametrize(
    ("told", "refusal", "field"),
    [
        ({"last_seen_at": NOW + INSTANT}, rules.InTheFuture, "last_seen_at"),
        ({"noticed_at": NOW + INSTANT}, rules.InTheFuture, "noticed_at"),
        ({"reported_at": NOW + INSTANT}, rules.InTheFuture, "reported_at"),
        ({"noticed_at": SEEN - INSTANT}, rules.NoticedBeforeLastSeen, "noticed_at"),
        ({"reported_at": SEEN - INSTANT}, rules.ReportedBeforeLastSeen, "reported_at"),
        ({"noticed_at": SEEN + timedelta(hours=3)}, rules.NoticedAfterReported, "noticed_at"),
    ],
)
def test_a_report_is_refused_at_the_time_that_cannot_be(told, refusal, field):
    with pytest.raises(refusal) as refused:
        check_report_times(times(**told), NOW)
    assert refused.value.field == field
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    "told",
    [
        {"last_seen_at": SEEN, "reported_at": SEEN, "noticed_at": SEEN},
        {"reported_at": NOW, "noticed_at": NOW},
        {"reported_at": NOW, "noticed_at": None},
    ],
)
def test_times_on_the_boundary_are_taken(told):
    check_report_times(times(**told), NOW)


@pytest.mark.parametrize(
    ("born", "precision", "refusal"),
    [
        (date(2026, 3, 11), Precision.DAY, rules.NotBornYet),
        (date(2026, 3, 10), Precision.DAY, None),
        # Eighteen on the day itself; a child still on the day before.
        (date(2008, 3, 10), Precision.DAY, rules.NotAChild),
        (date(2008, 3, 11), Precision.DAY, None),
        # Born on 29 February: eighteen on 1 March.
        (date(2008, 2, 29), Precision.DAY, rules.NotAChild),
        # Where the day is not certain, the youngest age it allows counts.
        (date(2008, 3, 1), Precision.MONTH, None),
        (date(2008, 2, 1), Precision.MONTH, rules.NotAChild),
        (date(2008, 1, 1), Precision.YEAR, None),
        (date(2007, 1, 1), Precision.ESTIMATED, rules.NotAChild),
        (None, Precision.UNKNOWN, None),
    ],
)
def test_who_was_no_child_then_is_refused_and_who_may_have_been_is_not(born, precision, refusal):
    told = times(date_of_birth=born, birth_precision=precision)
    if refusal is None:
        check_report_times(told, NOW)
        return
    with pytest.raises(refusal) as refused:
        check_report_times(told, NOW)
    assert refused.value.field == "last_seen_at"


@pytest.mark.parametrize(
    ("seen_at", "is_a_child"),
    [
        # Midnight in London in summer is an hour before midnight in UTC.
        (datetime(2026, 6, 9, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 9, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_birthday_begins_at_midnight_in_london(seen_at, is_a_child):
    told = times(
        last_seen_at=seen_at, reported_at=seen_at, date_of_birth=date(2008, 6, 10), birth_precision="day"
    )
    if is_a_child:
        check_report_times(told, seen_at)
    else:
        with pytest.raises(rules.NotAChild):
            check_report_times(told, seen_at)


@pytest.mark.parametrize(
    ("located_at", "refusal"),
    [
        (NOW + INSTANT, rules.InTheFuture),
        (NOW, None),
        (SEEN, None),
        (SEEN - INSTANT, rules.LocatedBeforeLastSeen),
    ],
)
def test_a_child_is_located_after_they_were_seen_and_not_in_the_future(located_at, refusal):
    refused_or_not(lambda: check_located(Facts(), located_at, NOW), refusal, "located_at")


@pytest.mark.parametrize(
    ("returned_at", "located_at", "refusal"),
    [
        (NOW + INSTANT, None, rules.InTheFuture),
        (NOW, None, None),
        (SEEN, None, None),
        (SEEN - INSTANT, None, rules.ReturnedBeforeLastSeen),
        (BACK, BACK, None),
        (BACK - INSTANT, BACK, rules.LocatedAfterReturned),
    ],
)
def test_a_child_is_back_after_they_were_seen_and_located(returned_at, located_at, refusal):
    facts = Facts(located_at=located_at)
    refused_or_not(lambda: check_returned(facts, returned_at, NOW), refusal, "returned_at")


@pytest.mark.parametrize(
    ("happened_at", "returned_at", "refusal", "field"),
    [
        (BACK, BACK, None, None),
        (NOW, BACK, None, None),
        (BACK - INSTANT, BACK, rules.BeforeReturn, "held_at"),
        (NOW + INSTANT, BACK, rules.InTheFuture, "held_at"),
        (BACK, None, rules.NotBackYet, None),
    ],
)
def test_what_belongs_after_the_return_is_not_taken_before_it(happened_at, returned_at, refusal, field):
    facts = Facts(returned_at=returned_at)
    refused_or_not(lambda: check_after_return(facts, happened_at, NOW, field="held_at"), refusal, field)


def refused_or_not(asked, refusal, field):
    if refusal is None:
        asked()
        return
    with pytest.raises(refusal) as refused:
        asked()
    assert refused.value.field == field


def at(hour, minute=0, day=10, *, second=False):
    clock = time(hour, minute)
    return from_wall_clock(date(2026, 3, day), clock, second_time_round=second)


@pytest.mark.parametrize(
    ("told", "certainty", "before", "kept"),
    [
        (at(15), Certainty.EXACT, at(16), at(15)),
        (at(15), Certainty.ABOUT, at(16), at(15)),
        # Only the day is known: as early as it can be, and that is after what went before on the same day.
        (at(0), Certainty.DAY, at(16), at(16)),
        (at(0), Certainty.DAY, None, at(0)),
        (at(0, day=11), Certainty.DAY, at(16), at(0, day=11)),
        # A day before is not made right by moving it: the order is refused.
        (at(0, day=9), Certainty.DAY, at(16), at(0, day=9)),
    ],
)
def test_a_time_of_which_only_the_day_is_known_is_kept_as_early_as_it_can_be(told, certainty, before, kept):
    assert earliest_that_can_be(told, certainty, not_before=before) == kept


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_on_which_the_clocks_change_is_one_day(day):
    seen = start_of_day(day) + timedelta(hours=22)
    assert earliest_that_can_be(start_of_day(day), Certainty.DAY, not_before=seen) == seen
    next_day = start_of_day(day + timedelta(days=1))
    assert earliest_that_can_be(next_day, Certainty.DAY, not_before=seen) == next_day


def test_the_hour_that_happens_twice_keeps_its_order():
    first = from_wall_clock(date(2026, 10, 25), time(1, 50))
    second = from_wall_clock(date(2026, 10, 25), time(1, 10), second_time_round=True)
    now = second + timedelta(hours=1)
    check_returned(Facts(last_seen_at=first), second, now)
    with pytest.raises(rules.ReturnedBeforeLastSeen):
        check_returned(Facts(last_seen_at=second), first, now)
