"""When a child is found dead no clock starts, nobody is asked for an interview, and only words are left."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, a_report, an_episode

from wayhome.access.queries import sees
from wayhome.missing import commands
from wayhome.missing.commands import Return
from wayhome.missing.commands.close import NotReadyToClose
from wayhome.missing.commands.correcting import FinishedAfterReturn
from wayhome.missing.rules import ChildHasDied
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.stages import BACK, a_check, an_account, an_offer, file_of
from wayhome.missing.vocabulary import Stage

pytestmark = pytest.mark.django_db
WORDS = "Her mother was told by the sergeant she knows."


def found_dead(cast, child):
    episode = an_episode(cast, child)
    with cast.seen_by("Pat") as pat:
        commands.record_returned(
            episode_id=episode,
            returned_at=BACK,
            returned_to="",
            return_method="DECEASED",
            viewer=pat,
            now=NOW,
        )
    return episode


def last_words(cast, episode):
    with cast.seen_by("Sal") as sal:
        commands.analyse_return(
            episode_id=episode, text=WORDS, plan_effect="", plan_note="", viewer=sal, now=NOW
        )


def test_no_clock_starts_and_the_interviewers_are_not_called_in(cast):
    child = a_child(cast)
    file = file_of(cast, found_dead(cast, child))
    assert (file.stage, file.duties) == (Stage.DIED, ())
    with cast.seen_by("Ines"):
        assert not sees(child)


def test_the_workers_words_are_all_that_closing_asks_for(cast):
    episode = found_dead(cast, a_child(cast))
    last_words(cast, episode)
    assert file_of(cast, episode).stage == Stage.READY_TO_CLOSE
    with cast.seen_by("Sal") as sal:
        commands.close_episode(episode_id=episode, viewer=sal, now=NOW)
    assert file_of(cast, episode, "Sal").stage == Stage.CLOSED


def test_without_words_it_is_not_closed(cast):
    episode = found_dead(cast, a_child(cast))
    with cast.seen_by("Sal") as sal, pytest.raises(NotReadyToClose, match="words"):
        commands.close_episode(episode_id=episode, viewer=sal, now=NOW)


def test_a_check_and_an_interview_are_refused(cast):
    episode = found_dead(cast, a_child(cast, known_to=("Sal", "Ines")))
    with cast.seen_by("Pat") as pat, pytest.raises(ChildHasDied):
        commands.record_safe_and_well(episode_id=episode, check=a_check(), viewer=pat, now=NOW)
    with cast.seen_by("Ines") as ines:
        with pytest.raises(ChildHasDied):
            commands.offer_interview(episode_id=episode, offer=an_offer(), viewer=ines, now=NOW)
        with pytest.raises(ChildHasDied):
            commands.hold_interview(episode_id=episode, account=an_account(), viewer=ines, now=NOW)


def test_a_death_that_was_written_wrong_is_corrected_and_the_clocks_run(cast):
    child = a_child(cast)
    episode = found_dead(cast, child)
    told = Return(returned_at=BACK, returned_to="Ward 3", return_method="HOSPITAL")
    with cast.seen_by("Pat") as pat:
        commands.correct_return(episode_id=episode, told=told, reason="Another", viewer=pat, now=NOW)
    assert file_of(cast, episode).stage == Stage.SAFE_AND_WELL_DUE
    with cast.seen_by("Ines"):
        assert sees(child)


def test_after_the_words_were_written_it_is_not_corrected_any_more(cast):
    episode = found_dead(cast, a_child(cast))
    last_words(cast, episode)
    told = Return(returned_at=BACK, return_method="HOSPITAL")
    with cast.seen_by("Pat") as pat, pytest.raises(FinishedAfterReturn):
        commands.correct_return(episode_id=episode, told=told, reason="Another", viewer=pat, now=NOW)


def test_one_reported_when_they_were_found_dead_already_starts_no_clock_either(cast):
    child = a_child(cast)
    with cast.seen_by("Sal") as sal:
        episode = commands.report_missing(
            person_id=child,
            new=a_report(),
            back_already=Return(returned_at=NOW - timedelta(hours=1), return_method="DECEASED"),
            viewer=sal,
            now=NOW,
        )
    assert file_of(cast, episode).duties == ()
    page = text_of(client_of(cast, "Sal").get(reverse("reported", args=[episode])))
    assert "has died" in page
    assert "safe and well" not in page


def test_the_pages_say_it_plainly_and_ask_for_nothing_but_words(cast):
    child = a_child(cast)
    episode = an_episode(cast, child)
    pat, sal = client_of(cast, "Pat"), client_of(cast, "Sal")
    answers = typed("returned_at", BACK, certainty="exact") | {"return_method": "DECEASED", "returned_to": ""}
    done = sent(pat, reverse("record_returned", args=[episode]), **answers)
    shown = text_of(pat.get(done["Location"]))
    assert "No check and no interview is asked of anyone" in shown
    assert "72 hours" not in shown
    assert "Safe and well" not in shown
    assert "The child has died" in text_of(sal.get(reverse("board")))
    assert "write the last words" in text_of(sal.get(reverse("today")))
    form = sal.get(reverse("analyse_return", args=[episode])).content.decode()
    assert "plan_effect" not in form
    sent(sal, reverse("analyse_return", args=[episode]), text=WORDS)
    page = text_of(sal.get(reverse("episode", args=[episode])))
    assert WORDS in page
    assert "No change to the plan" not in page
    sent(sal, reverse("close_episode", args=[episode]))
    assert file_of(cast, episode, "Sal").stage == Stage.CLOSED


def test_where_a_child_is_who_came_back_is_still_asked(cast):
    episode = an_episode(cast, a_child(cast))
    answers = typed("returned_at", BACK, certainty="exact") | {"return_method": "HOSPITAL", "returned_to": ""}
    again = sent(client_of(cast, "Pat"), reverse("record_returned", args=[episode]), **answers)
    assert "Write where they are now" in text_of(again)
