"""A notification is kept as it was received; what comes of it is decided, with who and why."""

from datetime import datetime, timedelta

import pytest
from tests.personas import ARRANGER, NOW, a_child, a_report, an_episode

from wayhome.access.commands import give_scope, restrict
from wayhome.access.models import Grant
from wayhome.access.queries import who_sees
from wayhome.access.roles import Scope
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.missing import commands
from wayhome.missing.commands.deciding import (
    BelongsToAnEpisode,
    DecidedMeanwhile,
    DecisionReasonMissing,
    NobodyNamed,
    NotADecision,
    NotTheSameMessage,
    OfAnEarlierTime,
    name_child,
    settle,
    take_up,
)
from wayhome.missing.commands.found import Return
from wayhome.missing.commands.notification import SentAfterReceived, TellsNothing
from wayhome.missing.models import Episode, Notification, Report
from wayhome.missing.rules import InTheFuture
from wayhome.missing.rules.notification import is_of_an_earlier_time
from wayhome.missing.tests.told import note_of, taken, written
from wayhome.missing.vocabulary import NotificationOutcome


def known(cast):
    return a_child(cast, known_to=("Sal", "Pat", "Cora", "Hal"))


def decided(cast, note, *, by="Cora", **said):
    with cast.seen_by(by) as viewer:
        settle(notification_id=note, viewer=viewer, now=NOW, **said)


def test_a_message_about_a_child_nobody_knows_waits_as_it_was_received(cast):
    note = note_of(cast, written(cast))
    assert note.outcome == NotificationOutcome.WAITING
    assert note.person_id is None
    assert (note.name_told, note.born_told) == ("Robin Testchild", "5 June 2011")


def test_the_coordinators_see_what_the_desk_wrote_down_and_others_do_not(cast):
    note = written(cast)
    assert note_of(cast, note, by="Cora")
    with cast.seen_by("Sal"), pytest.raises(Notification.DoesNotExist):
        Notification.objects.get(pk=note)


def test_a_message_taken_as_a_report_opens_an_episode_and_both_point_at_each_other(cast):
    child = known(cast)
    note = written(cast, about=child)
    made = taken(cast, note)
    assert made.has_opened
    kept = note_of(cast, note)
    assert (kept.outcome, kept.episode_id) == (NotificationOutcome.OPENED, made.episode_id)
    with cast.seen_by("Cora"):
        assert Report.objects.get(episode_id=made.episode_id).notification_id == note


def test_a_message_about_a_child_who_is_missing_joins_the_open_episode(cast):
    child = known(cast)
    episode = an_episode(cast, child)
    made = taken(cast, written(cast, about=child))
    assert (made.has_opened, made.episode_id) == (False, episode)
    with as_worker():
        assert Episode.objects.filter(person_id=child).count() == 1
        assert Report.objects.filter(episode_id=episode).count() == 2


def test_what_was_told_is_not_changed_by_what_the_desk_makes_of_it(cast):
    note = written(cast, about=known(cast), last_seen_at=None, last_seen_place="")
    taken(cast, note)
    kept = note_of(cast, note)
    assert (kept.last_seen_at, kept.last_seen_place) == (None, "")


def test_a_report_typed_into_the_system_is_in_the_log_too(cast):
    episode = an_episode(cast, known(cast))
    with cast.seen_by("Cora"):
        note = Notification.objects.get(episode_id=episode)
        assert (note.channel, note.outcome) == ("page", NotificationOutcome.OPENED)
        assert note.last_seen_place == "Saltmere bus station"
        assert Report.objects.get(episode_id=episode).notification_id == note.pk


def test_a_second_source_typed_in_is_in_the_log_as_added(cast):
    child = known(cast)
    episode = an_episode(cast, child)
    with cast.seen_by("Hal") as hal:
        commands.add_report(
            episode_id=episode, person_id=child, new=a_report(source="home"), viewer=hal, now=NOW
        )
    with cast.seen_by("Cora"):
        outcomes = Notification.objects.filter(episode_id=episode).values_list("source", "outcome")
        assert set(outcomes) == {("police", "opened"), ("home", "added")}


def test_a_reference_that_came_before_is_kept_as_the_same_message(cast):
    child = known(cast)
    first = written(cast, about=child, sender_reference="SP-1")
    again = note_of(cast, written(cast, sender_reference="SP-1"))
    assert (again.outcome, again.repeats_id) == (NotificationOutcome.REPEATED, first)
    assert again.person_id == child


def test_the_same_reference_of_another_source_is_another_message(cast):
    written(cast, sender_reference="1")
    other = note_of(cast, written(cast, source="home", sender_reference="1"))
    assert other.outcome == NotificationOutcome.WAITING


def test_a_message_about_a_child_whom_no_coordinator_saw_waits_for_them(cast):
    child = a_child(cast, known_to=("Sal",))
    note = written(cast, by="Sal", about=child)
    assert note_of(cast, note, by="Cora").outcome == NotificationOutcome.WAITING
    decided(cast, note, outcome="not_missing", reason="At the dentist")
    with cast.seen_by("Pat"):
        assert not Notification.objects.filter(pk=note).exists()
    with as_worker():
        opened = Grant.objects.get(person_id=child, team_id=cast.team_of("Cora"))
        entry = Entry.objects.get(verb="grant", subject_id=opened.pk)
    assert opened.valid.upper < NOW + timedelta(days=32)
    assert (entry.person_id, entry.user_id) == (child, cast.users["Sal"].pk)
    with cast.seen_by("Sal"):
        [told] = [each for each in who_sees(child) if each.holder_id == cast.team_of("Cora")]
        assert told.reason == "A message about the child waits to be decided"
        written(cast, by="Sal", about=child)
    with as_worker():
        assert Grant.objects.filter(person_id=child, team_id=cast.team_of("Cora")).count() == 1


def test_a_message_opens_no_restricted_record_to_the_coordinators(cast):
    child = a_child(cast, known_to=("Sal", "Cora"))
    with cast.seen_by("Cora") as cora:
        restrict(
            person_id=child,
            named={cora.user_id, cast.users["Sal"].pk},
            reason="At risk",
            viewer=cora,
            now=NOW,
        )
    written(cast, by="Sal", about=child)
    with as_worker():
        teams = Grant.objects.filter(person_id=child, team__isnull=False)
        assert {each.held_back for each in teams} == {True}


def test_who_it_is_about_is_said_by_one_who_sees_the_child(cast):
    child, hidden = known(cast), a_child(cast, given_name="Rowan", known_to=("Sal",))
    note = written(cast)
    with cast.seen_by("Cora") as cora:
        with pytest.raises(NotFound):
            name_child(notification_id=note, person_id=hidden, viewer=cora, now=NOW)
        name_child(notification_id=note, person_id=child, viewer=cora, now=NOW)
    assert note_of(cast, note).person_id == child


def test_it_is_not_taken_as_a_report_before_it_is_said_who_it_is_about(cast):
    with pytest.raises(NobodyNamed):
        taken(cast, written(cast))


@pytest.mark.parametrize("outcome", ["not_missing", "not_a_child", "not_identified"])
def test_that_no_episode_comes_of_it_says_why(cast, outcome):
    note = written(cast)
    with pytest.raises(DecisionReasonMissing):
        decided(cast, note, outcome=outcome, reason=" ")
    decided(cast, note, outcome=outcome, reason="Rang the mother: at her aunt's")
    kept = note_of(cast, note)
    assert (kept.outcome, kept.outcome_reason) == (outcome, "Rang the mother: at her aunt's")
    assert kept.decided_by_id == cast.users["Cora"].pk


def test_the_same_message_once_more_says_which(cast):
    first, again = written(cast), written(cast)
    with pytest.raises(NotTheSameMessage):
        decided(cast, again, outcome="repeated")
    with pytest.raises(NotTheSameMessage):
        decided(cast, again, outcome="repeated", repeats_id=again)
    decided(cast, again, outcome="repeated", repeats_id=first)
    third = written(cast)
    decided(cast, third, outcome="repeated", repeats_id=again)
    assert note_of(cast, third).repeats_id == first


def test_messages_about_two_children_are_not_the_same(cast):
    first = written(cast, about=known(cast))
    other = written(cast, about=a_child(cast, given_name="Wren", known_to=("Pat", "Cora")))
    with pytest.raises(NotTheSameMessage):
        decided(cast, other, outcome="repeated", repeats_id=first)


def test_it_can_be_decided_again_until_it_belongs_to_an_episode(cast):
    note = written(cast, about=known(cast))
    decided(cast, note, outcome="not_missing", reason="At the dentist")
    taken(cast, note)
    with pytest.raises(BelongsToAnEpisode):
        decided(cast, note, outcome="not_missing", reason="At the dentist")
    with pytest.raises(BelongsToAnEpisode):
        taken(cast, note)


def test_what_was_kept_as_the_same_message_can_be_decided_as_one_of_its_own(cast):
    child = known(cast)
    taken(cast, written(cast, about=child, sender_reference="SP-1"))
    again = written(cast, sender_reference="SP-1")
    decided(cast, again, outcome="not_a_child", reason="A dog")
    assert (note_of(cast, again).outcome, note_of(cast, again).repeats_id) == ("not_a_child", None)
    assert not taken(cast, again).has_opened


def test_a_decision_is_one_of_those_there_are(cast):
    for outcome in ("opened", "waiting", "lost"):
        with pytest.raises(NotADecision):
            decided(cast, written(cast), outcome=outcome, reason="Because")


def test_who_decides_after_a_colleague_is_told(cast):
    note = written(cast)
    decided(cast, note, outcome="not_a_child", reason="A dog", outcome_read="waiting")
    with pytest.raises(DecidedMeanwhile):
        decided(cast, note, by="Pat", outcome="not_identified", reason="Number", outcome_read="waiting")


def test_only_the_desk_and_the_coordinators_decide(cast):
    note = written(cast, by="Sal")
    with pytest.raises(NotAllowed):
        decided(cast, note, by="Sal", outcome="not_a_child", reason="A dog")


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"received_at": NOW + timedelta(minutes=1)}, InTheFuture),
        ({"sent_at": NOW}, SentAfterReceived),
        ({"name_told": "", "circumstances": " "}, TellsNothing),
    ],
)
def test_what_cannot_be_is_refused(cast, told, refusal):
    with pytest.raises(refusal):
        written(cast, **told)


def test_times_that_contradict_each_other_are_kept_as_they_were_told(cast):
    note = written(cast, noticed_at=NOW - timedelta(hours=9))
    assert note_of(cast, note).noticed_at < note_of(cast, note).last_seen_at


def test_nobody_writes_one_down_about_a_child_they_do_not_see(cast):
    with pytest.raises(NotFound):
        written(cast, by="Otto", about=known(cast))


DAYS_AGO = {
    "last_seen_at": NOW - timedelta(days=3),
    "noticed_at": None,
    "reported_at": NOW - timedelta(days=3) + timedelta(hours=1),
}


def test_a_message_of_an_earlier_day_does_not_join_the_later_episode(cast):
    child = known(cast)
    episode = an_episode(cast, child)
    note = written(cast, about=child, **DAYS_AGO)
    with pytest.raises(OfAnEarlierTime):
        taken(cast, note, **DAYS_AGO)
    assert note_of(cast, note).outcome == NotificationOutcome.WAITING
    with as_worker():
        assert Report.objects.filter(episode_id=episode).count() == 1


def test_a_message_of_an_earlier_day_joins_it_where_somebody_says_so(cast):
    child = known(cast)
    episode = an_episode(cast, child)
    made = taken(cast, written(cast, about=child), is_same_time=True, **DAYS_AGO)
    assert (made.has_opened, made.episode_id) == (False, episode)


def test_a_message_of_an_earlier_time_that_is_over_gets_an_episode_of_its_own(cast):
    child = known(cast)
    episode = an_episode(cast, child)
    back = Return(returned_at=NOW - timedelta(days=2))
    made = taken(cast, written(cast, about=child), back_already=back, **DAYS_AGO)
    assert made.has_opened
    assert made.episode_id != episode


@pytest.mark.parametrize(
    ("seen", "reported", "is_earlier"),
    [
        ("2026-03-08 23:59", "2026-03-09 00:01", True),
        ("2026-03-08 23:59", "2026-03-09 09:59", True),
        ("2026-03-08 23:59", "2026-03-09 10:00", False),
        ("2026-03-09 00:00", "2026-03-09 00:01", False),
        ("2026-03-08 10:00", "2026-03-09 11:00", False),
        ("2026-03-08 09:59", "2026-03-09 11:00", True),
    ],
)
def test_what_is_of_an_earlier_time_is_decided_by_day_and_report(seen, reported, is_earlier):
    at = {name: datetime.fromisoformat(f"{when}+00:00") for name, when in (("s", seen), ("r", reported))}
    began_at = datetime.fromisoformat("2026-03-09 10:00+00:00")
    found = is_of_an_earlier_time(last_seen_at=at["s"], reported_at=at["r"], began_at=began_at)
    assert found is is_earlier


DECIDING = {
    "name": lambda note, child, **who: name_child(notification_id=note, person_id=child, **who),
    "take": lambda note, _, **who: take_up(notification_id=note, told=a_report(), **who),
    "settle": lambda note, _, **who: settle(notification_id=note, outcome="not_missing", reason="In", **who),
}


@pytest.mark.parametrize("act", DECIDING)
def test_staff_of_a_home_who_are_coordinators_too_decide_about_none(cast, act):
    child = known(cast)
    note = written(cast, about=None if act == "name" else child)
    with as_worker():
        give_scope(user_id=cast.users["Hal"].pk, scope=Scope.COORDINATOR, viewer=ARRANGER, now=NOW)
    with cast.seen_by("Hal") as hal, pytest.raises(NotAllowed, match="not for staff of a home"):
        DECIDING[act](note, child, viewer=hal, now=NOW)
