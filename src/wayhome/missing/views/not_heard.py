"""When a child was not heard: why, what was done then, the next offer, and the list of all of them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.clock import london_day
from wayhome.missing import commands
from wayhome.missing.forms.interview import AfterNoForm, NotHeld, OfferedAfterNo
from wayhome.missing.forms.not_heard import OUTCOMES, PERIODS, Filters
from wayhome.missing.models import Episode, ReturnInterview
from wayhome.missing.queries.hearing import ROWS_ON_A_PAGE, not_heard
from wayhome.missing.rules.asking_again import may_be_asked_again
from wayhome.missing.views.acting import answer, done, keeps_what_was_typed, opened
from wayhome.missing.views.hearing import not_heard_rows
from wayhome.missing.views.interview import an_offer
from wayhome.missing.vocabulary import DECLINED, OfferAnswer
from wayhome.people.commands import open_list
from wayhome.web.pages import page_number, render

AFTER_NO = ("after_no", "contacts_given", "carer_view", "retry_on")


@allowed_to(Verb.OFFER_INTERVIEW)
@keeps_what_was_typed("interview_not_held")
def interview_not_held(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="return interview not held")
    initial = {"outcome": refused_in(episode)}
    form = form_for(request, NotHeld, name="interview_not_held", subject=str(episode_id), initial=initial)

    def do(said: dict[str, Any]) -> str:
        commands.settle_without_interview(
            episode_id=episode_id,
            outcome=said["outcome"],
            reason=said["reason_not_held"],
            **_after_no(said),
            viewer=request.viewer,
            now=request.now,
        )
        return done(
            request,
            "It is recorded why there was no interview. The allocated worker is asked for the analysis.",
            episode_id,
        )

    return answer(
        request,
        form,
        name="interview_not_held",
        episode=episode,
        do=do,
        template="missing/not_held.html",
        in_the_field=True,
    )


def refused_in(episode: Episode) -> str:
    """Who said no to the latest offer, in the words of an outcome: nobody has to choose it twice."""
    latest = episode.offers.order_by("offered_at", "pk").last()
    return latest.answer if latest and latest.answer in DECLINED else ""


@allowed_to(Verb.OFFER_INTERVIEW)
@keeps_what_was_typed("after_no")
def after_no(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    """What was done since the no. Also of an episode that is closed: a leaflet may come later."""
    episode = opened(request, episode_id, page="after a no")
    interview = ReturnInterview.objects.filter(episode=episode, held_at=None).first()
    form = form_for(request, AfterNoForm, name="after_no", subject=str(episode_id))
    if interview and request.method != "POST" and not form.saved_at:
        form.initial.update((name, getattr(interview, name)) for name in AFTER_NO)

    def do(said: dict[str, Any]) -> str:
        commands.add_after_no(
            episode_id=episode_id, **_after_no(said), viewer=request.viewer, now=request.now
        )
        return done(request, "What was done after the no is recorded.", episode_id)

    return answer(
        request,
        form,
        name="after_no",
        episode=episode,
        do=do,
        template="missing/after_no.html",
        is_open=interview is not None and not episode.cancelled_at,
    )


def _after_no(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in AFTER_NO} | {"after_no": tuple(said["after_no"])}


@allowed_to(Verb.OFFER_INTERVIEW)
@keeps_what_was_typed("offer_again")
def offer_again(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="offer return interview again")
    form = form_for(request, OfferedAfterNo, name="offer_again", subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        commands.offer_after_no(
            episode_id=episode_id,
            offer=an_offer(said),
            retry_on=said["retry_on"],
            viewer=request.viewer,
            now=request.now,
        )
        return done(request, _offered_again(said["answer"]), episode_id)

    return answer(
        request,
        form,
        name="offer_again",
        episode=episode,
        do=do,
        template="missing/offer_again.html",
        is_open=may_offer_again(episode),
    )


def may_offer_again(episode: Episode) -> bool:
    """Whether the child was not heard about this return, and may be asked once more."""
    return not episode.cancelled_at and may_be_asked_again(episode.interview_outcome)


def _offered_again(answered: str) -> str:
    if answered == OfferAnswer.ACCEPTED:
        return "The child agreed: the return interview is due again, and this return is open until it is analysed."
    return f"The offer is recorded: {OfferAnswer(answered).label.lower()}."


@allowed_to(Verb.OFFER_INTERVIEW)
def not_heard_list(request: ViewerRequest) -> HttpResponse:
    """Children whose interviews were declined or not possible, with the tries and what was done after the no."""
    filters = Filters.of(request.GET.dict())
    today, page = london_day(request.now), page_number(request)
    found = not_heard(filters.asked(request.now, page), today)
    open_list(
        page="not heard",
        found=len(found.rows),
        viewer=request.viewer,
        now=request.now,
        asked=urlencode(filters.chosen),
    )
    context = {
        "asked": filters,
        "periods": PERIODS,
        "outcomes": OUTCOMES,
        "found": found,
        "rows": not_heard_rows(found.rows, today, request.now),
        "page": page,
        "pages": -(-found.total // ROWS_ON_A_PAGE),
        "prefix": f"?{urlencode({**filters.chosen, 'page': ''})}",
        "is_filtered": bool(filters.chosen),
        "viewer_may_follow": bool(may(request.viewer, Verb.SCREEN_SUBSTANCES)),
    }
    return render(request, "missing/not_heard.html", context)
