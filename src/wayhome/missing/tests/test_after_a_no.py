"""A no is counted as offered and is not the end of listening: leaflets, contacts, carers, the next offer, the list."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW, a_child

from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.missing import commands
from wayhome.missing.commands.interview import NoInterviewToAddTo, NothingToOfferAgain
from wayhome.missing.models import Episode
from wayhome.missing.rules import Clocks
from wayhome.missing.rules.asking_again import OfferAgainInThePast, asked_again_on
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.stages import (
    AN_ANALYSIS,
    a_check,
    an_account,
    an_offer,
    checked,
    file_of,
    returned,
)
from wayhome.missing.vocabulary import AfterNo, Stage

TODAY = date(2026, 3, 11)
ALL_DONE = tuple(AfterNo.values)


@pytest.mark.parametrize(
    ("outcome", "said", "day"),
    [
        ("declined_child", {}, date(2026, 3, 25)),
        ("declined_parent", {}, date(2026, 3, 25)),
        ("not_contactable", {}, date(2026, 3, 25)),
        ("custody_or_hospital", {}, date(2026, 3, 25)),
        ("moved_away", {}, None),
        ("turned_18", {}, None),
        ("missing_again", {}, None),
        ("declined_child", {"chosen": date(2026, 3, 12)}, date(2026, 3, 12)),
        # After a second no only a day that somebody chose.
        ("declined_child", {"tries_after_no": 1}, None),
        ("declined_child", {"tries_after_no": 1, "chosen": date(2026, 4, 1)}, date(2026, 4, 1)),
    ],
)
def test_when_the_interview_is_offered_again(outcome, said, day):
    assert asked_again_on(outcome, TODAY, Clocks(), **said) == day


def test_how_long_that_is_is_a_local_setting_and_never_today():
    assert asked_again_on("declined_child", TODAY, Clocks(offer_again_days=7)) == date(2026, 3, 18)
    with pytest.raises(OfferAgainInThePast):
        asked_again_on("declined_child", TODAY, Clocks(), chosen=TODAY)


def say_no(cast, episode, name="Ines", **said):
    usual = {"outcome": "declined_child", "reason": "Said no twice."}
    with cast.seen_by(name) as viewer:
        commands.settle_without_interview(episode_id=episode, viewer=viewer, now=NOW, **(usual | said))


def ask_again(cast, episode, name="Sal", retry_on=None, **said):
    with cast.seen_by(name) as viewer:
        commands.offer_after_no(
            episode_id=episode, offer=an_offer(**said), retry_on=retry_on, viewer=viewer, now=NOW
        )


def close(cast, episode):
    with cast.seen_by("Sal") as sal:
        commands.analyse_return(episode_id=episode, viewer=sal, now=NOW, **AN_ANALYSIS)
        commands.close_episode(episode_id=episode, viewer=sal, now=NOW)


def test_a_no_keeps_what_was_done_then_and_the_day_of_the_next_offer(cast):
    episode = returned(cast, a_child(cast))
    say_no(
        cast,
        episode,
        after_no=ALL_DONE,
        contacts_given="An advocate, 01632 960002",
        carer_view="They come home tired.",
    )
    interview = file_of(cast, episode).interview
    assert interview.contacts_given == "An advocate, 01632 960002"
    assert interview.carer_view == "They come home tired."
    assert interview.retry_on == london_day(NOW) + timedelta(days=14)
    found = file_of(cast, episode).episode
    assert found.interview_offered_at == NOW
    assert found.interview_held_at is None


def test_another_no_is_kept_as_a_try_and_nobody_is_pressed(cast):
    episode = returned(cast, a_child(cast))
    say_no(cast, episode)
    ask_again(cast, episode, answer="declined_child")
    file = file_of(cast, episode)
    assert [each.answer for each in file.offers] == ["declined_child"]
    assert file.interview.retry_on is None
    assert file.episode.interview_outcome == "declined_child"


def test_a_yes_after_a_no_opens_a_closed_return_and_the_child_is_heard(cast):
    child = a_child(cast)
    episode = checked(cast, child)
    say_no(cast, episode)
    close(cast, episode)
    ask_again(cast, episode, answer="accepted")
    file = file_of(cast, episode)
    assert file.stage == Stage.INTERVIEW_DUE
    assert file.interview.reason_not_held == "Said no twice."
    assert "Hold the return interview" in [duty.duty for duty in file.duties]
    with cast.seen_by("Ines") as ines:
        commands.hold_interview(episode_id=episode, account=an_account(), viewer=ines, now=NOW)
    heard = file_of(cast, episode)
    assert heard.stage == Stage.ANALYSIS_DUE
    assert heard.interview.outcome == "completed"
    with cast.seen_by("Sal") as sal:
        commands.analyse_return(episode_id=episode, viewer=sal, now=NOW, **AN_ANALYSIS)
    assert file_of(cast, episode).stage == Stage.READY_TO_CLOSE


@pytest.mark.parametrize("outcome", ["moved_away", "turned_18"])
def test_who_is_gone_is_not_asked_again(cast, outcome):
    episode = returned(cast, a_child(cast))
    say_no(cast, episode, outcome=outcome)
    with pytest.raises(NothingToOfferAgain):
        ask_again(cast, episode)


def test_a_child_who_was_heard_is_not_asked_again_and_has_no_no(cast):
    episode = returned(cast, a_child(cast))
    with cast.seen_by("Ines") as ines:
        commands.hold_interview(episode_id=episode, account=an_account(), viewer=ines, now=NOW)
    with pytest.raises(NothingToOfferAgain):
        ask_again(cast, episode)
    with cast.seen_by("Sal") as sal, pytest.raises(NoInterviewToAddTo):
        commands.add_after_no(
            episode_id=episode,
            after_no=(),
            contacts_given="",
            carer_view="",
            retry_on=None,
            viewer=sal,
            now=NOW,
        )


def test_what_was_done_later_is_written_to_a_closed_episode_too(cast):
    episode = checked(cast, a_child(cast))
    say_no(cast, episode, after_no=("leaflet_child",))
    close(cast, episode)
    sal = client_of(cast, "Sal")
    address = f"/missing/episodes/{episode}/after-no"
    assert 'value="leaflet_child" checked' in sal.get(address).content.decode()
    answer = sent(sal, address, after_no=["leaflet_child", "leaflet_family"], contacts_given="Advocate")
    assert answer.status_code == 303, text_of(answer)
    interview = file_of(cast, episode).interview
    assert interview.after_no == ["leaflet_child", "leaflet_family"]
    assert interview.contacts_given == "Advocate"
    assert file_of(cast, episode).stage == Stage.CLOSED


def test_the_page_of_the_next_offer_says_what_a_yes_does(cast):
    episode = returned(cast, a_child(cast))
    say_no(cast, episode)
    sal = client_of(cast, "Sal")
    shown = text_of(sal.get(f"/missing/episodes/{episode}"))
    assert "Record another offer" in shown
    offer = {"channel": "phone", "answer": "accepted"} | typed("offered_at", NOW)
    answer = sent(sal, f"/missing/episodes/{episode}/offer-again", **offer)
    assert answer.status_code == 303, text_of(answer)
    assert "the return interview is due again" in text_of(sal.get(answer.headers["Location"]))
    assert file_of(cast, episode).stage == Stage.SAFE_AND_WELL_DUE


@pytest.mark.parametrize(
    ("answers", "chosen"),
    [
        (("declined_child",), {"declined_child"}),
        (("no_answer", "declined_parent"), {"declined_parent"}),
        (("declined_child", "no_answer"), set()),
        ((), set()),
    ],
)
def test_who_said_no_to_the_latest_offer_is_not_asked_for_again(cast, answers, chosen):
    episode = returned(cast, a_child(cast))
    for place, answer in enumerate(answers):
        offer = an_offer(answer=answer, offered_at=NOW - timedelta(minutes=60 - place))
        with cast.seen_by("Ines") as ines:
            commands.offer_interview(episode_id=episode, offer=offer, viewer=ines, now=NOW)
    page = client_of(cast, "Ines").get(f"/missing/episodes/{episode}/no-interview").content.decode()
    inputs = re.findall(r"<input[^>]*>", page)
    assert {re.search(r'value="([^"]*)"', each)[1] for each in inputs if " checked" in each} == chosen


def test_the_page_of_the_episode_says_who_wrote_down_the_no(cast):
    episode = returned(cast, a_child(cast))
    say_no(cast, episode)
    shown = text_of(client_of(cast, "Sal").get(f"/missing/episodes/{episode}"))
    assert re.search(r"Return interview: declined by the child .{0,40}Ines Return Interviewer", shown)


def not_heard(cast, name="Cora", query=""):
    return text_of(client_of(cast, name).get(f"/missing/not-heard{query}"))


def test_the_list_shows_the_tries_what_was_done_and_what_is_still_to_do(cast):
    child = a_child(cast, given_name="Ash")
    episode = returned(cast, child)
    with cast.seen_by("Ines") as ines:
        commands.offer_interview(episode_id=episode, offer=an_offer(), viewer=ines, now=NOW)
    say_no(cast, episode, after_no=("leaflet_child",))
    shown = not_heard(cast)
    assert "Ash Testchild" in shown
    assert "phone call: no answer yet" in shown
    assert "The child was given the leaflet" in shown
    assert (
        "Still to do: leaflet to the family or carers, other people to talk to, ask parents or carers"
        in shown
    )


def test_the_filters_leave_out_what_is_done_and_what_is_not_asked_for(cast):
    done, open_ = a_child(cast, given_name="Ash"), a_child(cast, given_name="Kit")
    say_no(cast, returned(cast, done), after_no=ALL_DONE)
    say_no(cast, returned(cast, open_), outcome="not_contactable")
    assert "Ash" in not_heard(cast)
    only = not_heard(cast, query="?to_do=yes")
    assert ("Ash" in only, "Kit" in only) == (False, True)
    declined = not_heard(cast, query="?outcome=declined_child")
    assert ("Ash" in declined, "Kit" in declined) == (True, False)
    assert "Ash" in not_heard(cast, query="?days=nonsense&outcome=nonsense")


def test_who_is_asked_anew_or_counts_nowhere_is_not_on_the_list(cast):
    asked, error = returned(cast, a_child(cast, given_name="Ash")), returned(cast, a_child(cast))
    for episode in (asked, error):
        say_no(cast, episode)
    ask_again(cast, asked, answer="accepted")
    with as_worker():
        Episode.objects.filter(pk=error).update(cancelled_at=NOW, cancelled_reason="Error")
    assert "Every child was heard, or is still to be asked" in not_heard(cast)


def test_otto_sees_nobody_and_the_home_is_not_let_in(cast):
    say_no(cast, returned(cast, a_child(cast, given_name="Ash", known_to=("Sal", "Hal"))))
    assert "Ash" not in not_heard(cast, "Otto")
    assert client_of(cast, "Hal").get("/missing/not-heard").status_code == 403


def test_the_list_costs_the_same_for_one_and_for_many(cast):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            not_heard(cast)
        return len(captured)

    say_no(cast, returned(cast, a_child(cast)))
    few = queries()
    for count in range(6):
        episode = returned(cast, a_child(cast, given_name=f"Kit{count}"))
        with cast.seen_by("Ines") as ines:
            commands.offer_interview(episode_id=episode, offer=an_offer(), viewer=ines, now=NOW)
        say_no(cast, episode)
    assert queries() == few


def test_a_check_does_not_stand_in_the_way_of_the_next_offer(cast):
    """The steps of an episode and the offer after a no are told apart."""
    episode = returned(cast, a_child(cast))
    say_no(cast, episode)
    with cast.seen_by("Pat") as pat:
        commands.record_safe_and_well(episode_id=episode, check=a_check(), viewer=pat, now=NOW)
    ask_again(cast, episode, answer="no_answer", retry_on=london_day(NOW) + timedelta(days=3))
    assert file_of(cast, episode).interview.retry_on == london_day(NOW) + timedelta(days=3)
