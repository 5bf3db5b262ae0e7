"""A child may tell of several times missing in one talk. Each return is settled, and counted, for itself."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.personas import NOW, a_child, a_report

from wayhome.missing import commands, queries, rules
from wayhome.missing.commands import Return
from wayhome.missing.commands.interview import AnotherReturnNotAnswered
from wayhome.missing.models import ReturnInterview
from wayhome.missing.queries.hearing import returns_to_answer
from wayhome.missing.rules import Clocks
from wayhome.missing.rules.answering import may_be_answered_too
from wayhome.missing.tests.facts import SEEN, Facts
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.recorded import events
from wayhome.missing.tests.stages import AN_ANALYSIS, a_check, an_account, file_of
from wayhome.missing.views.hearing import in_time

DAY = timedelta(days=1)
BACK_THEN = datetime(2026, 3, 11, tzinfo=UTC)


class HeardFacts(Facts):
    interview_outcome = ""


def facts(outcome="", **told):
    made = HeardFacts(**({"returned_at": BACK_THEN} | told))
    made.interview_outcome = outcome
    return made


@pytest.mark.parametrize(
    ("told", "can_be"),
    [
        (facts(), True),
        (facts(returned_at=None), False),
        (facts(return_method="DECEASED"), False),
        (facts(closed_at=BACK_THEN), False),
        (facts(cancelled_at=BACK_THEN), False),
        (facts("missing_again", interview_settled_at=BACK_THEN), True),
        (facts("missing_again", interview_settled_at=BACK_THEN, analysed_at=BACK_THEN), False),
        (facts("declined_child", interview_settled_at=BACK_THEN), False),
        (facts("completed", interview_settled_at=BACK_THEN), False),
    ],
)
def test_which_return_another_interview_can_answer(told, can_be):
    assert told.last_seen_at == SEEN
    assert may_be_answered_too(told) is can_be


def gone_and_back(cast, child, seen, back):
    """A time missing that is over, told by the police."""
    with cast.seen_by("Sal") as sal:
        return commands.report_missing(
            person_id=child,
            new=a_report(last_seen_at=seen, noticed_at=None, reported_at=seen),
            back_already=Return(returned_at=back),
            viewer=sal,
            now=NOW,
        )


@pytest.fixture
def within_the_hour(cast):
    """Back for forty minutes four days ago, gone again, back since yesterday."""
    child = a_child(cast)
    first = gone_and_back(cast, child, NOW - 5 * DAY, NOW - 4 * DAY)
    second = gone_and_back(cast, child, NOW - 4 * DAY + timedelta(minutes=40), NOW - DAY)
    return child, first, second


def hold(cast, episode, *also, **said):
    with cast.seen_by("Ines") as ines:
        return commands.hold_interview(
            episode_id=episode, account=an_account(**said), also_about=also, viewer=ines, now=NOW
        )


def test_both_returns_are_settled_and_each_by_its_own_72_hours(cast, within_the_hour):
    _, first, second = within_the_hour
    told_in = hold(cast, second, first, push_reasons=("UNHEARD",))
    one, two = file_of(cast, first), file_of(cast, second)
    assert [file.episode.interview_outcome for file in (one, two)] == ["completed", "completed"]
    assert one.episode.interview_held_at == two.episode.interview_held_at
    assert "later than 72 h" in in_time(one, Clocks())
    assert "within 72 h" in in_time(two, Clocks())
    assert one.interview.answered_in_id == told_in
    assert (two.interview.pk, two.interview.answered_in_id) == (told_in, None)
    # The words are in one place, and the returns in two.
    assert [one.interview.own_words, two.interview.own_words] == ["", "I wanted to see my sister."]
    assert one.episode.interview_offered_at == one.episode.interview_accepted_at
    assert events().count("InterviewSettled") == 2


def test_each_return_still_has_its_own_analysis_and_closure(cast, within_the_hour):
    _, first, second = within_the_hour
    hold(cast, second, first)
    with cast.seen_by("Pat") as pat:
        check = a_check()
        commands.record_safe_and_well(episode_id=first, check=check, viewer=pat, now=NOW)
    with cast.seen_by("Sal") as sal:
        commands.analyse_return(episode_id=first, viewer=sal, now=NOW, **AN_ANALYSIS)
        commands.close_episode(episode_id=first, viewer=sal, now=NOW)
    assert file_of(cast, first).stage == "closed"
    assert file_of(cast, second).stage == "safe_and_well_due"


def test_one_that_ended_because_the_child_was_missing_again_is_answered_after_all(cast, within_the_hour):
    _, first, second = within_the_hour
    with cast.seen_by("Ines") as ines:
        commands.settle_without_interview(
            episode_id=first, outcome="missing_again", reason="Gone within the hour.", viewer=ines, now=NOW
        )
    hold(cast, second, first)
    answered = file_of(cast, first)
    assert answered.episode.interview_outcome == "completed"
    with cast.seen_by("Cora"):
        assert ReturnInterview.objects.filter(episode_id=first).count() == 1


def test_an_interview_before_the_other_return_does_not_answer_it(cast, within_the_hour):
    _, first, second = within_the_hour
    with pytest.raises(AnotherReturnNotAnswered):
        hold(cast, first, second, held_at=NOW - 2 * DAY)
    assert file_of(cast, first).interview is None


def test_nor_does_one_about_another_child(cast, within_the_hour):
    _, first, _ = within_the_hour
    other = gone_and_back(cast, a_child(cast, given_name="Kit"), NOW - 5 * DAY, NOW - 4 * DAY)
    with pytest.raises(AnotherReturnNotAnswered):
        hold(cast, first, other)


def test_nor_a_return_that_was_answered_already(cast, within_the_hour):
    _, first, second = within_the_hour
    hold(cast, first)
    with pytest.raises(AnotherReturnNotAnswered):
        hold(cast, second, first)


def test_a_child_still_missing_is_no_return_to_answer(cast, within_the_hour):
    child, first, _ = within_the_hour
    with cast.seen_by("Sal") as sal:
        gone = commands.report_missing(
            person_id=child,
            new=a_report(last_seen_at=NOW - timedelta(hours=2), noticed_at=None, reported_at=NOW),
            viewer=sal,
            now=NOW,
        )
    with pytest.raises(AnotherReturnNotAnswered):
        hold(cast, first, gone)
    with cast.seen_by("Ines"):
        assert gone not in [each.pk for each in returns_to_answer(queries.episode(first))]


def test_the_form_offers_the_other_returns_and_both_pages_tell_of_it(cast, within_the_hour):
    _, first, second = within_the_hour
    ines = client_of(cast, "Ines")
    address = f"/missing/episodes/{second}/interview"
    assert "Which other returns did the child talk about?" in text_of(ines.get(address))
    answers = {"place": "Park", "independent_as": "outside", "own_words": "We slept at the pier."}
    answer = sent(
        ines,
        address,
        **answers,
        in_part="no",
        also_about=[str(first)],
        **typed("held_at", NOW - timedelta(minutes=5)),
    )
    assert answer.status_code == 303, text_of(answer)
    sal = client_of(cast, "Sal")
    for episode in (first, second):
        shown = text_of(sal.get(f"/missing/episodes/{episode}"))
        assert "The child told of 2 returns in one interview" in shown
        assert "We slept at the pier." in shown


def test_sent_twice_it_is_recorded_once_though_the_other_return_is_answered_meanwhile(cast, within_the_hour):
    _, first, second = within_the_hour
    ines = client_of(cast, "Ines")
    answers = {"place": "Park", "independent_as": "outside", "own_words": "We slept at the pier."}
    answers |= {"in_part": "no", "submission_key": "0192a000-0000-7000-8000-000000000001"}
    answers |= typed("held_at", NOW - timedelta(minutes=5)) | {"also_about": [str(first)]}
    address = f"/missing/episodes/{second}/interview"
    sent_twice = [ines.post(address, answers) for _ in range(2)]
    assert [each.status_code for each in sent_twice] == [303, 303]


def test_a_return_alone_is_not_asked_about_others(cast):
    child = a_child(cast)
    only = gone_and_back(cast, child, NOW - 5 * DAY, NOW - 4 * DAY)
    assert "other returns" not in text_of(client_of(cast, "Ines").get(f"/missing/episodes/{only}/interview"))
    with pytest.raises(rules.BeforeReturn):
        hold(cast, only, held_at=NOW - 5 * DAY)
