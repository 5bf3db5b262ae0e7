"""The log and the pages on which somebody writes a notification down and decides about it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW, a_child, a_report, an_episode

from wayhome.missing.commands import report_missing, set_aside_episode
from wayhome.missing.models import Notification
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.told import note_of, taken, written

TOLD = {
    "source": "parent",
    "told_by": "Mother",
    "contact": "01632 960123",
    "channel": "phone",
    "name_told": "Robin Testchild",
    "circumstances": "Did not come home from school.",
} | typed("received_at", NOW - timedelta(hours=1))
TAKEN = {
    "kind": "M",
    "missing_from": "home",
    "last_seen_place": "Bus station",
    **typed("last_seen_at", NOW - timedelta(hours=5), certainty="about"),
    **typed("reported_at", NOW - timedelta(hours=3)),
}


def known(cast, **said):
    return a_child(cast, known_to=("Sal", "Pat", "Cora"), **said)


def page(client, name, note):
    return client.get(reverse(name, args=[note]))


def test_from_the_telephone_to_an_open_episode(cast):
    child = known(cast)
    pat = client_of(cast, "Pat")
    made = sent(pat, reverse("write_notification"), **TOLD)
    assert made.status_code == 303
    note = made.headers["Location"].rstrip("/").rpartition("/")[2]
    waiting = text_of(pat.get(made.headers["Location"]))
    assert "Nobody has said who it is about" in waiting
    assert "Not told: who the child is; when they were last seen" in waiting
    assert "Robin Testchild" in text_of(page(pat, "name_notification", note))
    named = sent(pat, reverse("name_notification", args=[note]), person=str(child))
    assert named.headers["Location"] == reverse("take_notification", args=[note])
    opened = sent(pat, named.headers["Location"], **TAKEN)
    assert "/episodes/" in opened.headers["Location"]
    assert "The episode is open" in text_of(pat.get(opened.headers["Location"]))
    assert "Opened an episode" in text_of(page(pat, "notification", note))
    assert "belongs to an episode already" in text_of(page(pat, "take_notification", note))


def test_the_log_has_those_that_wait_first(cast):
    child = known(cast)
    taken(cast, written(cast, about=child))
    written(cast, name_told="Wren Nobody", received_at=NOW - timedelta(days=60))
    words = text_of(client_of(cast, "Cora").get(reverse("notifications")))
    assert "1 waits for somebody to decide" in words
    assert words.index("Wren Nobody") < words.index("Robin Testchild")
    assert "Opened an episode" in words


def test_the_log_names_what_was_not_told(cast):
    written(cast, last_seen_place="")
    written(cast, sender_reference="2", last_seen_at=None, contact="")
    shown = text_of(client_of(cast, "Pat").get(reverse("notifications")))
    assert "Not told: where they were last seen" in shown
    assert "Not told: when they were last seen; who told it and how to reach them" in shown


def test_the_log_is_filtered_by_source_outcome_and_time(cast):
    known(cast)
    written(cast, name_told="Parent Told")
    written(cast, name_told="Police Told", source="police")
    cora = client_of(cast, "Cora")

    def shown(**asked):
        return text_of(cora.get(reverse("notifications"), asked))

    assert "Police Told" not in shown(source="parent")
    assert "Police Told" in shown(source="police")
    assert "No notification like that" in shown(outcome="not_a_child")
    assert "Police Told" in shown(period="7")
    assert "Police Told" in shown(period="nonsense", outcome="nonsense", page="x")


def test_the_log_asks_the_same_questions_however_long_it_is(cast):
    cora = client_of(cast, "Cora")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert cora.get(reverse("notifications")).status_code == 200
        return len(asked)

    written(cast, about=known(cast))
    queries()
    one = queries()
    for _ in range(12):
        written(cast)
        written(cast, about=known(cast))
    assert queries() == one


def test_the_log_goes_on_over_the_page(cast):
    for _ in range(31):
        written(cast)
    cora = client_of(cast, "Cora")
    assert "31 notifications" in text_of(cora.get(reverse("notifications")))
    assert cora.get(reverse("notifications"), {"page": "2"}).content.count(b"Robin Testchild") == 1


@pytest.mark.parametrize("outcome", ["not_missing", "not_a_child", "not_identified"])
def test_what_is_no_report_is_settled_with_the_reason(cast, outcome):
    note = written(cast)
    cora = client_of(cast, "Cora")
    address = reverse("settle_notification", args=[note])
    refused = sent(cora, address, outcome=outcome, reason="")
    assert "Say why" in text_of(refused)
    done = sent(cora, address, outcome=outcome, reason="Rang the mother")
    assert done.headers["Location"] == reverse("notifications")
    words = text_of(page(cora, "notification", note))
    assert "Rang the mother" in words
    assert "Decide again" in words


def test_the_same_once_more_is_chosen_among_those_of_these_days(cast):
    first = written(cast)
    old = written(cast, received_at=NOW - timedelta(days=9))
    again = written(cast)
    cora = client_of(cast, "Cora")
    address = reverse("settle_notification", args=[again])
    shown = cora.get(address).content.decode()
    assert str(first) in shown
    assert str(old) not in shown
    assert sent(cora, address, outcome="repeated", repeats=str(first)).status_code == 303
    assert "The same message once more" in text_of(page(cora, "notification", first))
    assert "It is the same message as" in text_of(page(cora, "notification", again))


def test_who_it_is_about_can_be_looked_for_again(cast):
    note = written(cast, name_told="Nobody Atall")
    wren = known(cast, given_name="Wren", family_name="Other")
    pat = client_of(cast, "Pat")
    address = reverse("name_notification", args=[note])
    assert "No record that is open to you" in text_of(pat.get(address))
    found = pat.post(address, {"q": "Wren Other", "look": "yes"})
    assert str(wren) in found.content.decode()
    assert sent(pat, address, person=str(wren)).status_code == 303
    assert note_of(cast, note).person_id == wren


def test_a_time_that_cannot_be_is_refused_at_its_place_and_nothing_is_decided(cast):
    note = written(cast, about=known(cast))
    cora = client_of(cast, "Cora")
    wrong = TAKEN | typed("reported_at", NOW - timedelta(hours=9))
    refused = sent(cora, reverse("take_notification", args=[note]), **wrong)
    assert "cannot be earlier than when the child was last seen" in text_of(refused)
    assert note_of(cast, note).outcome == "waiting"


def test_a_child_reported_already_gets_another_source(cast):
    child = known(cast)
    episode = an_episode(cast, child)
    cora = client_of(cast, "Cora")
    note = written(cast, about=child)
    done = sent(cora, reverse("take_notification", args=[note]), **TAKEN)
    assert done.headers["Location"] == reverse("episode", args=[episode])
    assert "another source" in text_of(cora.get(done.headers["Location"]))


def test_one_of_an_earlier_day_asks_whether_it_is_the_same_time(cast):
    child = known(cast)
    episode = an_episode(cast, child)
    seen, reported = NOW - timedelta(days=3), NOW - timedelta(days=3, hours=-1)
    note = written(cast, about=child, last_seen_at=seen, noticed_at=None, reported_at=reported)
    pat = client_of(cast, "Pat")
    address = reverse("take_notification", args=[note])
    assert "Is it about that same time?" in text_of(pat.get(address))
    told = TAKEN | typed("last_seen_at", seen, certainty="exact") | typed("reported_at", reported)
    refused = sent(pat, address, **told)
    assert "tells of an earlier day" in text_of(refused)
    back = typed("returned_at", NOW - timedelta(days=2))
    own = sent(pat, address, **told, is_same_time="no", **back)
    assert own.status_code == 303
    assert str(episode) not in own.headers["Location"]


def test_one_of_the_same_day_is_not_asked_about_its_time(cast):
    child = known(cast)
    an_episode(cast, child)
    shown = text_of(page(client_of(cast, "Pat"), "take_notification", written(cast, about=child)))
    assert "same time?" not in shown


def test_one_about_a_child_on_the_page_knows_whom_it_is_about(cast):
    child = known(cast)
    sal = client_of(cast, "Sal")
    made = sent(sal, reverse("write_notification_about", args=[child]), **TOLD)
    with cast.seen_by("Sal"):
        assert Notification.objects.get(person_id=child).name_told == "Robin Testchild"
    shown = text_of(sal.get(made.headers["Location"]))
    assert "Take it as a report" not in shown


def test_a_report_about_a_record_that_is_closed_by_now_shows_nothing_of_it(cast):
    child = a_child(cast, known_to=("Sal", "Cora"))
    with cast.seen_by("Otto") as otto:
        episode = report_missing(person_id=child, new=a_report(told_by="Robin's aunt"), viewer=otto, now=NOW)
        note = Notification.objects.get(person_id=child).pk
    with cast.seen_by("Cora") as cora:
        set_aside_episode(episode_id=episode, reason="Wrong child", viewer=cora, now=NOW)
    shown = page(client_of(cast, "Otto"), "notification", note)
    assert "The record of this child is not open to you" in text_of(shown)
    for hidden in (str(child), str(episode), "Robin", "Saltmere bus station"):
        assert hidden not in shown.content.decode()
