"""The duty to offer a return interview ends: here with a reason why there was none, and what was done after a no."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import episode_to_work_on, recorded, saved
from wayhome.missing.commands.interview.independence import check_independent
from wayhome.missing.events import InterviewSettled
from wayhome.missing.models import Episode, ReturnInterview
from wayhome.missing.queries.board import clocks_of
from wayhome.missing.rules import check_after_return
from wayhome.missing.rules.asking_again import asked_again_on
from wayhome.missing.vocabulary import DECLINED, HELD, AfterNo, InterviewOutcome


class InterviewSettledAlready(Refusal):
    """A colleague has finished this return interview already. What you typed is kept as your draft."""


class NotHeldReasonMissing(Refusal):
    """Say why there was no return interview, and what was tried."""

    field = "reason_not_held"


class NotAnOutcomeWithoutInterview(Refusal):
    """Choose why there was no return interview."""

    field = "outcome"


class NoInterviewToAddTo(Refusal):
    """The child was heard about this return, or is still to be asked. Look at what is on the record first."""


@transaction.atomic
def settle_without_interview(
    *,
    episode_id: UUID,
    outcome: str,
    reason: str,
    leaflet_given: bool = False,
    after_no: tuple[str, ...] = (),
    contacts_given: str = "",
    carer_view: str = "",
    retry_on: date | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Record why no return interview was held. A no counts as offered, whether or not the offer was recorded before.

    `after_no`: what was done when the child or a parent said no (vocabulary.AfterNo). `retry_on`: when it is offered
    again; without it the rule says (rules.asked_again_on). Raises NotIndependent: whoever runs the home does not
    end the duty either.
    """
    require(viewer, Verb.OFFER_INTERVIEW)
    if outcome in HELD or outcome not in InterviewOutcome.values:
        raise NotAnOutcomeWithoutInterview
    if not reason.strip():
        raise NotHeldReasonMissing
    episode = unsettled(episode_id, viewer)
    check_after_return(episode, now, now, field="outcome")
    check_independent([episode], viewer, now)
    said: dict[str, Any] = {
        "reason_not_held": reason,
        "after_no": list(after_no),
        "contacts_given": contacts_given,
        "carer_view": carer_view,
        "retry_on": asked_again_on(
            outcome, london_day(now), clocks_of(viewer.partnership_id), chosen=retry_on
        ),
    }
    leaflet = leaflet_given or AfterNo.LEAFLET_CHILD in after_no
    interview = put(episode, outcome=outcome, leaflet_given=leaflet, settled_at=now, **said)
    offered_at = episode.interview_offered_at or (now if outcome in DECLINED else None)
    settle(episode, outcome, viewer, now, said, interview_offered_at=offered_at)
    return interview.pk


@transaction.atomic
def add_after_no(
    *,
    episode_id: UUID,
    after_no: tuple[str, ...],
    contacts_given: str,
    carer_view: str,
    retry_on: date | None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Write down what was done since a no, also when the episode is closed. Raises NoInterviewToAddTo."""
    require(viewer, Verb.OFFER_INTERVIEW)
    episode = Episode.objects.select_for_update().filter(pk=episode_id).first()
    if episode is None:
        raise NotFound
    require_for(viewer, Verb.OFFER_INTERVIEW, episode.person_id)
    interview = ReturnInterview.objects.filter(episode=episode, held_at=None).first()
    if interview is None or episode.cancelled_at:
        raise NoInterviewToAddTo
    if retry_on != interview.retry_on:
        asked_again_on(interview.outcome, london_day(now), clocks_of(None), chosen=retry_on)
    after = {
        "after_no": [each for each in AfterNo.values if each in after_no],
        "leaflet_given": AfterNo.LEAFLET_CHILD in after_no,
        "contacts_given": contacts_given,
        "carer_view": carer_view,
        "retry_on": retry_on,
    }
    changes = {field: (getattr(interview, field), value) for field, value in after.items()}
    put(episode, **after)
    changed = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
    recorded(episode, verb="add what was done after a no", viewer=viewer, now=now, changes=changed)


def unsettled(episode_id: UUID, viewer: Viewer) -> Episode:
    """The episode, locked, as long as its interview is still to do. Raises InterviewSettledAlready."""
    episode = episode_to_work_on(episode_id, viewer, Verb.OFFER_INTERVIEW)
    if episode.interview_settled_at:
        raise InterviewSettledAlready
    return episode


def put(episode: Episode, **said: Any) -> ReturnInterview:
    """Write the interview of an episode: a new one, or what is new of one that ended with a no before."""
    interview = ReturnInterview.objects.filter(episode=episode).first()
    if interview is None:
        made = ReturnInterview(episode=episode, person_id=episode.person_id, **said)
        made.save(force_insert=True)
        return made
    for field, value in said.items():
        setattr(interview, field, value)
    interview.version += 1
    interview.save(update_fields=[*said, "version"])
    return interview


def settle(
    episode: Episode, outcome: str, viewer: Viewer, now: datetime, said: dict[str, Any], **milestones: Any
) -> None:
    """The interview is no longer due, and the record says what was written."""
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
