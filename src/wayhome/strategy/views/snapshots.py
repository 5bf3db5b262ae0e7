"""Snapshots of a plan: taken, read, signed off and compared."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.clock import london_day
from wayhome.partnership.queries import bodies, governance
from wayhome.strategy.commands import snapshot as commands
from wayhome.strategy.commands.reading import open_comparison, open_snapshot
from wayhome.strategy.forms.cycle import Compare, SignOff, TakeSnapshot
from wayhome.strategy.queries import snapshot as queries
from wayhome.strategy.rules.listing import Asked, listing_of
from wayhome.strategy.rules.standing import standing_of
from wayhome.strategy.rules.summary import Stood, summary_of
from wayhome.web.pages import render
from wayhome.web.showing import day

# Meetings so long ago can still be chosen for a snapshot.
RECENT = timedelta(days=60)


@allowed_to(Verb.SEE_PLANS)
def snapshots(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    context = {
        "plan": queries.plan(plan_id),
        "snapshots": queries.snapshots_of(plan_id),
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
    }
    return render(request, "strategy/cycle/snapshots.html", context)


@allowed_to(Verb.KEEP_PLANS)
def take_snapshot(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    plan = queries.plan(plan_id)
    today = london_day(request.now)
    meetings = governance.meetings_of(plan.body_id, since=today - RECENT) if plan.body_id else []
    form = form_for(request, TakeSnapshot, name="take_snapshot", subject=str(plan_id))
    form.ask_about(
        [(str(each.pk), f"{plan.body}, {day(each.held_on)}") for each in meetings],
        [(str(each.pk), each.name) for each in bodies(today)],
        body=str(plan.body_id or ""),
    )

    def do(said: dict[str, Any]) -> str:
        meeting = next((each for each in meetings if str(each.pk) == said["meeting"]), None)
        made = commands.take_snapshot(
            plan_id=plan_id,
            body_id=meeting.body_id if meeting else UUID(said["body"]),
            presented_on=meeting.held_on if meeting else said["presented_on"],
            meeting_id=meeting.pk if meeting else None,
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(
            request, "The plan is kept as it stands now. Nothing changes this snapshot any more."
        )
        return reverse("snapshot", args=[made])

    done = send(request, form, name="take_snapshot", subject=str(plan_id), do=do)
    return done or render(request, "strategy/cycle/take_snapshot.html", {"form": form, "plan": plan})


@allowed_to(Verb.SEE_PLANS)
def snapshot(request: ViewerRequest, snapshot_id: UUID) -> HttpResponse:
    """Judged by the rules of today on the day it was kept, and drawn as the plan is."""
    kept = open_snapshot(snapshot_id=snapshot_id, viewer=request.viewer, now=request.now)
    can = may(request.viewer, Verb.SIGN_OFF_PLANS) and queries.may_sign(kept.row, request.viewer, request.now)
    on = london_day(kept.file.as_at)
    standing = [Stood(action, standing_of(action, kept.file, on)) for action in kept.file.actions]
    asked = Asked.of({})
    context = {
        "kept": kept,
        "plan": kept.file,
        "standing": standing,
        "asked": asked,
        "listing": listing_of(kept.file, standing, asked),
        "summary": summary_of(kept.file, on),
        "own": (),
        "may_keep": False,
        "is_over": True,
        "name": queries.name_of(kept.row),
        "sign_off": getattr(kept.row, "sign_off", None),
        "may_sign": can,
    }
    return render(request, "strategy/cycle/snapshot.html", context)


@allowed_to(Verb.SIGN_OFF_PLANS)
def sign_off(request: ViewerRequest, snapshot_id: UUID) -> HttpResponse:
    kept = queries.snapshot(snapshot_id)
    form = form_for(request, SignOff, name="sign_off", subject=str(snapshot_id))

    def do(said: dict[str, Any]) -> str:
        commands.sign_off(snapshot_id=snapshot_id, note=said["note"], viewer=request.viewer, now=request.now)
        messages.success(request, "You have signed off the plan as it stands in this snapshot.")
        return reverse("snapshot", args=[snapshot_id])

    done = send(request, form, name="sign_off", subject=str(snapshot_id), do=do)
    context = {"form": form, "kept": kept, "name": queries.name_of(kept.row)}
    return done or render(request, "strategy/cycle/sign_off.html", context)


@allowed_to(Verb.SEE_PLANS)
def compare(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    """Chosen in the address, so that a comparison can be sent to a colleague and printed."""
    plan, kept = queries.plan(plan_id), queries.snapshots_of(plan_id)
    before = request.GET.get("before") or (str(kept[0].pk) if kept else "")
    after = request.GET.get("after") or queries.TODAY
    form = Compare(initial={"before": before, "after": after})
    form.ask_about([(queries.TODAY, "Today"), *((str(each.pk), queries.name_of(each)) for each in kept)])
    told: dict[str, Any] = {"before": before, "after": after, "viewer": request.viewer, "now": request.now}
    found = open_comparison(plan_id=plan_id, **told) if before else None
    context = {"plan": plan, "choose": form, "compared": found, "has_snapshots": bool(kept)}
    return render(request, "strategy/cycle/compare.html", context)
