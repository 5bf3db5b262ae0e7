from typing import Any
from uuid import UUID

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.missing import commands, queries
from wayhome.missing.forms.interview import InterviewHeld, InterviewOffered, NotHeld
from wayhome.missing.rules import interview_due_at
from wayhome.missing.views.acting import answer, done, keeps_what_was_typed, opened
from wayhome.missing.vocabulary import OfferAnswer

ACCOUNT = ("held_at", "place", "child_seen_alone", "independence", "own_words", "before", "during", "after")
MORE_ACCOUNT = ("harm", "would_help", "carer_view")


@allowed_to(Verb.OFFER_INTERVIEW)
@keeps_what_was_typed("offer_interview")
def offer_interview(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="offer return interview")
    form = form_for(request, InterviewOffered, name="offer_interview", subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        offer = commands.Offer(
            offered_at=said["offered_at"],
            channel=said["channel"],
            answer=said["answer"],
            note=said["note"],
            leaflet_given=bool(said["leaflet_given"]),
        )
        commands.offer_interview(episode_id=episode_id, offer=offer, viewer=request.viewer, now=request.now)
        answered = OfferAnswer(said["answer"]).label.lower()
        return done(request, f"The offer is recorded: {answered}.", episode_id)

    return answer(
        request, form, name="offer_interview", episode=episode, do=do, template="missing/offer.html"
    )


@allowed_to(Verb.HOLD_INTERVIEW)
@keeps_what_was_typed("hold_interview")
def hold_interview(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="write up return interview")
    form = form_for(request, InterviewHeld, name="hold_interview", subject=str(episode_id))
    clocks = queries.clocks_of(request.viewer.partnership_id)

    def do(said: dict[str, Any]) -> str:
        account = commands.Account(
            **{field: said[field] for field in (*ACCOUNT, *MORE_ACCOUNT)},
            push_reasons=tuple(said["push_reasons"]),
            pull_reasons=tuple(said["pull_reasons"]),
            in_part=said["in_part"],
        )
        commands.hold_interview(
            episode_id=episode_id, account=account, viewer=request.viewer, now=request.now
        )
        return done(
            request,
            "The return interview is recorded. The allocated worker is asked for the analysis.",
            episode_id,
        )

    due_at = interview_due_at(episode.returned_at, clocks) if episode.returned_at else None
    return answer(
        request,
        form,
        name="hold_interview",
        episode=episode,
        do=do,
        template="missing/interview.html",
        context={"due_at": due_at},
    )


@allowed_to(Verb.OFFER_INTERVIEW)
@keeps_what_was_typed("interview_not_held")
def interview_not_held(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="return interview not held")
    form = form_for(request, NotHeld, name="interview_not_held", subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        commands.settle_without_interview(
            episode_id=episode_id,
            outcome=said["outcome"],
            reason=said["reason_not_held"],
            after_no=tuple(said["after_no"]),
            viewer=request.viewer,
            now=request.now,
        )
        return done(
            request,
            "It is recorded why there was no interview. The allocated worker is asked for the analysis.",
            episode_id,
        )

    return answer(
        request, form, name="interview_not_held", episode=episode, do=do, template="missing/not_held.html"
    )
