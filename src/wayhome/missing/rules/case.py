"""What the rules of duties read: an episode, what is known around it, and the clocks that count for it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from wayhome.kernel.clock import london_day, start_of_day
from wayhome.missing.rules.clocks import Clocks
from wayhome.missing.rules.facts import EpisodeFacts


@dataclass(frozen=True, slots=True)
class Judged:
    """The police risk as it was judged at one time."""

    at: datetime
    level: str
    reassess_by: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """Something that held for a child over days; `until` is the first day on which it no longer did."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Placed(Held):
    """A placement outside the area of the authority that is responsible: whose child, or where."""

    placed_by: str = ""
    placed_in: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around an episode at an instant: of the child, and of what was done already.

    `answered` says when a duty without a record of its own was done, or found not to be needed; `answered_again` when
    it was once more, in order: after a move another authority is told. `adult_at` is the start of the eighteenth
    birthday.
    """

    as_at: datetime
    judgements: tuple[Judged, ...] = ()
    protected: tuple[Held, ...] = ()
    placements: tuple[Placed, ...] = ()
    retry_on: date | None = None
    answered: Mapping[str, datetime] = field(default_factory=dict)
    answered_again: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    adult_at: datetime | None = None

    def answers_to(self, duty: str) -> tuple[datetime, ...]:
        """When a duty was answered, the first first."""
        first = self.answered.get(duty)
        return (first, *self.answered_again.get(duty, ())) if first else ()


@dataclass(frozen=True, slots=True)
class Case:
    """One episode as the rules look at it. `around` None: only what stands on the episode itself is known."""

    facts: EpisodeFacts
    clocks: Clocks
    bank_holidays: frozenset[date]
    around: Around | None = None

    @property
    def told_at(self) -> datetime:
        """When the partnership was told; when the child was last seen, where there was no report."""
        return self.facts.reported_at or self.facts.last_seen_at

    def bears_from(self, held: Held) -> datetime | None:
        """From when something that held over days bears on the episode; None if it did at no time of it.

        A placement that began while the child was missing bears on it from its first day.
        """
        first = london_day(self.facts.last_seen_at)
        back = self.facts.returned_at
        if held.until is not None and held.until <= first:
            return None
        if back is not None and held.since > london_day(back):
            return None
        return max(self.told_at, start_of_day(held.since))
