from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.queries import sees
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.missing import commands
from wayhome.missing.forms.correcting import CorrectedReturn, UndoneReturn
from wayhome.missing.forms.report import as_return
from wayhome.missing.models import Episode
from wayhome.missing.views.acting import answer, done, keeps_what_was_typed, number, opened
from wayhome.web.forms import RoughMoment
from wayhome.web.forms.moments import Certainty


@allowed_to(Verb.RECORD_RETURN)
@keeps_what_was_typed("correct_return")
def correct_return(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="correct return")
    name, fresh = "correct_return", {"version": episode.version}
    first = fresh | as_written(episode)
    form = form_for(request, CorrectedReturn, name=name, subject=str(episode_id), initial=first)

    def do(said: dict[str, Any]) -> str:
        commands.correct_return(
            episode_id=episode_id,
            told=as_return(said),
            reason=said["reason"],
            version=number(said["version"]),
            viewer=request.viewer,
            now=request.now,
        )
        return done(request, "The return is corrected. What runs from it runs from the new time.", episode_id)

    return answer(
        request, form, name=name, episode=episode, do=do, template="missing/correct_return.html", fresh=fresh
    )


def as_written(episode: Episode) -> dict[str, Any]:
    """The return as it stands, for the form to begin with."""
    words = {"returned_to": episode.returned_to, "return_method": episode.return_method}
    if episode.returned_at is None:
        return words
    return words | {"returned_at": RoughMoment(episode.returned_at, Certainty(episode.returned_certainty))}


@allowed_to(Verb.RECORD_RETURN)
@keeps_what_was_typed("undo_return")
def undo_return(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="undo return")
    name, fresh = "undo_return", {"version": episode.version}
    form = form_for(request, UndoneReturn, name=name, subject=str(episode_id), initial=fresh)

    def do(said: dict[str, Any]) -> str:
        commands.undo_return(
            episode_id=episode_id,
            reason=said["reason"],
            version=number(said["version"]),
            viewer=request.viewer,
            now=request.now,
        )
        if sees(episode.person_id):
            return done(
                request, "The child is missing as before. Tell the police missing desk now.", episode_id
            )
        messages.success(request, "The child is missing as before. Their record is no longer open to you.")
        return reverse("board")

    return answer(
        request, form, name=name, episode=episode, do=do, template="missing/undo_return.html", fresh=fresh
    )
