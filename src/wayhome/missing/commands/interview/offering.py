"""A return interview is offered: each try, how, and what the answer was. Also once more, after a no."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import open_to_teams, recorded, saved
from wayhome.missing.commands.interview.independence import refuse_staff_of_homes
from wayhome.missing.commands.interview.settling import unsettled
from wayhome.missing.models import Episode, InterviewOffer, ReturnInterview
from wayhome.missing.queries.board import clocks_of
from wayhome.missing.rules import check_after_return
from wayhome.missing.rules.asking_again import asked_again_on, may_be_asked_again
from wayhome.missing.vocabulary import DECLINED, OfferAnswer, OfferChannel
from wayhome.partnership.vocabulary import TeamKind


class OfferIncomplete(Refusal):
    """Choose how the interview was offered and what the answer was."""

    field = "answer"


class NothingToOfferAgain(Refusal):
    """The child was heard about this return, or cannot be asked again. Look at what is on the record first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One try to offer a return interview."""

    offered_at: datetime
    channel: str
    answer: str
    note: str = ""
    leaflet_given: bool = False


@transaction.atomic
def offer_interview(*, episode_id: UUID, offer: Offer, viewer: Viewer, now: datetime) -> UUID:
    """Record a try to offer the interview, with its answer. The first try stops the question "was it offered?"."""
    require(viewer, Verb.OFFER_INTERVIEW)
    episode = unsettled(episode_id, viewer)
    made = _made(episode, offer, viewer, now)
    accepted = offer.offered_at if offer.answer == OfferAnswer.ACCEPTED else None
    changes = saved(
        episode,
        interview_offered_at=min(filter(None, (episode.interview_offered_at, offer.offered_at))),
        interview_accepted_at=episode.interview_accepted_at or accepted,
        interview_declined_at=_declined_at(episode),
    )
    recorded(episode, verb="offer interview", viewer=viewer, now=now, changes=changes, answer=offer.answer)
    return made.pk


@transaction.atomic
def offer_after_no(
    *, episode_id: UUID, offer: Offer, retry_on: date | None = None, viewer: Viewer, now: datetime
) -> UUID:
    """Record an offer made after a no, also when the episode is closed.

    A yes opens the return again: the interview is due, and the allocated worker looks at the plan afresh. What was
    written of the no stays on the record. `retry_on`: the day on which it is offered again, if somebody chose one.
    Raises NothingToOfferAgain, OfferAgainInThePast.
    """
    require(viewer, Verb.OFFER_INTERVIEW)
    episode, interview = _not_heard(episode_id, viewer)
    made = _made(episode, offer, viewer, now)
    is_yes = offer.answer == OfferAnswer.ACCEPTED
    changes = _opened_again(episode, offer.offered_at, viewer, now) if is_yes else {}
    before = interview.retry_on
    next_try = asked_again_on(
        interview.outcome,
        london_day(now),
        clocks_of(viewer.partnership_id),
        chosen=retry_on,
        tries_after_no=1,
    )
    interview.retry_on = None if is_yes else next_try
    interview.version += 1
    interview.save(update_fields=["retry_on", "version"])
    recorded(
        episode,
        verb="offer interview again",
        viewer=viewer,
        now=now,
        changes={**changes, "retry_on": (before, interview.retry_on)},
        answer=offer.answer,
    )
    return made.pk


def _declined_at(episode: Episode) -> datetime | None:
    """When the latest offer was made, if the answer was no. Offers are not always written down in their order."""
    latest = episode.offers.order_by("offered_at", "pk").last()
    return latest.offered_at if latest and latest.answer in DECLINED else None


def _made(episode: Episode, offer: Offer, viewer: Viewer, now: datetime) -> InterviewOffer:
    refuse_staff_of_homes(viewer)
    check_after_return(episode, offer.offered_at, now, field="offered_at")
    if offer.channel not in OfferChannel.values or offer.answer not in OfferAnswer.values:
        raise OfferIncomplete
    made = InterviewOffer(
        episode=episode, person_id=episode.person_id, offered_by_id=viewer.user_id, **asdict(offer)
    )
    made.save(force_insert=True)
    return made


def _not_heard(episode_id: UUID, viewer: Viewer) -> tuple[Episode, ReturnInterview]:
    episode = Episode.objects.select_for_update().filter(pk=episode_id).first()
    if episode is None:
        raise NotFound
    require_for(viewer, Verb.OFFER_INTERVIEW, episode.person_id)
    interview = ReturnInterview.objects.filter(episode=episode).first()
    if interview is None or episode.cancelled_at or not may_be_asked_again(episode.interview_outcome):
        raise NothingToOfferAgain
    return episode, interview


def _opened_again(
    episode: Episode, accepted_at: datetime, viewer: Viewer, now: datetime
) -> dict[str, tuple[object, object]]:
    """The interview is due once more. The interviewers see the child again; closed, they had stopped to."""
    open_to_teams(
        person_id=episode.person_id,
        kind=TeamKind.INTERVIEWERS,
        reason="The child agreed to a return interview",
        viewer=viewer,
        now=now,
    )
    return saved(
        episode,
        interview_accepted_at=accepted_at,
        interview_declined_at=None,
        interview_settled_at=None,
        interview_outcome="",
        analysed_at=None,
        closed_at=None,
        closed_by_id=None,
    )
