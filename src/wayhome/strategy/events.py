from dataclasses import dataclass
from uuid import UUID

from wayhome.events.outbox import Event


@dataclass(frozen=True, slots=True)
class MeasuresAsked(Event):
    """Somebody wants the measures read now, and does not wait for the night."""

    partnership_id: UUID


@dataclass(frozen=True, slots=True)
class UpdatesAsked(Event):
    """Owners were asked for an update, or reminded; they get a mail. By the ids of the requests."""

    plan_id: UUID
    requests: tuple[str, ...]
    is_reminder: bool
