"""The page of measures: who sees it, and that its counts are those of the record."""

import re
from datetime import date, time, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.access.models import Grant, Restriction
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.insight.commands import open_measures
from wayhome.insight.queries import year
from wayhome.insight.rules import counted_until, year_ending_in
from wayhome.kernel.clock import from_wall_clock, london_day, start_of_day
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed
from wayhome.missing.models import Episode

BACKEND = "wayhome.access.signed_in.Backend"
THIS_YEAR = year_ending_in(london_day(NOW))
LAST_YEAR = THIS_YEAR - 1
# The last moment that counts.
CUT = start_of_day(counted_until(london_day(NOW))) - timedelta(seconds=1)
UNTIL = counted_until(london_day(NOW))


def finished(person_id, seen_at, **facts):
    """One episode that is over, with whatever else became of it."""
    back = seen_at + timedelta(hours=6)
    return Episode(
        person_id=person_id, kind="M", last_seen_at=seen_at, recorded_at=seen_at, returned_at=back, **facts
    )


def last_july(day):
    return from_wall_clock(
        london_day(NOW).replace(year=LAST_YEAR - 1, month=7, day=day), NOW.time().replace(hour=12)
    )


@pytest.fixture
def episodes(cast):
    """Six children, eleven episodes in July of the last full year: nine settled, six held, five of them in time."""
    known_to = ("Sal", "Cora")
    children = [a_child(cast, family_name=f"Testchild{place}", known_to=known_to) for place in range(6)]
    rows = []
    for place in range(11):
        seen_at = last_july(1 + place)
        facts = {}
        if place < 9:
            held = seen_at + timedelta(hours=6 + (72 if place < 5 else 73)) if place < 6 else None
            facts = {
                "interview_offered_at": seen_at + timedelta(hours=8),
                "interview_accepted_at": held,
                "interview_held_at": held,
                "interview_settled_at": seen_at + timedelta(hours=80),
                "interview_outcome": "completed" if held else "declined_child",
            }
        rows.append(finished(children[place % 6], seen_at, **facts))
    with as_worker():
        Episode.objects.bulk_create(rows)
    return rows


def seen_year(cast, name, ends_in=LAST_YEAR):
    with cast.seen_by(name) as viewer:
        return year(ends_in, viewer, UNTIL)


@pytest.mark.parametrize("name", ["Ana", "Lena", "Cora"])
def test_analysts_and_leads_see_the_counts_of_all_children_and_coordinators_those_they_see(
    cast, episodes, name
):
    found = seen_year(cast, name)
    assert (found.episodes, found.children, found.per_child) == (11, 6, "1.83")
    july = next(month for month in found.months if month.first_day.month == 7)
    assert (july.episodes, july.children) == (11, 6)


@pytest.mark.parametrize("name", ["Pat", "Ines", "Sal", "Hal", "Ada", "Ivo", "Otto"])
def test_nobody_else_gets_a_count_even_by_sql(cast, episodes, name):
    with cast.seen_by(name) as viewer:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM insight_year(%s, 72)", [LAST_YEAR])
            assert cursor.fetchall() == []
        with pytest.raises(NotAllowed):
            open_measures(viewer=viewer, now=NOW)


def test_interviews_are_counted_with_their_denominators(cast, episodes):
    found = seen_year(cast, "Ana")
    steps = {measure.name: (measure.count, measure.share, measure.whole) for measure in found.hearing}
    assert steps["Child is back"] == (11, "100%", 11)
    # Two returns are not settled: the count of settled ones would say so.
    assert steps["Settled: held, or it is known why not"] == (None, "", 11)
    assert steps["Interview held"] == (6, "", None)
    assert [(measure.count, measure.whole) for measure in found.outcomes][:2] == [(6, None), (None, None)]


def test_nothing_is_held_back_from_one_who_sees_the_children(cast, episodes):
    found = seen_year(cast, "Cora")
    steps = {measure.name: (measure.count, measure.share, measure.whole) for measure in found.hearing}
    assert steps["Settled: held, or it is known why not"] == (9, "82%", 11)
    assert steps["Interview held"] == (6, "67%", 9)
    assert [(measure.count, measure.whole) for measure in found.outcomes][:2] == [(6, 9), (3, 9)]
    shown = page(cast, "Cora").content.decode().lower()
    assert "held back" not in re.sub(r"month by month.*?</section>", "", shown, flags=re.DOTALL)


@pytest.mark.parametrize("facts", [{"is_history": True}, {"return_method": "DECEASED"}])
def test_back_are_those_of_whom_something_is_asked_after_it(cast, episodes, facts):
    with as_worker():
        Episode.objects.filter(pk__in=[each.pk for each in episodes[-2:]]).update(**facts)
    found = seen_year(cast, "Cora")
    assert [(each.count, each.whole) for each in found.hearing if each.name == "Child is back"] == [(9, 11)]


def test_exactly_on_the_limit_is_in_time(cast, episodes):
    with as_worker():
        Episode.objects.filter(interview_held_at=None).delete()
    with cast.seen_by("Ana"), connection.cursor() as cursor:
        cursor.execute("SELECT held, held_in_time FROM insight_year(%s, 72) WHERE month IS NULL", [LAST_YEAR])
        assert cursor.fetchone() == (6, 5)


def test_episodes_set_aside_are_not_counted(cast, episodes):
    with as_worker():
        Episode.objects.filter(pk=episodes[-1].pk).update(cancelled_at=CUT, cancelled_reason="Error")
    assert seen_year(cast, "Ana").episodes == 10


def test_restricted_children_are_counted_for_those_who_see_counts_only(cast, episodes):
    """To one who sees the others, the count of all would tell how many are hidden."""
    hidden = episodes[0].person_id
    with as_worker():
        Restriction(id=new_id(), person_id=hidden, reason="Witness", restricted_at=NOW).save()
        Grant.objects.filter(person_id=hidden).update(held_back=True)
    assert seen_year(cast, "Ana").children == 6
    assert seen_year(cast, "Cora").children == 5


def test_an_episode_belongs_to_the_year_by_the_london_clock(cast):
    child = a_child(cast)
    first_minute = from_wall_clock(
        london_day(NOW).replace(year=LAST_YEAR - 1, month=4, day=1), NOW.time().replace(hour=0, minute=0)
    )
    with as_worker():
        Episode.objects.bulk_create(
            [
                finished(child, first_minute - timedelta(minutes=1) - timedelta(hours=7)),
                finished(child, first_minute),
            ]
        )
    with cast.seen_by("Ana"), connection.cursor() as cursor:
        counts = []
        for ends_in in (LAST_YEAR - 1, LAST_YEAR):
            cursor.execute("SELECT episodes FROM insight_year(%s, 72) WHERE month IS NULL", [ends_in])
            counts.append(cursor.fetchone()[0])
    assert counts == [1, 1]


def test_an_empty_year_is_nought(cast):
    found = seen_year(cast, "Ana")
    assert (found.episodes, found.children, found.per_child) == (0, 0, "")
    assert [month.episodes for month in found.months] == [0] * 12


def test_the_present_year_has_full_months_only(cast):
    with cast.seen_by("Ana") as viewer:
        found = year(2026, viewer, date(2025, 6, 1))
    assert [month.first_day.month for month in found.months] == [4, 5]
    assert found.last_day == date(2025, 5, 31)


def test_in_april_the_year_has_no_full_month_yet(cast):
    with cast.seen_by("Ana") as viewer:
        april = from_wall_clock(date(THIS_YEAR, 4, 30), time(12))
        assert open_measures(viewer=viewer, now=april).this_year is None
        may = from_wall_clock(date(THIS_YEAR, 5, 1), time(12))
        assert open_measures(viewer=viewer, now=may).this_year.last_day == date(THIS_YEAR, 4, 30)


SETTLED = {"interview_settled_at": NOW, "interview_outcome": "declined_child"}
SET_ASIDE = {"cancelled_at": NOW, "cancelled_reason": "Error"}


@pytest.mark.parametrize("written", [SETTLED, SET_ASIDE, None])
def test_what_is_written_now_shows_next_month_only(cast, episodes, written):
    """Two looks a minute apart would differ by one child. None: an old episode that is entered late."""
    waiting = episodes[-1]
    late = finished(waiting.person_id, waiting.last_seen_at + timedelta(days=2))
    late.recorded_at = NOW
    before = raw_counts(cast)
    if written:
        change(waiting, **written)
    else:
        with as_worker():
            late.save(force_insert=True)
    assert raw_counts(cast) == before
    in_time = {name: CUT for name, value in (written or {"recorded_at": NOW}).items() if value == NOW}
    change(waiting if written else late, **in_time)
    assert raw_counts(cast) != before


def change(episode, **facts):
    with as_worker():
        Episode.objects.filter(pk=episode.pk).update(**facts)


def test_this_month_is_not_counted(cast):
    child = a_child(cast)
    with as_worker():
        finished(child, NOW - timedelta(minutes=1)).save(force_insert=True)
    with cast.seen_by("Ana"), connection.cursor() as cursor:
        cursor.execute("SELECT episodes FROM insight_year(%s, 72) WHERE month IS NULL", [THIS_YEAR])
        assert cursor.fetchone() == (0,)


def raw_counts(cast):
    with cast.seen_by("Ana"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM insight_year(%s, 72)", [LAST_YEAR])
        return cursor.fetchall()


def page(cast, name):
    client = Client()
    client.force_login(cast.users[name], backend=BACKEND)
    return client.get(reverse("measures"))


def test_the_page_shows_both_years_and_holds_small_counts_back(cast, episodes):
    an_episode(cast, a_child(cast, given_name="Solitary"))
    answer = page(cast, "Ana")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
    assert answer.status_code == 200
    assert "Last full year: 1 April" in text
    assert "This year so far: 1 April" in text or "no full month yet" in text
    assert "As at the start of 1 " in text
    assert "held back" in text
    assert "Testchild" not in text
    assert "Solitary" not in text


def test_the_page_is_closed_to_those_who_work_with_children(cast):
    for name in ("Sal", "Hal", "Pat", "Otto", "Ada", "Ivo"):
        assert page(cast, name).status_code == 403


def test_looking_at_measures_is_on_the_record(cast):
    with cast.seen_by("Lena") as viewer:
        open_measures(viewer=viewer, now=NOW)
    with as_worker():
        assert Entry.objects.filter(verb="read", subject_kind="measures", user_id=viewer.user_id).count() == 1


def test_the_number_of_queries_does_not_grow(cast, episodes, django_assert_num_queries):
    with cast.seen_by("Ana") as viewer, transaction.atomic(), django_assert_num_queries(5):
        # The record, and for each year its counts and the partnership's clocks.
        year(LAST_YEAR, viewer, UNTIL)
        year(THIS_YEAR, viewer, UNTIL)
        Entry.objects.exists()
