"""Every unfinished episode with its duties, as lists show them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from wayhome.access.queries import is_one_of_those_seen
from wayhome.kernel.deadline import Deadline, DeadlineState
from wayhome.missing.models import Episode
from wayhome.missing.rules import Around, Clocks, EpisodeFacts, deadlines, english_bank_holidays, stage
from wayhome.missing.vocabulary import Stage
from wayhome.partnership.queries import settings_of

bank_holidays = cache(english_bank_holidays)

# What the rules and the rows of a list read. A list holds hundreds: what is not here is not fetched for it.
LISTED = (
    *EpisodeFacts.__annotations__,
    "person_id",
    "version",
    "last_seen_certainty",
    "last_seen_place",
    "located_place",
    "missing_from",
    "home_team_id",
    *(f"person__{part}" for part in ("given_name", "family_name", "date_of_birth", "birth_precision")),
)


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """An unfinished episode as the duty board and the worklist show it."""

    episode: Episode
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
    chosen = settings_of(partnership_id) if partnership_id else {}
    return Clocks(**{key: value for key, value in chosen.items() if key in Clocks.__dataclass_fields__})


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


def board(clocks: Clocks, *, at_most: int = 1000) -> list[EpisodeRow]:
    """Every unfinished episode the viewer may see, with the duties that stand on it. One query."""
    return [row(found, clocks) for found in first_of_unfinished(at_most)]


def first_of_unfinished(at_most: int) -> QuerySet[Episode]:
    """The unfinished episodes of the viewer's children, as many as a list can hold. A viewer is looking.

    Where there are more than `at_most`, those left out are the longest back: nobody missing now is ever left out
    for them.
    """
    found = unfinished().filter(is_one_of_those_seen("person_id")).defer(None).only(*LISTED)
    return found.order_by(F("returned_at").desc(nulls_first=True), "last_seen_at", "pk")[:at_most]


def unfinished_of(episodes: list[Episode], child: Any, clocks: Clocks) -> list[EpisodeRow]:
    """The unfinished ones among a child's episodes, with their duties, in the same order."""
    found = [each for each in episodes if each.closed_at is None and each.cancelled_at is None]
    for each in found:
        each.person = child
    return [row(each, clocks) for each in found]


def row(found: Episode, clocks: Clocks, known: Around | None = None) -> EpisodeRow:
    """An episode with its stage and duties; those that stand on it alone, unless what is around it is known."""
    duties = deadlines(found, clocks, bank_holidays(), known)
    return EpisodeRow(found, found.person_id, stage(found), tuple(duties))
