"""Every unfinished episode with its duties, as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import F, QuerySet

from wayhome.access.queries import is_known_otherwise, is_one_of_those_seen
from wayhome.database.reading import Reading, answered
from wayhome.database.written_once import WrittenOnce
from wayhome.kernel.deadline import Deadline, DeadlineState
from wayhome.missing.models import Episode
from wayhome.missing.rules import Around, Clocks, deadlines, english_bank_holidays, stage
from wayhome.missing.vocabulary import Stage
from wayhome.partnership.queries import settings_of
from wayhome.people.rules import full_name

bank_holidays = cache(english_bank_holidays)


@dataclass(slots=True)
class ListedChild:
    """A child as lists name them."""

    given_name: str
    family_name: str
    date_of_birth: date | None
    birth_precision: str

    def __str__(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(slots=True)
class OpenEpisode:
    """An unfinished episode, with what the rules and the rows of a list read of it (EpisodeFacts) and nothing else."""

    pk: UUID
    person_id: UUID
    version: int
    home_team_id: UUID | None
    kind: str
    last_seen_at: datetime
    last_seen_certainty: str
    last_seen_place: str
    missing_from: str
    reported_at: datetime | None
    located_at: datetime | None
    located_place: str
    returned_at: datetime | None
    return_method: str
    safe_and_well_at: datetime | None
    safe_and_well_tried_at: datetime | None
    interview_offered_at: datetime | None
    interview_accepted_at: datetime | None
    interview_declined_at: datetime | None
    interview_held_at: datetime | None
    interview_settled_at: datetime | None
    analysed_at: datetime | None
    is_history: bool
    closed_at: datetime | None
    cancelled_at: datetime | None
    risk: str
    risk_reassess_by: datetime | None
    person: ListedChild
    # Whether the viewer sees the child for more than that they reported them missing.
    is_known_otherwise: bool


OF_THE_CHILD = tuple(f"person__{each.name}" for each in fields(ListedChild))
OF_THE_EPISODE = tuple(each.name for each in fields(OpenEpisode))[:-2]
AnEpisode = TypeVar("AnEpisode", bound=Episode | OpenEpisode)


@dataclass(frozen=True, slots=True)
class EpisodeRow(Generic[AnEpisode]):
    """An unfinished episode as the duty board and the worklist show it."""

    episode: AnEpisode
    person_id: UUID
    stage: Stage
    duties: tuple[Deadline, ...]

    @property
    def next_duty(self) -> Deadline | None:
        """The duty that falls due first."""
        return self.duties[0] if self.duties else None

    def is_late(self, now: datetime) -> bool:
        """Whether any duty is past its time."""
        return any(duty.state(now) == DeadlineState.LATE for duty in self.duties)


def clocks_of(partnership_id: UUID | None) -> Clocks:
    """The clocks of a partnership: its own settings, or the defaults of rules.Clocks."""
    return clocks_from(settings_of(partnership_id))


def clocks_from(chosen: dict[str, Any]) -> Clocks:
    """The clocks that these settings of a partnership make."""
    return _clocks(frozenset(each for each in chosen.items() if each[0] in Clocks.__dataclass_fields__))


@lru_cache(maxsize=100)
def _clocks(chosen: frozenset[tuple[str, int]]) -> Clocks:
    """The very same for the same settings: what is worked out for them once is found again at a glance."""
    return Clocks(**dict(chosen))


def unfinished() -> QuerySet[Episode]:
    """Episodes that still need something, with their children, the longest missing first.

    Long texts are left where they are: a board holds hundreds of episodes and shows none of them.
    """
    return (
        Episode.objects.filter(closed_at=None, cancelled_at=None)
        .select_related("person")
        .defer("circumstances", "companions", "returned_to", "cancelled_reason")
        .order_by("last_seen_at", "pk")
    )


def board(clocks: Clocks, *, at_most: int = 1000) -> list[EpisodeRow[OpenEpisode]]:
    """Every unfinished episode the viewer may see, with the duties that stand on it. One query."""
    return [row(found, clocks) for found in answered(first_of_unfinished(at_most))]


def first_of_unfinished(at_most: int) -> Reading[list[OpenEpisode]]:
    """The unfinished episodes of the viewer's children, as many as a list can hold. A viewer is looking.

    Where there are more than `at_most`, those left out are the longest back: nobody missing now is ever left out
    for them. One query.
    """
    found = yield from _first_of_unfinished(at_most).reading()
    return [_open_episode(each) for each in found]


def seen_by_their_report_alone(episodes: Sequence[Episode | OpenEpisode]) -> set[UUID] | None:
    """Whose children the viewer sees for no other reason than that they reported them; None where it was not read."""
    found: set[UUID] = set()
    for each in episodes:
        if not isinstance(each, OpenEpisode):
            return None
        if not each.is_known_otherwise:
            found.add(each.person_id)
    return found


@cache
def _first_of_unfinished(at_most: int) -> WrittenOnce[[]]:
    found = Episode.objects.filter(is_one_of_those_seen("person_id"), closed_at=None, cancelled_at=None)
    in_order = found.order_by(F("returned_at").desc(nulls_first=True), "last_seen_at", "pk")
    is_known = is_known_otherwise("person_id")
    return WrittenOnce(lambda: in_order.values_list(*OF_THE_EPISODE, *OF_THE_CHILD, is_known)[:at_most])


def _open_episode(row: tuple[Any, ...]) -> OpenEpisode:
    own = len(OF_THE_EPISODE)
    values: tuple[Any, ...] = (*row[:own], ListedChild(*row[own:-1]), row[-1])
    return OpenEpisode(*values)


def unfinished_of(episodes: list[Episode], child: Any, clocks: Clocks) -> list[EpisodeRow[Episode]]:
    """The unfinished ones among a child's episodes, with their duties, in the same order."""
    found = [each for each in episodes if each.closed_at is None and each.cancelled_at is None]
    for each in found:
        each.person = child
    return [row(each, clocks) for each in found]


def row(found: AnEpisode, clocks: Clocks, known: Around | None = None) -> EpisodeRow[AnEpisode]:
    """An episode with its stage and duties; those that stand on it alone, unless what is around it is known."""
    duties = deadlines(found, clocks, bank_holidays(), known)
    return EpisodeRow(found, found.person_id, stage(found), tuple(duties))
