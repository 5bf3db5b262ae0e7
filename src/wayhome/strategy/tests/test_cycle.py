"""Owners are asked before a meeting, reminded once, late on a list, and released with a reason."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.database.reading import answered
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.partnership.models import BodyMeeting
from wayhome.strategy.commands import asking as commands
from wayhome.strategy.commands.progress import update_action
from wayhome.strategy.jobs import ask_owners
from wayhome.strategy.models import Plan, UpdateRequest
from wayhome.strategy.queries.asking import asked_of_me, cycle_of
from wayhome.strategy.rules import asking
from wayhome.strategy.tests.arranging import a_body, a_plan, an_action, an_owner
from wayhome.strategy.tests.cycling import TODAY, Cycle, a_cycle, a_link

MEETING = date(2026, 6, 20)


@pytest.fixture
def cycle(cast) -> Cycle:
    return a_cycle(cast)


def ask(cast, cycle: Cycle, *, now=NOW) -> int:
    with cast.seen_by("Cora") as viewer:
        return commands.ask_for_updates(plan_id=cycle.plan.pk, viewer=viewer, now=now)


def keep_asking(now) -> tuple[int, int]:
    with as_worker():
        return commands.keep_asking(now=now)


def requests() -> list[UpdateRequest]:
    with as_worker():
        return list(UpdateRequest.objects.order_by("owner__action__reference"))


# ── The rules, on both sides of each day ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("today", "is_time"),
    [(date(2026, 6, 9), False), (date(2026, 6, 10), True), (MEETING, True), (date(2026, 6, 21), False)],
)
def test_owners_are_asked_from_ten_days_before_until_the_meeting(today, is_time):
    assert asking.is_time_to_ask(today, MEETING, 10) is is_time


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [
        (date(2026, 6, 1), date(2026, 6, 17)),
        (date(2026, 6, 15), date(2026, 6, 17)),
        (date(2026, 6, 16), date(2026, 6, 18)),
        (date(2026, 6, 19), MEETING),
        (MEETING, MEETING),
    ],
)
def test_an_answer_is_due_three_days_before_the_meeting_or_two_days_from_asking(asked_on, due):
    assert asking.due_on(asked_on, MEETING) == due


@pytest.mark.parametrize(
    ("today", "asked_on", "times", "is_time"),
    [
        (date(2026, 6, 14), date(2026, 6, 10), 0, False),
        (date(2026, 6, 15), date(2026, 6, 10), 0, True),
        (date(2026, 6, 15), date(2026, 6, 10), 1, False),
        (date(2026, 6, 15), date(2026, 6, 15), 0, False),
        (date(2026, 6, 16), date(2026, 6, 15), 0, True),
    ],
)
def test_who_has_not_answered_is_reminded_once_two_days_before(today, asked_on, times, is_time):
    assert asking.is_time_to_chase(today, date(2026, 6, 17), asked_on, times) is is_time


@pytest.mark.parametrize(("today", "late"), [(MEETING, 0), (MEETING + timedelta(days=1), 1)])
def test_an_answer_is_late_from_the_day_after(today, late):
    assert asking.days_late(today, MEETING) == late


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────────────


def test_every_owner_of_a_live_action_is_asked_once_for_the_next_meeting(cast, cycle):
    assert ask(cast, cycle) == 3
    assert [(each.meeting_id, each.due_on) for each in requests()] == [
        (cycle.meeting.pk, TODAY + timedelta(days=5))
    ] * 3
    with pytest.raises(commands.NobodyToAsk):
        ask(cast, cycle)
    with as_worker():
        entry = Entry.objects.get(verb="ask for updates")
    assert (entry.subject_id, entry.detail["owners"]) == (cycle.plan.pk, 3)


def test_an_action_that_is_over_and_an_owner_who_left_are_not_asked(cast, cycle):
    with as_worker():
        cycle.actions[0].state = "complete"
        cycle.actions[0].save()
        cycle.jos.valid = (TODAY - timedelta(days=9), TODAY)
        cycle.jos.save()
    assert ask(cast, cycle) == 1


@pytest.mark.parametrize("name", ["Pat", "Ana", "Otto"])
def test_only_who_keeps_plans_asks_reminds_and_withdraws(cast, cycle, name):
    ask(cast, cycle)
    with cast.seen_by(name) as viewer:
        for command in (commands.ask_for_updates, commands.chase):
            with pytest.raises(NotAllowed):
                command(plan_id=cycle.plan.pk, viewer=viewer, now=NOW)
        with pytest.raises(NotAllowed):
            commands.withdraw_request(request_id=requests()[0].pk, because="x", viewer=viewer, now=NOW)


def test_a_plan_without_a_body_or_a_meeting_says_what_to_do_first(cast):
    alone, waiting = a_plan(cast), a_plan(cast, "Other plan", body=a_body(cast, "Harbour Group"))
    with cast.seen_by("Lena") as viewer:
        with pytest.raises(commands.PlanHasNoBody):
            commands.ask_for_updates(plan_id=alone.pk, viewer=viewer, now=NOW)
        with pytest.raises(commands.NoMeetingPlanned):
            commands.ask_for_updates(plan_id=waiting.pk, viewer=viewer, now=NOW)


# ── The worker ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_worker_asks_when_the_day_comes_and_not_before(cast):
    a_cycle(cast, in_days=11)
    assert keep_asking(NOW) == (0, 0)
    assert keep_asking(NOW + timedelta(days=1)) == (3, 0)
    assert keep_asking(NOW + timedelta(days=1)) == (0, 0)


def test_the_worker_leaves_plans_alone_that_are_not_in_force(cast, cycle):
    with as_worker():
        Plan.objects.filter(pk=cycle.plan.pk).update(state="draft")
    assert keep_asking(NOW) == (0, 0)


def test_the_worker_reminds_once_and_only_who_has_not_answered(cast, cycle):
    ask(cast, cycle)
    with cast.seen_by("Pat") as viewer:
        update_action(
            action_id=cycle.actions[0].pk,
            owner_id=cycle.pats.pk,
            achieved="Done what was asked.",
            state="in_progress",
            viewer=viewer,
            now=NOW,
        )
    assert keep_asking(NOW + timedelta(days=2)) == (0, 0)
    assert keep_asking(NOW + timedelta(days=3)) == (0, 2)
    assert keep_asking(NOW + timedelta(days=4)) == (0, 0)
    assert [each.times_chased for each in requests()] == [0, 1, 1]


def test_the_job_runs_every_morning(cast, cycle):
    with as_worker():
        ask_owners(timestamp=0)
    assert len(requests()) == 3


def test_to_remind_now_leaves_out_who_was_asked_or_reminded_today(cast, cycle):
    ask(cast, cycle)
    with cast.seen_by("Cora") as viewer:
        with pytest.raises(commands.NobodyToChase):
            commands.chase(plan_id=cycle.plan.pk, viewer=viewer, now=NOW)
        later = NOW + timedelta(days=1)
        assert commands.chase(plan_id=cycle.plan.pk, viewer=viewer, now=later) == 3
        with pytest.raises(commands.NobodyToChase):
            commands.chase(plan_id=cycle.plan.pk, viewer=viewer, now=later)


# ── Withdrawing ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_request_is_withdrawn_with_its_reason_and_once(cast, cycle):
    ask(cast, cycle)
    first = requests()[0]
    with cast.seen_by("Cora") as viewer:
        with pytest.raises(commands.NoReasonToWithdraw):
            commands.withdraw_request(request_id=first.pk, because=" ", viewer=viewer, now=NOW)
        commands.withdraw_request(request_id=first.pk, because="On leave", viewer=viewer, now=NOW)
        with pytest.raises(commands.AnsweredAlready):
            commands.withdraw_request(request_id=first.pk, because="Again", viewer=viewer, now=NOW)
        with pytest.raises(NotFound):
            commands.withdraw_request(request_id=cycle.plan.pk, because="x", viewer=viewer, now=NOW)
        (gone,) = cycle_of(cycle.plan.pk, now=NOW).withdrawn
    assert (gone.row.withdrawn_because, gone.is_open) == ("On leave", False)


# ── Who answered, who is late, how it reaches them ───────────────────────────────────────────────────────


def test_the_page_tells_who_is_reached_how(cast, cycle):
    ask(cast, cycle)
    with cast.seen_by("Cora"):
        before = {each.action.reference: each.part for each in cycle_of(cycle.plan.pk, now=NOW).waiting}
    a_link(cast, cycle)
    with cast.seen_by("Cora"):
        after = {each.action.reference: each.part for each in cycle_of(cycle.plan.pk, now=NOW).waiting}
    assert before["1.1"].reach.accounts == (cast.users["Pat"].name,)
    assert not before["1.2"].is_reached
    assert before["1.2"].reach.email == "jo.bloggs@health.example"
    assert after["1.2"].link.name == "Jo Bloggs"
    assert not after["1.3"].is_reached


def test_who_is_late_stands_first_until_they_answer(cast, cycle):
    ask(cast, cycle)
    after = NOW + timedelta(days=7)
    with cast.seen_by("Cora"):
        late = cycle_of(cycle.plan.pk, now=after).late
        assert [(each.action.reference, each.days_late) for each in late] == [
            ("1.1", 2),
            ("1.2", 2),
            ("1.3", 2),
        ]
        assert not cycle_of(cycle.plan.pk, now=NOW).late


def test_an_owner_with_an_account_is_asked_on_today_until_they_answer(cast, cycle, client):
    ask(cast, cycle)
    with cast.seen_by("Pat") as viewer:
        (mine,) = answered(asked_of_me(NOW))
        assert (mine.reference, mine.due_on, mine.plan) == (
            "1.1",
            TODAY + timedelta(days=5),
            "Safe Home plan",
        )
        update_action(
            action_id=mine.action_id,
            owner_id=mine.owner_id,
            achieved="Half of it.",
            state="in_progress",
            viewer=viewer,
            now=NOW,
        )
        assert answered(asked_of_me(NOW)) == []
    with cast.seen_by("Cora"):
        assert [each.action.reference for each in cycle_of(cycle.plan.pk, now=NOW).answered] == ["1.1"]


@pytest.mark.parametrize("name", ["Sal", "Cora", "Lena"])
def test_who_owns_nothing_is_asked_nothing(cast, cycle, name):
    ask(cast, cycle)
    with cast.seen_by(name):
        assert answered(asked_of_me(NOW)) == []


def test_a_page_asks_as_often_however_many_owners(cast, cycle):
    ask(cast, cycle)
    counts = []
    for round_ in (2, 3):
        with cast.seen_by("Cora"), CaptureQueriesContext(connection) as asked:
            cycle_of(cycle.plan.pk, now=NOW)
        counts.append(len(asked))
        for number in range(12):
            an_owner(an_action(cycle.plan, f"{round_}.{number}"), post=cycle.jos.post)
        ask(cast, cycle)
    assert counts[0] == counts[1]


def test_a_meeting_that_was_cancelled_is_none(cast, cycle):
    with as_worker():
        BodyMeeting.objects.filter(pk=cycle.meeting.pk).update(state="cancelled", cancelled_because="Snow")
    assert london_day(NOW) == TODAY
    with pytest.raises(commands.NoMeetingPlanned):
        ask(cast, cycle)
