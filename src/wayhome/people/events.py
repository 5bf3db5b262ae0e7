from dataclasses import dataclass
from uuid import UUID

from wayhome.events.outbox import Event


@dataclass(frozen=True, slots=True)
class PersonCreated(Event):
    person_id: UUID


@dataclass(frozen=True, slots=True)
class PersonChanged(Event):
    person_id: UUID


@dataclass(frozen=True, slots=True)
class PlacementChanged(Event):
    """A child moved in or out of a placement; homes gain and lose sight of them by it."""

    person_id: UUID
