"""What was done about a duty that has no record of its own, its receipt, and why a duty was late."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.refusal import NotFound
from wayhome.missing import commands
from wayhome.missing.forms.duty import AnswerDuty, Receipt, WhyLate
from wayhome.missing.models import Episode
from wayhome.missing.queries.duties import EpisodeDuties, answer_to, duties_of
from wayhome.missing.rules import RULE_OF, Run
from wayhome.missing.views.acting import answer, done, is_open_now, keeps_what_was_typed, opened
from wayhome.missing.vocabulary import NOTICES, Duty, DutyOutcome, WallDuty


@allowed_to(Verb.ANSWER_DUTY)
def answer_duty(request: ViewerRequest, episode_id: UUID, duty: str) -> HttpResponseBase:
    """Drafts are one for each duty, so that two can be begun."""
    if duty not in WallDuty.values:
        raise NotFound
    return keeps_what_was_typed(f"answer_{duty}")(_answer_duty)(request, episode_id=episode_id, duty=duty)


def _answer_duty(request: ViewerRequest, episode_id: UUID, duty: str) -> HttpResponse:
    episode = opened(request, episode_id, page="answer duty")
    name = f"answer_{duty}"
    form = form_for(request, AnswerDuty, name=name, subject=str(episode_id), duty=duty)

    def do(said: dict[str, Any]) -> str:
        commands.answer_duty(
            episode_id=episode_id, duty=duty, answer=_as_answer(said), viewer=request.viewer, now=request.now
        )
        return done(request, f"{WallDuty(duty).label}: your answer is recorded.", episode_id)

    about = _about(duty, request, episode)
    # After a move a notice that was given runs again.
    written = None if about["run"] else answer_to(episode, duty)
    return answer(
        request,
        form,
        name=name,
        episode=episode,
        do=do,
        template="missing/answer_duty.html",
        context=about | {"written": written},
        is_open=written is None and is_open_now(name, episode),
    )


def _as_answer(said: dict[str, Any]) -> commands.Answer:
    received_by = said.get("received") or ""
    return commands.Answer(
        outcome=said["outcome"],
        done_at=said["done_at"],
        note=said["note"] if said["outcome"] == DutyOutcome.DONE else said["why_not"],
        with_whom=said["with_whom"] or "",
        received_at=said["done_at"] if received_by else None,
        received_by=received_by,
    )


@allowed_to(Verb.ANSWER_DUTY)
def note_receipt(request: ViewerRequest, episode_id: UUID, duty: str) -> HttpResponseBase:
    if duty not in NOTICES:
        raise NotFound
    return keeps_what_was_typed(f"receipt_{duty}")(_note_receipt)(request, episode_id=episode_id, duty=duty)


def _note_receipt(request: ViewerRequest, episode_id: UUID, duty: str) -> HttpResponse:
    episode = opened(request, episode_id, page="note receipt")
    name = f"receipt_{duty}"
    form = form_for(request, Receipt, name=name, subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        commands.note_receipt(
            episode_id=episode_id,
            duty=duty,
            received_at=said["received_at"],
            received_by=said["received_by"],
            viewer=request.viewer,
            now=request.now,
        )
        return done(request, "The receipt is recorded.", episode_id)

    written = answer_to(episode, duty)
    return answer(
        request,
        form,
        name=name,
        episode=episode,
        do=do,
        template="missing/note_receipt.html",
        context={"duty": WallDuty(duty).label, "written": written},
        is_open=written is not None and written.waits_for_receipt and is_open_now(name, episode),
    )


@allowed_to(Verb.ANSWER_DUTY)
def explain_late(request: ViewerRequest, episode_id: UUID, duty: str) -> HttpResponseBase:
    if duty not in (*Duty.values, *WallDuty.values):
        raise NotFound
    return keeps_what_was_typed(f"late_{duty}")(_explain_late)(request, episode_id=episode_id, duty=duty)


def _explain_late(request: ViewerRequest, episode_id: UUID, duty: str) -> HttpResponse:
    episode = opened(request, episode_id, page="explain late duty")
    name = f"late_{duty}"
    form = form_for(request, WhyLate, name=name, subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        commands.explain_late(
            episode_id=episode_id, duty=duty, reason=said["reason"], viewer=request.viewer, now=request.now
        )
        return done(request, "Why it was late is recorded, and kept with the duty.", episode_id)

    duties = duties_of(episode, request.viewer, request.now)
    unexplained = first_unexplained(duties, duty)
    return answer(
        request,
        form,
        name=name,
        episode=episode,
        do=do,
        template="missing/explain_late.html",
        context={"duties": duties, "run": unexplained},
        is_open=unexplained is not None and not episode.cancelled_at,
    )


def first_unexplained(duties: EpisodeDuties, duty: str) -> Run | None:
    """The first late duty of a kind for which nobody has written why."""
    runs = (run for run in duties.late if run.rule.key == duty and not duties.found.reason(run))
    return next(runs, None)


def _about(duty: str, request: ViewerRequest, episode: Episode) -> dict[str, object]:
    duties = duties_of(episode, request.viewer, request.now)
    run = next((run for run in duties.running if run.rule.key == duty), None)
    return {"duty": WallDuty(duty).label, "run": run, "rule": RULE_OF[duty], "duties": duties}
