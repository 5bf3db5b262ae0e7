"""Whatever people do to a child's episodes, in whatever order: the measures reconcile, the return tells no time twice,
and nothing that is still to do is lost.
"""

import csv
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.personas import ARRANGER, NOW, a_child, a_report

from wayhome.config.testing import as_worker
from wayhome.insight.queries.months import limits_of, seen_months
from wayhome.insight.rules.months import BY_KEY, MEASURES, NESTED, Counts, month_after
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import Refusal
from wayhome.missing import commands
from wayhome.missing.models import Episode, TriggerHit
from wayhome.missing.queries import board, clocks_of
from wayhome.missing.rules import has_died
from wayhome.missing.tests.stages import an_account, an_offer
from wayhome.missing.vocabulary import DIED, Duty
from wayhome.people.commands import NewCareEpisode, add_identifier, begin_care_episode
from wayhome.statutory.tests.taking import made

THIS_MONTH = london_day(NOW).replace(day=1)
MONTHS = [month_after(THIS_MONTH, by) for by in range(-3, 1)]
YEAR = london_day(NOW).year + (london_day(NOW).month >= 4)
# (what is done, to which of the child's episodes, hours ago, how many hours it lasted)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("report", "report", "report over", "report over", "locate", "return", "return", "died"),
                *("undo", "correct", "offer", "accept", "hold", "hold", "decline", "analyse"),
                *("merge", "unmerge", "set aside"),
            ]
        ),
        st.integers(0, 3),
        st.integers(1, 24 * 40),
        st.integers(0, 40),
    ),
    min_size=2,
    max_size=16,
)


def do(step, child, cast):
    """One step as somebody may type it, right or wrong, by whose work it is."""
    what, which, ago, lasted = step
    at = NOW - timedelta(hours=ago)
    later = min(at + timedelta(hours=lasted), NOW)
    with as_worker():
        ids = list(
            Episode.objects.filter(person_id=child)
            .order_by("last_seen_at", "pk")
            .values_list("pk", flat=True)
        )
    if what.startswith("report"):
        with cast.seen_by("Sal") as sal:
            commands.report_missing(
                person_id=child,
                new=a_report(last_seen_at=at, noticed_at=None, reported_at=NOW),
                back_already=commands.Return(returned_at=later) if what == "report over" else None,
                viewer=sal,
                now=NOW,
            )
    elif ids:
        chosen, other = ids[which % len(ids)], ids[(which + 1) % len(ids)]
        who = {"offer": "Ines", "accept": "Ines", "hold": "Ines", "decline": "Ines", "analyse": "Sal"}
        with cast.seen_by(who.get(what, "Cora")) as viewer:
            DOING[what](chosen, other, at, later, {"viewer": viewer, "now": NOW})


BACK = {"returned_to": "", "return_method": "RETURNED_SELF"}
# What is done to an episode: with its id, that of another, an instant, a later one, and by whom.
DOING = {
    "locate": lambda one, _, at, later, by: commands.record_located(
        episode_id=one, located_at=at, place="Library", **by
    ),
    "return": lambda one, _, at, later, by: commands.record_returned(
        episode_id=one, returned_at=later, **BACK, **by
    ),
    "died": lambda one, _, at, later, by: commands.record_returned(
        episode_id=one, returned_at=later, **BACK | {"return_method": DIED}, **by
    ),
    "undo": lambda one, _, at, later, by: commands.undo_return(
        episode_id=one, reason="It was another child.", **by
    ),
    "correct": lambda one, _, at, later, by: commands.correct_return(
        episode_id=one, told=commands.Return(returned_at=later, **BACK), reason="By the log.", **by
    ),
    "offer": lambda one, _, at, later, by: commands.offer_interview(
        episode_id=one, offer=an_offer(offered_at=later, answer="no_answer"), **by
    ),
    "accept": lambda one, _, at, later, by: commands.offer_interview(
        episode_id=one, offer=an_offer(offered_at=later, answer="accepted"), **by
    ),
    "hold": lambda one, _, at, later, by: commands.hold_interview(
        episode_id=one, account=an_account(held_at=later), **by
    ),
    "decline": lambda one, _, at, later, by: commands.settle_without_interview(
        episode_id=one, outcome="declined_child", reason="Said no.", **by
    ),
    "analyse": lambda one, _, at, later, by: commands.analyse_return(
        episode_id=one, text="Looked at.", plan_effect="no_change", plan_note="It holds.", **by
    ),
    "merge": lambda one, other, at, later, by: commands.merge_episodes(
        double_id=one, into_id=other, reason="The same night", **by
    ),
    "unmerge": lambda one, _, at, later, by: commands.unmerge_episodes(
        double_id=one, reason="They were two.", **by
    ),
    "set aside": lambda one, _, at, later, by: commands.set_aside_episode(
        episode_id=one, reason="Not this child", **by
    ),
}


def tried(step, child, cast):
    """Whether a step was taken. What is refused changes nothing."""
    try:
        do(step, child, cast)
    except Refusal:
        return False
    return True


def looked_after(cast):
    child = a_child(cast, known_to=("Sal", "Cora", "Ines", "Pat"))
    with as_worker():
        begin_care_episode(
            person_id=child,
            new=NewCareEpisode(
                started_on=london_day(NOW) - timedelta(days=500),
                start_reason="S",
                legal_status="C2",
                placement="U4",
                placement_provider="PR1",
            ),
            viewer=ARRANGER,
            now=NOW,
        )
        add_identifier(
            person_id=child,
            type_="LA Child ID",
            value=f"T{child.hex[:12]}",
            issuer="E06000011",
            viewer=ARRANGER,
            now=NOW,
        )
    return child


@pytest.fixture
def returns(tmp_path):
    return tmp_path


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_measures_reconcile_no_time_is_told_twice_and_no_duty_is_lost(cast, returns, steps):
    child = looked_after(cast)
    for step in steps:
        tried(step, child, cast)
    with as_worker():
        for episode in Episode.objects.filter(person_id=child):
            commands.look_for_repeats(episode_id=episode.pk, viewer=ARRANGER, now=NOW)
        episodes = list(Episode.objects.filter(cancelled_at=None))
        counted = seen_months(
            dict.fromkeys(MONTHS, NOW + timedelta(seconds=1)), limits_of(cast.partnership_id)
        )
        rows = {row.episode.pk: {duty.kind for duty in row.duties} for row in board(clocks_of(None))}
        hits = list(TriggerHit.objects.filter(person_id=child).select_related("episode"))
    for counts in counted.values():
        reconciles(counts)
    assert sum(counts["episodes"] for counts in counted.values()) == len(episodes)
    alive = [each for each in episodes if each.returned_at and not has_died(each)]
    assert sum(counts["returned"] for counts in counted.values()) == len(alive)
    for episode in alive:
        no_duty_lost(episode, rows.get(episode.pk, set()))
    assert all(hit.episode.returned_at and not hit.episode.cancelled_at for hit in hits)
    no_time_twice(returns)


def reconciles(counts: Counts) -> None:
    """Each count of a line is part of the one before it."""
    line = [counts[name] for name in NESTED]
    assert all(one >= other for one, other in pairwise(line)), counts
    assert counts["children"] <= counts["episodes"]
    assert counts["seen_in_time"] <= counts["seen"] <= counts["returned"]
    assert counts["first_time"] + counts["repeat"] <= counts["episodes"]
    for measure in MEASURES:
        assert not measure.whole or counts[measure.part] <= counts[measure.whole]
    assert set(BY_KEY) == {measure.key for measure in MEASURES}


def no_duty_lost(episode: Episode, kinds: set[str]) -> None:
    """Every return that is not finished has a clock for what is to do, or what was done is on record."""
    if episode.closed_at:
        return
    assert episode.safe_and_well_at or Duty.SAFE_AND_WELL in kinds
    assert episode.interview_settled_at or Duty.INTERVIEW in kinds
    assert not episode.interview_settled_at or episode.analysed_at or Duty.ANALYSIS in kinds


def no_time_twice(folder) -> None:
    """The return of the year: no two rows of a child share a day, but for one that ends as the next begins."""
    made(folder, year=YEAR)
    told: dict[str, list[tuple[date, date]]] = {}
    with (folder / "missing.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            until = day(row["MIS_END"]) if row["MIS_END"] else date.max
            told.setdefault(row["CHILD"], []).append((day(row["MIS_START"]), until))
    for rows in told.values():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(rows))), rows
        assert all(since <= until for since, until in rows)


def day(written: str) -> date:
    """A day of the return."""
    return datetime.strptime(written, "%d/%m/%Y").date()  # noqa: DTZ007 (a day, not an instant)
