"""Owners are asked for an update before a meeting, reminded once, and released if it is no longer wanted."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.events.outbox import publish
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer, machine
from wayhome.partnership.queries import governance
from wayhome.partnership.queries.governance import NextMeeting
from wayhome.strategy.events import UpdatesAsked
from wayhome.strategy.models import ActionOwner, Plan, UpdateRequest
from wayhome.strategy.rules import asking
from wayhome.strategy.vocabulary import LIVE_STATES, DocumentState


class PlanHasNoBody(Refusal):
    """Say first which body answers for this plan. Owners are asked before its meetings."""


class NoMeetingPlanned(Refusal):
    """The body of this plan has no meeting planned. Plan its next meeting first."""


class NobodyToAsk(Refusal):
    """Everybody who owns a live action has been asked for this meeting, or no live action has an owner."""


class NobodyToChase(Refusal):
    """Everybody who was asked has answered, or was reminded today."""


class NoReasonToWithdraw(Refusal):
    """Say why the update is no longer asked for."""

    field = "because"


class AnsweredAlready(Refusal):
    """This update was given, or its request withdrawn. Look at the list again."""


@transaction.atomic
def ask_for_updates(*, plan_id: UUID, viewer: Viewer, now: datetime) -> int:
    """Ask every owner of a live action before the next meeting of the plan's body. Returns how many were asked.

    Whoever was asked for this meeting is not asked again. Raises PlanHasNoBody, NoMeetingPlanned, NobodyToAsk.
    """
    require(viewer, Verb.KEEP_PLANS)
    plan = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise NotFound
    if plan.body_id is None:
        raise PlanHasNoBody
    meeting = governance.next_meetings(london_day(now), [plan.body_id]).get(plan.body_id)
    if meeting is None:
        raise NoMeetingPlanned
    asked = _ask(plan, meeting, viewer, now)
    if not asked:
        raise NobodyToAsk
    return asked


def _ask(plan: Plan, meeting: NextMeeting, viewer: Viewer, now: datetime) -> int:
    today = london_day(now)
    owners = ActionOwner.objects.filter(
        action__plan=plan, action__state__in=LIVE_STATES, valid__contains=today
    ).exclude(requests__meeting_id=meeting.id)
    made = [
        UpdateRequest(
            owner=owner,
            meeting_id=meeting.id,
            asked_at=now,
            asked_by_id=viewer.user_id,
            due_on=asking.due_on(today, meeting.held_on),
        )
        for owner in owners
    ]
    UpdateRequest.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        _mail(plan.pk, made, now, is_reminder=False)
        _told("ask for updates", plan.pk, viewer, now, owners=len(made), meeting=meeting.id)
    return len(made)


@transaction.atomic
def chase(*, plan_id: UUID, viewer: Viewer, now: datetime) -> int:
    """Remind everybody of a plan who was asked and has not answered, once a day at most. Returns how many.

    Raises NobodyToChase.
    """
    require(viewer, Verb.KEEP_PLANS)
    today = london_day(now)
    waiting = [
        each
        for each in _open(plan_id)
        if not any(at and london_day(at) == today for at in (each.chased_at, each.asked_at))
    ]
    if not _chased(plan_id, waiting, viewer, now):
        raise NobodyToChase
    return len(waiting)


def _open(plan_id: UUID) -> list[UpdateRequest]:
    found = UpdateRequest.objects.select_for_update(of=("self",))
    return list(
        found.filter(owner__action__plan_id=plan_id, answer=None, withdrawn_because="").order_by("pk")
    )


def _chased(plan_id: UUID, waiting: list[UpdateRequest], viewer: Viewer, now: datetime) -> int:
    for each in waiting:
        each.chased_at, each.times_chased = now, each.times_chased + 1
    UpdateRequest.objects.bulk_update(waiting, ["chased_at", "times_chased"])
    if waiting:
        _mail(plan_id, waiting, now, is_reminder=True)
        _told("chase updates", plan_id, viewer, now, owners=len(waiting))
    return len(waiting)


@transaction.atomic
def withdraw_request(*, request_id: UUID, because: str, viewer: Viewer, now: datetime) -> UUID:
    """An update is no longer asked for. Returns the plan. Raises NotFound, NoReasonToWithdraw, AnsweredAlready."""
    require(viewer, Verb.KEEP_PLANS)
    asked = UpdateRequest.objects.select_for_update(of=("self",)).select_related("owner__action")
    found = asked.filter(pk=request_id).first()
    if found is None:
        raise NotFound
    if not because.strip():
        raise NoReasonToWithdraw
    if found.answer_id or found.withdrawn_because:
        raise AnsweredAlready
    UpdateRequest.objects.filter(pk=request_id).update(withdrawn_because=because.strip())
    plan_id = found.owner.action.plan_id
    record(
        viewer=viewer,
        now=now,
        verb="withdraw request",
        subject_kind="plan",
        subject_id=plan_id,
        detail={"request": request_id},
        changes={"withdrawn_because": ("", because.strip())},
    )
    return plan_id


def keep_asking(*, now: datetime) -> tuple[int, int]:
    """Ask and remind for every plan in force whose next meeting is near. Called every morning by the worker.

    Returns how many were asked and how many reminded.
    """
    plans = list(Plan.objects.filter(state=DocumentState.LIVE, body__isnull=False).order_by("pk"))
    meetings = governance.next_meetings(london_day(now), {plan.body_id for plan in plans if plan.body_id})
    counts = [_kept_asking(plan, meetings.get(plan.body_id or plan.pk), now) for plan in plans]
    return sum(asked for asked, _ in counts), sum(chased for _, chased in counts)


@transaction.atomic
def _kept_asking(plan: Plan, meeting: NextMeeting | None, now: datetime) -> tuple[int, int]:
    today, worker = london_day(now), machine("asking for updates")
    asked = 0
    if meeting and asking.is_time_to_ask(today, meeting.held_on, plan.ask_days_before):
        asked = _ask(plan, meeting, worker, now)
    return asked, _chased(plan.pk, list(_to_chase(_open(plan.pk), now)), worker, now)


def _to_chase(waiting: Iterable[UpdateRequest], now: datetime) -> Iterable[UpdateRequest]:
    today = london_day(now)
    return (
        each
        for each in waiting
        if asking.is_time_to_chase(today, each.due_on, london_day(each.asked_at), each.times_chased)
    )


def _mail(plan_id: UUID, asked: Iterable[UpdateRequest], now: datetime, *, is_reminder: bool) -> None:
    """The worker sends the mails once this is committed."""
    publish(UpdatesAsked(plan_id, tuple(str(each.pk) for each in asked), is_reminder), now=now)


def _told(verb: str, plan_id: UUID, viewer: Viewer, now: datetime, **detail: object) -> None:
    record(viewer=viewer, now=now, verb=verb, subject_kind="plan", subject_id=plan_id, detail=detail)
