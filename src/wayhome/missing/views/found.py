from typing import Any
from uuid import UUID

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.missing import commands
from wayhome.missing.forms.found import Located, Returned
from wayhome.missing.forms.safe_and_well import Check
from wayhome.missing.views.acting import answer, done, keeps_what_was_typed, number, opened
from wayhome.missing.vocabulary import DIED, TRIED

BACK = "The return is recorded. The return interviewers can see it now, and the 72 hours run."
THEY_DIED = "It is recorded that the child has died. No check and no interview is asked of anyone."
TRY = "The try is recorded. The check stays due until the child was seen."


@allowed_to(Verb.RECORD_RETURN)
@keeps_what_was_typed("record_located")
def record_located(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="record located")
    name, fresh = "record_located", {"version": episode.version}
    form = form_for(request, Located, name=name, subject=str(episode_id), initial=fresh)

    def do(said: dict[str, Any]) -> str:
        commands.record_located(
            episode_id=episode_id,
            located_at=said["located_at"].at,
            certainty=said["located_at"].certainty,
            place=said["place"],
            version=number(said["version"]),
            viewer=request.viewer,
            now=request.now,
        )
        return done(request, "It is recorded where the child is. They are not back yet.", episode_id)

    return answer(
        request, form, name=name, episode=episode, do=do, template="missing/located.html", fresh=fresh
    )


@allowed_to(Verb.RECORD_RETURN)
@keeps_what_was_typed("record_returned")
def record_returned(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="record returned")
    form = form_for(request, Returned, name="record_returned", subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        commands.record_returned(
            episode_id=episode_id,
            returned_at=said["returned_at"].at,
            certainty=said["returned_at"].certainty,
            returned_to=said["returned_to"],
            return_method=said["return_method"],
            viewer=request.viewer,
            now=request.now,
        )
        return done(request, THEY_DIED if said["return_method"] == DIED else BACK, episode_id)

    return answer(
        request, form, name="record_returned", episode=episode, do=do, template="missing/returned.html"
    )


@allowed_to(Verb.CHECK_SAFE_AND_WELL)
@keeps_what_was_typed("record_safe_and_well")
def record_safe_and_well(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="record safe and well check")
    name, fresh = "record_safe_and_well", {"checks_read": episode.checks.count()}
    form = form_for(request, Check, name=name, subject=str(episode_id), initial=fresh)

    def do(said: dict[str, Any]) -> str:
        check = commands.SafeAndWell(
            **{
                field: said[field]
                for field in ("outcome", "checked_at", "checked_by", "seen_alone", "account")
            }
        )
        commands.record_safe_and_well(
            episode_id=episode_id,
            check=check,
            checks_read=number(said["checks_read"]),
            viewer=request.viewer,
            now=request.now,
        )
        return done(
            request, TRY if check.outcome in TRIED else "The safe and well check is recorded.", episode_id
        )

    return answer(
        request,
        form,
        name=name,
        episode=episode,
        do=do,
        template="missing/safe_and_well.html",
        fresh=fresh,
        in_the_field=True,
    )
