"""An episode ends: closed when everything is done; merged into another; or set aside as an error."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import end_for_teams, locked_episode, recorded, saved
from wayhome.missing.events import EpisodeClosed
from wayhome.missing.models import Report
from wayhome.missing.rules import stage
from wayhome.missing.vocabulary import Stage
from wayhome.partnership.vocabulary import TeamKind


class NotReadyToClose(Refusal):
    """This episode cannot be closed yet."""


class SetAsideReasonMissing(Refusal):
    """Say why this episode is set aside."""

    field = "reason"


class DifferentChildren(Refusal):
    """These episodes are about different children and cannot be merged."""


STILL_TO_DO = {
    Stage.MISSING: "The child is still missing.",
    Stage.LOCATED: "The child is not back yet.",
    Stage.SAFE_AND_WELL_DUE: "There is no safe and well check yet.",
    Stage.INTERVIEW_DUE: "The return interview is not finished yet.",
    Stage.ANALYSIS_DUE: "The allocated worker's analysis is not written yet.",
}


@transaction.atomic
def close_episode(*, episode_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Close an episode when the child was seen safe, heard, and the plan looked at. Raises NotReadyToClose.

    Closing ends what the police desk and the interviewers saw because of it. It does not say the child is safe.
    """
    require(viewer, Verb.CLOSE_EPISODE)
    episode = locked_episode(episode_id)
    here = stage(episode)
    if here != Stage.READY_TO_CLOSE:
        raise NotReadyToClose(f"This episode cannot be closed yet. {STILL_TO_DO[here]}")
    changes = saved(episode, closed_at=now, closed_by_id=viewer.user_id)
    recorded(episode, verb="close", viewer=viewer, now=now, changes=changes)
    publish(EpisodeClosed(episode_id=episode_id), now=now)
    end_for_teams(
        person_id=episode.person_id,
        kinds=(TeamKind.POLICE_DESK, TeamKind.INTERVIEWERS),
        viewer=viewer,
        now=now,
    )


@transaction.atomic
def set_aside_episode(*, episode_id: UUID, reason: str, viewer: Viewer, now: datetime) -> None:
    """Keep an episode that was opened by error, and count it nowhere."""
    require(viewer, Verb.ANSWER_REPORTS)
    if not reason.strip():
        raise SetAsideReasonMissing
    episode = locked_episode(episode_id)
    changes = saved(episode, cancelled_at=now, cancelled_reason=reason)
    recorded(episode, verb="set aside", viewer=viewer, now=now, changes=changes)


@transaction.atomic
def merge_episodes(*, double_id: UUID, into_id: UUID, reason: str, viewer: Viewer, now: datetime) -> None:
    """Two episodes are one: the reports of the double become sources of the other, marked with where they came from."""
    require(viewer, Verb.ANSWER_REPORTS)
    double, kept = locked_episode(double_id), locked_episode(into_id)
    if double.person_id != kept.person_id:
        raise DifferentChildren
    Report.objects.filter(episode=double).update(episode=kept, merged_from=double)
    changes = saved(double, cancelled_at=now, cancelled_reason=f"Merged: {reason}")
    recorded(double, verb="merge", viewer=viewer, now=now, changes=changes, into=into_id)
    recorded(kept, verb="merge", viewer=viewer, now=now, merged=double_id)
