"""A return was written wrong: at another time or place, or there was none. What was written before is kept."""

from copy import copy
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import end_interviewers, locked_episode, recorded, saved
from wayhome.missing.commands.found import Return, open_to_interviewers
from wayhome.missing.events import ReturnCorrected, ReturnUndone
from wayhome.missing.models import Episode, ReturnCorrection
from wayhome.missing.rules import NotBackYet, check_returned, has_died
from wayhome.missing.vocabulary import Certainty


class CorrectionReasonMissing(Refusal):
    """Say what was wrong, and how you know."""

    field = "reason"


class HeardAfterReturn(Refusal):
    """A return interview was held after this return, so it stands. If the child was not back, or it was another child,
    ask the police desk or a coordinator to set this episode aside, and report the child missing again.
    """


class FinishedAfterReturn(Refusal):
    """The interview or the last words after this return are written already, so it stands. Ask the police
    desk or a coordinator to set this episode aside, and report the child missing again.
    """


class ChangedMeanwhile(Refusal):
    """A colleague wrote to this episode while you were writing. Look at what they wrote; if you still mean it, send
    yours again.
    """


class WorkBeforeReturn(Refusal):
    """A safe and well check, or an offer of the interview, is written down for before that time. Check both times."""

    field = "returned_at"


class MissingAgainBefore(Refusal):
    """The child is on record as missing again before that time. Look at both, and merge them if they are one."""

    field = "returned_at"


class MissingAgainSince(Refusal):
    """The child is on record as missing again since this return. If the two are one, merge them instead."""


@transaction.atomic
def correct_return(
    *, episode_id: UUID, told: Return, reason: str, version: int | None = None, viewer: Viewer, now: datetime
) -> None:
    """Put the right time, place or way of a return in the place of what was written. The duties run from it anew.

    `version` is the episode's when the form was opened. Raises HeardAfterReturn, WorkBeforeReturn,
    MissingAgainBefore, ChangedMeanwhile and the Refusals of rules.check_returned.
    """
    episode = _returned(episode_id, reason, version, viewer)
    if has_died(episode) and episode.analysed_at:
        raise FinishedAfterReturn
    before = copy(episode)
    start = _not_returned(episode)
    right = told.placed_after(start)
    check_returned(start, right.returned_at, now)
    worked = (episode.safe_and_well_at, episode.safe_and_well_tried_at, episode.interview_offered_at)
    if any(at < right.returned_at for at in worked if at):
        raise WorkBeforeReturn
    try:
        with transaction.atomic():
            changes = saved(episode, **right.facts(start))
    except IntegrityError as error:
        raise MissingAgainBefore from error
    keep_as_written(before, right.returned_at, reason, viewer, now)
    if has_died(episode):
        end_interviewers(episode, viewer, now)
    else:
        open_to_interviewers(episode, viewer, now)
    recorded(episode, verb="correct return", viewer=viewer, now=now, changes=changes, reason=reason)
    publish(ReturnCorrected(episode_id=episode_id), now=now)


@transaction.atomic
def undo_return(
    *, episode_id: UUID, reason: str, version: int | None = None, viewer: Viewer, now: datetime
) -> None:
    """The child was not back after all: they are missing as before, and no clock of a return runs.

    Checks and offers that were written stay, and do not count for the next return. Raises HeardAfterReturn,
    FinishedAfterReturn, MissingAgainSince, ChangedMeanwhile.
    """
    episode = _returned(episode_id, reason, version, viewer)
    if episode.interview_settled_at or episode.analysed_at:
        raise FinishedAfterReturn
    before = copy(episode)
    judged = episode.risk_judgements.order_by("-judged_at", "-pk").first()
    facts = _as_facts(_not_returned(episode)) | {"risk_reassess_by": judged.reassess_by if judged else None}
    try:
        with transaction.atomic():
            changes = saved(episode, **facts)
    except IntegrityError as error:
        raise MissingAgainSince from error
    keep_as_written(before, None, reason, viewer, now)
    recorded(episode, verb="undo return", viewer=viewer, now=now, changes=changes, reason=reason)
    publish(ReturnUndone(episode_id=episode_id), now=now)
    end_interviewers(episode, viewer, now)


def _returned(episode_id: UUID, reason: str, version: int | None, viewer: Viewer) -> Episode:
    require(viewer, Verb.RECORD_RETURN)
    if not reason.strip():
        raise CorrectionReasonMissing
    episode = locked_episode(episode_id)
    if episode.returned_at is None:
        raise NotBackYet
    if episode.interview_held_at:
        raise HeardAfterReturn
    if version not in (None, episode.version):
        raise ChangedMeanwhile
    return episode


# What a return and the work after it make of an episode, as it is without them.
_WITHOUT: dict[str, Any] = {
    "returned_at": None,
    "returned_certainty": Certainty.EXACT,
    "returned_to": "",
    "return_method": "",
    "safe_and_well_at": None,
    "safe_and_well_tried_at": None,
    "interview_offered_at": None,
    "interview_accepted_at": None,
    "interview_declined_at": None,
}


def _not_returned(episode: Episode) -> Episode:
    """The episode as it would be without its return, not saved. Located only by being back is not located then."""
    found = copy(episode)
    located = {"located_at": None, "located_certainty": Certainty.EXACT}
    is_by_return = episode.located_at == episode.returned_at and not episode.located_place
    for field, value in (_WITHOUT | (located if is_by_return else {})).items():
        setattr(found, field, value)
    return found


def _as_facts(episode: Episode) -> dict[str, Any]:
    fields = (*_WITHOUT, "located_at", "located_certainty")
    return {field: getattr(episode, field) for field in fields}


def keep_as_written(
    before: Episode, becomes_at: datetime | None, reason: str, viewer: Viewer, now: datetime
) -> None:
    """The return as it was written, for everyone who sees the episode."""
    ReturnCorrection(
        episode_id=before.pk,
        person_id=before.person_id,
        returned_at=before.returned_at or now,
        returned_certainty=before.returned_certainty,
        returned_to=before.returned_to,
        return_method=before.return_method,
        becomes_at=becomes_at,
        reason=reason.strip(),
        corrected_at=now,
        corrected_by_id=viewer.user_id,
    ).save(force_insert=True)
