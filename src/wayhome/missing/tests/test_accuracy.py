"""How complete, quick and right a source is: the count agrees with the rule for one, and names what it is of."""

from datetime import timedelta
from itertools import combinations

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.missing.commands.deciding import settle
from wayhome.missing.commands.fact import choose_fact
from wayhome.missing.models import Notification, Report
from wayhome.missing.queries.notifications import accuracy
from wayhome.missing.rules.accuracy import share
from wayhome.missing.rules.notification import ASKED, lacking
from wayhome.missing.tests.pages import client_of, text_of
from wayhome.missing.tests.told import a_message, taken, written

SINCE = NOW - timedelta(days=31)
UNTIL = NOW + timedelta(minutes=1)
LEFT_OUT = {
    "name_told": "",
    "born_told": "",
    "last_seen_at": None,
    "last_seen_place": "",
    "reported_at": None,
    "circumstances": "",
    "told_by": "",
    "contact": "",
}


def counted(cast, name="Cora", since=SINCE, until=UNTIL):
    with cast.seen_by(name):
        return {each.source: each for each in accuracy(since, until)}


def as_note(**told):
    return Notification(**{field: getattr(a_message(**told), field) for field in a_message().__slots__})


def test_a_notification_that_tells_everything_lacks_nothing():
    assert lacking(as_note()) == []


@pytest.mark.parametrize(
    ("left_out", "lacks"),
    [
        ({"born_told": ""}, [ASKED[0]]),
        ({"name_told": "", "born_told": "", "number_told": "999 000 0018"}, []),
        ({"last_seen_at": None}, [ASKED[1]]),
        ({"last_seen_place": ""}, [ASKED[2]]),
        ({"reported_at": None}, [ASKED[3]]),
        ({"circumstances": ""}, [ASKED[4]]),
        ({"contact": ""}, [ASKED[5]]),
        ({"noticed_at": None}, []),
        (LEFT_OUT, list(ASKED)),
    ],
)
def test_what_is_not_told_is_named(left_out, lacks):
    assert lacking(as_note(**left_out)) == lacks


def test_the_count_of_complete_ones_agrees_with_the_rule(cast):
    rows = [as_note(**dict(some)) for n in (0, 1, 2) for some in combinations(LEFT_OUT.items(), n)]
    for row in rows:
        row.recorded_at, row.recorded_by = NOW, cast.users["Pat"]
        with cast.seen_by("Pat"):
            row.save(force_insert=True)
    assert counted(cast)["parent"].complete == sum(not lacking(row) for row in rows)
    assert counted(cast)["parent"].received == len(rows)


def test_half_and_nine_in_ten_are_times_that_were(cast):
    for minutes in range(10, 110, 10):
        reported = NOW - timedelta(hours=6)
        written(
            cast,
            reported_at=reported,
            noticed_at=reported - timedelta(minutes=minutes),
            received_at=reported + timedelta(minutes=2 * minutes),
        )
    written(cast, noticed_at=None, reported_at=None)
    # Each in an order that cannot be.
    written(cast, noticed_at=NOW - timedelta(hours=1), received_at=NOW - timedelta(hours=4))
    found = counted(cast)["parent"]
    assert (found.to_report.of, found.to_report.half, found.to_report.most) == (
        10,
        timedelta(minutes=50),
        timedelta(minutes=90),
    )
    assert found.to_receive.half == timedelta(minutes=100)


def test_the_same_message_once_more_is_counted_once(cast):
    written(cast, sender_reference="1")
    written(cast, sender_reference="1")
    found = counted(cast)["parent"]
    assert (found.received, found.repeated, found.messages, found.complete) == (2, 1, 1, 1)


def test_not_missing_is_of_those_that_somebody_decided(cast):
    _, *both = [written(cast) for _ in range(3)]
    with cast.seen_by("Cora") as cora:
        for note, outcome in zip(both, ("not_missing", "not_a_child"), strict=True):
            settle(notification_id=note, outcome=outcome, reason="Asked", viewer=cora, now=NOW)
    found = counted(cast)["parent"]
    assert (found.not_missing, found.decided) == (1, 2)


def test_a_time_that_another_source_told_better_is_counted_with_the_one_set_aside(cast):
    child = a_child(cast, known_to=("Sal", "Pat", "Cora"))
    episode = an_episode(cast, child)
    taken(
        cast,
        written(cast, about=child),
        last_seen_at=NOW - timedelta(hours=6),
        noticed_at=None,
        source="parent",
    )
    with cast.seen_by("Cora") as cora:
        parent = Report.objects.get(episode_id=episode, source="parent")
        choose_fact(
            episode_id=episode,
            fact="last_seen_at",
            report_id=parent.pk,
            reason="Asked both",
            viewer=cora,
            now=NOW,
        )
    found = counted(cast)
    assert (found["police"].set_aside, found["police"].of_an_episode) == (1, 1)
    assert (found["parent"].set_aside, found["parent"].of_an_episode) == (0, 1)


def test_only_what_was_received_in_the_time_is_counted(cast):
    written(cast, received_at=SINCE)
    written(cast, received_at=SINCE - timedelta(minutes=1))
    assert counted(cast)["parent"].received == 1
    assert counted(cast, until=SINCE) == {}


def test_who_sees_no_child_counts_nothing_here(cast):
    written(cast, about=a_child(cast, known_to=("Pat",)))
    assert counted(cast, "Ana") == {}


def test_the_log_shows_it_with_what_it_is_of(cast):
    written(cast)
    written(cast, contact="")
    words = text_of(client_of(cast, "Cora").get("/missing/notifications"))
    assert "Parent or family 2 1 of 2, 50%" in words
    assert "Half within 1 h" in words


def test_a_share_of_nothing_is_none():
    assert share(0, 0) == "None yet"
    assert share(1, 3) == "1 of 3, 33%"
