"""Measures month by month: whose children they count, what leads to them, and what is kept of them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW, a_child

from wayhome.access.models import Grant
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.insight.commands import (
    count_months,
    count_past_months,
    open_measure,
    open_month,
    open_notifications,
)
from wayhome.insight.commands.looking import CountsOnly
from wayhome.insight.models import CountedMonth
from wayhome.insight.queries.months import all_series
from wayhome.insight.rules import counted_until
from wayhome.insight.rules.months import MEASURES, month_after, months_before
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.missing.models import Episode, Notification, SafeAndWellCheck
from wayhome.missing.tests.pages import client_of, text_of

UNTIL = counted_until(london_day(NOW))
# Two months ago: the clocks of its returns have run out.
MONTH = month_after(UNTIL, -2)
FIRST = start_of_day(MONTH) + timedelta(hours=30)


def over(person_id, seen_at, **facts):
    back = seen_at + timedelta(hours=6)
    return Episode(
        person_id=person_id, kind="M", last_seen_at=seen_at, recorded_at=seen_at, returned_at=back, **facts
    )


def heard(seen_at, hours):
    held = seen_at + timedelta(hours=6 + hours)
    return {
        "interview_offered_at": seen_at + timedelta(hours=8),
        "interview_accepted_at": seen_at + timedelta(hours=9),
        "interview_held_at": held,
        "interview_settled_at": held,
        "interview_outcome": "completed",
    }


@pytest.fixture
def children(cast):
    return [a_child(cast, family_name=f"Testchild{place}", known_to=("Sal", "Cora")) for place in range(6)]


@pytest.fixture
def episodes(children):
    """Twelve in one month by six children, each missing twice: all heard, half in time; all seen, one not really."""
    rows = []
    for place in range(12):
        seen_at = FIRST + timedelta(days=place)
        facts = heard(seen_at, 72 if place % 2 else 73)
        rows.append(
            over(children[place % 6], seen_at, safe_and_well_at=seen_at + timedelta(hours=30), **facts)
        )
    with as_worker():
        Episode.objects.bulk_create(rows)
        SafeAndWellCheck.objects.create(
            episode=rows[0],
            person_id=rows[0].person_id,
            outcome="no_further_try",
            checked_at=rows[0].safe_and_well_at,
            recorded_at=rows[0].safe_and_well_at,
        )
    return rows


def figures(cast, name, months=3, now=NOW):
    with cast.seen_by(name) as viewer:
        found = all_series(months_before(UNTIL, months), MEASURES, viewer, now)
    return {series.measure.key: {m.month: (m.part, m.whole) for m in series.months} for series in found}


def test_each_measure_has_its_count_and_its_denominator(cast, episodes):
    found = {key: by_month[MONTH] for key, by_month in figures(cast, "Cora").items()}
    assert found == {
        "episodes": (12, None),
        "children": (6, None),
        "first-time": (6, 12),
        "repeat": (6, 12),
        # Of the twelve one was given up; all were within a day of their return.
        "safe-and-well": (11, 12),
        "safe-and-well-on-time": (11, 12),
        "offered": (12, 12),
        "accepted": (12, 12),
        "done": (12, 12),
        "done-in-time": (6, 12),
    }


def test_those_who_see_no_child_see_all_children_and_no_small_difference(cast, episodes):
    found = {key: by_month[MONTH] for key, by_month in figures(cast, "Ana").items()}
    assert found["episodes"] == (12, None)
    assert found["done-in-time"] == (6, 12)
    assert found["safe-and-well"] == (None, 12)
    assert figures(cast, "Lena") == figures(cast, "Ana")


def test_a_child_who_is_hidden_is_in_no_count_of_one_who_sees_the_others(cast, episodes, children):
    with as_worker():
        Grant.objects.filter(person_id=children[0]).update(held_back=True)
    assert figures(cast, "Cora")["episodes"][MONTH] == (10, None)
    with cast.seen_by("Cora") as viewer:
        behind = open_month(key="episodes", month=MONTH, viewer=viewer, now=NOW)
    assert behind.counted_total == len(behind.counted) == 10
    assert children[0] not in {each.person_id for each in behind.counted}
    assert figures(cast, "Ana")["episodes"][MONTH] == (12, None)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_the_list_behind_a_figure_is_as_long_as_the_figure(cast, episodes, measure):
    part, whole = figures(cast, "Cora")[measure.key][MONTH]
    with cast.seen_by("Cora") as viewer:
        behind = open_month(key=measure.key, month=MONTH, viewer=viewer, now=NOW)
    if measure.key == "children":
        assert len({each.person_id for each in behind.counted}) == part
    else:
        assert len(behind.counted) == part
    if whole is not None:
        assert len(behind.counted) + len(behind.rest) == whole


def test_nobody_without_children_gets_behind_a_figure(cast, episodes):
    with cast.seen_by("Ana") as viewer, pytest.raises(CountsOnly):
        open_month(key="episodes", month=MONTH, viewer=viewer, now=NOW)
    address = reverse("measure_month", args=["episodes", MONTH.year, MONTH.month])
    assert client_of(cast, "Ana").get(address).status_code == 403
    assert client_of(cast, "Sal").get(address).status_code == 403


def test_no_count_of_all_children_is_to_be_had_by_sql(cast, episodes):
    for name in ("Cora", "Pat", "Sal", "Otto", "Ada", "Ivo"):
        with cast.seen_by(name), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM insight_months(%s::date[], 72, 24, 90)", [[MONTH]])
            assert cursor.fetchall() == []
            cursor.execute("SELECT * FROM insight_reasons(%s::date[])", [[MONTH]])
            assert cursor.fetchall() == []
            cursor.execute("SELECT numerator FROM insight_counted(%s::date[])", [[MONTH]])
            assert {number for (number,) in cursor.fetchall()} <= {None}


def test_those_who_see_counts_only_cannot_ask_about_less_than_a_month(cast, episodes):
    with cast.seen_by("Ana"), connection.cursor() as cursor:
        some_day = MONTH + timedelta(days=14)
        cursor.execute("SELECT month, episodes FROM insight_months(%s::date[], 72, 24, 90)", [[some_day]])
        assert cursor.fetchall() == [(MONTH, 12)]
        cursor.execute("SELECT count(*) FROM insight_episodes(%s::date[], %s, 72, 24, 90)", [[MONTH], [NOW]])
        assert cursor.fetchone() == (0,)


def counted(now):
    with as_worker():
        return count_months(now=now)


def test_months_are_counted_once_and_kept(cast, episodes):
    assert counted(NOW) == 2 * len(MEASURES)
    with as_worker():
        kept = CountedMonth.objects.get(month=MONTH, measure="done-in-time")
        assert (kept.numerator, kept.denominator, kept.counted_at) == (6, 12, start_of_day(UNTIL))
        assert kept.facts_until == episodes[-1].recorded_at
        assert Entry.objects.filter(verb="count months").count() == 1
    assert counted(NOW + timedelta(seconds=1)) == 0


def test_a_month_that_changed_is_counted_again_and_one_that_did_not_is_not(cast, episodes, children):
    first, second = start_of_day(month_after(MONTH, 1)), start_of_day(month_after(MONTH, 2))
    counted(first)
    with as_worker():
        late = over(children[0], FIRST + timedelta(days=20))
        late.recorded_at = first + timedelta(days=3)
        late.save(force_insert=True)
    counted(second)
    with as_worker():
        kept = CountedMonth.objects.filter(month=MONTH).order_by("counted_at")
        by_key = {
            key: list(kept.filter(measure=key).values_list("numerator", flat=True))
            for key in ("episodes", "children")
        }
    assert by_key == {"episodes": [12, 13], "children": [6]}
    with cast.seen_by("Ana") as viewer:
        series = open_measure(key="episodes", months=12, viewer=viewer, now=NOW)
    (month,) = [each for each in series.months if each.month == MONTH]
    assert (month.part, "changed by fewer than 5" in month.revised) == (13, True)


def test_those_who_see_counts_only_are_shown_what_was_kept(cast, episodes):
    live = figures(cast, "Ana")
    with as_worker():
        CountedMonth.objects.create(
            partnership_id=cast.partnership_id,
            month=MONTH,
            measure="children",
            numerator=112,
            counted_at=start_of_day(UNTIL),
        )
    counted(NOW)
    kept = figures(cast, "Ana")
    assert kept.pop("children")[MONTH] == (112, None)
    assert kept == {key: by_month for key, by_month in live.items() if key != "children"}
    assert figures(cast, "Cora")["children"][MONTH] == (6, None)


def test_the_past_of_a_record_written_at_once_is_counted_as_it_was(cast, episodes):
    with as_worker():
        Episode.objects.filter(pk=episodes[0].pk).update(
            recorded_at=start_of_day(month_after(MONTH, 1)) + timedelta(days=2)
        )
        count_past_months(now=NOW)
        kept = CountedMonth.objects.filter(month=MONTH, measure="episodes").order_by("counted_at")
        assert list(kept.values_list("numerator", flat=True)) == [11, 12]


def test_what_is_entered_late_shows_beside_what_was_counted_first(cast, episodes, children):
    # Counted when the month was over; two are written down after that.
    then = start_of_day(month_after(MONTH))
    counted(then)
    with as_worker():
        for place in range(2):
            late = over(children[place], FIRST + timedelta(days=20 + place))
            late.recorded_at = then + timedelta(hours=1)
            late.save(force_insert=True)
    said = revised(cast, "Cora", NOW)
    assert said == f"First counted 12 on {then_in_words(then)}; now 14: 2 episodes were written down later."


def then_in_words(instant):
    return f"{london_day(instant).day} {london_day(instant):%B %Y}"


def revised(cast, name, now):
    with cast.seen_by(name) as viewer:
        series = open_measure(key="episodes", months=12, viewer=viewer, now=now)
    return next(month.revised for month in series.months if month.month == MONTH)


def test_sums_over_months_are_the_year(cast, episodes):
    found = figures(cast, "Cora", months=24)
    assert sum(part for part, _whole in found["episodes"].values()) == 12


def test_the_pages_show_charts_tables_and_lists(cast, episodes):
    cora, ana = client_of(cast, "Cora"), client_of(cast, "Ana")
    for client in (cora, ana):
        text = text_of(client.get(reverse("measures")))
        assert "Month by month" in text
        for measure in MEASURES:
            page = client.get(reverse("measure", args=[measure.key]), {"months": "12"})
            assert page.status_code == 200
            assert "<svg" in page.content.decode()
        assert client.get(reverse("measure_reasons")).status_code == 200
    address = reverse("measure_month", args=["episodes", MONTH.year, MONTH.month])
    assert "Counted: 12" in text_of(cora.get(address))
    assert "Testchild" not in text_of(ana.get(reverse("measure", args=["episodes"])))


@pytest.mark.parametrize("path", ["nothing", "episodes/2026-13", "episodes/2999-01"])
def test_what_is_not_there_is_not_found(cast, path):
    assert client_of(cast, "Cora").get(f"/measures/{path}").status_code == 404


def test_the_number_of_queries_does_not_grow(cast, episodes):
    counted(NOW)

    def asked(months):
        with cast.seen_by("Cora") as viewer, CaptureQueriesContext(connection) as made:
            all_series(months_before(UNTIL, months), MEASURES, viewer, NOW)
        return len(made)

    assert asked(2) == asked(24)


def test_an_episode_without_end_is_in_no_rate(cast, children):
    seen_at = FIRST
    with as_worker():
        Episode.objects.create(person_id=children[0], kind="M", last_seen_at=seen_at, recorded_at=seen_at)
    found = figures(cast, "Cora")
    assert found["episodes"][MONTH] == (1, None)
    assert found["offered"][MONTH] == (0, 0)


def test_a_month_of_counting_is_of_the_london_clock(cast, children):
    last_minute = start_of_day(date(MONTH.year, MONTH.month, 1)) - timedelta(minutes=1)
    with as_worker():
        over(children[0], last_minute).save(force_insert=True)
    found = figures(cast, "Cora")
    assert (found["episodes"][MONTH][0], found["episodes"][month_after(MONTH, -1)][0]) == (0, 1)


def noted(cast, count, **told):
    with as_worker():
        for place in range(count):
            Notification.objects.create(
                source="police",
                channel="phone",
                received_at=FIRST + timedelta(hours=place),
                recorded_at=FIRST,
                reported_at=FIRST + timedelta(hours=place - 1),
                **told,
            )


def test_notifications_are_told_by_source_with_small_counts_held_back(cast):
    noted(cast, 6)
    noted(
        cast,
        3,
        number_told="1",
        last_seen_at=FIRST,
        last_seen_place="Pier",
        circumstances="Left.",
        told_by="PC Example",
        contact="101",
    )
    found = {}
    for name in ("Cora", "Ana"):
        with cast.seen_by(name) as viewer:
            (found[name],) = open_notifications(viewer=viewer, now=NOW).sources
    assert (found["Cora"].messages, found["Cora"].complete) == (9, 3)
    assert (found["Ana"].messages, found["Ana"].complete) == (9, None)
    assert found["Ana"].half_within == timedelta(hours=1)
    assert "Police missing desk" in text_of(client_of(cast, "Ana").get(reverse("measure_notifications")))
    with cast.seen_by("Cora"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM insight_accuracy()")
        assert cursor.fetchall() == []
