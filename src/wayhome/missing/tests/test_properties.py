"""What holds for every episode, however it came about: no duty is lost, and no two overlap."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.personas import NOW, a_child, a_report

from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import Refusal
from wayhome.missing import commands
from wayhome.missing.commands import AlreadyMissing, Return
from wayhome.missing.models import Episode, Report
from wayhome.missing.rules import Clocks, deadlines, interview_due_at, stage
from wayhome.missing.tests.facts import Facts
from wayhome.missing.vocabulary import Duty, Stage

MINUTES = st.integers(0, 60 * 24 * 400)
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
DUTY_AT = {
    Stage.SAFE_AND_WELL_DUE: Duty.SAFE_AND_WELL,
    Stage.INTERVIEW_DUE: Duty.INTERVIEW,
    Stage.ANALYSIS_DUE: Duty.ANALYSIS,
}


@st.composite
def facts(draw):
    """An episode at any stage: each step taken or not, in the order in which the commands allow them."""
    seen = SOME_DAY + timedelta(minutes=draw(MINUTES))
    told = Facts(last_seen_at=seen, risk_reassess_by=draw(st.none() | st.just(seen)))
    if draw(st.booleans()):
        told.returned_at = seen + timedelta(minutes=draw(MINUTES))
        later = st.none() | MINUTES.map(lambda minutes: told.returned_at + timedelta(minutes=minutes))
        told.safe_and_well_at = draw(later)
        told.interview_offered_at = draw(later)
        told.interview_settled_at = draw(later)
        told.analysed_at = draw(later) if told.interview_settled_at else None
        is_done = told.safe_and_well_at and told.analysed_at
        told.closed_at = draw(later) if is_done else None
    return told


@given(facts())
def test_what_an_episode_still_needs_has_a_clock_and_nothing_else_has(told):
    kinds = {duty.kind for duty in deadlines(told, Clocks(), frozenset())}
    here = stage(told)
    if here in DUTY_AT:
        assert DUTY_AT[here] in kinds
    needed = set()
    if told.returned_at and not told.closed_at:
        needed |= set() if told.safe_and_well_at else {Duty.SAFE_AND_WELL}
        needed |= set() if told.interview_settled_at else {Duty.INTERVIEW}
        needed |= {Duty.ANALYSIS} if told.interview_settled_at and not told.analysed_at else set()
    assert kinds - {Duty.REASSESS_RISK} == needed
    if here in (Stage.READY_TO_CLOSE, Stage.CLOSED):
        assert not kinds


@given(facts())
def test_duties_come_in_the_order_in_which_they_fall_due_and_never_before_the_return(told):
    due = [duty.due_at for duty in deadlines(told, Clocks(), frozenset())]
    assert due == sorted(due)
    if told.returned_at:
        assert all(instant > told.returned_at for instant in due)


@given(MINUTES)
def test_72_hours_are_72_hours_on_every_day_of_the_year(minutes):
    returned = SOME_DAY + timedelta(minutes=minutes)
    assert interview_due_at(returned, Clocks()) - returned == timedelta(hours=72)


HOURS_AGO = st.integers(1, 60)
# (what is done, hours ago it began, hours it lasted)
STEPS = st.lists(
    st.tuples(st.sampled_from(["report", "report over", "return"]), HOURS_AGO, st.integers(0, 20)),
    min_size=1,
    max_size=8,
)


def do(step, child, viewer):
    """One step as somebody may type it, right or wrong."""
    what, ago, lasted = step
    began = NOW - timedelta(hours=ago)
    ended = min(began + timedelta(hours=lasted), NOW)
    if what == "return":
        open_one = Episode.objects.filter(person_id=child, returned_at=None).first()
        if open_one:
            commands.record_returned(
                episode_id=open_one.pk,
                returned_at=began,
                returned_to="",
                return_method="",
                viewer=viewer,
                now=NOW,
            )
        return
    commands.report_missing(
        person_id=child,
        new=a_report(last_seen_at=began, noticed_at=None, reported_at=NOW),
        back_already=Return(returned_at=ended) if what == "report over" else None,
        viewer=viewer,
        now=NOW,
    )


def tried(step, child, viewer):
    """Do a step, and give back why it was refused, if it was."""
    try:
        do(step, child, viewer)
    except Refusal as refusal:
        return refusal
    return None


def overlap(one, other):
    ends = [each.returned_at or datetime.max.replace(tzinfo=UTC) for each in (one, other)]
    is_empty = one.last_seen_at == one.returned_at or other.last_seen_at == other.returned_at
    return not is_empty and one.last_seen_at < ends[1] and other.last_seen_at < ends[0]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_sequence_of_reports_and_returns_makes_two_episodes_overlap(cast, steps):
    child = a_child(cast)
    done = 0
    with cast.seen_by("Sal") as sal:
        for step in steps:
            refusal = tried(step, child, sal)
            done += step[0] != "return" and refusal is None
            if isinstance(refusal, AlreadyMissing):
                assert Episode.objects.filter(pk=refusal.episode_id, person_id=child).exists()
    with as_worker():
        episodes = list(Episode.objects.filter(person_id=child).order_by("last_seen_at"))
        assert Report.objects.filter(person_id=child).count() == len(episodes) == done
    assert not any(overlap(one, other) for one in episodes for other in episodes if one.pk != other.pk)
    assert sum(each.returned_at is None for each in episodes) <= 1
