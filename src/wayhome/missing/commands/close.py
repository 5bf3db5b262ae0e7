"""An episode ends: closed when everything is done, or set aside as an error."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.commands import end_grants
from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.access.vocabulary import Basis
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import end_for_teams, episode_to_work_on, recorded, saved
from wayhome.missing.events import EpisodeClosed, EpisodeSetAside
from wayhome.missing.models import Episode, Report
from wayhome.missing.queries.duties import case_of
from wayhome.missing.rules import stage, unanswered
from wayhome.missing.vocabulary import Stage
from wayhome.partnership.vocabulary import TeamKind


class NotReadyToClose(Refusal):
    """This episode cannot be closed yet."""


class DutiesUnanswered(Refusal):
    """A duty of this episode has no answer. Write down what was done about it, or why it is not needed."""


class SetAsideReasonMissing(Refusal):
    """Say why this episode is set aside."""

    field = "reason"


STILL_TO_DO = {
    Stage.MISSING: "The child is still missing.",
    Stage.LOCATED: "The child is not back yet.",
    Stage.SAFE_AND_WELL_DUE: "There is no safe and well check yet.",
    Stage.INTERVIEW_DUE: "The return interview is not finished yet.",
    Stage.DIED: "The allocated worker's words are not written yet.",
    Stage.ANALYSIS_DUE: "The allocated worker's analysis is not written yet.",
}


@transaction.atomic
def close_episode(*, episode_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Close an episode when the child was seen safe, heard, and the plan looked at. Raises NotReadyToClose.

    Closing ends what the police desk and the interviewers saw because of it. It does not say the child is safe.
    """
    require(viewer, Verb.CLOSE_EPISODE)
    episode = episode_to_work_on(episode_id, viewer, Verb.CLOSE_EPISODE)
    here = stage(episode)
    if here != Stage.READY_TO_CLOSE:
        raise NotReadyToClose(f"This episode cannot be closed yet. {STILL_TO_DO[here]}")
    _check_answered(episode, viewer, now)
    changes = saved(episode, closed_at=now, closed_by_id=viewer.user_id)
    recorded(episode, verb="close", viewer=viewer, now=now, changes=changes)
    publish(EpisodeClosed(episode_id=episode_id), now=now)
    _end_because_over(episode, viewer, now)


def close_as_history(episode: Episode, *, viewer: Viewer, now: datetime) -> None:
    """A file brought an episode of which every clock had run out: it is kept, and asks nothing of anyone."""
    changes = saved(episode, is_history=True, closed_at=now)
    recorded(episode, verb="close", viewer=viewer, now=now, changes=changes, history=True)
    _end_because_over(episode, viewer, now)


def _check_answered(episode: Episode, viewer: Viewer, now: datetime) -> None:
    words = [run.start.words for run in unanswered(case_of(episode, viewer, now).case)]
    if words:
        raise DutiesUnanswered(f"{DutiesUnanswered().message} Still open: {'; '.join(words)}.")


@transaction.atomic
def set_aside_episode(*, episode_id: UUID, reason: str, viewer: Viewer, now: datetime) -> None:
    """Keep an episode that was opened by error, and count it nowhere. Who saw the child only for it no longer does:
    its reporters, the teams of the pathway, and the coordinators, unless the child has another episode.
    """
    require(viewer, Verb.ANSWER_REPORTS)
    if not reason.strip():
        raise SetAsideReasonMissing
    episode = episode_to_work_on(episode_id, viewer, Verb.ANSWER_REPORTS)
    changes = saved(episode, cancelled_at=now, cancelled_reason=reason)
    recorded(episode, verb="set aside", viewer=viewer, now=now, changes=changes)
    publish(EpisodeSetAside(episode_id=episode_id), now=now)
    _end_for_reporters(episode, viewer, now)
    others = Episode.objects.filter(person_id=episode.person_id, cancelled_at=None)
    _end_because_over(episode, viewer, now, *(() if others.exists() else (TeamKind.COORDINATION,)))


def _end_for_reporters(episode: Episode, viewer: Viewer, now: datetime) -> None:
    """What this episode opened to its reporters ends, but for those who told of another episode of the child."""
    elsewhere = Report.objects.filter(person_id=episode.person_id, episode__cancelled_at=None)
    reporters = set(episode.reports.values_list("recorded_by_id", flat=True))
    for user_id in reporters - set(elsewhere.values_list("recorded_by_id", flat=True)) - {None}:
        end_grants(person_id=episode.person_id, holder=user_id, basis=Basis.REPORT, viewer=viewer, now=now)


def _end_because_over(episode: Episode, viewer: Viewer, now: datetime, *also: TeamKind) -> None:
    end_for_teams(
        person_id=episode.person_id,
        kinds=(TeamKind.POLICE_DESK, TeamKind.INTERVIEWERS, *also),
        viewer=viewer,
        now=now,
    )
