"""An episode is closed, set aside, or merged into another; and who saw the child only for it no longer does."""

from datetime import timedelta

import pytest
from tests.personas import NOW, a_child, a_report, an_episode

from wayhome.access.queries import who_sees
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.missing import commands, queries
from wayhome.missing.commands import Return
from wayhome.missing.commands.close import NotReadyToClose, SetAsideReasonMissing
from wayhome.missing.commands.episode import EpisodeIsOver
from wayhome.missing.commands.merging import DifferentChildren, DoubleHasWork, StillMissingInDouble
from wayhome.missing.tests.recorded import events, last_entry
from wayhome.missing.tests.stages import analysed, checked, file_of, heard, returned
from wayhome.missing.vocabulary import Stage


def close(cast, episode_id, name="Sal"):
    with cast.seen_by(name) as viewer:
        commands.close_episode(episode_id=episode_id, viewer=viewer, now=NOW)


def set_aside(cast, episode_id, name="Cora", reason="Opened for the wrong child"):
    with cast.seen_by(name) as viewer:
        commands.set_aside_episode(episode_id=episode_id, reason=reason, viewer=viewer, now=NOW)


def merge(cast, double_id, into_id, name="Cora", reason="Same evening, same place"):
    with cast.seen_by(name) as viewer:
        commands.merge_episodes(double_id=double_id, into_id=into_id, reason=reason, viewer=viewer, now=NOW)


def an_earlier_episode(cast, child, **told):
    """One that was over an hour before the usual one began."""
    with cast.seen_by("Sal") as sal:
        return commands.report_missing(
            person_id=child,
            new=a_report(last_seen_at=NOW - timedelta(hours=8), noticed_at=None, **told),
            back_already=Return(returned_at=NOW - timedelta(hours=6)),
            viewer=sal,
            now=NOW,
        )


def test_closing_ends_what_the_desk_and_the_interviewers_saw_because_of_it(cast):
    child = a_child(cast)
    episode = analysed(cast, child)
    close(cast, episode)
    assert file_of(cast, episode, "Sal").stage == Stage.CLOSED
    assert file_of(cast, episode, "Cora").episode.closed_by_id == cast.users["Sal"].pk
    for name in ("Pat", "Ines"):
        with pytest.raises(NotFound):
            file_of(cast, episode, name)
    assert last_entry(child, "close")[1]["closed_at"][0] is None
    assert "EpisodeClosed" in events()


def test_the_desk_still_sees_the_child_while_another_episode_is_unfinished(cast):
    child = a_child(cast)
    an_earlier_episode(cast, child)
    episode = analysed(cast, child)
    close(cast, episode)
    assert file_of(cast, episode, "Pat").stage == Stage.CLOSED


def test_a_team_that_sees_the_child_for_one_episode_is_not_told_twice_for_the_next(cast):
    child = a_child(cast)
    an_earlier_episode(cast, child)
    returned(cast, child)
    with cast.seen_by("Cora"):
        holders = [each.holder for each in who_sees(child)]
    assert holders.count("Missing Desk") == holders.count("Return Interviews") == 1


@pytest.mark.parametrize(
    ("stage_reached", "sentence"),
    [
        (an_episode, "The child is still missing."),
        (returned, "There is no safe and well check yet."),
        (checked, "The return interview is not finished yet."),
        (heard, "The allocated worker's analysis is not written yet."),
    ],
)
def test_an_episode_is_not_closed_before_everything_is_done_and_says_what_is_missing(
    cast, stage_reached, sentence
):
    episode = stage_reached(cast, a_child(cast))
    with pytest.raises(NotReadyToClose) as refused:
        close(cast, episode)
    assert sentence in refused.value.message


def test_an_episode_is_closed_once(cast):
    episode = analysed(cast, a_child(cast))
    close(cast, episode)
    with pytest.raises(EpisodeIsOver):
        close(cast, episode, "Cora")


@pytest.mark.parametrize("name", ["Cora", "Pat"])
def test_setting_aside_keeps_the_episode_and_ends_what_was_seen_because_of_it(cast, name):
    child = a_child(cast)
    episode = an_episode(cast, child)
    set_aside(cast, episode, name)
    file = file_of(cast, episode, "Sal")
    assert file.stage == Stage.CANCELLED
    assert file.duties == ()
    with pytest.raises(NotFound):
        file_of(cast, episode, "Pat")
    assert last_entry(child, "set aside")[1]["cancelled_reason"] == ("", "Opened for the wrong child")
    assert "EpisodeSetAside" in events()


def test_after_setting_aside_the_child_can_be_reported_for_the_same_time(cast):
    child = a_child(cast)
    set_aside(cast, an_episode(cast, child))
    assert file_of(cast, an_episode(cast, child)).stage == Stage.MISSING


def test_setting_aside_and_merging_need_a_reason_and_the_role(cast):
    child = a_child(cast)
    double, kept = an_earlier_episode(cast, child), an_episode(cast, child)
    with pytest.raises(SetAsideReasonMissing):
        set_aside(cast, kept, reason=" ")
    with pytest.raises(SetAsideReasonMissing):
        merge(cast, double, kept, reason=" ")
    with pytest.raises(NotAllowed):
        set_aside(cast, kept, "Sal")
    with pytest.raises(NotAllowed):
        merge(cast, double, kept, "Sal")


def test_two_reports_of_one_episode_are_offered_for_merging_and_both_are_kept(cast):
    child = a_child(cast)
    double, kept = an_earlier_episode(cast, child, source="home"), an_episode(cast, child)
    with cast.seen_by("Pat"):
        assert [each.pk for each in queries.likely_doubles(queries.episode(kept))] == [double]
        assert [each.pk for each in queries.likely_doubles(queries.episode(double))] == [kept]
    merge(cast, double, kept, "Pat")
    file = file_of(cast, kept, "Pat")
    assert sorted(each.source for each in file.reports) == ["home", "police"]
    assert [each.merged_from_id for each in file.reports if each.source == "home"] == [double]
    assert file_of(cast, double).stage == Stage.CANCELLED
    with cast.seen_by("Pat"):
        assert queries.likely_doubles(queries.episode(kept)) == []
    assert last_entry(child, "merge")[0].detail == {"merged": str(double)}
    assert events()[-1] == "EpisodesMerged"


def test_episodes_far_apart_are_not_offered_as_one(cast):
    child = a_child(cast)
    with cast.seen_by("Sal") as sal:
        commands.report_missing(
            person_id=child,
            new=a_report(last_seen_at=NOW - timedelta(days=3), noticed_at=None),
            back_already=Return(returned_at=NOW - timedelta(days=2)),
            viewer=sal,
            now=NOW,
        )
    kept = an_episode(cast, child)
    with cast.seen_by("Pat"):
        assert queries.likely_doubles(queries.episode(kept)) == []


def test_an_episode_with_work_on_its_return_is_not_merged_away(cast):
    child = a_child(cast)
    kept = an_earlier_episode(cast, child)
    double = checked(cast, child)
    with pytest.raises(DoubleHasWork):
        merge(cast, double, kept)
    merge(cast, kept, double)
    assert len(file_of(cast, double).reports) == 2


def test_episodes_of_two_children_and_an_episode_with_itself_are_not_merged(cast):
    one, other = an_episode(cast, a_child(cast)), an_episode(cast, a_child(cast, given_name="Kit"))
    for double, into in ((one, other), (one, one)):
        with pytest.raises(DifferentChildren):
            merge(cast, double, into)


def test_an_episode_in_which_the_child_is_missing_is_not_merged_into_one_that_is_over(cast):
    child = a_child(cast)
    over, missing_now = an_earlier_episode(cast, child), an_episode(cast, child)
    with pytest.raises(StillMissingInDouble):
        merge(cast, missing_now, over)
    merge(cast, over, missing_now)
    assert file_of(cast, missing_now, "Cora").stage == Stage.MISSING
