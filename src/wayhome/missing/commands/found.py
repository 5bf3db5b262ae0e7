"""The child is located, and is back: two different times."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import locked_episode, open_to_teams, recorded, saved
from wayhome.missing.events import ChildLocated, EpisodeReturned
from wayhome.missing.models import Episode
from wayhome.missing.rules import check_located, check_returned, earliest_that_can_be, has_died
from wayhome.missing.vocabulary import Certainty
from wayhome.partnership.vocabulary import TeamKind


class AlreadyReturned(Refusal):
    """A colleague has recorded the return already. Look at what they wrote before you add anything."""


class LocatedMeanwhile(Refusal):
    """A colleague recorded where the child is while you were writing. Look at what they wrote; if yours is right,
    send it again and it replaces theirs.
    """

    field = "located_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """How a child came back. `return_method` is a code of codelists/return_method."""

    returned_at: datetime
    certainty: str = Certainty.EXACT
    returned_to: str = ""
    return_method: str = ""

    def placed_after(self, episode: Episode) -> Self:
        """The same, with a day of which no time is known moved behind what must have gone before."""
        before = max(filter(None, (episode.last_seen_at, episode.located_at)))
        at = earliest_that_can_be(self.returned_at, self.certainty, not_before=before)
        return replace(self, returned_at=at)

    def facts(self, episode: Episode) -> dict[str, Any]:
        """What it makes of the episode. A child who is back has been located, then at the latest."""
        located_at = episode.located_at or self.placed_after(episode).returned_at
        return {
            "returned_at": self.placed_after(episode).returned_at,
            "returned_certainty": self.certainty,
            "returned_to": self.returned_to,
            "return_method": self.return_method,
            "located_at": located_at,
            "located_certainty": episode.located_certainty if episode.located_at else self.certainty,
            "risk_reassess_by": None,
        }

    def write_to(self, episode: Episode) -> None:
        """Put it on an episode that is not saved yet."""
        for field, value in self.facts(episode).items():
            setattr(episode, field, value)


@transaction.atomic
def record_located(
    *,
    episode_id: UUID,
    located_at: datetime,
    place: str,
    certainty: str = Certainty.EXACT,
    version: int | None = None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """It is known where the child is; they are not back yet. Said again, it corrects what was said before.

    `version` is the episode's when the form was opened: raises LocatedMeanwhile if somebody was faster.
    """
    require(viewer, Verb.RECORD_RETURN)
    episode = locked_episode(episode_id)
    if episode.returned_at:
        raise AlreadyReturned
    if episode.located_at and version not in (None, episode.version):
        raise LocatedMeanwhile
    located_at = earliest_that_can_be(located_at, certainty, not_before=episode.last_seen_at)
    check_located(episode, located_at, now)
    changes = saved(episode, located_at=located_at, located_certainty=certainty, located_place=place)
    recorded(episode, verb="locate", viewer=viewer, now=now, changes=changes)
    publish(ChildLocated(episode_id=episode_id), now=now)


@transaction.atomic
def record_returned(
    *,
    episode_id: UUID,
    returned_at: datetime,
    returned_to: str,
    return_method: str,
    certainty: str = Certainty.EXACT,
    viewer: Viewer,
    now: datetime,
) -> None:
    """The child is back. The 72 hours for the return interview start now; the interviewers may see the child. If the
    child has died, nothing starts: the allocated worker's words are what is left.

    Raises AlreadyReturned and the Refusals of rules.check_returned. It cannot come to overlap another episode:
    until now this one had no end.
    """
    require(viewer, Verb.RECORD_RETURN)
    episode = locked_episode(episode_id)
    if episode.returned_at:
        raise AlreadyReturned
    told = Return(
        returned_at=returned_at, certainty=certainty, returned_to=returned_to, return_method=return_method
    )
    check_returned(episode, told.placed_after(episode).returned_at, now)
    changes = saved(episode, **told.facts(episode))
    back(episode, told, viewer=viewer, now=now, changes=changes)


def open_to_interviewers(episode: Episode, viewer: Viewer, now: datetime) -> None:
    """The interviewers may see a child who is back; not one who has died."""
    if not has_died(episode):
        open_to_teams(
            person_id=episode.person_id,
            kind=TeamKind.INTERVIEWERS,
            reason="Offers the return interview",
            viewer=viewer,
            now=now,
        )


def back(
    episode: Episode,
    told: Return,
    *,
    viewer: Viewer,
    now: datetime,
    changes: dict[str, tuple[Any, Any]] | None = None,
) -> None:
    """What follows a return that is written: the interviewers may see the child, the record and the event."""
    open_to_interviewers(episode, viewer, now)
    changes = changes or {field: (None, value) for field, value in told.facts(episode).items() if value}
    recorded(episode, verb="return", viewer=viewer, now=now, changes=changes)
    publish(EpisodeReturned(episode_id=episode.pk, person_id=episode.person_id), now=now)
