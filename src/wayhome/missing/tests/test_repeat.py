"""A return is compared with the triggers, and a person decides what follows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import ARRANGER, NOW, a_child, an_episode

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.events.models import OutboxEvent
from wayhome.events.outbox import handlers_of
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.missing import commands
from wayhome.missing.commands.repeat import DecidedAlready, DecisionMissing, ReasonForNothingMissing
from wayhome.missing.models import Episode, TriggerHit
from wayhome.missing.queries import repeat as queries
from wayhome.missing.tests.pages import client_of, sent, text_of
from wayhome.partnership.commands import change_setting


def handled():
    """What the worker does with the events that wait."""
    with as_worker():
        for event in OutboxEvent.objects.filter(handled_at=None).order_by("pk"):
            for handle in handlers_of(event.name):
                handle(event.payload, NOW)
            OutboxEvent.objects.filter(pk=event.pk).update(handled_at=NOW)


def back(cast, episode_id, **told):
    with cast.seen_by("Sal") as viewer:
        commands.record_returned(
            episode_id=episode_id,
            returned_at=NOW - timedelta(hours=1),
            returned_to="Home",
            return_method="RETURNED_SELF",
            viewer=viewer,
            now=NOW,
            **told,
        )
    handled()


def met(person_id):
    with as_worker():
        return {hit.trigger for hit in TriggerHit.objects.filter(person_id=person_id)}


def earlier(person_id, *days):
    with as_worker():
        for each in days:
            seen = NOW - timedelta(days=each)
            Episode.objects.create(
                person_id=person_id,
                kind="M",
                last_seen_at=seen,
                recorded_at=seen,
                returned_at=seen + timedelta(hours=2),
            )


@pytest.fixture
def child(cast):
    return a_child(cast, known_to=("Sal", "Cora"))


def test_a_return_meets_its_triggers_once(cast, child):
    earlier(child, 20, 10)
    episode_id = an_episode(cast, child)
    assert met(child) == set()
    back(cast, episode_id)
    assert met(child) == {"3_in_90_days", "3_in_30_days"}
    with as_worker():
        commands.look_for_repeats(episode_id=episode_id, viewer=ARRANGER, now=NOW)
        assert TriggerHit.objects.filter(person_id=child).count() == 2
        entries = Entry.objects.filter(person_id=child, verb="look for repeats")
        assert [entry.detail["met"] for entry in entries] == [["3_in_90_days", "3_in_30_days"]]


def test_a_return_undone_takes_its_triggers_back(cast, child):
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    assert met(child) == {"first_ever"}
    with cast.seen_by("Sal") as viewer:
        commands.undo_return(episode_id=episode_id, reason="It was another child.", viewer=viewer, now=NOW)
    handled()
    assert met(child) == set()


def test_one_that_is_decided_stays(cast, child):
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    decide(cast, episode_id)
    with cast.seen_by("Sal") as viewer:
        commands.undo_return(episode_id=episode_id, reason="It was another child.", viewer=viewer, now=NOW)
    handled()
    assert met(child) == {"first_ever"}


def test_an_earlier_episode_told_late_takes_the_first_time_from_the_later(cast, child):
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    earlier(child, 300)
    with as_worker():
        first = Episode.objects.get(person_id=child, last_seen_at__lt=NOW - timedelta(days=200))
        commands.look_for_repeats(episode_id=first.pk, viewer=ARRANGER, now=NOW)
        assert [hit.episode_id for hit in TriggerHit.objects.filter(trigger="first_ever")] == [first.pk]


def test_setting_an_episode_aside_takes_it_out_of_the_count(cast, child):
    earlier(child, 20, 10)
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    with cast.seen_by("Cora") as viewer:
        aside = Episode.objects.filter(person_id=child).earliest("last_seen_at")
        commands.set_aside_episode(episode_id=aside.pk, reason="Another child", viewer=viewer, now=NOW)
    handled()
    # Of the two that are left, the earlier is the first now.
    assert met(child) == {"first_ever"}


def test_a_no_to_the_interview_is_counted_when_it_is_said(cast, child):
    earlier(child, 40)
    with as_worker():
        Episode.objects.filter(person_id=child).update(
            interview_outcome="declined_child", interview_settled_at=NOW
        )
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    assert met(child) == set()
    with cast.seen_by("Sal") as viewer:
        commands.settle_without_interview(
            episode_id=episode_id, outcome="declined_child", reason="Said no twice.", viewer=viewer, now=NOW
        )
    handled()
    assert met(child) == {"declined_twice"}


def test_the_partnerships_numbers_decide(cast, child):
    with as_worker():
        change_setting(
            partnership_id=cast.partnership_id,
            key="repeat_off",
            value=["first_ever"],
            source="Local protocol",
            viewer=ARRANGER,
            now=NOW,
        )
    back(cast, an_episode(cast, child))
    assert met(child) == set()


def decide(cast, episode_id, name="Cora", answer="panel", note="On Thursday's agenda.", now=NOW):
    with cast.seen_by(name) as viewer:
        commands.decide_repeat(episode_id=episode_id, answer=answer, note=note, viewer=viewer, now=now)


def test_one_decision_answers_all_that_wait(cast, child):
    earlier(child, 20, 10)
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    decide(cast, episode_id)
    with as_worker():
        assert {hit.answer for hit in TriggerHit.objects.filter(person_id=child)} == {"panel"}
        assert Entry.objects.filter(verb="decide repeat", person_id=child).count() == 1
    with pytest.raises(DecidedAlready):
        decide(cast, episode_id)


@pytest.mark.parametrize(
    ("answer", "note", "refusal"),
    [("", "", DecisionMissing), ("no_action", " ", ReasonForNothingMissing)],
)
def test_a_decision_says_what_and_why(cast, child, answer, note, refusal):
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    with pytest.raises(refusal):
        decide(cast, episode_id, answer=answer, note=note)


def test_who_may_not_decide_and_who_does_not_see_the_child(cast, child):
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    with pytest.raises(NotAllowed):
        decide(cast, episode_id, name="Pat")
    with pytest.raises(NotFound):
        decide(cast, episode_id, name="Otto")


def test_the_list_and_the_decision_by_its_pages(cast, child):
    earlier(child, 20, 10)
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    cora = client_of(cast, "Cora")
    text = text_of(cora.get(reverse("repeat")))
    assert "Waiting for a decision 1" in text
    assert "3 times in 30 days" in text
    answer = sent(cora, reverse("decide_repeat", args=[episode_id]), answer="no_action", note="")
    assert "Say why nothing more is needed" in text_of(answer)
    answer = sent(
        cora, reverse("decide_repeat", args=[episode_id]), answer="strategy_discussion", note="Held today."
    )
    assert answer.status_code == 303
    text = text_of(cora.get(reverse("repeat")))
    assert "Waiting for a decision 0" in text
    assert "Robin Testchild" in text


def test_who_sees_no_child_of_it_sees_an_empty_list(cast, child):
    back(cast, an_episode(cast, child))
    text = text_of(client_of(cast, "Otto").get(reverse("repeat")))
    assert "Waiting for a decision 0" in text
    assert "Testchild" not in text
    assert client_of(cast, "Ana").get(reverse("repeat")).status_code == 403
    assert client_of(cast, "Hal").get(reverse("repeat")).status_code == 403


def test_often_missing_counts_episodes_in_the_days_asked_for(cast, child):
    earlier(child, 89, 10, 95)
    today = NOW.date()
    with cast.seen_by("Cora") as cora:
        found = queries.often_missing(today - timedelta(days=92), today + timedelta(days=1), 2, cora, today)
        assert [each.times for each in found] == [2]
        assert queries.often_missing(today - timedelta(days=5), today, 1, cora, today) == []


def test_the_number_of_queries_does_not_grow(cast, child):
    def asked():
        with cast.seen_by("Cora") as cora, CaptureQueriesContext(connection) as queries_made:
            numbers = queries.numbers_of(cast.partnership_id)
            waiting, _total = queries.waiting_for_decision(numbers, cora, NOW.date())
            often = queries.often_missing(NOW.date() - timedelta(days=90), NOW.date(), 1, cora, NOW.date())
        return len(waiting), len(often), len(queries_made)

    earlier(child, 20, 10)
    back(cast, an_episode(cast, child))
    one = asked()
    for place in range(3):
        other = a_child(cast, family_name=f"Testchild{place}", known_to=("Sal", "Cora"))
        earlier(other, 20, 10)
        back(cast, an_episode(cast, other))
    many = asked()
    assert (one[:2], many[:2]) == ((1, 1), (4, 4))
    assert one[2] == many[2]
