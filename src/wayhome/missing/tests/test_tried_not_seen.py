"""A try to see the child is not a check: the duty runs until the child was seen, or nobody tries any more."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child

from wayhome.missing import commands
from wayhome.missing.commands.safe_and_well import NotTriedYet, SafeAndWellNeedsWords
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.stages import a_check, file_of, returned
from wayhome.missing.vocabulary import Duty, Stage

pytestmark = pytest.mark.django_db


def check(cast, episode, outcome, account="Nobody opened", **more):
    with cast.seen_by("Pat") as pat:
        made = a_check(outcome=outcome, account=account, **more)
        commands.record_safe_and_well(episode_id=episode, check=made, viewer=pat, now=NOW)


def duties(file):
    return {duty.kind: duty.duty for duty in file.duties}


@pytest.mark.parametrize("outcome", ["refused", "not_possible"])
def test_after_a_try_the_check_stays_due_and_says_that_it_was_tried(cast, outcome):
    episode = returned(cast, a_child(cast))
    check(cast, episode, outcome)
    file = file_of(cast, episode)
    assert file.stage == Stage.SAFE_AND_WELL_DUE
    assert file.episode.safe_and_well_at is None
    assert duties(file)[Duty.SAFE_AND_WELL] == "Safe and well check: tried, not seen yet"
    assert [each.outcome for each in file.checks] == [outcome]


@pytest.mark.parametrize("outcome", ["seen_safe", "harm_found", "no_further_try"])
def test_after_a_try_the_child_is_seen_or_somebody_decides_that_nobody_tries_again(cast, outcome):
    episode = returned(cast, a_child(cast))
    check(cast, episode, "refused")
    check(cast, episode, outcome)
    assert Duty.SAFE_AND_WELL not in duties(file_of(cast, episode))
    assert file_of(cast, episode).stage == Stage.INTERVIEW_DUE


def test_nobody_gives_up_before_the_first_try_or_without_a_reason(cast):
    episode = returned(cast, a_child(cast))
    with pytest.raises(NotTriedYet):
        check(cast, episode, "no_further_try")
    check(cast, episode, "refused")
    with pytest.raises(SafeAndWellNeedsWords):
        check(cast, episode, "no_further_try", account=" ")


def test_the_last_try_is_the_one_that_is_told(cast):
    episode = returned(cast, a_child(cast))
    for minutes in (20, 40):
        check(cast, episode, "refused", checked_at=NOW - timedelta(minutes=minutes))
    assert file_of(cast, episode).episode.safe_and_well_tried_at == NOW - timedelta(minutes=20)


def test_the_board_the_worklist_and_the_episode_say_tried_not_seen_yet(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    episode = returned(cast, child)
    pat = client_of(cast, "Pat")
    answers = typed("checked_at", NOW - timedelta(minutes=30)) | {"outcome": "not_possible"}
    address = reverse("record_safe_and_well", args=[episode])
    done = sent(pat, address, **answers, checked_by="PC Example", seen_alone="", account="Nobody in")
    assert "The try is recorded" in text_of(pat.get(done["Location"]))
    for page in (reverse("board"), reverse("today"), reverse("episode", args=[episode])):
        assert "tried, not seen yet" in text_of(pat.get(page)).lower(), page
    assert "not seen yet" in text_of(client_of(cast, "Hal").get(reverse("episode", args=[episode])))
