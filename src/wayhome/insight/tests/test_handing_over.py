"""Measures handed to plans: of all children, settled months only, small counts held back, once in a month."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.personas import NOW, a_child

from wayhome.config.testing import as_worker
from wayhome.insight.commands import count_past_months
from wayhome.insight.commands.handing_over import hand_over_measures, hand_over_past_measures
from wayhome.insight.handlers import read_measures
from wayhome.insight.rules import counted_until
from wayhome.insight.rules.months import MEASURES, month_after
from wayhome.insight.tests.test_by_month import heard, over
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.missing.models import Episode
from wayhome.strategy.models import MeasureReading
from wayhome.strategy.rules.measures import BY_KEY

UNTIL = counted_until(london_day(NOW))
SETTLED, LAST = month_after(UNTIL, -2), month_after(UNTIL, -1)


@pytest.fixture
def children(cast):
    return [a_child(cast, family_name=f"Testchild{place}", known_to=("Sal",)) for place in range(6)]


def missing(children, month, many):
    first = start_of_day(month) + timedelta(hours=30)
    with as_worker():
        Episode.objects.bulk_create(
            over(
                children[place % 6],
                first + timedelta(days=place),
                **heard(first + timedelta(days=place), 72 if place % 2 else 73),
            )
            for place in range(many)
        )


@pytest.fixture
def episodes(children):
    """Twelve of six children in the settled month, half of them heard in time."""
    missing(children, SETTLED, 12)


def readings(key):
    with as_worker():
        return dict(MeasureReading.objects.filter(key=key).values_list("month", "value"))


def handed(now=NOW):
    with as_worker():
        return hand_over_measures(now=now)


def test_a_month_comes_with_its_figure_as_it_was_when_the_present_month_began(episodes):
    handed()
    assert readings("episodes")[SETTLED] == 12
    assert readings("done-in-time")[SETTLED] == Decimal(50)
    with as_worker():
        assert {row.as_at for row in MeasureReading.objects.all()} == {start_of_day(UNTIL)}


def test_a_small_count_is_held_back(children, episodes):
    missing(children, LAST, 2)
    handed()
    found = readings("episodes")
    assert LAST in found
    assert found[LAST] is None


def test_a_month_whose_clocks_still_run_is_not_handed_over(episodes):
    handed()
    assert LAST not in readings("done-in-time")


def test_twice_in_a_month_is_once_whatever_was_written_since(episodes):
    assert handed()
    with as_worker():
        Episode.objects.filter(last_seen_at__gte=start_of_day(SETTLED)).update(
            cancelled_at=NOW, cancelled_reason="Written for another child"
        )
    assert handed(NOW + timedelta(minutes=1)) == 0


def test_what_was_asked_for_on_a_page_is_answered_in_the_worker(episodes):
    with as_worker():
        read_measures({}, NOW)
    assert readings("episodes")[SETTLED] == 12


def test_the_past_is_read_as_it_was_then(episodes):
    with as_worker():
        count_past_months(now=NOW)
        hand_over_past_measures(now=NOW, back=1)
        found = MeasureReading.objects.filter(as_at=start_of_day(LAST))
        assert dict(found.values_list("key", "value"))["episodes"] == 12


def test_nothing_is_handed_over_where_nothing_happened(cast):
    assert handed() == 0


def test_every_measure_of_this_module_has_a_name_in_plans():
    assert {measure.key for measure in MEASURES} < set(BY_KEY)
    assert all(bool(BY_KEY[measure.key].of) == bool(measure.whole) for measure in MEASURES)
