"""The return interview is offered, held, or not held for a reason."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import locked_episode, recorded, saved
from wayhome.missing.events import InterviewSettled
from wayhome.missing.models import Episode, InterviewOffer, ReturnInterview
from wayhome.missing.rules import check_after_return
from wayhome.missing.vocabulary import DECLINED, HELD, AfterNo, InterviewOutcome, OfferAnswer, OfferChannel


class InterviewSettledAlready(Refusal):
    """A colleague has finished this return interview already. What you typed is kept as your draft."""


class OwnWordsMissing(Refusal):
    """Write what the child said, in their own words. If they said nothing, write that."""

    field = "own_words"


class IndependenceMissing(Refusal):
    """Say how the interviewer is independent of the child's placement."""

    field = "independence"


class NotHeldReasonMissing(Refusal):
    """Say why there was no return interview, and what was tried."""

    field = "reason_not_held"


class OfferIncomplete(Refusal):
    """Choose how the interview was offered and what the answer was."""

    field = "answer"


class NotAnOutcomeWithoutInterview(Refusal):
    """Choose why there was no return interview."""

    field = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a return interview brought: the child's account, reasons, and what would help."""

    held_at: datetime
    place: str
    independence: str
    own_words: str
    child_seen_alone: bool | None = None
    before: str = ""
    during: str = ""
    after: str = ""
    harm: str = ""
    would_help: str = ""
    carer_view: str = ""
    push_reasons: tuple[str, ...] = ()
    pull_reasons: tuple[str, ...] = ()
    in_part: bool = False


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
    episode = _unsettled(episode_id)
    check_after_return(episode, offer.offered_at, now, field="offered_at")
    if offer.channel not in OfferChannel.values or offer.answer not in OfferAnswer.values:
        raise OfferIncomplete
    made = InterviewOffer(
        episode=episode, person_id=episode.person_id, offered_by_id=viewer.user_id, **asdict(offer)
    )
    made.save(force_insert=True)
    accepted = offer.offered_at if offer.answer == OfferAnswer.ACCEPTED else None
    changes = saved(
        episode,
        interview_offered_at=min(filter(None, (episode.interview_offered_at, offer.offered_at))),
        interview_accepted_at=episode.interview_accepted_at or accepted,
    )
    recorded(episode, verb="offer interview", viewer=viewer, now=now, changes=changes, answer=offer.answer)
    return made.pk


@transaction.atomic
def hold_interview(*, episode_id: UUID, account: Account, viewer: Viewer, now: datetime) -> UUID:
    """Record a return interview that was held. Only when all of it is there; until then it is a draft.

    Counts as offered and accepted, whether or not that was recorded before. Raises OwnWordsMissing,
    IndependenceMissing, and the Refusals of rules.check_after_return (an interview before the return).
    """
    require(viewer, Verb.HOLD_INTERVIEW)
    episode = _unsettled(episode_id)
    check_after_return(episode, account.held_at, now, field="held_at")
    if not account.own_words.strip():
        raise OwnWordsMissing
    if not account.independence.strip():
        raise IndependenceMissing
    outcome = InterviewOutcome.PARTIAL if account.in_part else InterviewOutcome.COMPLETED
    said = {field: value for field, value in asdict(account).items() if field != "in_part"}
    said |= {"push_reasons": list(account.push_reasons), "pull_reasons": list(account.pull_reasons)}
    interview = ReturnInterview(
        episode=episode,
        person_id=episode.person_id,
        outcome=outcome,
        interviewer_id=viewer.user_id,
        settled_at=now,
        **said,
    )
    interview.save(force_insert=True)
    _settle(
        episode,
        outcome,
        viewer,
        now,
        said,
        interview_held_at=account.held_at,
        interview_offered_at=episode.interview_offered_at or account.held_at,
        interview_accepted_at=episode.interview_accepted_at or account.held_at,
    )
    return interview.pk


@transaction.atomic
def settle_without_interview(
    *,
    episode_id: UUID,
    outcome: str,
    reason: str,
    leaflet_given: bool = False,
    after_no: tuple[str, ...] = (),
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Record why no return interview was held. A no counts as offered, whether or not the offer was recorded before.

    `after_no`: what was done when the child or a parent said no (vocabulary.AfterNo).
    """
    require(viewer, Verb.OFFER_INTERVIEW)
    if outcome in HELD or outcome not in InterviewOutcome.values:
        raise NotAnOutcomeWithoutInterview
    if not reason.strip():
        raise NotHeldReasonMissing
    episode = _unsettled(episode_id)
    check_after_return(episode, now, now, field="outcome")
    interview = ReturnInterview(
        episode=episode,
        person_id=episode.person_id,
        outcome=outcome,
        reason_not_held=reason,
        after_no=list(after_no),
        leaflet_given=leaflet_given or AfterNo.LEAFLET_CHILD in after_no,
        settled_at=now,
    )
    interview.save(force_insert=True)
    said = {"reason_not_held": reason, "after_no": list(after_no)}
    offered_at = episode.interview_offered_at or (now if outcome in DECLINED else None)
    _settle(episode, outcome, viewer, now, said, interview_offered_at=offered_at)
    return interview.pk


def _unsettled(episode_id: UUID) -> Episode:
    episode = locked_episode(episode_id)
    if episode.interview_settled_at:
        raise InterviewSettledAlready
    return episode


def _settle(
    episode: Episode, outcome: str, viewer: Viewer, now: datetime, said: dict[str, Any], **milestones: Any
) -> None:
    changes = saved(episode, interview_settled_at=now, interview_outcome=outcome, **milestones)
    recorded(
        episode,
        verb="settle interview",
        viewer=viewer,
        now=now,
        changes={**changes, **{field: (None, value) for field, value in said.items() if value}},
        outcome=outcome,
    )
    publish(InterviewSettled(episode_id=episode.pk, outcome=outcome), now=now)
