"""The return interview is offered, held, or not held for a reason; then it is analysed."""

from datetime import timedelta

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.kernel.refusal import NotAllowed
from wayhome.missing import commands, rules
from wayhome.missing.commands.analysis import (
    AnalysedAlready,
    AnalysisTextMissing,
    NotHeardYet,
    PlanEffectMissing,
)
from wayhome.missing.commands.interview import (
    AskedForInWords,
    IndependenceMissing,
    InterviewSettledAlready,
    NotAnOutcomeWithoutInterview,
    NotHeldReasonMissing,
    OfferIncomplete,
    OwnWordsMissing,
)
from wayhome.missing.rules.independence import NotIndependent
from wayhome.missing.tests.recorded import events, last_entry
from wayhome.missing.tests.stages import AN_ANALYSIS, BACK, an_account, an_offer, file_of, heard, returned
from wayhome.missing.vocabulary import InterviewOutcome, OfferAnswer, Stage


def offer(cast, episode_id, name="Ines", **said):
    with cast.seen_by(name) as viewer:
        commands.offer_interview(episode_id=episode_id, offer=an_offer(**said), viewer=viewer, now=NOW)


def hold(cast, episode_id, name="Ines", **said):
    with cast.seen_by(name) as viewer:
        commands.hold_interview(episode_id=episode_id, account=an_account(**said), viewer=viewer, now=NOW)


def settle(cast, episode_id, name="Ines", **said):
    usual = {"outcome": "declined_child", "reason": "Said no twice, and once to the mentor."}
    with cast.seen_by(name) as viewer:
        commands.settle_without_interview(episode_id=episode_id, viewer=viewer, now=NOW, **(usual | said))


def analyse(cast, episode_id, name="Sal", **said):
    with cast.seen_by(name) as viewer:
        commands.analyse_return(episode_id=episode_id, viewer=viewer, now=NOW, **(AN_ANALYSIS | said))


def test_the_first_offer_and_the_first_yes_are_the_milestones(cast):
    child = a_child(cast)
    episode = returned(cast, child)
    first, second = NOW - timedelta(minutes=90), NOW - timedelta(minutes=60)
    offer(cast, episode, offered_at=second, answer=OfferAnswer.ACCEPTED)
    offer(cast, episode, offered_at=first)
    offer(cast, episode, offered_at=NOW, answer=OfferAnswer.ACCEPTED)
    found = file_of(cast, episode).episode
    assert (found.interview_offered_at, found.interview_accepted_at) == (first, second)
    assert last_entry(child, "offer interview")[0].detail == {"answer": "accepted"}


@pytest.mark.parametrize(
    ("answers", "is_declined"),
    [
        ([(2, OfferAnswer.DECLINED_CHILD)], True),
        ([(2, OfferAnswer.DECLINED_PARENT)], True),
        ([(2, OfferAnswer.DECLINED_CHILD), (1, OfferAnswer.NO_ANSWER)], False),
        ([(2, OfferAnswer.DECLINED_CHILD), (1, OfferAnswer.ACCEPTED)], False),
        ([(2, OfferAnswer.ACCEPTED), (1, OfferAnswer.DECLINED_CHILD)], True),
        ([(1, OfferAnswer.NO_ANSWER), (2, OfferAnswer.DECLINED_CHILD)], False),
    ],
)
def test_the_latest_answer_says_whether_the_interview_is_declined_in_whatever_order_it_is_written(
    cast, answers, is_declined
):
    episode = returned(cast, a_child(cast))
    for hours_ago, answer in answers:
        offer(cast, episode, offered_at=NOW - timedelta(hours=hours_ago / 2), answer=answer)
    file = file_of(cast, episode)
    assert (file.episode.interview_declined_at is not None) == is_declined
    assert any(duty.duty.startswith("Interview declined") for duty in file.duties) == is_declined


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"channel": "pigeon"}, OfferIncomplete, "answer"),
        ({"answer": "perhaps"}, OfferIncomplete, "answer"),
        ({"offered_at": NOW + timedelta(minutes=1)}, rules.InTheFuture, "offered_at"),
        ({"offered_at": BACK - timedelta(minutes=1)}, rules.BeforeReturn, "offered_at"),
    ],
)
def test_an_offer_that_says_too_little_or_cannot_have_been_is_refused(cast, said, refusal, field):
    episode = returned(cast, a_child(cast))
    with pytest.raises(refusal) as refused:
        offer(cast, episode, **said)
    assert refused.value.field == field


def test_an_interview_that_was_held_counts_as_offered_and_accepted(cast):
    child = a_child(cast)
    episode = returned(cast, child)
    hold(cast, episode, push_reasons=("UNHEARD",), pull_reasons=("FAMILY",), in_part=True)
    file = file_of(cast, episode)
    assert file.interview.outcome == InterviewOutcome.PARTIAL
    assert file.interview.interviewer_id == cast.users["Ines"].pk
    assert file.interview.push_reasons == ["UNHEARD"]
    held_at = an_account().held_at
    assert file.episode.interview_held_at == file.episode.interview_offered_at == held_at
    entry, changes = last_entry(child, "settle interview")
    assert changes["own_words"] == (None, "I wanted to see my sister.")
    assert "own_words" not in entry.detail
    assert events()[-1] == "InterviewSettled"


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"own_words": " "}, OwnWordsMissing, "own_words"),
        ({"independent_as": ""}, IndependenceMissing, "independent_as"),
        ({"independent_as": "asked_for", "independence": " "}, AskedForInWords, "independence"),
        ({"independent_as": "placement"}, NotIndependent, "independent_as"),
        ({"held_at": NOW + timedelta(minutes=1)}, rules.InTheFuture, "held_at"),
        ({"held_at": BACK - timedelta(minutes=1)}, rules.BeforeReturn, "held_at"),
    ],
)
def test_an_interview_without_the_child_in_it_is_refused(cast, said, refusal, field):
    episode = returned(cast, a_child(cast))
    with pytest.raises(refusal) as refused:
        hold(cast, episode, **said)
    assert refused.value.field == field
    assert file_of(cast, episode).interview is None


def test_an_interview_before_there_is_a_return_is_refused(cast):
    episode = an_episode(cast, a_child(cast, known_to=("Sal", "Ines")))
    with pytest.raises(rules.NotBackYet):
        hold(cast, episode)
    with pytest.raises(rules.NotBackYet):
        offer(cast, episode)


@pytest.mark.parametrize("again", [offer, hold, settle])
def test_a_settled_interview_is_settled_once(cast, again):
    episode = heard(cast, a_child(cast))
    with pytest.raises(InterviewSettledAlready):
        again(cast, episode)


def test_a_no_is_kept_with_its_reason_and_what_was_done_then(cast):
    child = a_child(cast)
    episode = returned(cast, child)
    settle(cast, episode, after_no=("leaflet_child", "carers_asked"))
    file = file_of(cast, episode)
    assert file.episode.interview_outcome == InterviewOutcome.DECLINED_CHILD
    assert file.episode.interview_held_at is None
    assert file.interview.after_no == ["leaflet_child", "carers_asked"]
    assert file.interview.leaflet_given
    assert last_entry(child, "settle interview")[0].detail == {"outcome": "declined_child"}


@pytest.mark.parametrize(
    ("outcome", "offered_at"),
    [("declined_parent", NOW), ("not_contactable", None), ("not_offered", None)],
)
def test_a_no_counts_as_offered_and_silence_does_not(cast, outcome, offered_at):
    episode = returned(cast, a_child(cast))
    settle(cast, episode, outcome=outcome)
    assert file_of(cast, episode).episode.interview_offered_at == offered_at


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"outcome": "completed"}, NotAnOutcomeWithoutInterview),
        ({"outcome": "forgotten"}, NotAnOutcomeWithoutInterview),
        ({"reason": " "}, NotHeldReasonMissing),
    ],
)
def test_that_there_was_no_interview_needs_an_outcome_and_a_reason(cast, said, refusal):
    episode = returned(cast, a_child(cast))
    with pytest.raises(refusal):
        settle(cast, episode, **said)


@pytest.mark.parametrize("name", ["Sal", "Cora", "Pat", "Hal"])
def test_only_an_independent_interviewer_holds_the_interview(cast, name):
    episode = returned(cast, a_child(cast, known_to=("Sal", "Hal")))
    with pytest.raises(NotAllowed):
        hold(cast, episode, name)


def test_the_analysis_says_what_it_means_for_the_plan(cast):
    child = a_child(cast)
    episode = heard(cast, child)
    analyse(cast, episode)
    file = file_of(cast, episode)
    assert file.stage == Stage.READY_TO_CLOSE
    assert file.analysis.plan_effect == "no_change"
    assert last_entry(child, "analyse return")[1]["plan_note"] == (None, AN_ANALYSIS["plan_note"])
    with pytest.raises(AnalysedAlready):
        analyse(cast, episode, "Cora")


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"text": " "}, AnalysisTextMissing, "text"),
        ({"plan_effect": ""}, PlanEffectMissing, "plan_note"),
        ({"plan_note": " "}, PlanEffectMissing, "plan_note"),
    ],
)
def test_an_analysis_that_does_not_say_so_is_refused(cast, said, refusal, field):
    episode = heard(cast, a_child(cast))
    with pytest.raises(refusal) as refused:
        analyse(cast, episode, **said)
    assert refused.value.field == field


def test_nothing_is_analysed_before_the_child_was_heard_or_said_no(cast):
    episode = returned(cast, a_child(cast))
    with pytest.raises(NotHeardYet):
        analyse(cast, episode)
