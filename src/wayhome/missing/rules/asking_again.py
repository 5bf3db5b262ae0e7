"""What follows when a child was not heard: when the interview is offered once more. Pure.

Source: statutory guidance 2014, return interviews: where a child refuses, carers have a chance to tell what they know,
and the child knows how to come back to it. How long to wait is a local setting (Clocks.offer_again_days).
"""

from datetime import date, timedelta

from wayhome.kernel.refusal import Refusal
from wayhome.missing.rules.clocks import Clocks
from wayhome.missing.vocabulary import MAY_BE_ASKED_AGAIN


class OfferAgainInThePast(Refusal):
    """The day on which it is offered again has to be after today."""

    field = "retry_on"


def may_be_asked_again(outcome: str) -> bool:
    """Whether a child who was not heard is asked once more: not one who moved away, or turned 18."""
    return outcome in MAY_BE_ASKED_AGAIN


def asked_again_on(
    outcome: str, today: date, clocks: Clocks, *, chosen: date | None = None, tries_after_no: int = 0
) -> date | None:
    """The day of the next offer after a no: the one that was chosen, or some days on.

    After a second no nobody is pressed by a clock: the next day is then only one that somebody chose.
    Raises OfferAgainInThePast.
    """
    if chosen is not None and chosen <= today:
        raise OfferAgainInThePast
    if chosen is not None or not may_be_asked_again(outcome) or tries_after_no:
        return chosen
    return today + timedelta(days=clocks.offer_again_days)
