"""Which triggers a return meets, on both sides of each boundary."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from wayhome.kernel.clock import from_wall_clock
from wayhome.missing.rules.repeat import ChildFacts, Triggers, hits, title_of, triggers_from
from wayhome.missing.vocabulary import DIED, RepeatTrigger

SEEN = datetime(2026, 5, 20, 18, 0, tzinfo=UTC)
T = RepeatTrigger


@dataclass
class Told:
    last_seen_at: datetime
    returned_at: datetime | None = None
    return_method: str = ""
    interview_outcome: str = ""
    cancelled_at: datetime | None = None
    is_history: bool = False


def over(seen_at=SEEN, hours=3.0, **facts):
    return Told(seen_at, seen_at + timedelta(hours=hours), **facts)


def days_before(*days, **facts):
    return [over(SEEN - timedelta(days=each), **facts) for each in days]


def met(episode, earlier=(), child=None, **numbers):
    found = hits(episode, [*earlier, episode], child or ChildFacts(), Triggers(**numbers))
    return {hit.trigger: hit.because for hit in found}


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ((), {T.FIRST_EVER}),
        ((400,), set()),
        # The first on day 1, this one on day 90, and on day 91.
        ((89, 50), {T.THREE_IN_90_DAYS}),
        ((90, 50), set()),
        ((29, 10), {T.THREE_IN_90_DAYS, T.THREE_IN_30_DAYS}),
        ((30, 10), {T.THREE_IN_90_DAYS}),
        ((29, 20, 10), {T.THREE_IN_90_DAYS, T.THREE_IN_30_DAYS}),
        ((29, 20, 10, 0.2), {T.THREE_IN_90_DAYS, T.THREE_IN_30_DAYS, T.FIVE_IN_30_DAYS}),
        ((30, 20, 10, 0.2), {T.THREE_IN_90_DAYS, T.THREE_IN_30_DAYS}),
    ],
)
def test_how_often_in_how_many_days(earlier, expected):
    assert set(met(over(), days_before(*earlier))) == expected


def test_days_are_those_of_a_london_clock():
    """Half past midnight of a summer's day in London is still the day before in UTC."""
    third = from_wall_clock(date(2026, 6, 29), time(0, 30))
    earlier = [over(from_wall_clock(date(2026, 4, 1), time(23, 0))), over(third - timedelta(days=3))]
    assert T.THREE_IN_90_DAYS in met(over(third), earlier)
    next_day = from_wall_clock(date(2026, 6, 30), time(0, 30))
    assert T.THREE_IN_90_DAYS not in met(over(next_day), earlier)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (24, set()),
        (24 + 1 / 60, {T.OVER_24_HOURS}),
        (72, {T.OVER_24_HOURS}),
        (72 + 1 / 60, {T.OVER_24_HOURS, T.OVER_72_HOURS}),
    ],
)
def test_exactly_the_limit_is_not_over_it(hours, expected):
    assert set(met(over(hours=hours), days_before(200))) == expected


@pytest.mark.parametrize(
    ("day", "is_over"), [(date(2026, 3, 28), False), (date(2026, 10, 24), True), (date(2026, 5, 20), False)]
)
def test_from_noon_to_noon_is_23_24_or_25_hours_by_the_clock_change(day, is_over):
    seen = from_wall_clock(day, time(12))
    back = from_wall_clock(day + timedelta(days=1), time(12))
    found = met(Told(seen, back), [over(seen - timedelta(days=300))])
    assert (T.OVER_24_HOURS in found) is is_over


@pytest.mark.parametrize(
    ("born", "precision", "is_young"),
    [
        (date(2013, 5, 21), "day", True),
        # The 13th birthday is the day the episode began.
        (date(2013, 5, 20), "day", False),
        # Of what is known in part, the younger age.
        (date(2013, 5, 1), "month", True),
        (date(2013, 1, 1), "year", True),
        (date(2012, 1, 1), "estimated", False),
    ],
)
def test_under_13_until_the_birthday(born, precision, is_young):
    found = met(over(), days_before(200), ChildFacts(born, precision))
    assert (T.UNDER_13 in found) is is_young


def test_without_a_birth_date_nobody_is_said_to_be_young():
    assert T.UNDER_13 not in met(over(), days_before(200), ChildFacts(None, "unknown"))


@pytest.mark.parametrize(
    ("since", "until", "is_away"),
    [
        (date(2026, 5, 20), None, True),
        (date(2026, 5, 21), None, False),
        (date(2026, 1, 1), date(2026, 5, 20), False),
        (date(2026, 1, 1), date(2026, 5, 21), True),
    ],
)
def test_placed_out_of_area_on_the_day(since, until, is_away):
    found = met(over(), days_before(200), ChildFacts(placed_away=((since, until),)))
    assert (T.OUT_OF_AREA in found) is is_away


@pytest.mark.parametrize(
    ("days_ago", "outcome", "is_met"),
    [
        (364, "declined_parent", True),
        (365, "declined_parent", False),
        (10, "completed", False),
    ],
)
def test_declined_twice_in_a_year(days_ago, outcome, is_met):
    earlier = days_before(days_ago, interview_outcome=outcome)
    found = met(over(interview_outcome="declined_child"), earlier)
    assert (T.DECLINED_TWICE in found) is is_met
    assert T.DECLINED_TWICE not in met(over(), earlier)


def test_what_is_set_aside_meets_nothing_and_does_not_count():
    earlier = days_before(20, 10)
    earlier[0].cancelled_at = SEEN
    assert set(met(over(), earlier)) == set()
    assert met(over(cancelled_at=SEEN), days_before(20, 10)) == {}


def test_one_still_missing_and_one_who_died_meet_nothing():
    assert met(Told(SEEN)) == {}
    assert met(over(return_method=DIED)) == {}


def test_later_episodes_do_not_count_for_an_earlier_one():
    later = [over(SEEN + timedelta(days=each)) for each in (1, 2)]
    assert set(met(over(), later)) == {T.FIRST_EVER}


def test_a_partnership_sets_its_own_numbers_and_switches_off():
    numbers = triggers_from({"repeat_quarter_times": 2, "repeat_off": ["first_ever"], "interview_hours": 48})
    found = {hit.trigger for hit in hits(over(), [*days_before(80), over()], ChildFacts(), numbers)}
    assert found == {T.THREE_IN_90_DAYS}
    assert title_of("3_in_90_days", numbers) == "2 times in 90 days"
    assert hits(over(), [over()], ChildFacts(), numbers) == []


def test_the_facts_are_said_in_words():
    found = met(over(hours=25.5), days_before(20, 10))
    assert found[T.THREE_IN_30_DAYS] == "3 episodes: 30 April 2026, 10 May 2026 and 20 May 2026."
    assert found[T.OVER_24_HOURS] == "Missing for 25 hours and 30 minutes, more than 24 hours."


def test_every_trigger_has_a_name():
    assert all(title_of(trigger, Triggers()) for trigger in RepeatTrigger)
