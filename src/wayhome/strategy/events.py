from dataclasses import dataclass
from uuid import UUID

from wayhome.events.outbox import Event


@dataclass(frozen=True, slots=True)
class MeasuresAsked(Event):
    """Somebody wants the measures read now, and does not wait for the night."""

    partnership_id: UUID
