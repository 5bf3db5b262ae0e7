"""The child is located, and is back: two different times."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import locked_episode, open_to_teams, recorded, saved
from wayhome.missing.events import ChildLocated, EpisodeReturned
from wayhome.missing.rules import check_located, check_returned
from wayhome.partnership.vocabulary import TeamKind


class AlreadyReturned(Refusal):
    """A colleague has recorded the return already. Look at what they wrote before you add anything."""


class OverlapsAnotherEpisode(Refusal):
    """This return is after the child was last seen in another episode. Check the dates of both."""

    field = "returned_at"


@transaction.atomic
def record_located(
    *, episode_id: UUID, located_at: datetime, place: str, viewer: Viewer, now: datetime
) -> None:
    """It is known where the child is; they are not back yet."""
    require(viewer, Verb.RECORD_RETURN)
    episode = locked_episode(episode_id)
    if episode.returned_at:
        raise AlreadyReturned
    check_located(episode, located_at, now)
    changes = saved(episode, located_at=located_at, located_place=place)
    recorded(episode, verb="locate", viewer=viewer, now=now, changes=changes)
    publish(ChildLocated(episode_id=episode_id), now=now)


@transaction.atomic
def record_returned(
    *,
    episode_id: UUID,
    returned_at: datetime,
    returned_to: str,
    return_method: str,
    viewer: Viewer,
    now: datetime,
) -> None:
    """The child is back. The 72 hours for the return interview start now; the interviewers may see the child.

    Raises AlreadyReturned, the Refusals of rules.check_returned, OverlapsAnotherEpisode.
    """
    require(viewer, Verb.RECORD_RETURN)
    episode = locked_episode(episode_id)
    if episode.returned_at:
        raise AlreadyReturned
    check_returned(episode, returned_at, now)
    try:
        with transaction.atomic():
            changes = saved(
                episode,
                returned_at=returned_at,
                returned_to=returned_to,
                return_method=return_method,
                located_at=episode.located_at or returned_at,
                risk_reassess_by=None,
            )
    except IntegrityError as error:
        raise OverlapsAnotherEpisode from error
    open_to_teams(
        person_id=episode.person_id,
        kind=TeamKind.INTERVIEWERS,
        reason="Offers the return interview",
        viewer=viewer,
        now=now,
    )
    recorded(episode, verb="return", viewer=viewer, now=now, changes=changes)
    publish(EpisodeReturned(episode_id=episode_id, person_id=episode.person_id), now=now)
