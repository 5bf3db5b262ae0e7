"""Measures, documents and findings that show how actions stand; and what bodies are asked to decide."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation
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
from wayhome.kernel.refusal import Refusal
from wayhome.partnership.queries import governance
from wayhome.strategy.commands import decisions, evidence
from wayhome.strategy.commands import measures as commands
from wayhome.strategy.forms.evidence import AddEvidence, Decision, LinkMeasure, Nothing, Outcome
from wayhome.strategy.queries import decisions as asked
from wayhome.strategy.queries import measures as queries
from wayhome.strategy.queries.snapshot import plan
from wayhome.strategy.rules.measures import kind_of
from wayhome.web.pages import render
from wayhome.web.showing import day

# Meetings so long ago can still be named with a question.
RECENT = timedelta(days=30)


class TargetIsNoNumber(Refusal):
    """Enter the target as a number, for example 90 or 12.5."""

    field = "target"


@allowed_to(Verb.SEE_PLANS)
def plan_measures(request: ViewerRequest) -> HttpResponse:
    context = {
        "measures": queries.read_measures(),
        "form": Nothing(),
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
        "may_see_measures": may(request.viewer, Verb.SEE_MEASURES),
    }
    return render(request, "strategy/evidence/measures.html", context)


@allowed_to(Verb.KEEP_PLANS)
def read_measures_now(request: ViewerRequest) -> HttpResponse:
    form = form_for(request, Nothing, name="read_measures_now")

    def do(said: dict[str, Any]) -> str:
        commands.ask_for_measures(viewer=request.viewer, now=request.now)
        messages.success(request, "The measures are being read. Load this page again in a minute.")
        return reverse("plan_measures")

    done = send(request, form, name="read_measures_now", do=do)
    return done or render(request, "strategy/evidence/read_now.html", {"form": form})


@allowed_to(Verb.KEEP_PLANS)
def link_measure(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    action = queries.action_of(action_id)
    form = form_for(request, LinkMeasure, name="link_measure", subject=str(action_id))

    def do(said: dict[str, Any]) -> str:
        commands.link_measure(
            action_id=action_id,
            key=said["key"],
            direction=said["direction"],
            since=said["since"],
            target=number(said["target"]),
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "The action is judged by this measure now.")
        return reverse("action", args=[action_id])

    done = send(request, form, name="link_measure", subject=str(action_id), do=do)
    return done or render(request, "strategy/evidence/link.html", {"form": form, "action": action})


def number(typed: str) -> Decimal | None:
    """A target as it was typed. Raises TargetIsNoNumber."""
    try:
        found = Decimal(typed.strip().rstrip("%").strip()) if typed.strip() else None
    except InvalidOperation as error:
        raise TargetIsNoNumber from error
    if found is not None and (not found.is_finite() or abs(found) >= 10**9):
        raise TargetIsNoNumber
    return found


@allowed_to(Verb.KEEP_PLANS)
def unlink_measure(request: ViewerRequest, action_id: UUID, key: str) -> HttpResponse:
    link = queries.link_of(action_id, key)
    form = form_for(request, Nothing, name="unlink_measure", subject=f"{action_id} {key}")

    def do(said: dict[str, Any]) -> str:
        commands.unlink_measure(action_id=action_id, key=key, viewer=request.viewer, now=request.now)
        messages.success(request, "The action is not judged by this measure any more.")
        return reverse("action", args=[action_id])

    done = send(request, form, name="unlink_measure", subject=f"{action_id} {key}", do=do)
    context = {"form": form, "action": link.action, "kind": kind_of(key)}
    return done or render(request, "strategy/evidence/unlink.html", context)


@allowed_to(Verb.UPDATE_OWN_ACTIONS)
def add_evidence(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    action = queries.action_of(action_id)
    form = form_for(request, AddEvidence, name="add_evidence", subject=str(action_id))

    def do(said: dict[str, Any]) -> str:
        told = {name: said[name] for name in ("title", "where", "finding", "dated")}
        evidence.add_evidence(action_id=action_id, **told, viewer=request.viewer, now=request.now)
        messages.success(request, "The evidence stands with the action now.")
        return reverse("action", args=[action_id])

    done = send(request, form, name="add_evidence", subject=str(action_id), do=do)
    return done or render(request, "strategy/evidence/add.html", {"form": form, "action": action})


@allowed_to(Verb.SEE_PLANS)
def decisions_of_plan(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    context = {
        "plan": plan(plan_id),
        "decisions": asked.decisions_of(plan_id),
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
    }
    return render(request, "strategy/pack/decisions.html", context)


@allowed_to(Verb.KEEP_PLANS)
def ask_for_decision(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    found = plan(plan_id)
    since = london_day(request.now) - RECENT
    meetings = governance.meetings_of(found.body_id, since=since) if found.body_id else []
    form = form_for(request, Decision, name="ask_for_decision", subject=str(plan_id))
    form.offer(
        "meeting",
        [("", "Not said yet"), *((str(each.pk), f"{found.body}, {day(each.held_on)}") for each in meetings)],
    )

    def do(said: dict[str, Any]) -> str:
        decisions.ask_for_decision(
            plan_id=plan_id,
            question=said["question"],
            recommended=said["recommended"],
            meeting_id=UUID(said["meeting"]) if said["meeting"] else None,
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "The question stands in the board pack now.")
        return reverse("plan_decisions", args=[plan_id])

    done = send(request, form, name="ask_for_decision", subject=str(plan_id), do=do)
    return done or render(request, "strategy/pack/ask.html", {"form": form, "plan": found})


@allowed_to(Verb.KEEP_PLANS)
def record_decision(request: ViewerRequest, decision_id: UUID) -> HttpResponse:
    found = asked.decision(decision_id)
    form = form_for(request, Outcome, name="record_decision", subject=str(decision_id))
    if request.method != "POST" and found.decided_on:
        form.fields["outcome"].initial, form.fields["decided_on"].initial = found.outcome, found.decided_on

    def do(said: dict[str, Any]) -> str:
        decisions.record_decision(
            decision_id=decision_id,
            outcome=said["outcome"],
            decided_on=said["decided_on"],
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "The decision is written down.")
        return reverse("plan_decisions", args=[found.plan_id])

    done = send(request, form, name="record_decision", subject=str(decision_id), do=do)
    return done or render(request, "strategy/pack/decided.html", {"form": form, "decision": found})
