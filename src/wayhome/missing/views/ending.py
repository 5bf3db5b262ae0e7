from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.missing import commands, queries
from wayhome.missing.forms.acting import Acting
from wayhome.missing.forms.ending import AnalysisOfReturn, Close, LastWords, Merge, SetAside
from wayhome.missing.models import Episode
from wayhome.missing.queries.duties import case_of
from wayhome.missing.queries.marks import MarkRow, plan_changes
from wayhome.missing.rules import has_died, stage, unanswered
from wayhome.missing.views.acting import answer, done, keeps_what_was_typed, on_record, opened
from wayhome.missing.vocabulary import PlanEffect, Stage
from wayhome.web.showing import moment


@allowed_to(Verb.ANALYSE_RETURN)
@keeps_what_was_typed("analyse_return")
def analyse_return(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="analyse return")
    form = _last_words_or_analysis(request, episode)

    def do(said: dict[str, Any]) -> str:
        effect = said.get("plan_effect", "")
        note = {PlanEffect.PLAN_CHANGED: "changed", PlanEffect.NO_CHANGE: "unchanged"}.get(effect, "")
        commands.analyse_return(
            episode_id=episode_id,
            text=said["text"],
            plan_effect=effect,
            plan_note=said.get(note, ""),
            takes_up=[UUID(mark_id) for mark_id in said.get("takes_up", ())],
            viewer=request.viewer,
            now=request.now,
        )
        return done(
            request, "Your words are recorded." if not effect else "The analysis is recorded.", episode_id
        )

    return answer(
        request,
        form,
        name="analyse_return",
        episode=episode,
        do=do,
        template="missing/last_words.html" if has_died(episode) else "missing/analysis.html",
        context={"file": on_record(request, episode)},
    )


def _last_words_or_analysis(request: ViewerRequest, episode: Episode) -> Acting:
    """What is asked; with an analysis, also which of the marked changes to the plan it takes up."""
    sent = {"name": "analyse_return", "subject": str(episode.pk)}
    if has_died(episode):
        return form_for(request, LastWords, **sent)
    marked = [(str(row.mark.pk), _marked(row)) for row in plan_changes(episode.person_id)]
    return form_for(request, AnalysisOfReturn, marked=marked, **sent)


def _marked(row: MarkRow) -> str:
    note = f" {row.mark.note}" if row.mark.note else ""
    by = f" ({row.marked_by})" if row.marked_by else ""
    return f"“{row.mark.quote}”{note}{by}"


@allowed_to(Verb.CLOSE_EPISODE)
@keeps_what_was_typed("close_episode")
def close_episode(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="close episode")
    form = form_for(request, Close, name="close_episode", subject=str(episode_id))
    without_answer = unanswered(case_of(episode, request.viewer, request.now).case)

    def do(_: dict[str, Any]) -> str:
        commands.close_episode(episode_id=episode_id, viewer=request.viewer, now=request.now)
        return done(request, "The episode is closed.", episode_id)

    return answer(
        request,
        form,
        name="close_episode",
        episode=episode,
        do=do,
        template="missing/close.html",
        context={
            "file": on_record(request, episode),
            "unanswered": without_answer,
            "may_answer_duty": bool(may(request.viewer, Verb.ANSWER_DUTY)),
            "is_ready": stage(episode) == Stage.READY_TO_CLOSE and not without_answer,
            "has_died": has_died(episode),
        },
    )


@allowed_to(Verb.ANSWER_REPORTS)
@keeps_what_was_typed("set_aside_episode")
def set_aside_episode(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="set aside episode")
    form = form_for(request, SetAside, name="set_aside_episode", subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        commands.set_aside_episode(
            episode_id=episode_id, reason=said["reason"], viewer=request.viewer, now=request.now
        )
        messages.success(request, "The episode is set aside. It is kept, and counted nowhere.")
        # Not the episode's page: who saw the child only because of it no longer does.
        return reverse("board")

    return answer(
        request, form, name="set_aside_episode", episode=episode, do=do, template="missing/set_aside.html"
    )


@allowed_to(Verb.ANSWER_REPORTS)
@keeps_what_was_typed("merge_episodes")
def merge_episodes(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="merge episodes")
    doubles = queries.likely_doubles(episode)
    form = form_for(
        request,
        Merge,
        name="merge_episodes",
        subject=str(episode_id),
        doubles=[(str(each.pk), f"Last seen {moment(each.last_seen_at)}") for each in doubles],
    )

    def do(said: dict[str, Any]) -> str:
        other = UUID(said["double"])
        double, kept = (other, episode_id) if said["keep"] == "this" else (episode_id, other)
        commands.merge_episodes(
            double_id=double, into_id=kept, reason=said["reason"], viewer=request.viewer, now=request.now
        )
        return done(request, "The two are one episode now. The reports of both are kept.", kept)

    return answer(
        request,
        form,
        name="merge_episodes",
        episode=episode,
        do=do,
        template="missing/merge.html",
        context={"doubles": doubles},
    )
