"""Facts of an episode as the rules read them, without a database."""

from dataclasses import dataclass
from datetime import UTC, datetime

SEEN = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)


@dataclass
class Facts:
    """An episode in which a child was last seen and nothing more is known."""

    kind: str = "M"
    last_seen_at: datetime = SEEN
    reported_at: datetime | None = None
    located_at: datetime | None = None
    returned_at: datetime | None = None
    return_method: str = ""
    safe_and_well_at: datetime | None = None
    safe_and_well_tried_at: datetime | None = None
    interview_offered_at: datetime | None = None
    interview_accepted_at: datetime | None = None
    interview_declined_at: datetime | None = None
    interview_held_at: datetime | None = None
    interview_settled_at: datetime | None = None
    analysed_at: datetime | None = None
    is_history: bool = False
    closed_at: datetime | None = None
    cancelled_at: datetime | None = None
    risk: str = ""
    risk_reassess_by: datetime | None = None
