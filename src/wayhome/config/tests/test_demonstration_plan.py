"""The plan of the demonstration: exact where the partnership's plan gives numbers. No database."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest
from stdnum.gb import nhs, upn

from wayhome.config.demonstration.calendar import Calendar, clock_changes
from wayhome.config.demonstration.seeding import planned
from wayhome.kernel.clock import london_day
from wayhome.kernel.partial_date import age_on

the_plan = cache(planned)
AUTUMN = datetime(2026, 11, 22, 10, tzinfo=UTC)
TIMES = {
    "an ordinary morning": AUTUMN,
    "a leap day": datetime(2028, 2, 29, 10, tzinfo=UTC),
    "the last hour of the year": datetime(2026, 3, 31, 22, 30, tzinfo=UTC),
    "the first hour of the year": datetime(2026, 3, 31, 23, 5, tzinfo=UTC),
    "a week into the year": datetime(2027, 4, 8, 12, tzinfo=UTC),
    "the night the clocks go forward": datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
    "the night the clocks go back": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    "new year": datetime(2029, 1, 1, 0, 1, tzinfo=UTC),
}


def counts_of_the_last_full_year(plan, now):
    year = Calendar(now).year(0)
    past = [one.child.number for one in plan.past if one.seen_at in year]
    present = [one.child.number for one in plan.cases if one.seen_at(now) in year]
    return Counter(past + present)


@pytest.mark.parametrize("now", TIMES.values(), ids=TIMES.keys())
def test_the_last_full_year_has_747_episodes_by_250_young_people(now):
    counts = counts_of_the_last_full_year(the_plan(now), now)
    assert (counts.total(), len(counts)) == (747, 250)


@pytest.mark.parametrize("now", TIMES.values(), ids=TIMES.keys())
def test_a_child_is_missing_once_at_a_time_and_only_while_a_child(now):
    plan = the_plan(now)
    spans = [(one.child, one.seen_at, one.returned_at) for one in plan.past]
    spans += [(one.child, one.seen_at(now), None) for one in plan.cases if one.case.returned is None]
    by_child = {}
    for child, seen_at, returned_at in spans:
        assert seen_at < (returned_at or now) <= now
        assert age_on(london_day(seen_at), child.born) < 18
        by_child.setdefault(child.number, []).append((seen_at, returned_at))
    for episodes in by_child.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(episodes)))


def test_the_same_seed_and_time_give_the_same_plan():
    assert planned(AUTUMN) == the_plan(AUTUMN)
    assert the_plan(AUTUMN) != planned(AUTUMN, seed=1)


def test_the_last_full_year_has_the_published_shape():
    plan = the_plan(AUTUMN)
    counts = counts_of_the_last_full_year(plan, AUTUMN)
    year = Calendar(AUTUMN).year(0)
    hours = sorted(one.hours for one in plan.past if one.seen_at in year)
    children = {child.number: child for child in plan.children}
    looked_after = [number for number in counts if children[number].care]
    ages = [age_on(london_day(year.start), children[number].born) for number in counts]
    assert 0.33 <= sum(count == 1 for count in counts.values()) / 250 <= 0.37
    assert len(looked_after) / 250 == 0.4
    assert sum(counts[number] for number in looked_after) / len(looked_after) > 4.5
    assert abs(sum(children[number].sex == "M" for number in counts) / 250 - 0.56) <= 0.01
    assert sum(12 <= age <= 17 for age in ages) / 250 >= 0.92
    assert 6 <= hours[len(hours) // 2] <= 8
    assert 0.73 <= sum(hour < 24 for hour in hours) / len(hours) <= 0.79
    assert 0.87 <= sum(hour < 48 for hour in hours) / len(hours) <= 0.90


def test_some_were_missing_while_the_clocks_changed():
    plan = the_plan(AUTUMN)
    changes = clock_changes(Calendar(AUTUMN).year(0))
    assert len(changes) == 2
    for change in changes:
        assert any(one.seen_at < change < one.returned_at for one in plan.past)


def test_nobody_is_real():
    plan = the_plan(AUTUMN)
    numbers = [child.nhs for child in plan.children]
    assert all(nhs.is_valid(number) and number.startswith("999") for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert all(upn.is_valid(child.upn) and child.upn[4:8] == "9999" for child in plan.children)
    phones = [relative.phone for child in plan.children for relative in child.relatives if relative.phone]
    assert all(phone.startswith("07700 900") for phone in phones)
    # There is no postcode area SV. Children in care have a postcode of council offices.
    assert all(child.postcode.startswith("SV") or child.care for child in plan.children)


def test_there_are_children_of_every_kind():
    plan = the_plan(AUTUMN)
    today = london_day(AUTUMN)
    never = [child for child in plan.children if child.group == "never"]
    assert len(never) == 400
    assert any(timedelta(0) <= today - child.eighteen_on <= timedelta(days=3) for child in never)
    assert any(age_on(today, child.born) in (16, 17) for child in never)
    assert any(child.precision != "day" for child in plan.children)
    assert any(child.alias for child in plan.children)
    assert any(child.needs_interpreter for child in plan.children)
    homes = Counter(child.home_on(today) for child in plan.children)
    assert homes["lantern"] == 6
    assert all(homes[home] <= 6 for home in ("harbour", "orchard", "mill", "beacon"))
