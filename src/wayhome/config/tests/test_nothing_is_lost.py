"""Whatever people do to a child's episodes, in whatever order: the measures reconcile, the return tells no time twice,
and nothing that is still to do is lost.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.personas import ARRANGER, NOW

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.config.tests.acting import BETWEEN, FIRST, HOUR, Child, Step, join_colleague, looked_after
from wayhome.config.tests.sequences import DOING, taken
from wayhome.database.reading import answered
from wayhome.insight.models import CountedMonth
from wayhome.insight.queries.months import episodes_counted, limits_of, seen_months
from wayhome.insight.rules import first_day_of, year_ending_in
from wayhome.insight.rules.months import BY_KEY, MEASURES, NESTED, Counts, month_after
from wayhome.kernel.clock import london_day
from wayhome.missing import commands
from wayhome.missing.models import (
    DutyAnswer,
    Episode,
    HandoverItem,
    InterviewOffer,
    Notification,
    Report,
    ReturnInterview,
    RiskJudgement,
    SafeAndWellCheck,
    TriggerHit,
)
from wayhome.missing.queries import around, bank_holidays, clocks_of, rows_with_all, unfinished, wall
from wayhome.missing.queries.handover import waiting
from wayhome.missing.rules import Case, Clocks, late
from wayhome.missing.vocabulary import DIED, OF_AN_EPISODE, Duty, NotificationOutcome, WallDuty
from wayhome.statutory.tests.return_rules import broken_rules, day, read_table
from wayhome.statutory.tests.taking import made
from wayhome.statutory.tests.test_independent_validator import VALIDATOR, validated

DAY = timedelta(hours=24)
END = NOW + timedelta(seconds=1)
YEAR = year_ending_in(london_day(NOW))
YEARS = range(YEAR - 2, YEAR + 1)
MONTHS = [month_after(first_day_of(YEARS[0]), by) for by in range(12 * len(YEARS))]

# What a sequence begins with, so that it comes to the point: two times, an open one, one heard of by telephone.
BEGUN: dict[str, list[Step]] = {
    "two times": [("report over", 0, 90, 30), ("report over", 0, 40, 3)],
    "open": [("report over", 0, 900, 30), ("report", 0, 40, 3)],
    "told twice": [("report", 0, 40, 3), ("add report", 0, 0, 10), ("write down", 0, 30, 0)],
    "heard": [("report over", 0, 200, 30), ("check", 0, 0, 5), ("declined by child", 0, 0, 0)],
}
USUAL = (
    *("report over", "return", "check", "hold", "declined by child", "merge", "merge", "merge and unmerge"),
    *("unmerge", "unmerge", "split", "unsplit", "choose", "answer", "add report", "analyse", "close", "undo"),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from([*USUAL, *DOING]),
        st.sampled_from([0, 0, 0, 1, 1, 2, 3]),
        st.one_of(st.integers(2, 60), st.integers(2, 24 * 40), st.integers(2, 24 * 400)),
        st.integers(0, 60),
    ),
    min_size=14,
    max_size=18,
)

# By which steps a duty is done. Nothing else makes it go, but steps that change by whose facts it ran: those of OTHER.
DONE_BY = {
    Duty.SAFE_AND_WELL: {"check", "no further try"},
    Duty.INTERVIEW: {
        *("hold", "hold in part", "hold for two"),
        *("declined by child", "declined by parent", "unable", "missing again"),
    },
    Duty.ANALYSIS: {"analyse", "yes after no"},
    Duty.REASSESS_RISK: {"judge", "judge high", "judge none"},
    WallDuty.STRATEGY_DISCUSSION: {"answer"},
    WallDuty.SENIOR_NOTICE: {"answer"},
    WallDuty.HOST_NOTICE: {"answer"},
    WallDuty.PLACING_NOTICE: {"answer"},
    WallDuty.OFFER_AGAIN: {"answer", "retry", "yes after no", "hold", "hold for two", "close"},
}
# What one writes of times with a reason, or as another source: what runs while a child is missing follows the times.
OTHER = {
    *("return", "died", "undo", "correct", "choose", "merge", "unmerge", "split", "unsplit"),
    *("add report", "take up", "take file"),
}
# What follows a return goes only with the return, or with the episode.
AFTER_RETURN = {Duty.SAFE_AND_WELL, Duty.INTERVIEW, Duty.ANALYSIS, WallDuty.OFFER_AGAIN}
RETURN_GOES = {"undo", "correct", "unsplit"}


@dataclass
class Seen:
    """What a coordinator sees of a child after a step, and what is on record of them."""

    episodes: list[Episode]
    open_duties: dict[object, set[str]]
    late_duties: dict[object, set[str]]
    reports: dict[object, object]
    entries: int
    by_episode: dict[str, dict[object, list[object]]] = field(default_factory=dict)

    def of(self, model: type, episode: Episode) -> list:
        """What is written on an episode, of a kind."""
        return self.by_episode[model.__name__][episode.pk]


WRITTEN = (RiskJudgement, DutyAnswer, ReturnInterview, InterviewOffer, SafeAndWellCheck, HandoverItem)


def look(child: Child, cast, now) -> Seen:
    with cast.seen_by("Cora") as cora:
        episodes = list(
            Episode.objects.filter(person_id=child.id).select_related("person").order_by("last_seen_at", "pk")
        )
        rows = rows_with_all(
            list(unfinished().filter(person_id=child.id)), clocks_of(cast.partnership_id), cora, now
        )
        known = answered(around([each for each in episodes if not each.cancelled_at], cora, now))
        written: dict[str, dict] = {}
        for model in WRITTEN:
            written[model.__name__] = defaultdict(list)
            for each in model.objects.filter(person_id=child.id):
                written[model.__name__][each.episode_id].append(each)
        reports = dict(Report.objects.filter(person_id=child.id).values_list("pk", "episode_id"))
    with as_worker():
        entries = Entry.objects.filter(person_id=child.id).count()
    child.open_duties = {row.episode.pk: {duty.kind for duty in row.duties} for row in rows}
    child.late_duties = {
        each.pk: {
            run.rule.key for run in late(Case(each, Clocks(), bank_holidays(), known.get(each.pk)), now)
        }
        for each in episodes
        if not each.cancelled_at
    }
    return Seen(episodes, child.open_duties, child.late_duties, reports, entries, written)


@pytest.fixture
def acting_cast(cast):
    join_colleague(cast)
    return cast


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begun=st.sampled_from(sorted(BEGUN)), where=st.sampled_from(["", "in", "by", "plan"]), steps=STEPS)
def test_measures_reconcile_no_time_is_told_twice_and_no_duty_is_lost(
    acting_cast, tmp_path, begun, where, steps
):
    child = looked_after(acting_cast, where=where)
    acted_out([*BEGUN[begun], *steps], child, acting_cast)
    measures_reconcile(acting_cast)
    wall_has_all(acting_cast)
    triggers_are_of_returns(child)
    for ends_in in YEARS:
        the_return_obeys_its_rules(tmp_path / str(ends_in), ends_in)


# Two sequences in which each step is taken, so that none of them is only ever refused.
A_LONG_STORY: list[Step] = [
    *[("report over", 0, 24 * 300, 40), ("check", 0, 0, 5), ("offer", 0, 0, 6), ("accept", 0, 0, 7)],
    *[
        ("hold", 0, 0, 8),
        ("answer", 0, 0, 0),
        ("answer", 0, 0, 0),
        ("analyse", 0, 0, 0),
        ("explain", 0, 0, 0),
    ],
    *[("close", 0, 0, 0), ("count months", 0, 0, 0), ("report over", 0, 24 * 200, 3), ("correct", 0, 0, 4)],
    *[("try to check", 0, 0, 5), ("no further try", 0, 0, 6), ("declined by child", 0, 0, 0)],
    *[
        ("add after no", 0, 0, 0),
        ("retry", 0, 0, 0),
        ("yes after no", 0, 0, 0),
        ("declined by parent", 0, 0, 0),
    ],
    *[("analyse", 0, 0, 0), ("close", 0, 0, 0), ("yes after no", 0, 0, 0), ("hold in part", 0, 0, 40)],
    *[("report over", 0, 24 * 100, 9), ("report over", 0, 24 * 90, 9), ("hold for two", 0, 0, 0)],
    *[("report over", 0, 24 * 80, 9), ("unable", 2, 0, 0), ("report over", 0, 24 * 70, 9)],
    *[
        ("missing again", 0, 0, 0),
        ("write down", 0, 60, 0),
        ("not missing", 0, 0, 0),
        ("write down", 0, 55, 0),
    ],
    *[("take up", 0, 0, 0), ("judge high", 1, 0, 0), ("judge none", 2, 0, 0), ("judge", 0, 0, 0)],
    *[("add report", 0, 0, 1), ("hand over", 0, 0, 0), ("acknowledge", 0, 0, 0)],
]


A_TANGLED_STORY: list[Step] = [
    *[("report over", 0, 90, 3), ("add report", 0, 0, 1), ("choose", 0, 0, 0), ("choose", 1, 0, 0)],
    *[("add report", 0, 0, 10), ("split", 0, 0, 0), ("unsplit", 0, 0, 0), ("return", 0, 0, 3)],
    *[("split", 0, 0, 0), ("locate", 0, 0, 2), ("return", 0, 0, 5), ("undo", 1, 0, 0), ("return", 0, 0, 6)],
    *[("judge high", 1, 0, 0), ("merge and unmerge", 1, 0, 0), ("merge", 1, 0, 0), ("unmerge", 1, 0, 0)],
    *[("check", 0, 0, 2), ("set aside", 1, 0, 0), ("take file", 1, 30, 4), ("report", 0, 20, 0)],
    ("died", 0, 0, 1),
]


@pytest.mark.parametrize("story", [A_LONG_STORY, A_TANGLED_STORY], ids=["long", "tangled"])
def test_every_step_of_a_story_is_taken(acting_cast, tmp_path, story):
    child = looked_after(acting_cast)
    assert acted_out(story, child, acting_cast) == []
    measures_reconcile(acting_cast)
    wall_has_all(acting_cast)
    the_return_obeys_its_rules(tmp_path, YEAR)


def test_the_stories_know_every_step():
    assert {what for what, *_ in (*A_LONG_STORY, *A_TANGLED_STORY)} == set(DOING)


def acted_out(steps: list[Step], child: Child, cast) -> list[Step]:
    """Take steps one after the other, and hold after each what has to hold. Returns those that were refused."""
    refused = []
    before = look(child, cast, FIRST)
    for place, step in enumerate(steps):
        if not taken(step, place, child, cast):
            refused.append(step)
            continue
        after = look(child, cast, FIRST + place * BETWEEN)
        nothing_silently_gone(before, after, step[0])
        every_duty_has_its_clock(after, child, FIRST + place * BETWEEN)
        milestones_are_what_is_written(after)
        messages_and_items_are_somewhere(child, cast)
        before = after
    return refused


# ── No duty is lost ─────────────────────────────────────────────────────────────────────────────────────────


def every_duty_has_its_clock(seen: Seen, child: Child, now) -> None:
    """What the wall shows is what the bare facts ask for: nothing less, and nothing more."""
    for episode in seen.episodes:
        assert seen.open_duties.get(episode.pk, set()) == still_to_do(seen, episode, child, now), episode


def still_to_do(seen: Seen, episode: Episode, child: Child, now) -> set[str]:
    """The duties of an episode, said once more from the bare rows, apart from the rules."""
    if episode.cancelled_at or episode.closed_at or episode.return_method == DIED:
        return set()
    return after_return(seen, episode) | while_missing(seen, episode) | around_the_child(seen, episode, now)


def after_return(seen: Seen, episode: Episode) -> set[str]:
    if episode.returned_at is None:
        return set()
    interview = next(iter(seen.of(ReturnInterview, episode)), None)
    answered = {each.duty for each in seen.of(DutyAnswer, episode)}
    settled = episode.interview_settled_at
    asks_again = settled and interview.retry_on and WallDuty.OFFER_AGAIN not in answered
    found = {
        Duty.SAFE_AND_WELL: episode.safe_and_well_at is None,
        Duty.INTERVIEW: settled is None,
        Duty.ANALYSIS: settled and episode.analysed_at is None,
        WallDuty.OFFER_AGAIN: asks_again,
    }
    return {duty for duty, is_open in found.items() if is_open}


def while_missing(seen: Seen, episode: Episode) -> set[str]:
    judged = sorted(seen.of(RiskJudgement, episode), key=lambda each: each.judged_at)
    is_asked = episode.returned_at is None and judged and judged[-1].reassess_by
    return {Duty.REASSESS_RISK} if is_asked else set()


def around_the_child(seen: Seen, episode: Episode, now) -> set[str]:
    gone = (episode.returned_at or now) - episode.last_seen_at
    is_missing = episode.kind == "M"
    is_high = any(each.level == "high" for each in seen.of(RiskJudgement, episode))
    where = placed(episode)
    called = {
        WallDuty.STRATEGY_DISCUSSION: (is_missing and gone > DAY) or is_high or where != "",
        # Shown six hours before a child who is still missing has been so for a day.
        WallDuty.SENIOR_NOTICE: is_missing
        and (gone > DAY or (episode.returned_at is None and gone >= 18 * HOUR)),
        WallDuty.HOST_NOTICE: where == "in",
        WallDuty.PLACING_NOTICE: where == "by",
    }
    answered = {each.duty for each in seen.of(DutyAnswer, episode)}
    return {duty for duty, is_called in called.items() if is_called} - answered


def placed(episode: Episode) -> str:
    """Where the child of a sequence lives, or that they are on a plan, as it was arranged."""
    with as_worker(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT placed_in <> '', placed_by <> '' FROM people_careepisode WHERE person_id = %s",
            [episode.person_id],
        )
        is_in, is_by = cursor.fetchone()
        cursor.execute("SELECT 1 FROM people_planstatus WHERE person_id = %s", [episode.person_id])
        is_on_plan = cursor.fetchone() is not None
    return "in" if is_in else "by" if is_by else "plan" if is_on_plan else ""


def nothing_silently_gone(before: Seen, after: Seen, what: str) -> None:
    """A duty goes by what does it, or with the times it ran from: and that step is on the record, with its child."""
    assert after.entries > before.entries or what == "count months"
    assert set(before.reports) <= set(after.reports)
    assert {each.pk for each in before.episodes} <= {each.pk for each in after.episodes}
    gone = {each.pk for each in after.episodes if each.cancelled_at}
    # What was late stays so, unless it was done in time and only written down late.
    for ran, now_there in (
        (before.open_duties, after.open_duties),
        (before.late_duties, after.late_duties),
    ):
        for episode, duties in ran.items():
            for duty in () if episode in gone else duties - now_there.get(episode, set()):
                assert what in DONE_BY[duty] | (RETURN_GOES if duty in AFTER_RETURN else OTHER), duty
    for cancelled in (each for each in after.episodes if each.cancelled_at):
        assert cancelled.cancelled_reason


def milestones_are_what_is_written(seen: Seen) -> None:
    """What an episode says of itself is what the rows under it say."""
    for episode in seen.episodes:
        [*interviews] = seen.of(ReturnInterview, episode)
        if episode.interview_settled_at:
            assert interviews[0].outcome == episode.interview_outcome
        if episode.interview_held_at:
            assert interviews[0].held_at == episode.interview_held_at
        if episode.safe_and_well_at:
            assert seen.of(SafeAndWellCheck, episode)
        if episode.merged_into_id:
            assert episode.pk not in set(seen.reports.values())
        if not episode.cancelled_at:
            assert episode.pk in set(seen.reports.values())


def messages_and_items_are_somewhere(child: Child, cast) -> None:
    """Each message waits, or belongs to the episode that its report is on; each item handed over waits for somebody."""
    with cast.seen_by("Cora") as cora:
        notes = list(Notification.objects.filter(person_id=child.id))
        reports = {each.notification_id: each for each in Report.objects.filter(person_id=child.id)}
        listed = {each.item.pk for each in answered(waiting(cora, NOW))}
        items = HandoverItem.objects.filter(person_id=child.id, acknowledged_at=None)
        for item in items.select_related("episode"):
            kept = item.episode
            while kept.merged_into_id:
                kept = Episode.objects.get(pk=kept.merged_into_id)
            assert item.pk in listed or kept.closed_at or kept.cancelled_at
    for note in notes:
        is_counted = note.outcome in OF_AN_EPISODE
        assert (note.pk in reports) is is_counted
        assert not is_counted or reports[note.pk].episode_id == note.episode_id
        assert is_counted or note.outcome_reason or note.outcome == NotificationOutcome.WAITING


def wall_has_all(cast) -> None:
    """The wall of the partnership has every unfinished episode of everyone, and each of them once."""
    with cast.seen_by("Cora") as cora:
        shown = [row.episode.pk for row in wall(cora, NOW, at_most=10_000).rows]
    with as_worker():
        live = set(Episode.objects.filter(closed_at=None, cancelled_at=None).values_list("pk", flat=True))
    assert len(shown) == len(set(shown))
    assert set(shown) == live


def triggers_are_of_returns(child: Child) -> None:
    with as_worker():
        for episode in Episode.objects.filter(person_id=child.id):
            commands.look_for_repeats(episode_id=episode.pk, viewer=ARRANGER, now=NOW)
        hits = list(TriggerHit.objects.filter(person_id=child.id).select_related("episode"))
    assert all(hit.episode.returned_at and not hit.episode.cancelled_at for hit in hits)


# ── Measures ────────────────────────────────────────────────────────────────────────────────────────────────


def measures_reconcile(cast) -> None:
    limits = limits_of(cast.partnership_id)
    with as_worker():
        counted = seen_months(dict.fromkeys(MONTHS, END), limits)
        then = seen_months(dict.fromkeys(MONTHS, FIRST - HOUR), limits)
        years = {ends_in: year_by_month(ends_in) for ends_in in YEARS}
        live = list(Episode.objects.filter(cancelled_at=None))
    for counts in counted.values():
        each_is_part_of_the_one_before(counts)
    for ends_in, by_month in years.items():
        months_make_up_the_year(ends_in, by_month, counted)
    alive = [each for each in live if each.returned_at and each.return_method != DIED]
    assert sum(counts["episodes"] for counts in counted.values()) == len(live)
    assert sum(counts["returned"] for counts in counted.values()) == len(alive)
    # All of it was written in the last hour: no figure of a time before has it.
    assert not any(count for counts in then.values() for count in counts.values())
    figures_lead_to_their_episodes(cast, counted)


def each_is_part_of_the_one_before(counts: Counts) -> None:
    line = [counts[name] for name in NESTED]
    assert all(one >= other for one, other in pairwise(line)), counts
    assert counts["children"] <= counts["episodes"]
    assert counts["seen_in_time"] <= counts["seen"] <= counts["returned"]
    assert counts["first_time"] + counts["repeat"] <= counts["episodes"]
    for measure in MEASURES:
        assert not measure.whole or counts[measure.part] <= counts[measure.whole]
    assert set(BY_KEY) == {measure.key for measure in MEASURES}


def year_by_month(ends_in: int) -> dict[date | None, dict[str, int]]:
    """The counts of a collection year; under None those of the whole of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM insight_seen_year(%s, 72, %s)", [ends_in, END])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row.pop("month"): row for row in rows}


def months_make_up_the_year(ends_in: int, by_month, counted) -> None:
    months = [month for month in MONTHS if year_ending_in(month) == ends_in]
    total = by_month.get(None, defaultdict(int))
    for name in ("episodes", "returned", "held", "held_in_time"):
        assert sum(counted[month][name] for month in months) == total[name], (ends_in, name)
    for month in months:
        row = by_month.get(month, defaultdict(int))
        assert (row["episodes"], row["children"]) == (counted[month]["episodes"], counted[month]["children"])
    assert total["children"] <= sum(counted[month]["children"] for month in months)
    assert total["held_in_time"] <= total["held"] <= total["accepted"] <= total["offered"] <= total["settled"]


def figures_lead_to_their_episodes(cast, counted) -> None:
    """The lists behind the figures of the fullest month are as long as the figures say."""
    month = max(MONTHS, key=lambda each: counted[each]["episodes"])
    with cast.seen_by("Cora") as cora:
        for measure in MEASURES:
            behind, rest = episodes_counted(measure, month, cora, END)
            assert len(set(behind)) == len(behind)
            if measure.key != "children":
                assert len(behind) == counted[month][measure.part], measure.key
            if measure.whole:
                assert len(behind) + len(rest) == counted[month][measure.whole], measure.key


# ── The return ──────────────────────────────────────────────────────────────────────────────────────────────


def the_return_obeys_its_rules(folder, ends_in: int) -> None:
    """No rule of the return is broken, and no two rows of a child share a day but one that ends as the next begins."""
    made(folder, year=ends_in)
    assert broken_rules(folder, ends_in) == set()
    told: dict[str, list[tuple[date, date]]] = {}
    for row in read_table(folder / "missing.csv"):
        told.setdefault(row["CHILD"], []).append((day(row["MIS_START"]), day(row["MIS_END"]) or date.max))
    for rows in told.values():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(rows))), rows
        assert all(since <= until for since, until in rows)


@pytest.mark.skipif(not VALIDATOR.exists(), reason="`make validator` has not been run")
def test_the_return_of_a_long_story_passes_the_independent_validator(acting_cast, tmp_path):
    whole_year_ago = 24 * (london_day(NOW) - first_day_of(YEAR)).days
    for place in range(6):
        child = looked_after(acting_cast, where=("", "in", "plan")[place % 3])
        for number, (what, which, ago, lasted) in enumerate(A_LONG_STORY[place:]):
            taken((what, which, ago + whole_year_ago, lasted), number, child, acting_cast)
    for ends_in in YEARS[1:]:
        the_return_obeys_its_rules(tmp_path / str(ends_in), ends_in)
    assert len(read_table(tmp_path / str(YEARS[1]) / "missing.csv")) > 5
    found = validated(tmp_path / str(YEARS[1]), ends_in=YEARS[1])
    assert found["fired"] == {}


def test_figures_once_counted_are_not_counted_over(acting_cast):
    child = looked_after(acting_cast)
    acted_out(A_LONG_STORY[:11], child, acting_cast)
    with as_worker():
        kept = set(CountedMonth.objects.values_list("month", "measure", "counted_at", "numerator"))
    acted_out([("report over", 0, 24 * 290, 3), ("count months", 0, 0, 0)], child, acting_cast)
    with as_worker():
        now = set(CountedMonth.objects.values_list("month", "measure", "counted_at", "numerator"))
    assert kept <= now
