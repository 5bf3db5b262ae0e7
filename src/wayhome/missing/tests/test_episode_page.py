"""The page of an episode: what each reader is shown, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW, a_child, a_report, an_episode

from wayhome.access.commands import Opening, end_grants, grant
from wayhome.access.vocabulary import Basis
from wayhome.missing import commands
from wayhome.missing.commands import Return
from wayhome.missing.tests.pages import client_of, text_of
from wayhome.missing.tests.recorded import verbs_about
from wayhome.missing.tests.stages import (
    a_check,
    an_account,
    an_offer,
    analysed,
    checked,
    heard,
    returned,
)

TOLD_IN_CONFIDENCE = "They shout at me there."


def page(cast, name, episode_id):
    answer = client_of(cast, name).get(reverse("episode", args=[episode_id]))
    assert answer.status_code == 200
    return answer


def test_a_child_who_is_missing_is_shown_with_risk_and_next_step_for_each_reader(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    episode = an_episode(cast, child)
    pat = text_of(page(cast, "Pat", episode))
    assert "Missing now" in pat
    assert "Missing for 5 h now" in pat
    assert "Risk not set yet" in pat
    assert "It was opened by error" in pat
    hal = text_of(page(cast, "Hal", episode))
    assert "Judge the risk. The police missing desk can do it." in hal
    assert "Record that the child is back" in hal
    assert "It was opened by error" not in hal
    assert reverse("judge_risk", args=[episode]) not in page(cast, "Hal", episode).content.decode()


def test_only_one_thing_on_the_page_is_the_primary_action(cast):
    child = a_child(cast)
    for episode in (an_episode(cast, child), heard(cast, a_child(cast, given_name="Kit"))):
        for name in ("Pat", "Cora", "Sal"):
            assert page(cast, name, episode).content.decode().count("wh-button--porch") <= 1


def test_the_childs_own_words_stand_by_themselves_and_the_clocks_say_why(cast):
    episode = heard(cast, a_child(cast))
    sal = page(cast, "Sal", episode)
    assert '<blockquote class="wh-spoken">' in sal.content.decode()
    shown = text_of(sal)
    assert "I wanted to see my sister." in shown
    assert "Local setting: within 5 working days" in shown
    assert "within 72 h" in shown


def test_the_home_sees_that_the_child_was_heard_and_not_what_they_said(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    episode = returned(cast, child)
    with cast.seen_by("Pat") as pat:
        check = a_check(account=TOLD_IN_CONFIDENCE, outcome="harm_found")
        commands.record_safe_and_well(episode_id=episode, check=check, viewer=pat, now=NOW)
    with cast.seen_by("Ines") as ines:
        offer = an_offer(note=TOLD_IN_CONFIDENCE)
        commands.offer_interview(episode_id=episode, offer=offer, viewer=ines, now=NOW)
        account = an_account(own_words=TOLD_IN_CONFIDENCE, harm=TOLD_IN_CONFIDENCE)
        commands.hold_interview(episode_id=episode, account=account, viewer=ines, now=NOW)
    with cast.seen_by("Sal") as sal:
        commands.analyse_return(
            episode_id=episode,
            text=TOLD_IN_CONFIDENCE,
            plan_effect="no_change",
            plan_note=TOLD_IN_CONFIDENCE,
            viewer=sal,
            now=NOW,
        )
    shown = text_of(page(cast, "Hal", episode))
    assert TOLD_IN_CONFIDENCE not in shown
    assert "a child must be able to speak about where they live" in shown
    for milestone in ("Safe and well check", "Return interview offered", "Return interview: held"):
        assert milestone in shown
    assert TOLD_IN_CONFIDENCE in text_of(page(cast, "Sal", episode))


@pytest.mark.parametrize("name", ["Otto", "Ines"])
def test_who_does_not_see_the_child_gets_the_page_of_what_is_not_there(cast, name):
    episode = an_episode(cast, a_child(cast))
    client = client_of(cast, name)
    for address in ("episode", "reported"):
        answer = client.get(reverse(address, args=[episode]))
        assert answer.status_code == 404
        assert "Robin" not in text_of(answer)


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo"])
def test_who_works_with_no_children_gets_no_episode(cast, name):
    answer = client_of(cast, name).get(reverse("episode", args=[an_episode(cast, a_child(cast))]))
    assert answer.status_code == 403


def test_opening_the_page_is_on_the_record(cast):
    child = a_child(cast)
    episode = an_episode(cast, child)
    page(cast, "Sal", episode)
    assert verbs_about(child)[-1] == "read"


def test_who_wrote_what_is_at_the_foot_of_the_page(cast):
    episode = analysed(cast, a_child(cast))
    shown = text_of(page(cast, "Sal", episode))
    for words in ("Report missing", "Return", "Settle interview", "Analyse return"):
        assert words in shown.split("Every entry on the record")[1]
    assert "Pat Police Desk, Saltmere Police" in shown


def test_a_second_episode_close_in_time_is_offered_for_merging_to_who_may(cast):
    child = a_child(cast)
    with cast.seen_by("Sal") as sal:
        commands.report_missing(
            person_id=child,
            new=a_report(last_seen_at=NOW - timedelta(hours=8), noticed_at=None),
            back_already=Return(returned_at=NOW - timedelta(hours=6)),
            viewer=sal,
            now=NOW,
        )
    episode = an_episode(cast, child)
    assert "Perhaps the same as another episode" in text_of(page(cast, "Pat", episode))
    assert "Perhaps the same as another episode" not in text_of(page(cast, "Sal", episode))


def test_an_episode_that_was_set_aside_says_why_and_offers_nothing(cast):
    episode = an_episode(cast, a_child(cast))
    with cast.seen_by("Cora") as cora:
        commands.set_aside_episode(episode_id=episode, reason="Wrong child", viewer=cora, now=NOW)
    shown = page(cast, "Sal", episode)
    assert "counted nowhere: Wrong child" in text_of(shown)
    assert "What comes next" not in text_of(shown)
    assert "wh-button--porch" not in shown.content.decode()


def test_the_page_costs_the_same_however_much_there_is(cast):
    child = a_child(cast)
    episode = checked(cast, child)
    few = queries_of(cast, episode)
    with cast.seen_by("Pat") as pat:
        for _ in range(5):
            commands.record_safe_and_well(episode_id=episode, check=a_check(), viewer=pat, now=NOW)
            commands.add_report(episode_id=episode, person_id=child, new=a_report(), viewer=pat, now=NOW)
    with cast.seen_by("Ines") as ines:
        for _ in range(5):
            commands.offer_interview(episode_id=episode, offer=an_offer(), viewer=ines, now=NOW)
    assert queries_of(cast, episode) == few


def queries_of(cast, episode_id):
    client = client_of(cast, "Cora")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(reverse("episode", args=[episode_id]))
    return len(captured)


def test_when_a_grant_ends_between_two_clicks_the_page_is_gone_and_the_words_are_kept(cast):
    child = a_child(cast)
    with cast.seen_by("Sal") as sal:
        opening = Opening(Basis.HANDOVER, "Stands in for Sal", team_id=cast.team_of("Otto"))
        grant(person_id=child, opening=opening, viewer=sal, now=NOW)
    episode = heard(cast, child)
    otto = client_of(cast, "Otto")
    address = reverse("analyse_return", args=[episode])
    assert otto.get(address).status_code == 200
    with cast.seen_by("Sal") as sal:
        end_grants(person_id=child, holder=cast.team_of("Otto"), basis=Basis.HANDOVER, viewer=sal, now=NOW)
    typed = {"text": "It was the noise at night.", "plan_effect": "no_change", "unchanged": "We wait."}
    answer = otto.post(address, typed | {"submission_key": str(episode)})
    assert answer.status_code == 404
    shown = text_of(answer)
    assert "It was the noise at night." in shown
    assert "Robin" not in shown
    assert otto.get(address).status_code == 404
    with cast.seen_by("Sal") as sal:
        grant(person_id=child, opening=opening, viewer=sal, now=NOW)
    assert "It was the noise at night." in text_of(otto.get(address))
