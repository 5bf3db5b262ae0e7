"""What every command on an episode needs: the episode, locked; and who may see the child because of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from wayhome.access.commands import Opening, end_grants, grant
from wayhome.access.policies import require_for
from wayhome.access.queries import teams_holding
from wayhome.access.roles import Verb
from wayhome.access.vocabulary import Basis
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode
from wayhome.partnership.queries import team_ids
from wayhome.partnership.vocabulary import TeamKind


class EpisodeIsOver(Refusal):
    """This episode is closed or was set aside. Nothing can be added to it."""


def locked_episode(episode_id: UUID) -> Episode:
    """The episode, locked until the transaction ends. Raises NotFound, or EpisodeIsOver if closed or set aside."""
    episode = Episode.objects.select_for_update().filter(pk=episode_id).first()
    if episode is None:
        raise NotFound
    if episode.closed_at or episode.cancelled_at:
        raise EpisodeIsOver
    return episode


def episode_to_work_on(episode_id: UUID, viewer: Viewer, verb: Verb) -> Episode:
    """The same, for one who may do this for its child. Raises NotAllowed for one who only reported them missing."""
    episode = Episode.objects.select_for_update().filter(pk=episode_id).first()
    if episode is None:
        raise NotFound
    require_for(viewer, verb, episode.person_id)
    if episode.closed_at or episode.cancelled_at:
        raise EpisodeIsOver
    return episode


def saved(episode: Episode, **facts: Any) -> dict[str, tuple[Any, Any]]:
    """Write facts to a locked episode and count the edit. Returns what changed, as (before, after)."""
    changes = {field: (getattr(episode, field), value) for field, value in facts.items()}
    for field, value in facts.items():
        setattr(episode, field, value)
    episode.version += 1
    episode.save(update_fields=[*facts, "version"])
    return {field: pair for field, pair in changes.items() if pair[0] != pair[1]}


def recorded(
    episode: Episode,
    *,
    verb: str,
    viewer: Viewer,
    now: datetime,
    changes: dict[str, tuple[Any, Any]] | None = None,
    reason: str = "",
    **detail: Any,
) -> None:
    """One entry on the record about an episode."""
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="episode",
        subject_id=episode.pk,
        person_id=episode.person_id,
        reason=reason,
        detail=detail,
        changes=changes,
    )


def open_to_teams(*, person_id: UUID, kind: TeamKind, reason: str, viewer: Viewer, now: datetime) -> None:
    """Let all teams of a kind see the child: they have work to do. Those who have already see it as before."""
    holding = teams_holding(person_id, Basis.ALLOCATION, viewer=viewer, now=now)
    for team_id in team_ids(kind=kind, on=london_day(now)):
        if team_id in holding:
            continue
        opening = Opening(basis=Basis.ALLOCATION, reason=reason, team_id=team_id)
        grant(person_id=person_id, opening=opening, viewer=viewer, now=now)


def end_for_teams(*, person_id: UUID, kinds: tuple[TeamKind, ...], viewer: Viewer, now: datetime) -> None:
    """Teams that saw the child because of an episode no longer do, unless another episode is still unfinished."""
    if Episode.objects.filter(person_id=person_id, closed_at=None, cancelled_at=None).exists():
        return
    _end_for_teams(person_id, kinds, viewer, now)


def _end_for_teams(person_id: UUID, kinds: tuple[TeamKind, ...], viewer: Viewer, now: datetime) -> None:
    teams = [team_id for kind in kinds for team_id in team_ids(kind=kind, on=london_day(now))]
    # The viewer's own teams last: only one who sees the child may end what others see.
    for team_id in sorted(teams, key=lambda team: team in viewer.team_ids):
        end_grants(person_id=person_id, holder=team_id, basis=Basis.ALLOCATION, viewer=viewer, now=now)


def end_interviewers(episode: Episode, viewer: Viewer, now: datetime) -> None:
    """The interviewers no longer see a child who is not back, unless another return is theirs to hear."""
    others = Episode.objects.filter(person_id=episode.person_id, closed_at=None, cancelled_at=None)
    if not others.exclude(pk=episode.pk).filter(returned_at__isnull=False).exists():
        _end_for_teams(episode.person_id, (TeamKind.INTERVIEWERS,), viewer, now)
