"""A return that was written wrong is corrected or undone, and what was written before is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.access.queries import sees
from wayhome.kernel.refusal import NotAllowed
from wayhome.missing import commands, queries
from wayhome.missing.commands import Return
from wayhome.missing.commands.correcting import (
    ChangedMeanwhile,
    CorrectionReasonMissing,
    FinishedAfterReturn,
    HeardAfterReturn,
    MissingAgainBefore,
    MissingAgainSince,
    WorkBeforeReturn,
)
from wayhome.missing.rules import LocatedAfterReturned, NotBackYet, ReturnedBeforeLastSeen
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.recorded import events, last_entry
from wayhome.missing.tests.stages import BACK, a_check, an_offer, checked, file_of, heard, returned
from wayhome.missing.vocabulary import Stage

pytestmark = pytest.mark.django_db
RIGHT = BACK - timedelta(hours=1)


def correct(cast, episode, at=RIGHT, *, by="Pat", method="FOUND_POLICE", reason="The log says so", **more):
    told = Return(returned_at=at, returned_to="Aunt", return_method=method)
    with cast.seen_by(by) as viewer:
        commands.correct_return(episode_id=episode, told=told, reason=reason, viewer=viewer, now=NOW, **more)


def undo(cast, episode, *, by="Pat", reason="The wrong child was ticked", **more):
    with cast.seen_by(by) as viewer:
        commands.undo_return(episode_id=episode, reason=reason, viewer=viewer, now=NOW, **more)


def test_a_corrected_return_moves_the_clocks_and_keeps_what_was_written(cast):
    child = a_child(cast)
    episode = returned(cast, child)
    correct(cast, episode)
    file = file_of(cast, episode)
    assert (file.episode.returned_at, file.episode.located_at) == (RIGHT, RIGHT)
    assert [duty.due_at for duty in file.duties] == [RIGHT + timedelta(hours=hours) for hours in (24, 72)]
    (kept,) = file.corrections
    assert (kept.returned_at, kept.returned_to, kept.becomes_at) == (BACK, "Home", RIGHT)
    entry, changes = last_entry(child, "correct return")
    assert entry.reason == "The log says so"
    assert changes["returned_to"] == ("Home", "Aunt")
    assert events()[-1] == "ReturnCorrected"


def test_where_the_child_was_located_before_stays(cast):
    episode = an_episode(cast, a_child(cast))
    located = NOW - timedelta(hours=4)
    with cast.seen_by("Pat") as pat:
        commands.record_located(episode_id=episode, located_at=located, place="Pier", viewer=pat, now=NOW)
        commands.record_returned(
            episode_id=episode, returned_at=BACK, returned_to="Home", return_method="", viewer=pat, now=NOW
        )
    with pytest.raises(LocatedAfterReturned):
        correct(cast, episode, located - timedelta(minutes=1))
    undo(cast, episode)
    assert file_of(cast, episode).episode.located_at == located
    assert file_of(cast, episode).stage == Stage.LOCATED


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": "  "}, CorrectionReasonMissing),
        ({"version": 1}, ChangedMeanwhile),
        ({"at": NOW - timedelta(hours=6)}, ReturnedBeforeLastSeen),
    ],
)
def test_a_correction_that_cannot_be_is_refused(cast, changed, refusal):
    episode = returned(cast, a_child(cast))
    with pytest.raises(refusal):
        correct(cast, episode, **changed)


def test_a_return_that_is_not_there_cannot_be_wrong(cast):
    episode = an_episode(cast, a_child(cast))
    for doing in (correct, undo):
        with pytest.raises(NotBackYet):
            doing(cast, episode)


def test_only_who_may_record_a_return_may_correct_it(cast):
    episode = returned(cast, a_child(cast))
    for doing in (correct, undo):
        with pytest.raises(NotAllowed):
            doing(cast, episode, by="Ana")


def test_after_an_interview_a_return_stands_and_it_is_said_what_to_do(cast):
    episode = heard(cast, a_child(cast))
    for doing in (correct, undo):
        with pytest.raises(HeardAfterReturn) as refused:
            doing(cast, episode)
        assert "set this episode aside" in refused.value.message


def test_a_return_does_not_move_behind_the_check_that_followed_it(cast):
    episode = checked(cast, a_child(cast))
    with pytest.raises(WorkBeforeReturn):
        correct(cast, episode, NOW - timedelta(minutes=30))


def missing_again(cast, child):
    again = {"last_seen_at": NOW - timedelta(minutes=30), "noticed_at": None, "reported_at": NOW}
    an_episode(cast, child, **again)


def test_a_return_does_not_run_into_the_next_episode(cast):
    child = a_child(cast)
    episode = returned(cast, child)
    missing_again(cast, child)
    with pytest.raises(MissingAgainBefore):
        correct(cast, episode, NOW - timedelta(minutes=10))
    with pytest.raises(MissingAgainSince):
        undo(cast, episode)


def test_who_was_not_back_after_all_is_missing_as_before_and_nothing_is_lost(cast):
    child = a_child(cast)
    episode = an_episode(cast, child)
    again = NOW + timedelta(hours=2)
    with cast.seen_by("Pat") as pat:
        commands.judge_risk(
            episode_id=episode, level="low", reason="Known", reassess_by=again, viewer=pat, now=NOW
        )
        commands.record_returned(
            episode_id=episode, returned_at=BACK, returned_to="Home", return_method="", viewer=pat, now=NOW
        )
        commands.record_safe_and_well(episode_id=episode, check=a_check(), viewer=pat, now=NOW)
    with cast.seen_by("Ines") as ines:
        commands.offer_interview(episode_id=episode, offer=an_offer(), viewer=ines, now=NOW)
    undo(cast, episode)
    file = file_of(cast, episode)
    assert file.stage == Stage.MISSING
    assert [(duty.kind, duty.due_at) for duty in file.duties] == [("reassess_risk", again)]
    assert (len(file.checks), len(file.offers), file.corrections[0].becomes_at) == (1, 1, None)
    assert events()[-1] == "ReturnUndone"
    with cast.seen_by("Ines"):
        assert not sees(child)
    with cast.seen_by("Cora") as cora:
        assert queries.open_episode_of(child).pk == episode
        commands.record_returned(
            episode_id=episode, returned_at=NOW, returned_to="", return_method="", viewer=cora, now=NOW
        )
    assert file_of(cast, episode).stage == Stage.SAFE_AND_WELL_DUE


def test_a_return_after_which_no_interview_came_about_is_not_undone(cast):
    episode = returned(cast, a_child(cast))
    with cast.seen_by("Ines") as ines:
        commands.settle_without_interview(
            episode_id=episode, outcome="moved_away", reason="Abroad", viewer=ines, now=NOW
        )
    with pytest.raises(FinishedAfterReturn):
        undo(cast, episode)
    correct(cast, episode)
    assert file_of(cast, episode).episode.returned_at == RIGHT


def test_on_the_pages_a_return_is_corrected_and_what_it_was_is_shown(cast):
    episode = returned(cast, a_child(cast))
    pat = client_of(cast, "Pat")
    assert (
        reverse("correct_return", args=[episode])
        in pat.get(reverse("episode", args=[episode])).content.decode()
    )
    form = pat.get(reverse("correct_return", args=[episode])).content.decode()
    assert 'value="Home"' in form
    answers = typed("returned_at", RIGHT, certainty="exact") | {"return_method": "HOSPITAL"}
    done = sent(
        pat, reverse("correct_return", args=[episode]), **answers, returned_to="Ward 3", reason="By the log"
    )
    shown = text_of(pat.get(done["Location"]))
    assert "The return is corrected" in shown
    assert "What was written before, and corrected" in shown
    assert "By the log" in shown


def test_on_the_pages_a_child_is_not_back_after_all_and_the_interviewer_who_says_so_is_led_out(cast):
    child = a_child(cast)
    episode = returned(cast, child)
    ines = client_of(cast, "Ines")
    done = sent(ines, reverse("undo_return", args=[episode]), reason="It was a sister")
    assert done["Location"] == reverse("board")
    page = text_of(client_of(cast, "Sal").get(reverse("episode", args=[episode])))
    assert "Not back after all" in page
    assert "Not back yet." in page
    assert "It was a sister" in text_of(client_of(cast, "Sal").get(reverse("child", args=[child])))


def test_after_an_interview_the_page_does_not_offer_to_correct_the_return(cast):
    episode = heard(cast, a_child(cast))
    page = client_of(cast, "Pat").get(reverse("episode", args=[episode])).content.decode()
    assert reverse("correct_return", args=[episode]) not in page
