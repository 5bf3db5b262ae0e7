"""From report to closure by the commands, each as the person whose work it is."""

from datetime import timedelta

import pytest
from tests.personas import NOW, Cast, a_child, a_report, an_episode

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.events.models import OutboxEvent
from wayhome.kernel.refusal import NotFound
from wayhome.missing import commands, queries
from wayhome.missing.commands.interview import Offer
from wayhome.missing.commands.safe_and_well import SafeAndWell
from wayhome.missing.rules import Clocks
from wayhome.missing.vocabulary import PlanEffect, PoliceRisk, SafeAndWellOutcome, Stage


def stage_of(cast: Cast, episode_id, name="Cora"):
    with cast.seen_by(name):
        return queries.episode_file(episode_id, Clocks()).stage


def test_a_child_is_reported_found_seen_safe_heard_and_the_episode_closed(cast):
    child = a_child(cast)
    with cast.seen_by("Pat") as pat:
        episode = commands.report_missing(person_id=child, new=a_report(), viewer=pat, now=NOW)
        commands.judge_risk(
            episode_id=episode, level=PoliceRisk.MEDIUM, reason="Fourth time this month.", viewer=pat, now=NOW
        )
    assert stage_of(cast, episode) == Stage.MISSING

    with cast.seen_by("Pat") as pat:
        commands.record_located(
            episode_id=episode, located_at=NOW - timedelta(hours=2), place="Pier", viewer=pat, now=NOW
        )
        commands.record_returned(
            episode_id=episode,
            returned_at=NOW - timedelta(hours=1),
            returned_to="Home",
            return_method="FOUND_POLICE",
            viewer=pat,
            now=NOW,
        )
        check = SafeAndWell(
            outcome=SafeAndWellOutcome.SEEN_SAFE,
            checked_at=NOW - timedelta(minutes=30),
            checked_by="PC Example",
        )
        commands.record_safe_and_well(episode_id=episode, check=check, viewer=pat, now=NOW)
    assert stage_of(cast, episode) == Stage.INTERVIEW_DUE

    with cast.seen_by("Ines") as ines:
        offer = Offer(offered_at=NOW - timedelta(minutes=20), channel="phone", answer="accepted")
        commands.offer_interview(episode_id=episode, offer=offer, viewer=ines, now=NOW)
        account = commands.Account(
            held_at=NOW - timedelta(minutes=10),
            place="Youth café",
            independent_as="outside",
            independence="Works for Listening Ear, not for the home",
            own_words="I wanted to see my sister.",
            push_reasons=("not_heard",),
            pull_reasons=("family_contact",),
        )
        commands.hold_interview(episode_id=episode, account=account, viewer=ines, now=NOW)
    with cast.seen_by("Sal") as sal:
        commands.analyse_return(
            episode_id=episode,
            text="Contact with the sister is what is missing.",
            plan_effect=PlanEffect.PLAN_CHANGED,
            plan_note="Sister visits every Saturday.",
            viewer=sal,
            now=NOW,
        )
        commands.close_episode(episode_id=episode, viewer=sal, now=NOW)
    assert stage_of(cast, episode) == Stage.CLOSED

    with as_worker():
        verbs = set(Entry.objects.filter(person_id=child).values_list("verb", flat=True))
        events = set(OutboxEvent.objects.values_list("name", flat=True))
    assert {"report missing", "judge risk", "return", "settle interview", "analyse return", "close"} <= verbs
    assert {"EpisodeOpened", "EpisodeReturned", "InterviewSettled", "EpisodeClosed"} <= events


def test_a_practitioner_of_another_agency_sees_nothing_of_it(cast):
    child = a_child(cast)
    episode = an_episode(cast, child)
    with cast.seen_by("Otto"):
        assert queries.board(Clocks()) == []
        with pytest.raises(NotFound):
            queries.episode(episode)


def test_the_home_does_not_read_what_the_child_told_the_interviewer(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    episode = an_episode(cast, child)
    with cast.seen_by("Pat") as pat:
        commands.record_returned(
            episode_id=episode,
            returned_at=NOW - timedelta(hours=1),
            returned_to="Lantern House",
            return_method="RETURNED_SELF",
            viewer=pat,
            now=NOW,
        )
    with cast.seen_by("Ines") as ines:
        account = commands.Account(
            held_at=NOW, place="Park", independent_as="outside", own_words="They shout at me there."
        )
        commands.hold_interview(episode_id=episode, account=account, viewer=ines, now=NOW)
    with cast.seen_by("Hal"):
        seen = queries.episode_file(episode, Clocks())
    assert seen.interview is None
    assert seen.episode.interview_held_at == NOW
