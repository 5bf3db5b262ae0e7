"""What the rules read of an episode, and where it stands. Pure."""

from datetime import datetime
from typing import Protocol

from wayhome.missing.vocabulary import DIED, Stage


class StageFacts(Protocol):
    """What tells where an episode stands. Instants are aware, in UTC."""

    located_at: datetime | None
    returned_at: datetime | None
    return_method: str
    safe_and_well_at: datetime | None
    interview_settled_at: datetime | None
    analysed_at: datetime | None
    closed_at: datetime | None
    cancelled_at: datetime | None


class EpisodeFacts(StageFacts, Protocol):
    """What the rules read of an episode. Instants are aware, in UTC."""

    kind: str
    last_seen_at: datetime
    reported_at: datetime | None
    safe_and_well_tried_at: datetime | None
    interview_offered_at: datetime | None
    interview_accepted_at: datetime | None
    interview_declined_at: datetime | None
    interview_held_at: datetime | None
    is_history: bool
    risk: str
    risk_reassess_by: datetime | None


def has_died(facts: StageFacts) -> bool:
    """Whether the child was found dead. Nobody is asked for a check or an interview then: only words are left."""
    return facts.returned_at is not None and facts.return_method == DIED


def stage(facts: StageFacts) -> Stage:
    """Where an episode stands: the first thing that is still to do."""
    if facts.cancelled_at:
        return Stage.CANCELLED
    if facts.closed_at:
        return Stage.CLOSED
    if facts.returned_at is None:
        return Stage.LOCATED if facts.located_at else Stage.MISSING
    if has_died(facts):
        return Stage.READY_TO_CLOSE if facts.analysed_at else Stage.DIED
    if facts.safe_and_well_at is None:
        return Stage.SAFE_AND_WELL_DUE
    if facts.interview_settled_at is None:
        return Stage.INTERVIEW_DUE
    return Stage.ANALYSIS_DUE if facts.analysed_at is None else Stage.READY_TO_CLOSE
