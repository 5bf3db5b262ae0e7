"""What a viewer's measures count is what row security lets them see, and nothing is counted by another way in."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.personas import NOW, a_child, an_episode

from wayhome.access.commands import restrict
from wayhome.config.testing import as_worker
from wayhome.missing.models import Episode

SINCE, UNTIL = NOW - timedelta(days=40), NOW + timedelta(seconds=1)


def begun():
    """By the function that measures go through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM insight_begun(%s, %s)", [SINCE, UNTIL])
        return sorted(row[0] for row in cursor.fetchall())


def plainly_seen():
    """By a plain look at the table."""
    found = Episode.objects.filter(last_seen_at__gte=SINCE, last_seen_at__lt=UNTIL)
    return sorted(found.values_list("pk", flat=True))


@pytest.fixture
def three_children(cast):
    """One whom Sal works with, one whom Sal reported only, and one whose record is restricted to Cora."""
    known = a_child(cast, known_to=("Sal", "Cora"))
    reported = a_child(cast, given_name="Wren", known_to=("Cora",))
    hidden = a_child(cast, given_name="Rowan", known_to=("Cora", "Sal"))
    made = [an_episode(cast, each) for each in (known, reported, hidden)]
    with cast.seen_by("Cora") as cora:
        restrict(
            person_id=hidden, named={cora.user_id}, reason="At risk from a relative", viewer=cora, now=NOW
        )
    return made


@pytest.mark.parametrize(
    ("name", "sees"),
    [("Cora", 3), ("Sal", 2), ("Pat", 2), ("Hal", 0), ("Otto", 0), ("Ana", 0), ("Lena", 0), ("Ivo", 0)],
)
def test_what_is_counted_is_what_is_seen(cast, three_children, name, sees):
    with cast.seen_by(name):
        assert begun() == plainly_seen()
        assert len(begun()) == sees


@pytest.mark.usefixtures("three_children")
def test_nobody_looking_counts_nothing():
    assert begun() == plainly_seen() == []


def test_the_worker_counts_every_child_with_or_without_a_grant(cast, three_children):
    with as_worker():
        assert begun() == plainly_seen() == sorted(three_children)


@pytest.mark.django_db
def test_the_way_in_has_no_rights_of_its_own():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosecdef FROM pg_proc WHERE proname IN ('insight_begun', 'insight_span')")
        assert cursor.fetchall() == [(False,), (False,)]


@pytest.mark.parametrize(("is_history", "returned"), [(False, 1), (True, 0)])
def test_of_an_episode_that_came_as_history_no_measure_asks_what_was_done_after_the_return(
    cast, is_history, returned
):
    """It is an episode all the same, and counts for a repeat."""
    episode = an_episode(cast, a_child(cast))
    with as_worker(), connection.cursor() as cursor:
        Episode.objects.filter(pk=episode).update(
            returned_at=NOW, is_history=is_history, return_method="RETURNED_SELF"
        )
        cursor.execute(
            "SELECT sum(episodes), sum(returned) FROM insight_seen_months(ARRAY[%s]::date[], ARRAY[%s]::timestamptz[],"
            " 72, 24, 90)",
            [NOW.date().replace(day=1), NOW + timedelta(days=60)],
        )
        assert cursor.fetchone() == (1, returned)
