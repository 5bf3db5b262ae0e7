"""Every duty of every unfinished episode the viewer may see, and what was written about those that are late."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wayhome.database.reading import Reading, abreast, answered
from wayhome.database.written_once import SOME_IDS, Ids, WrittenOnce, is_one_of
from wayhome.kernel.deadline import Deadline
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import BreachReason
from wayhome.missing.queries.around import around
from wayhome.missing.queries.board import (
    AnEpisode,
    EpisodeRow,
    OpenEpisode,
    clocks_of,
    first_of_unfinished,
    row,
)
from wayhome.missing.rules import Around, Clocks
from wayhome.missing.vocabulary import Duty, Stage

# Of an episode, a duty, and the time by which it was due where there can be several of the kind.
Breach = tuple[UUID, str, datetime | None]


@dataclass(frozen=True, slots=True)
class Wall:
    """Unfinished episodes with all their duties, and the reasons written for late ones."""

    rows: list[EpisodeRow[OpenEpisode]]
    reasons: Mapping[Breach, str] = field(default_factory=dict)

    def reason(self, episode_id: UUID, duty: Deadline) -> str:
        """Why a duty is late, if somebody wrote it down."""
        return self.reasons.get(breach_of(episode_id, duty.kind, duty.due_at), "") if self.reasons else ""


def wall(viewer: Viewer, now: datetime, *, at_most: int = 1000, clocks: Clocks | None = None) -> Wall:
    """The clock wall, by these clocks or those of the viewer's partnership. As many queries however many episodes there
    are, and none of them reads one that is over.
    """
    found = answered(first_of_unfinished(at_most))
    known, reasons = answered(
        abreast(around(found, viewer, now), reasons_reading([each.pk for each in found]))
    )
    return Wall(rows_by(found, clocks or clocks_of(viewer.partnership_id), known), reasons)


def rows_with_all(
    episodes: Sequence[AnEpisode], clocks: Clocks, viewer: Viewer, now: datetime
) -> list[EpisodeRow[AnEpisode]]:
    """Episodes, whose children are read already, with all their duties."""
    return rows_by(episodes, clocks, answered(around(episodes, viewer, now)))


def rows_by(
    episodes: Iterable[AnEpisode], clocks: Clocks, known: Mapping[UUID, Around]
) -> list[EpisodeRow[AnEpisode]]:
    """Episodes with all their duties, by what is known around them."""
    return [row(each, clocks, known.get(each.pk)) for each in episodes]


def with_notices(
    rows: Sequence[EpisodeRow[OpenEpisode]], clocks: Clocks, viewer: Viewer, now: datetime
) -> list[EpisodeRow[OpenEpisode]]:
    """Rows of a board, those that are ready to close with all their duties: a notice may be in the way."""
    ready = [each.episode for each in rows if each.stage == Stage.READY_TO_CLOSE]
    known = rows_with_all(ready, clocks, viewer, now) if ready else []
    with_all = {each.episode.pk: each for each in known}
    return [with_all.get(each.episode.pk, each) for each in rows]


def reasons_of(episode_ids: list[UUID]) -> dict[Breach, str]:
    """Why duties of these episodes were late, as it was written. One query."""
    return answered(reasons_reading(episode_ids))


def reasons_reading(episode_ids: list[UUID]) -> Reading[dict[Breach, str]]:
    """The same, to be read beside other things."""
    rows = yield from _written.reading(Ids.of(episode_ids))
    return {breach_of(episode_id, duty, due_at): reason for episode_id, duty, due_at, reason in rows}


def _written_of(ids: Ids) -> QuerySet[BreachReason, tuple[Any, ...]]:
    written = BreachReason.objects.filter(is_one_of("episode_id", ids)).order_by("written_at")
    return written.values_list("episode_id", "duty", "due_at", "reason")


_written = WrittenOnce(_written_of, SOME_IDS)


def breach_of(episode_id: UUID, duty: str, due_at: datetime) -> Breach:
    """By what a reason is found again. Only the look at the risk comes several times in an episode; the reason for
    another duty stays with it when its limit is set anew.
    """
    return episode_id, duty, due_at if duty == Duty.REASSESS_RISK else None
