"""Somebody has seen whether the child is unhurt."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import episode_to_work_on, recorded, saved
from wayhome.missing.events import SafeAndWellRecorded
from wayhome.missing.models import Episode, SafeAndWellCheck
from wayhome.missing.rules import check_after_return
from wayhome.missing.vocabulary import TRIED, SafeAndWellOutcome


class SafeAndWellNeedsWords(Refusal):
    """Write what was seen or said, or why the check could not be done."""

    field = "account"


class CheckedMeanwhile(Refusal):
    """A colleague recorded a safe and well check while you were writing. Look at what they wrote; if yours is
    another check, send it again. Both are kept.
    """


class NotTriedYet(Refusal):
    """Nobody has tried to see the child yet. Record the try and what came of it first."""

    field = "outcome"


class CheckedByMissing(Refusal):
    """Say who saw the child."""

    field = "checked_by"


class NotACheckOutcome(Refusal):
    """Choose what the check found."""

    field = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeAndWell:
    """What a safe and well check found. `checked_at` is an aware instant after the return."""

    outcome: str
    checked_at: datetime
    checked_by: str
    seen_alone: bool | None = None
    account: str = ""


@transaction.atomic
def record_safe_and_well(
    *, episode_id: UUID, check: SafeAndWell, checks_read: int | None = None, viewer: Viewer, now: datetime
) -> UUID:
    """Record a safe and well check, a try without seeing the child, or the decision that no further try is made.

    After a try the duty stays due. Raises NotTriedYet, and the Refusals of rules.check_after_return.
    `checks_read` is how many there were when the form was opened: raises CheckedMeanwhile if there are more now.
    """
    require(viewer, Verb.CHECK_SAFE_AND_WELL)
    episode = episode_to_work_on(episode_id, viewer, Verb.CHECK_SAFE_AND_WELL)
    check_after_return(episode, check.checked_at, now, field="checked_at")
    _check(check)
    if checks_read not in (None, episode.checks.count()):
        raise CheckedMeanwhile
    if check.outcome == SafeAndWellOutcome.NO_FURTHER_TRY and episode.safe_and_well_tried_at is None:
        raise NotTriedYet
    made = SafeAndWellCheck(
        episode=episode,
        person_id=episode.person_id,
        outcome=check.outcome,
        checked_at=check.checked_at,
        checked_by=check.checked_by,
        seen_alone=check.seen_alone,
        account=check.account,
        recorded_at=now,
        recorded_by_id=viewer.user_id,
    )
    made.save(force_insert=True)
    changes = saved(episode, **_milestone(episode, check))
    recorded(
        episode,
        verb="check safe and well",
        viewer=viewer,
        now=now,
        changes={**changes, "account": (None, check.account)},
        outcome=check.outcome,
    )
    publish(SafeAndWellRecorded(episode_id=episode_id, outcome=check.outcome), now=now)
    return made.pk


def _milestone(episode: Episode, check: SafeAndWell) -> dict[str, datetime | None]:
    if check.outcome in TRIED:
        tried_at = max(filter(None, (episode.safe_and_well_tried_at, check.checked_at)))
        return {"safe_and_well_tried_at": tried_at}
    return {"safe_and_well_at": episode.safe_and_well_at or check.checked_at}


def _check(check: SafeAndWell) -> None:
    if check.outcome not in SafeAndWellOutcome.values:
        raise NotACheckOutcome
    if not check.checked_by.strip():
        raise CheckedByMissing
    if check.outcome != SafeAndWellOutcome.SEEN_SAFE and not check.account.strip():
        raise SafeAndWellNeedsWords
