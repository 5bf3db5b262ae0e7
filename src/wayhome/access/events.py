from dataclasses import dataclass
from uuid import UUID

from wayhome.events.outbox import Event


@dataclass(frozen=True, slots=True)
class GlassBroken(Event):
    """Someone opened a record without a grant; reviewers have to be told at once."""

    break_glass_id: UUID
