"""A substance-use screening after a return, and the list of referrals without an outcome."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.screening import Screen, follow_referral, record_screen
from wayhome.missing.forms.screening import ReferralFollowed, Screening
from wayhome.missing.models import Episode, SubstanceScreen
from wayhome.missing.queries.screening import (
    ROWS_ON_A_PAGE,
    WITHOUT_OUTCOME,
    referrals_without_outcome,
    screen_of,
)
from wayhome.missing.rules import has_died
from wayhome.missing.views.acting import answer, done, keeps_what_was_typed, opened
from wayhome.missing.views.reading import Pairs, said
from wayhome.missing.vocabulary import ReferralState
from wayhome.people.commands import open_list
from wayhome.web.pages import page_number, render
from wayhome.web.showing import sentence, when


@allowed_to(Verb.SCREEN_SUBSTANCES)
@keeps_what_was_typed("screening")
def screening(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="substance-use screening")
    form = form_for(request, Screening, name="screening", subject=str(episode_id))
    found = screen_of(episode_id)
    if found and request.method != "POST" and not form.saved_at:
        form.initial.update(_as_typed(found))

    def do(typed: dict[str, Any]) -> str:
        screen = Screen(
            outcome=typed["outcome"],
            screened_at=typed["screened_at"],
            instrument=typed["instrument"] or "",
            note=typed["note"],
            referral=typed["referral"] or ReferralState.NONE,
            referred_to=typed["referred_to"] or "",
        )
        record_screen(episode_id=episode_id, screen=screen, viewer=request.viewer, now=request.now)
        return done(request, "The screening is recorded.", episode_id)

    return answer(
        request,
        form,
        name="screening",
        episode=episode,
        do=do,
        template="missing/screening.html",
        is_open=episode.returned_at is not None and not episode.cancelled_at,
        in_the_field=True,
    )


def _as_typed(screen: SubstanceScreen) -> dict[str, object]:
    kept = {name: getattr(screen, name) for name in ("outcome", "instrument", "screened_at", "note")}
    is_referred = screen.referral != ReferralState.NONE
    return kept | {
        "has_referral": is_referred,
        "referral": screen.referral if is_referred else "",
        "referred_to": screen.referred_to,
    }


@allowed_to(Verb.SCREEN_SUBSTANCES)
@keeps_what_was_typed("follow_referral")
def referral(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    """What came of a referral; also when the episode is closed."""
    episode = opened(request, episode_id, page="referral followed")
    form = form_for(request, ReferralFollowed, name="follow_referral", subject=str(episode_id))
    screen = screen_of(episode_id)

    def do(typed: dict[str, Any]) -> str:
        follow_referral(
            episode_id=episode_id,
            referral=typed["referral"],
            at=typed["at"],
            note=typed["note"],
            viewer=request.viewer,
            now=request.now,
        )
        return done(request, "What came of the referral is recorded.", episode_id)

    return answer(
        request,
        form,
        name="follow_referral",
        episode=episode,
        do=do,
        template="missing/follow_referral.html",
        context={"screen": screen},
        is_open=screen is not None and screen.referral != ReferralState.NONE and not episode.cancelled_at,
    )


@allowed_to(Verb.SCREEN_SUBSTANCES)
def referrals(request: ViewerRequest) -> HttpResponse:
    """Referrals of which nobody has written down what came of them, the oldest first."""
    page = page_number(request)
    found = referrals_without_outcome(page)
    open_list(page="referrals", found=len(found.screens), viewer=request.viewer, now=request.now)
    context = {"found": found, "page": page, "pages": -(-found.total // ROWS_ON_A_PAGE)}
    return render(request, "missing/referrals.html", context)


def screen_pairs(screen: SubstanceScreen, now: datetime) -> Pairs:
    """A screening in words."""
    is_referred = screen.referral != ReferralState.NONE
    return said(
        [
            ("Screening tool", screen.instrument or screen.get_outcome_display()),
            ("When", sentence(when(screen.screened_at, now))),
            ("Help offered", screen.get_referral_display() if is_referred else "No"),
            ("By whom", screen.referred_to),
            ("Since", sentence(when(screen.referral_at, now)) if screen.referral_at else ""),
            ("Added", screen.note),
        ]
    )


def may_be_screened(episode: Episode, viewer: Viewer) -> bool:
    """Whether the viewer can write a screening to this return."""
    is_back = episode.returned_at is not None and not episode.cancelled_at and not has_died(episode)
    return is_back and bool(may(viewer, Verb.SCREEN_SUBSTANCES))


def has_no_outcome(screen: SubstanceScreen | None) -> bool:
    """Whether it is still to be found out what came of a referral."""
    return screen is not None and screen.referral in WITHOUT_OUTCOME
