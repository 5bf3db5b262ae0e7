"""What was done about an episode goes with it when it is merged: it counts, says where it is from, and goes back."""

from datetime import timedelta

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.config.testing import as_worker
from wayhome.database.reading import answered
from wayhome.kernel.viewer import machine
from wayhome.missing import commands
from wayhome.missing.commands.merging import DoubleHasWork
from wayhome.missing.commands.repeat import DecidedAlready, decide_repeat, look_for_repeats
from wayhome.missing.commands.screening import Screen, record_screen
from wayhome.missing.models import BreachReason, DutyAnswer, Episode, SeminarInvitation, TriggerHit
from wayhome.missing.queries import wall
from wayhome.missing.queries.duties import answer_to
from wayhome.missing.queries.handover import of_episode, waiting, waiting_count
from wayhome.missing.tests.pages import client_of, text_of
from wayhome.missing.tests.test_answering_duties import answer
from wayhome.missing.tests.test_taking_apart import (
    earlier,
    hours,
    merged,
    parted,
    picture,
    returned,
    split,
    two_nights,
    undone,
)
from wayhome.missing.vocabulary import WallDuty

WRITTEN = (DutyAnswer, BreachReason, TriggerHit, SeminarInvitation)


@pytest.fixture
def child(cast):
    return a_child(cast, known_to=("Sal", "Cora", "Ines"))


@pytest.fixture
def both(cast, child):
    """An earlier time of two days, worked on by several; and one that goes on. They are to be merged."""
    double = earlier(cast, child, ago=60, back=20)
    kept = an_episode(cast, child)
    answer(cast, "Cora", double, note="The director was told.", done_at=hours(30))
    explained(cast, double, WallDuty.SENIOR_NOTICE, "Nobody had her number.")
    counted(double)
    decided(cast, double, "plan")
    with cast.seen_by("Ines") as ines:
        held_at = NOW + timedelta(days=7)
        seminar = commands.plan_seminar(held_at=held_at, place="Library", viewer=ines, now=NOW)
        asked = {"invited": ("child",), "channel": "phone"}
        commands.invite_to_seminar(episode_id=double, seminar_id=seminar, viewer=ines, now=NOW, **asked)
    return double, kept


def explained(cast, episode, duty, reason, *, by="Cora"):
    with cast.seen_by(by) as viewer:
        commands.explain_late(episode_id=episode, duty=duty, reason=reason, viewer=viewer, now=NOW)


def counted(*episodes):
    with as_worker():
        for episode in episodes:
            look_for_repeats(episode_id=episode, viewer=machine("a test"), now=NOW)


def decided(cast, episode, what):
    with cast.seen_by("Cora") as cora:
        decide_repeat(episode_id=episode, answer=what, note="Seen to.", viewer=cora, now=NOW)


def where(child):
    """On which episode each kind of writing lies, and from which it came."""
    with as_worker():
        return {
            kind.__name__: set(
                kind.objects.filter(person_id=child).values_list("episode_id", "merged_from_id")
            )
            for kind in WRITTEN
        }


def test_what_was_written_of_the_double_is_on_the_kept_one_and_says_where_it_came_from(cast, child, both):
    double, kept = both
    assert where(child) == {kind.__name__: {(double, None)} for kind in WRITTEN}
    merged(cast, double, kept)
    assert where(child) == {kind.__name__: {(kept, double)} for kind in WRITTEN}
    page = text_of(client_of(cast, "Cora").get(f"/missing/episodes/{kept}"))
    assert "The director was told." in page
    assert "It was written for an episode that was merged into this one" in page
    assert "Nobody had her number." in page


def test_taken_apart_everything_goes_back(cast, child, both):
    double, kept = both
    before = picture(child)
    merged(cast, double, kept)
    assert picture(child) != before
    parted(cast, double)
    assert picture(child) == before


def test_a_chain_of_merges_gives_each_its_own_back(cast, child, both):
    first, second = both
    start = picture(child)
    returned(cast, second)
    kept = an_episode(cast, child, last_seen_at=hours(1), noticed_at=None, reported_at=hours(0.5))
    answer(cast, "Cora", second, WallDuty.STRATEGY_DISCUSSION, done_at=hours(3))
    merged(cast, first, second)
    middle = where(child)
    merged(cast, second, kept)
    assert where(child)["DutyAnswer"] == {(kept, first), (kept, second)}
    parted(cast, second)
    assert where(child) == middle
    parted(cast, first)
    assert picture(child)["invitations"] == start["invitations"]


def test_two_answers_to_one_duty_are_both_kept_and_the_first_counts(cast, child):
    double = earlier(cast, child, ago=60, back=20)
    kept = an_episode(cast, child, last_seen_at=hours(19), noticed_at=None, reported_at=hours(18))
    for episode, ago in ((double, 30), (kept, 2)):
        answer(cast, "Cora", episode, done_at=hours(ago))
    merged(cast, double, kept)
    assert where(child)["DutyAnswer"] == {(kept, None), (kept, double)}
    parted(cast, double)
    assert where(child)["DutyAnswer"] == {(kept, None), (double, None)}


def test_a_duty_that_only_the_double_answered_runs_again_when_they_are_taken_apart(cast, child):
    double = earlier(cast, child, ago=60, back=40)
    kept = an_episode(cast, child, last_seen_at=hours(39), noticed_at=None, reported_at=hours(38))
    answer(cast, "Cora", double, done_at=hours(41))
    assert WallDuty.SENIOR_NOTICE in on_the_wall(cast, kept)
    merged(cast, double, kept)
    assert WallDuty.SENIOR_NOTICE not in on_the_wall(cast, kept)
    parted(cast, double)
    assert WallDuty.SENIOR_NOTICE in on_the_wall(cast, kept)


def on_the_wall(cast, episode):
    with cast.seen_by("Cora") as cora:
        found = wall(cora, NOW).rows
        return {duty.kind for row in found if row.episode.pk == episode for duty in row.duties}


def test_triggers_are_counted_anew_and_what_was_decided_stands(cast, child, both):
    double, kept = both
    returned(cast, kept)
    counted(kept)
    merged(cast, double, kept)
    counted(kept, double)
    with as_worker():
        found = TriggerHit.objects.filter(episode=kept)
        assert {hit.answer for hit in found.filter(merged_from=double)} == {"plan"}
        assert not found.filter(
            merged_from=None, trigger__in=found.exclude(merged_from=None).values("trigger")
        )
        assert not TriggerHit.objects.filter(episode=double).exists()
    parted(cast, double)
    counted(kept, double)
    with as_worker():
        assert TriggerHit.objects.filter(episode=double, merged_from=None).exclude(answer="").exists()


def test_what_was_decided_before_the_merge_is_not_decided_once_more(cast, child, both):
    double, kept = both
    merged(cast, double, kept)
    with pytest.raises(DecidedAlready):
        decided(cast, kept, "panel")


def test_a_return_that_was_screened_is_not_merged_into_another(cast, child):
    double, kept = earlier(cast, child), an_episode(cast, child)
    with cast.seen_by("Ines") as ines:
        screen = Screen(outcome="not_needed", screened_at=hours(1))
        record_screen(episode_id=double, screen=screen, viewer=ines, now=NOW)
    with pytest.raises(DoubleHasWork):
        merged(cast, double, kept)


def test_an_undone_split_brings_what_was_done_to_the_whole(cast):
    child, episode, late = two_nights(cast)
    returned(cast, episode, ago=30)
    other = split(cast, episode, late)
    with as_worker():
        DutyAnswer(
            episode_id=other,
            person_id=child,
            duty=WallDuty.STRATEGY_DISCUSSION,
            outcome="done",
            done_at=hours(10),
            note="Held.",
            recorded_at=NOW,
        ).save(force_insert=True)
    undone(cast, other)
    assert where(child)["DutyAnswer"] == {(episode, other)}


def test_a_handover_of_the_double_waits_until_it_is_taken_over_wherever_the_episode_goes(cast, child):
    first = earlier(cast, child, ago=60, back=40)
    second = earlier(cast, child, ago=30, back=20)
    kept = an_episode(cast, child)
    with cast.seen_by("Cora") as cora:
        commands.hand_over(
            team_id=cast.team_of("Cora"), notes={first: "Ring the aunt."}, viewer=cora, now=NOW
        )

    def waits():
        with cast.seen_by("Cora") as cora:
            seen = {each.item.note for each in answered(waiting(cora, NOW))}
            assert waiting_count() == len(seen)
            return seen, [len(of_episode(each, cora, NOW)) for each in (first, second, kept)]

    assert waits() == ({"Ring the aunt."}, [1, 0, 0])
    merged(cast, first, second)
    merged(cast, second, kept)
    assert waits() == ({"Ring the aunt."}, [1, 1, 1])
    parted(cast, second)
    assert waits() == ({"Ring the aunt."}, [1, 1, 0])
    with cast.seen_by("Cora") as cora:
        commands.set_aside_episode(episode_id=second, reason="An error", viewer=cora, now=NOW)
    assert waits() == (set(), [1, 1, 0])


@pytest.mark.parametrize("order", [1, -1])
def test_the_receipt_that_a_page_asks_for_is_the_one_that_is_noted(cast, child, order):
    """Of two notices that a merge brought together one is acknowledged: the other is asked for, and found."""
    double = earlier(cast, child, ago=60, back=20)
    kept = an_episode(cast, child, last_seen_at=hours(19), noticed_at=None, reported_at=hours(18))
    for episode, ago in ((double, 30), (kept, 2))[::order]:
        answer(cast, "Cora", episode, done_at=hours(ago))
    merged(cast, double, kept)
    told = {"episode_id": kept, "duty": WallDuty.SENIOR_NOTICE, "received_by": "Director"}
    for _ in range(2):
        with cast.seen_by("Cora") as cora:
            asked_for = answer_to(Episode.objects.get(pk=kept), WallDuty.SENIOR_NOTICE)
            commands.note_receipt(received_at=NOW, viewer=cora, now=NOW, **told)
            asked_for.refresh_from_db()
            assert asked_for.received_by == "Director"


@pytest.mark.parametrize(
    ("of_double", "of_kept", "counts"),
    [((3, "high"), (5, "low"), "high"), ((5, "high"), (3, "low"), "low"), (None, (3, "low"), "low")],
)
def test_the_latest_that_was_judged_of_either_is_the_risk_and_each_has_its_own_back(
    cast, child, of_double, of_kept, counts
):
    double = earlier(cast, child, ago=60, back=20)
    kept = an_episode(cast, child, last_seen_at=hours(19), noticed_at=None, reported_at=hours(18))
    for episode, judged in ((double, of_double), (kept, of_kept)):
        if judged:
            ago, level = judged
            with cast.seen_by("Pat") as pat:
                commands.judge_risk(
                    episode_id=episode, level=level, reason="Told", judged_at=hours(ago), viewer=pat, now=NOW
                )

    def risks():
        with as_worker():
            return [Episode.objects.get(pk=each).risk for each in (double, kept)]

    before = risks()
    merged(cast, double, kept)
    assert risks()[1] == counts
    parted(cast, double)
    assert risks() == before
