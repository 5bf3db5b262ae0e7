from dataclasses import dataclass
from uuid import UUID

from wayhome.events.outbox import Event


@dataclass(frozen=True, slots=True)
class EpisodeOpened(Event):
    episode_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class ReportAdded(Event):
    """A second source told of an episode that is already open."""

    episode_id: UUID
    report_id: UUID


@dataclass(frozen=True, slots=True)
class RiskJudged(Event):
    episode_id: UUID
    level: str


@dataclass(frozen=True, slots=True)
class ChildLocated(Event):
    episode_id: UUID


@dataclass(frozen=True, slots=True)
class EpisodeReturned(Event):
    episode_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class ReturnCorrected(Event):
    """The return was at another time or place than written, or the child came back in another way."""

    episode_id: UUID


@dataclass(frozen=True, slots=True)
class ReturnUndone(Event):
    """The child was not back after all, and is missing as before."""

    episode_id: UUID


@dataclass(frozen=True, slots=True)
class SafeAndWellRecorded(Event):
    episode_id: UUID
    outcome: str


@dataclass(frozen=True, slots=True)
class InterviewSettled(Event):
    episode_id: UUID
    outcome: str


@dataclass(frozen=True, slots=True)
class EpisodeClosed(Event):
    episode_id: UUID


@dataclass(frozen=True, slots=True)
class EpisodeSetAside(Event):
    episode_id: UUID


@dataclass(frozen=True, slots=True)
class EpisodesMerged(Event):
    """The reports of the double are now sources of the other, and the double is set aside."""

    episode_id: UUID
    double_id: UUID


@dataclass(frozen=True, slots=True)
class EpisodesParted(Event):
    """What was one episode is two: a merge was undone, or reports of another time were split off."""

    episode_id: UUID
    double_id: UUID


@dataclass(frozen=True, slots=True)
class FactChosen(Event):
    """Sources told a fact differently, and somebody chose which counts: a time that was told later may have moved."""

    episode_id: UUID
    fact: str


@dataclass(frozen=True, slots=True)
class DutyAnswered(Event):
    episode_id: UUID
    duty: str
