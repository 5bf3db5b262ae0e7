"""Children placed here by others, and ours placed elsewhere: who is missing, whom we told, and who has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wayhome.kernel.clock import london_day
from wayhome.kernel.deadline import Deadline
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import DutyAnswer, Episode
from wayhome.missing.queries.board import EpisodeRow, clocks_of, unfinished
from wayhome.missing.queries.wall import rows_with_all
from wayhome.missing.rules.areas import Side, notice_due
from wayhome.missing.vocabulary import NOTICES
from wayhome.partnership.queries import TeamCard, team_cards
from wayhome.people.masked import homes_kept_from
from wayhome.people.pack import Placed, placed_across


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice about an episode: one that was given, or ours that is outstanding."""

    answer: DutyAnswer | None
    due: Deadline | None

    @property
    def is_outstanding(self) -> bool:
        """Nobody gave it yet."""
        return self.answer is None

    @property
    def has_receipt(self) -> bool:
        """The other side said that it has it."""
        return self.answer is not None and self.answer.received_at is not None


@dataclass(frozen=True, slots=True)
class PlacedEpisode:
    """An unfinished episode of a child placed across an authority's border."""

    row: EpisodeRow[Episode]
    ours: Notice
    others: list[DutyAnswer]


@dataclass(frozen=True, slots=True)
class PlacedChild:
    """A child in one of the two queues."""

    placed: Placed
    home: TeamCard | None
    episodes: list[PlacedEpisode]

    @property
    def is_missing(self) -> bool:
        """Whether the child is missing or away now."""
        return any(each.row.episode.returned_at is None for each in self.episodes)


@dataclass(frozen=True, slots=True)
class Queues:
    """Both queues, those with something open first."""

    placed_here: list[PlacedChild]
    placed_elsewhere: list[PlacedChild]


def queues(viewer: Viewer, now: datetime) -> Queues:
    """Both queues, in as many queries however many children there are."""
    today = london_day(now)
    across = placed_across(today)
    ids = {each.person_id for each in across}
    rows = rows_with_all(
        list(unfinished().filter(person_id__in=ids)), clocks_of(viewer.partnership_id), viewer, now
    )
    answers = _answers(rows)
    homes = _homes(across, viewer)
    return Queues(
        _queue(Side.PLACED_HERE, [each for each in across if each.placed_by], rows, answers, homes),
        _queue(Side.PLACED_ELSEWHERE, [each for each in across if each.placed_in], rows, answers, homes),
    )


def _homes(across: Sequence[Placed], viewer: Viewer) -> dict[UUID, TeamCard]:
    """By child, where the child has one that is not kept from the viewer."""
    kept = homes_kept_from(viewer, [each.person_id for each in across])
    told = {
        each.person_id: each.home_team_id
        for each in across
        if each.home_team_id and (each.person_id, each.home_team_id) not in kept
    }
    cards = team_cards(set(told.values()))
    return {person_id: cards[home_id] for person_id, home_id in told.items()}


def _answers(rows: Sequence[EpisodeRow[Episode]]) -> dict[UUID, list[DutyAnswer]]:
    found: dict[UUID, list[DutyAnswer]] = {}
    given = DutyAnswer.objects.filter(episode_id__in=[each.episode.pk for each in rows], duty__in=NOTICES)
    for answer in given.order_by("done_at", "pk"):
        found.setdefault(answer.episode_id, []).append(answer)
    return found


def _queue(
    side: Side,
    across: Sequence[Placed],
    rows: Sequence[EpisodeRow[Episode]],
    answers: dict[UUID, list[DutyAnswer]],
    homes: dict[UUID, TeamCard],
) -> list[PlacedChild]:
    found = [
        PlacedChild(
            placed=each,
            home=homes.get(each.person_id),
            episodes=[
                _episode(side, row, answers.get(row.episode.pk, []))
                for row in rows
                if row.person_id == each.person_id
            ],
        )
        for each in across
    ]
    return sorted(found, key=lambda child: (not child.is_missing, not child.episodes, child.placed.name))


def _episode(side: Side, row: EpisodeRow[Episode], answers: Sequence[DutyAnswer]) -> PlacedEpisode:
    kind = notice_due(side)
    given = [answer for answer in answers if answer.duty == kind]
    due = next((duty for duty in row.duties if duty.kind == kind), None)
    # One that was given before a move does not tell whom the child came to.
    latest = None if due or not given else given[-1]
    return PlacedEpisode(row, Notice(latest, due), [answer for answer in answers if answer.duty != kind])
