from typing import Any
from uuid import UUID

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.missing import commands, queries
from wayhome.missing.forms.interview import InterviewHeld, InterviewOffered
from wayhome.missing.models import Episode
from wayhome.missing.queries.hearing import returns_to_answer
from wayhome.missing.rules import interview_due_at
from wayhome.missing.rules.independence import NotIndependent
from wayhome.missing.views.acting import answer, done, keeps_what_was_typed, opened
from wayhome.missing.vocabulary import OfferAnswer
from wayhome.people.queries import person
from wayhome.web.pages import render

# Of the form, what is no part of the account itself.
NOT_TOLD = ("submission_key", "also_about", "push_reasons", "pull_reasons")


@allowed_to(Verb.OFFER_INTERVIEW)
@keeps_what_was_typed("offer_interview")
def offer_interview(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="offer return interview")
    form = form_for(request, InterviewOffered, name="offer_interview", subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        commands.offer_interview(
            episode_id=episode_id, offer=an_offer(said), viewer=request.viewer, now=request.now
        )
        answered = OfferAnswer(said["answer"]).label.lower()
        return done(request, f"The offer is recorded: {answered}.", episode_id)

    return answer(
        request,
        form,
        name="offer_interview",
        episode=episode,
        do=do,
        template="missing/offer.html",
        in_the_field=True,
    )


def an_offer(said: dict[str, Any]) -> commands.Offer:
    """One try to offer the interview, as it was typed."""
    return commands.Offer(
        offered_at=said["offered_at"],
        channel=said["channel"],
        answer=said["answer"],
        note=said["note"],
        leaflet_given=bool(said["leaflet_given"]),
    )


@allowed_to(Verb.HOLD_INTERVIEW)
@keeps_what_was_typed("hold_interview")
def hold_interview(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    """The long form. Whoever runs the home is told at once who can hold it, not after an hour of typing."""
    episode = opened(request, episode_id, page="write up return interview")
    others = returns_to_answer(episode)
    if request.method != "POST":
        try:
            commands.check_independent([episode], request.viewer, request.now)
        except NotIndependent as refusal:
            context = {"episode": episode, "sentence": refusal.message}
            return render(request, "missing/interview_of_others.html", context)
    form = form_for(
        request,
        InterviewHeld,
        name="hold_interview",
        subject=str(episode_id),
        others=others,
        language=person(episode.person_id).language,
    )

    def do(said: dict[str, Any]) -> str:
        commands.hold_interview(
            episode_id=episode_id,
            account=_account(said),
            also_about=tuple(UUID(each) for each in said.get("also_about", ())),
            viewer=request.viewer,
            now=request.now,
        )
        answered = len(said.get("also_about", ()))
        too = f" It answers {answered + 1} returns." if answered else ""
        words = f"The return interview is recorded.{too} The allocated worker is asked for the analysis."
        return done(request, words, episode_id)

    return answer(
        request,
        form,
        name="hold_interview",
        episode=episode,
        do=do,
        template="missing/interview.html",
        context={"due_at": _due_at(request, episode)},
        in_the_field=True,
    )


def _account(said: dict[str, Any]) -> commands.Account:
    told = {field: value for field, value in said.items() if field not in NOT_TOLD}
    return commands.Account(
        **told, push_reasons=tuple(said["push_reasons"]), pull_reasons=tuple(said["pull_reasons"])
    )


def _due_at(request: ViewerRequest, episode: Episode) -> Any:
    clocks = queries.clocks_of(request.viewer.partnership_id)
    return interview_due_at(episode.returned_at, clocks) if episode.returned_at else None
