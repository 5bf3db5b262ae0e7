"""Measures handed to plans: of all children, settled months only, small counts held back, once in a month."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from tests.personas import NOW, a_child

from wayhome.config.testing import as_worker
from wayhome.insight.commands import count_past_months
from wayhome.insight.commands.handing_over import hand_over_measures, hand_over_past_measures
from wayhome.insight.handlers import read_measures
from wayhome.insight.rules import counted_until, parts_of_a_total
from wayhome.insight.rules.by_month import HANDED, InMonth, by_month, counts_alone
from wayhome.insight.rules.months import MEASURES, month_after
from wayhome.insight.tests.on_the_pathway import MONTH, a_worry
from wayhome.insight.tests.test_by_month import heard, over
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.ids import new_id
from wayhome.missing.models import Episode
from wayhome.strategy.commands.measures import link_measure
from wayhome.strategy.commands.snapshot import take_snapshot
from wayhome.strategy.models import MeasureReading
from wayhome.strategy.queries.snapshot import snapshot
from wayhome.strategy.rules.measures import BY_KEY
from wayhome.strategy.tests.cycling import TODAY, a_cycle

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


def test_the_pathway_is_handed_over_by_month_and_frozen_with_the_plan_that_is_judged_by_it(cast, children):
    for place, child in enumerate(children):
        a_worry(cast, child, late=place == 0)
    assert handed()
    assert readings("worries")[MONTH] == 6
    assert readings("worries-answered-in-time")[MONTH] == Decimal(100)
    # Five of six: the one that was late must not show.
    assert readings("worries-screened-in-time")[MONTH] is None
    cycle = a_cycle(cast)
    with cast.seen_by("Cora") as cora:
        told = {"key": "worries-answered-in-time", "direction": "up", "since": MONTH}
        link_measure(action_id=cycle.actions[0].pk, viewer=cora, now=NOW, **told)
        presented = {"body_id": cycle.body.pk, "presented_on": TODAY, "meeting_id": None}
        taken = take_snapshot(plan_id=cycle.plan.pk, viewer=cora, now=NOW, **presented)
    with as_worker():
        read = MeasureReading.objects.get(key="worries-answered-in-time", month=MONTH)
        read.pk, read.value, read.as_at = new_id(), Decimal(1), NOW
        read.save(force_insert=True)
    with cast.seen_by("Cora"):
        (frozen,) = snapshot(taken).file.actions[0].measures
    assert (frozen.key, frozen.as_at) == ("worries-answered-in-time", start_of_day(UNTIL))
    assert {point.month: point.value for point in frozen.points}[MONTH] == 100


def test_every_measure_of_the_pathway_has_a_name_in_plans():
    assert {measure.key for measure in HANDED} < set(BY_KEY)
    assert all(bool(BY_KEY[measure.key].of) == bool(measure.col) for measure in HANDED)


MONTHS = [date(2024 + place // 12, place % 12 + 1, 1) for place in range(20)]


@pytest.mark.parametrize("seed", range(5))
def test_no_month_is_shown_that_the_sum_of_a_year_has_to_hold_back(seed):
    rng = Random(seed)
    counts = [rng.choice((0, 1, 4, 5, 9)) for _ in range(1 + seed * 4)]
    shown = list(counts_alone(counts, MONTHS[: len(counts)]).values())
    for end in range(1, len(counts) + 1):
        window = [0] * max(12 - end, 0) + counts[max(end - 12, 0) : end]
        parts, _ = parts_of_a_total(window)
        for part, handed_over in zip(parts[-min(end, 12) :], shown[max(end - 12, 0) : end], strict=True):
            assert part is not None or handed_over is None


def test_shares_are_of_their_own_month_and_line():
    rows = [
        InMonth(MONTHS[0], "time", "screen", "in_time", 15),
        InMonth(MONTHS[0], "time", "screen", "late", 5),
        InMonth(MONTHS[0], "time", "plan", "late", 9),
        InMonth(MONTHS[1], "justice", "arrested", "asked", 10),
        InMonth(MONTHS[1], "justice", "charged", "not_asked", 10),
    ]
    found = by_month(rows, MONTHS[:2])
    assert found["worries-screened-in-time", MONTHS[0]] == 75
    assert found["first-planned-in-time", MONTHS[0]] == 0
    assert found["first-planned-in-time", MONTHS[1]] is None
    assert found["section-45-asked", MONTHS[1]] == 50
    assert found["worries", MONTHS[0]] == 0


def test_every_measure_of_this_module_has_a_name_in_plans():
    assert {measure.key for measure in MEASURES} < set(BY_KEY)
    assert all(bool(BY_KEY[measure.key].of) == bool(measure.whole) for measure in MEASURES)
