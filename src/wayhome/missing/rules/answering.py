"""Which returns one interview may answer. Pure.

Statutory guidance 2014, return interviews: each return is offered one. A child who goes again before the talk may tell
of both times at once; each return still has its own 72 hours and is counted for itself.
"""

from typing import Protocol

from wayhome.missing.rules.facts import EpisodeFacts, has_died
from wayhome.missing.vocabulary import InterviewOutcome


class HeardFacts(EpisodeFacts, Protocol):
    """What the rules of hearing read of an episode besides the rest."""

    interview_outcome: str


def may_be_answered_too(facts: HeardFacts) -> bool:
    """Whether an interview about another return can answer this one: back, not over, and not heard.

    One that ended because the child was missing again first can, as long as nobody has analysed it.
    """
    is_over = facts.closed_at or facts.cancelled_at or facts.analysed_at
    if facts.returned_at is None or is_over or has_died(facts):
        return False
    return facts.interview_settled_at is None or facts.interview_outcome == InterviewOutcome.MISSING_AGAIN
