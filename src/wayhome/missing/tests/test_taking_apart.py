"""A wrong merge, and a wrong split, are undone: every report, judgement, check and mark is where it belongs."""

from datetime import timedelta

import pytest
from tests.personas import NOW, a_child, a_report, an_episode

from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import NotAllowed
from wayhome.missing import commands, queries
from wayhome.missing.commands import Return
from wayhome.missing.commands.episode import EpisodeIsOver
from wayhome.missing.commands.fact import (
    ChoiceReasonMissing,
    CountsAlready,
    NotToldByThisReport,
    choose_fact,
)
from wayhome.missing.commands.merging import (
    HeardSince,
    KeptIsOver,
    KeptWentOn,
    NotMerged,
    ReasonToPartMissing,
    TimesCount,
    TimesOverlap,
    unmerge_episodes,
)
from wayhome.missing.commands.splitting import (
    AllReportsChosen,
    NoReportChosen,
    NotSplit,
    OtherTimeOverlaps,
    WorkOnTheOtherTime,
    WorkOnTheReturnBetween,
    split_episode,
    undo_split,
)
from wayhome.missing.models import (
    BreachReason,
    ChosenFact,
    DutyAnswer,
    Episode,
    Notification,
    Report,
    RiskJudgement,
    SeminarInvitation,
    TriggerHit,
)
from wayhome.missing.rules import NoticedBeforeLastSeen, ReturnedBeforeLastSeen
from wayhome.missing.tests.stages import AN_ANALYSIS, a_check, an_account
from wayhome.missing.vocabulary import TakenFrom

GOES_WITH = {
    "answers": DutyAnswer,
    "reasons": BreachReason,
    "triggers": TriggerHit,
    "invitations": SeminarInvitation,
}


def hours(number):
    return NOW - timedelta(hours=number)


def earlier(cast, child, *, ago=20, back=10, **told):
    """An episode that was over some hours ago."""
    usual = {"last_seen_at": hours(ago), "noticed_at": None, "reported_at": hours(ago - 1)}
    with cast.seen_by("Sal") as sal:
        return commands.report_missing(
            person_id=child,
            new=a_report(**(usual | told)),
            back_already=Return(returned_at=hours(back)),
            viewer=sal,
            now=NOW,
        )


def merged(cast, double, kept, *, at=NOW):
    with cast.seen_by("Cora") as cora:
        commands.merge_episodes(
            double_id=double, into_id=kept, reason="One and the same", viewer=cora, now=at
        )


def parted(cast, double, *, by="Cora", reason="Two nights", at=NOW):
    with cast.seen_by(by) as viewer:
        unmerge_episodes(double_id=double, reason=reason, viewer=viewer, now=at)


def judged(cast, episode, level, *, at=NOW):
    with cast.seen_by("Pat") as pat:
        commands.judge_risk(
            episode_id=episode, level=level, reason="As told", judged_at=at, viewer=pat, now=NOW
        )


def returned(cast, episode, *, ago=2):
    with cast.seen_by("Pat") as pat:
        commands.record_returned(
            episode_id=episode,
            returned_at=hours(ago),
            returned_to="Home",
            return_method="FOUND_POLICE",
            viewer=pat,
            now=NOW,
        )


def picture(child):
    """Everything that hangs on a child's episodes, and where."""
    with as_worker():
        return {
            "episodes": list(
                Episode.objects.filter(person_id=child)
                .order_by("pk")
                .values_list("pk", "last_seen_at", "returned_at", "risk", "cancelled_at", "merged_into")
            ),
            "reports": set(
                Report.objects.filter(person_id=child).values_list("pk", "episode", "merged_from")
            ),
            "judgements": set(
                RiskJudgement.objects.filter(person_id=child).values_list("pk", "episode", "merged_from")
            ),
            "notifications": set(
                Notification.objects.filter(person_id=child).values_list("pk", "episode", "outcome")
            ),
            **{
                name: set(kind.objects.filter(person_id=child).values_list("pk", "episode", "merged_from"))
                for name, kind in GOES_WITH.items()
            },
        }


def test_a_merge_that_is_undone_leaves_everything_as_it_was(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child, source="home"), an_episode(cast, child)
    judged(cast, double, "low", at=hours(15))
    judged(cast, kept, "high")
    before = picture(child)
    merged(cast, double, kept)
    assert picture(child) != before
    parted(cast, double)
    assert picture(child) == before


def test_a_risk_that_came_from_the_double_goes_back_with_it(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child), an_episode(cast, child)
    judged(cast, double, "medium", at=hours(15))
    before = picture(child)
    merged(cast, double, kept)
    with as_worker():
        assert Episode.objects.get(pk=kept).risk == "medium"
    parted(cast, double)
    assert picture(child) == before


def test_a_chain_of_merges_comes_apart_link_by_link(cast):
    child = a_child(cast)
    first = earlier(cast, child, ago=40, back=30)
    second, kept = earlier(cast, child), an_episode(cast, child)
    start = picture(child)
    merged(cast, first, second)
    middle = picture(child)
    merged(cast, second, kept)
    with pytest.raises(KeptWentOn):
        parted(cast, first)
    parted(cast, second)
    assert picture(child) == middle
    parted(cast, first)
    assert picture(child) == start


def test_what_was_written_since_stays_with_the_kept_one(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child), an_episode(cast, child)
    merged(cast, double, kept, at=hours(0))
    with cast.seen_by("Sal") as sal:
        added = commands.add_report(
            episode_id=kept, person_id=child, new=a_report(source="parent"), viewer=sal, now=NOW
        )
    returned(cast, kept)
    with cast.seen_by("Pat") as pat:
        commands.record_safe_and_well(episode_id=kept, check=a_check(), viewer=pat, now=NOW)
    parted(cast, double)
    with as_worker():
        assert Report.objects.get(pk=added).episode_id == kept
        assert Episode.objects.get(pk=kept).safe_and_well_at is not None
        assert Episode.objects.get(pk=double).safe_and_well_at is None


def test_the_double_has_its_duties_again(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child), an_episode(cast, child)
    merged(cast, double, kept)
    parted(cast, double)
    with cast.seen_by("Ines"):
        assert double in {row.episode.pk for row in queries.board(queries.clocks_of(None))}


def heard_together(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child), an_episode(cast, child)
    merged(cast, double, kept, at=hours(1))
    returned(cast, kept)
    with cast.seen_by("Ines") as ines:
        commands.hold_interview(episode_id=kept, account=an_account(), viewer=ines, now=NOW)
    return double, kept


def test_after_an_interview_about_both_they_stay_together(cast):
    double, _ = heard_together(cast)
    with pytest.raises(HeardSince):
        parted(cast, double)


def test_after_the_kept_one_is_closed_they_stay_together(cast):
    double, kept = heard_together(cast)
    with cast.seen_by("Pat") as pat:
        commands.record_safe_and_well(episode_id=kept, check=a_check(), viewer=pat, now=NOW)
    with cast.seen_by("Sal") as sal:
        commands.analyse_return(episode_id=kept, viewer=sal, now=NOW, **AN_ANALYSIS)
        commands.close_episode(episode_id=kept, viewer=sal, now=NOW)
    with pytest.raises(KeptIsOver):
        parted(cast, double)


def test_times_that_would_overlap_now_are_looked_at_first(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child, ago=20, back=10), an_episode(cast, child)
    merged(cast, double, kept)
    with as_worker():
        Episode.objects.filter(pk=kept).update(last_seen_at=hours(12), noticed_at=None)
    with pytest.raises(TimesOverlap):
        parted(cast, double)


def test_a_time_that_only_the_double_told_is_chosen_away_first(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child), an_episode(cast, child)
    merged(cast, double, kept)
    told = {each.merged_from_id: each for each in reports_of(cast, kept)}
    chosen(cast, kept, told[double], TakenFrom.LAST_SEEN_AT)
    with pytest.raises(TimesCount):
        parted(cast, double)
    chosen(cast, kept, told[None], TakenFrom.LAST_SEEN_AT)
    parted(cast, double)


def test_taking_apart_needs_a_merge_a_reason_and_the_role(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child), an_episode(cast, child)
    with pytest.raises(NotMerged):
        parted(cast, double)
    merged(cast, double, kept)
    with pytest.raises(ReasonToPartMissing):
        parted(cast, double, reason=" ")
    with pytest.raises(NotAllowed):
        parted(cast, double, by="Sal")


def reports_of(cast, episode):
    with cast.seen_by("Cora"):
        return list(Report.objects.filter(episode_id=episode).order_by("recorded_at", "pk"))


def two_nights(cast):
    """One episode with a report of Friday, and one of Saturday that was added to it."""
    child = a_child(cast)
    episode = an_episode(cast, child, last_seen_at=hours(40), noticed_at=None, reported_at=hours(39))
    with cast.seen_by("Sal") as sal:
        commands.add_report(
            episode_id=episode,
            person_id=child,
            new=a_report(source="home", last_seen_at=hours(20), noticed_at=None, reported_at=hours(19)),
            viewer=sal,
            now=NOW,
        )
    return child, episode, reports_of(cast, episode)[1]


def split(cast, episode, *reports, back=None, reason="Another night"):
    with cast.seen_by("Cora") as cora:
        return split_episode(
            episode_id=episode,
            report_ids=[each.pk for each in reports],
            back_already=Return(returned_at=back) if back else None,
            reason=reason,
            viewer=cora,
            now=NOW,
        )


def undone(cast, other):
    with cast.seen_by("Cora") as cora:
        return undo_split(episode_id=other, reason="It was one night", viewer=cora, now=NOW)


def test_a_report_of_another_night_gets_an_episode_of_its_own(cast):
    _, episode, late = two_nights(cast)
    returned(cast, episode, ago=30)
    other = split(cast, episode, late)
    with as_worker():
        made = Episode.objects.get(pk=other)
        assert (made.last_seen_at, made.returned_at, made.split_from_id) == (hours(20), None, episode)
        assert Report.objects.get(pk=late.pk).episode_id == other
        assert Notification.objects.get(pk=late.notification_id).episode_id == other


def test_a_split_with_a_return_has_its_clocks_from_it(cast):
    _, episode, late = two_nights(cast)
    returned(cast, episode, ago=30)
    other = split(cast, episode, late, back=hours(5))
    with cast.seen_by("Ines"):
        row = next(row for row in queries.board(queries.clocks_of(None)) if row.episode.pk == other)
        assert row.duties


def test_a_split_waits_until_the_first_time_has_an_end(cast):
    _, episode, late = two_nights(cast)
    with pytest.raises(OtherTimeOverlaps):
        split(cast, episode, late)


def test_something_goes_and_something_stays(cast):
    _, episode, late = two_nights(cast)
    with pytest.raises(NoReportChosen):
        split(cast, episode)
    with pytest.raises(AllReportsChosen):
        split(cast, episode, *reports_of(cast, episode))
    with pytest.raises(ReasonToPartMissing):
        split(cast, episode, late, reason="")
    with pytest.raises(TimesCount):
        split(cast, episode, reports_of(cast, episode)[0])


def test_a_split_that_is_undone_gives_the_reports_back_and_the_later_end(cast):
    _, episode, late = two_nights(cast)
    returned(cast, episode, ago=30)
    other = split(cast, episode, late)
    assert undone(cast, other) == episode
    with as_worker():
        whole = Episode.objects.get(pk=episode)
        assert (whole.returned_at, whole.cancelled_at) == (None, None)
        assert Episode.objects.get(pk=other).merged_into_id == episode
        assert set(Report.objects.filter(episode=episode).values_list("source", flat=True)) == {
            "police",
            "home",
        }
        assert whole.corrections.get().returned_at == hours(30)
        assert Notification.objects.get(pk=late.notification_id).episode_id == episode


def test_an_undone_split_ends_when_the_later_time_ended(cast):
    _, episode, late = two_nights(cast)
    returned(cast, episode, ago=30)
    other = split(cast, episode, late, back=hours(5))
    undone(cast, other)
    with as_worker():
        assert Episode.objects.get(pk=episode).returned_at == hours(5)


def test_a_split_of_the_earlier_night_is_undone_too(cast):
    child, episode, late = two_nights(cast)
    chosen(cast, episode, late, TakenFrom.LAST_SEEN_AT)
    early = reports_of(cast, episode)[0]
    other = split(cast, episode, early, back=hours(30))
    undone(cast, other)
    with as_worker():
        assert Episode.objects.get(pk=episode).returned_at is None
        assert Report.objects.filter(person_id=child, episode=episode).count() == 2


def test_work_keeps_the_two_apart(cast):
    _, episode, late = two_nights(cast)
    returned(cast, episode, ago=30)
    other = split(cast, episode, late, back=hours(5))
    with cast.seen_by("Pat") as pat:
        commands.record_safe_and_well(
            episode_id=episode, check=a_check(checked_at=hours(29)), viewer=pat, now=NOW
        )
    with pytest.raises(WorkOnTheReturnBetween):
        undone(cast, other)
    with cast.seen_by("Pat") as pat:
        commands.record_safe_and_well(episode_id=other, check=a_check(), viewer=pat, now=NOW)
    with pytest.raises(WorkOnTheOtherTime):
        undone(cast, other)
    with pytest.raises(NotSplit):
        undone(cast, episode)


def set_aside(cast, episode):
    with cast.seen_by("Cora") as cora:
        commands.set_aside_episode(episode_id=episode, reason="An error", viewer=cora, now=NOW)


def split_night(cast):
    """Friday, which is over, and Saturday that was split off from it."""
    child, episode, late = two_nights(cast)
    returned(cast, episode, ago=30)
    return child, episode, split(cast, episode, late, back=hours(5))


def test_a_split_stays_when_either_of_the_two_is_set_aside_or_went_into_another(cast):
    _, episode, other = split_night(cast)
    set_aside(cast, episode)
    with pytest.raises(NotSplit):
        undone(cast, other)
    _, episode, other = split_night(cast)
    set_aside(cast, other)
    with pytest.raises(EpisodeIsOver):
        undone(cast, other)
    _, episode, other = split_night(cast)
    undone(cast, other)
    with pytest.raises(EpisodeIsOver):
        undone(cast, other)


def test_a_split_stays_when_the_first_is_closed(cast):
    _, episode, other = split_night(cast)
    with as_worker():
        Episode.objects.filter(pk=episode).update(is_history=True, closed_at=NOW)
    with pytest.raises(EpisodeIsOver):
        undone(cast, other)


def test_what_was_merged_into_the_other_time_goes_back_with_it_and_the_whole_is_split_anew(cast):
    child, episode, other = split_night(cast)
    third = an_episode(cast, child, last_seen_at=hours(4), noticed_at=None, reported_at=hours(3.5))
    returned(cast, third, ago=3)
    merged(cast, third, other)
    undone(cast, other)
    with as_worker():
        told = set(Report.objects.filter(episode=episode).values_list("merged_from", flat=True))
        assert told == {None, other, third}
    with pytest.raises(TimesOverlap):
        parted(cast, other)
    with pytest.raises(KeptWentOn):
        parted(cast, third)


def chosen(cast, episode, report, fact, *, reason="Asked both", at=NOW, **more):
    with cast.seen_by("Cora") as cora:
        choose_fact(
            episode_id=episode, fact=fact, report_id=report.pk, reason=reason, viewer=cora, now=at, **more
        )


def two_agencies(cast, **told):
    """Police and home tell of one evening, with other times."""
    child = a_child(cast)
    episode = an_episode(cast, child)
    usual = {"source": "home", "last_seen_at": hours(6), "noticed_at": hours(5.5), "reported_at": hours(5)}
    with cast.seen_by("Sal") as sal:
        commands.add_report(
            episode_id=episode,
            person_id=child,
            new=a_report(**(usual | told)),
            viewer=sal,
            now=NOW,
        )
    return child, episode, reports_of(cast, episode)[1]


def test_the_time_that_is_chosen_counts_and_both_are_kept(cast):
    child, episode, home = two_agencies(cast)
    chosen(cast, episode, home, TakenFrom.LAST_SEEN_AT)
    with as_worker():
        found = Episode.objects.get(pk=episode)
        assert found.last_seen_at == hours(6)
        kept = ChosenFact.objects.get(episode=episode)
        assert (kept.before, kept.after) == (hours(5).isoformat(), hours(6).isoformat())
        assert kept.chosen_by_id == cast.users["Cora"].pk
        assert {each.last_seen_at for each in found.reports.all()} == {hours(5), hours(6)}
        times = queries.times_of_many([child], hours(100), NOW)
        assert times[child][0][0] == hours(6)


def test_a_later_sight_brings_its_own_time_of_noticing(cast):
    _, episode, home = two_agencies(
        cast, last_seen_at=hours(3), noticed_at=hours(2), reported_at=hours(1), last_seen_place=""
    )
    chosen(cast, episode, home, TakenFrom.LAST_SEEN_AT)
    with as_worker():
        found = Episode.objects.get(pk=episode)
        assert (found.last_seen_at, found.noticed_at) == (hours(3), hours(2))
        assert set(ChosenFact.objects.values_list("fact", flat=True)) == {"last_seen_at", "noticed_at"}


def test_the_place_goes_with_the_time_of_one_report(cast):
    _, episode, home = two_agencies(cast, last_seen_place="The harbour wall")
    chosen(cast, episode, home, TakenFrom.LAST_SEEN_AT)
    with as_worker():
        found = Episode.objects.get(pk=episode)
        assert (found.last_seen_at, found.last_seen_place) == (hours(6), "The harbour wall")
        kept = ChosenFact.objects.get(episode=episode, fact=TakenFrom.LAST_SEEN_PLACE)
        assert (kept.before, kept.after) == ("Saltmere bus station", "The harbour wall")
    police = reports_of(cast, episode)[0]
    chosen(cast, episode, police, TakenFrom.LAST_SEEN_AT, at=NOW + timedelta(minutes=1))
    with as_worker():
        assert Episode.objects.get(pk=episode).last_seen_place == "Saltmere bus station"


def test_a_report_that_tells_no_place_leaves_the_one_that_is_known(cast):
    _, episode, home = two_agencies(cast, last_seen_place="")
    chosen(cast, episode, home, TakenFrom.LAST_SEEN_AT)
    with as_worker():
        assert Episode.objects.get(pk=episode).last_seen_place == "Saltmere bus station"
        assert not ChosenFact.objects.filter(fact=TakenFrom.LAST_SEEN_PLACE)


def test_a_place_that_somebody_chose_by_itself_stays_when_a_time_is_chosen(cast):
    _, episode, home = two_agencies(cast, last_seen_place="The harbour wall")
    police = reports_of(cast, episode)[0]
    chosen(cast, episode, home, TakenFrom.LAST_SEEN_PLACE)
    chosen(cast, episode, home, TakenFrom.LAST_SEEN_AT, at=NOW + timedelta(minutes=1))
    chosen(cast, episode, police, TakenFrom.LAST_SEEN_AT, at=NOW + timedelta(minutes=2))
    with as_worker():
        found = Episode.objects.get(pk=episode)
        assert (found.last_seen_at, found.last_seen_place) == (hours(5), "The harbour wall")


@pytest.mark.parametrize(
    ("fact", "told", "refusal"),
    [
        (TakenFrom.LAST_SEEN_PLACE, {"last_seen_place": ""}, NotToldByThisReport),
        (TakenFrom.NOTICED_AT, {"noticed_at": None}, NotToldByThisReport),
        (TakenFrom.LAST_SEEN_AT, {"last_seen_at": hours(5), "noticed_at": None}, CountsAlready),
        (TakenFrom.NOTICED_AT, {}, NoticedBeforeLastSeen),
        ("returned_at", {}, NotToldByThisReport),
    ],
)
def test_what_cannot_count_is_refused(cast, fact, told, refusal):
    _, episode, home = two_agencies(cast, **told)
    with pytest.raises(refusal):
        chosen(cast, episode, home, fact)


def test_a_sight_after_the_return_is_refused(cast):
    _, episode, home = two_agencies(cast, last_seen_at=hours(1), noticed_at=None, reported_at=hours(1))
    returned(cast, episode)
    with pytest.raises(ReturnedBeforeLastSeen):
        chosen(cast, episode, home, TakenFrom.LAST_SEEN_AT)


def test_a_choice_says_why_and_is_not_made_over_anothers(cast):
    _, episode, home = two_agencies(cast)
    with pytest.raises(ChoiceReasonMissing):
        chosen(cast, episode, home, TakenFrom.LAST_SEEN_AT, reason=" ")
    with pytest.raises(commands.correcting.ChangedMeanwhile):
        chosen(cast, episode, home, TakenFrom.LAST_SEEN_AT, version=99)
