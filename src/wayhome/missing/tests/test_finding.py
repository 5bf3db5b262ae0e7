"""The risk is judged, the child is located, is back, and is seen safe and well."""

from datetime import timedelta

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.missing import commands, rules
from wayhome.missing.commands.episode import EpisodeIsOver
from wayhome.missing.commands.found import AlreadyReturned, LocatedMeanwhile
from wayhome.missing.commands.risk import (
    JudgedMeanwhile,
    NotARiskLevel,
    ReassessByMissing,
    ReassessInThePast,
    RiskReasonMissing,
)
from wayhome.missing.commands.safe_and_well import (
    CheckedByMissing,
    CheckedMeanwhile,
    NotACheckOutcome,
    SafeAndWellNeedsWords,
)
from wayhome.missing.tests.recorded import events, last_entry
from wayhome.missing.tests.stages import a_check, file_of, returned
from wayhome.missing.vocabulary import Certainty, Stage


def judge(cast, episode_id, name="Pat", **said):
    usual = {"level": "medium", "reason": "Fourth time this month."}
    with cast.seen_by(name) as viewer:
        return commands.judge_risk(episode_id=episode_id, viewer=viewer, now=NOW, **(usual | said))


def locate(cast, episode_id, hours_ago=2, **said):
    with cast.seen_by("Pat") as pat:
        commands.record_located(
            episode_id=episode_id,
            located_at=NOW - timedelta(hours=hours_ago),
            viewer=pat,
            now=NOW,
            **({"place": "Pier"} | said),
        )


def back(cast, episode_id, at=NOW, **said):
    with cast.seen_by("Pat") as pat:
        commands.record_returned(
            episode_id=episode_id,
            returned_at=at,
            returned_to="Home",
            return_method="RETURNED_SELF",
            viewer=pat,
            now=NOW,
            **said,
        )


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"reason": "  "}, RiskReasonMissing, "reason"),
        ({"level": "severe"}, NotARiskLevel, "level"),
        ({"level": "no_apparent_risk"}, ReassessByMissing, "reassess_by"),
        ({"reassess_by": NOW}, ReassessInThePast, "reassess_by"),
        ({"judged_at": NOW + timedelta(minutes=1)}, rules.InTheFuture, "judged_at"),
        ({"judgements_read": 3}, JudgedMeanwhile, "level"),
    ],
)
def test_a_risk_that_is_not_a_judgement_is_refused(cast, said, refusal, field):
    episode = an_episode(cast, a_child(cast))
    with pytest.raises(refusal) as refused:
        judge(cast, episode, **said)
    assert refused.value.field == field
    assert file_of(cast, episode).episode.risk == ""


def test_every_judgement_of_the_risk_is_kept_and_the_last_one_counts(cast):
    child = a_child(cast)
    episode = an_episode(cast, child)
    judge(cast, episode, level="no_apparent_risk", reassess_by=NOW + timedelta(hours=1), judgements_read=0)
    judge(cast, episode, level="high", judgements_read=1)
    file = file_of(cast, episode)
    assert [each.level for each in file.risk_judgements] == ["high", "no_apparent_risk"]
    assert (file.episode.risk, file.episode.risk_reassess_by) == ("high", None)
    entry, changes = last_entry(child, "judge risk")
    assert entry.detail == {"level": "high"}
    assert changes["risk"] == ("no_apparent_risk", "high")
    assert events()[-1] == "RiskJudged"


@pytest.mark.parametrize("name", ["Sal", "Hal", "Ines"])
def test_the_risk_is_the_police_desks_and_the_coordinators_to_judge(cast, name):
    episode = an_episode(cast, a_child(cast, known_to=("Sal", "Hal", "Ines")))
    with pytest.raises(NotAllowed):
        judge(cast, episode, name)


def test_located_is_not_back(cast):
    child = a_child(cast)
    episode = an_episode(cast, child)
    locate(cast, episode)
    file = file_of(cast, episode)
    assert file.stage == Stage.LOCATED
    assert file.episode.returned_at is None
    assert last_entry(child, "locate")[1]["located_place"] == ("", "Pier")
    assert events()[-1] == "ChildLocated"


def test_a_place_can_be_corrected_but_not_over_a_colleagues_head(cast):
    episode = an_episode(cast, a_child(cast))
    read = file_of(cast, episode).episode.version
    locate(cast, episode, version=read)
    with pytest.raises(LocatedMeanwhile):
        locate(cast, episode, place="Station", version=read)
    locate(cast, episode, place="Station", version=file_of(cast, episode).episode.version)
    assert file_of(cast, episode).episode.located_place == "Station"


@pytest.mark.parametrize(
    ("hours_ago", "refusal"), [(-1, rules.InTheFuture), (6, rules.LocatedBeforeLastSeen)]
)
def test_a_child_is_not_located_in_the_future_or_before_they_were_seen(cast, hours_ago, refusal):
    episode = an_episode(cast, a_child(cast))
    with pytest.raises(refusal):
        locate(cast, episode, hours_ago)


def test_with_the_return_the_clocks_run_and_the_interviewers_see_the_child(cast):
    child = a_child(cast)
    episode = an_episode(cast, child)
    with pytest.raises(NotFound):
        file_of(cast, episode, "Ines")
    back(cast, episode, NOW - timedelta(hours=1))
    file = file_of(cast, episode, "Ines")
    assert {duty.kind for duty in file.duties} == {"safe_and_well", "interview"}
    assert file.episode.located_at == file.episode.returned_at
    assert last_entry(child, "return")[1]["returned_to"] == ("", "Home")
    assert events()[-1] == "EpisodeReturned"


@pytest.mark.parametrize(
    ("at", "located", "refusal"),
    [
        (NOW + timedelta(minutes=1), None, rules.InTheFuture),
        (NOW - timedelta(hours=6), None, rules.ReturnedBeforeLastSeen),
        (NOW - timedelta(hours=3), 2, rules.LocatedAfterReturned),
    ],
)
def test_a_return_that_cannot_be_is_refused_at_its_time(cast, at, located, refusal):
    episode = an_episode(cast, a_child(cast))
    if located:
        locate(cast, episode, located)
    with pytest.raises(refusal) as refused:
        back(cast, episode, at)
    assert refused.value.field == "returned_at"
    assert file_of(cast, episode).episode.returned_at is None


def test_the_second_of_two_returns_is_refused_and_the_first_stands(cast):
    episode = an_episode(cast, a_child(cast))
    back(cast, episode, NOW - timedelta(hours=1))
    with pytest.raises(AlreadyReturned):
        back(cast, episode)
    with pytest.raises(AlreadyReturned):
        locate(cast, episode)
    assert file_of(cast, episode).episode.returned_at == NOW - timedelta(hours=1)


def test_a_return_of_which_only_the_day_is_known_is_taken_as_early_as_it_can_be(cast):
    episode = an_episode(cast, a_child(cast))
    locate(cast, episode)
    day = start_of_day(london_day(NOW - timedelta(hours=2)))
    back(cast, episode, day, certainty=Certainty.DAY)
    found = file_of(cast, episode).episode
    assert found.returned_at == NOW - timedelta(hours=2)
    assert found.returned_certainty == Certainty.DAY


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        ({"outcome": "harm_found"}, SafeAndWellNeedsWords),
        ({"outcome": "not_possible", "account": " "}, SafeAndWellNeedsWords),
        ({"outcome": "fine"}, NotACheckOutcome),
        ({"checked_by": " "}, CheckedByMissing),
        ({"checked_at": NOW + timedelta(minutes=1)}, rules.InTheFuture),
        ({"checked_at": NOW - timedelta(hours=3)}, rules.BeforeReturn),
    ],
)
def test_a_check_that_says_too_little_or_cannot_have_been_is_refused(cast, found, refusal):
    episode = returned(cast, a_child(cast))
    with pytest.raises(refusal), cast.seen_by("Pat") as pat:
        commands.record_safe_and_well(episode_id=episode, check=a_check(**found), viewer=pat, now=NOW)


def test_nobody_is_seen_safe_and_well_before_they_are_back(cast):
    episode = an_episode(cast, a_child(cast))
    with pytest.raises(rules.NotBackYet), cast.seen_by("Pat") as pat:
        commands.record_safe_and_well(episode_id=episode, check=a_check(), viewer=pat, now=NOW)


def test_a_second_check_is_kept_if_its_writer_has_read_the_first(cast):
    child = a_child(cast)
    episode = returned(cast, child)
    with cast.seen_by("Pat") as pat:
        commands.record_safe_and_well(episode_id=episode, check=a_check(), checks_read=0, viewer=pat, now=NOW)
    with pytest.raises(CheckedMeanwhile), cast.seen_by("Cora") as cora:
        commands.record_safe_and_well(
            episode_id=episode, check=a_check(), checks_read=0, viewer=cora, now=NOW
        )
    harm = a_check(outcome="harm_found", account="A bruise on the arm.", checked_at=NOW)
    with cast.seen_by("Cora") as cora:
        commands.record_safe_and_well(episode_id=episode, check=harm, checks_read=1, viewer=cora, now=NOW)
    file = file_of(cast, episode)
    assert len(file.checks) == 2
    assert file.episode.safe_and_well_at == a_check().checked_at
    assert last_entry(child, "check safe and well")[1]["account"] == (None, "A bruise on the arm.")
    assert events()[-1] == "SafeAndWellRecorded"


def test_nothing_is_added_to_an_episode_that_was_set_aside(cast):
    episode = an_episode(cast, a_child(cast))
    with cast.seen_by("Cora") as cora:
        commands.set_aside_episode(episode_id=episode, reason="Wrong child", viewer=cora, now=NOW)
    with cast.seen_by("Sal") as sal:
        for step in (locate_as, return_as):
            with pytest.raises(EpisodeIsOver):
                step(episode, sal)


def locate_as(episode, viewer):
    commands.record_located(episode_id=episode, located_at=NOW, place="Pier", viewer=viewer, now=NOW)


def return_as(episode, viewer):
    commands.record_returned(
        episode_id=episode, returned_at=NOW, returned_to="", return_method="", viewer=viewer, now=NOW
    )
