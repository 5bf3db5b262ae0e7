"""The return interview is offered, held, or not held for a reason."""

from wayhome.missing.commands.interview.holding import (
    Account,
    AnotherReturnNotAnswered,
    AskedForInWords,
    IndependenceMissing,
    OwnWordsMissing,
    hold_interview,
)
from wayhome.missing.commands.interview.independence import check_independent
from wayhome.missing.commands.interview.offering import (
    NothingToOfferAgain,
    Offer,
    OfferIncomplete,
    offer_after_no,
    offer_interview,
)
from wayhome.missing.commands.interview.settling import (
    InterviewSettledAlready,
    NoInterviewToAddTo,
    NotAnOutcomeWithoutInterview,
    NotHeldReasonMissing,
    add_after_no,
    settle_without_interview,
)

__all__ = [
    "Account",
    "AnotherReturnNotAnswered",
    "AskedForInWords",
    "IndependenceMissing",
    "InterviewSettledAlready",
    "NoInterviewToAddTo",
    "NotAnOutcomeWithoutInterview",
    "NotHeldReasonMissing",
    "NothingToOfferAgain",
    "Offer",
    "OfferIncomplete",
    "OwnWordsMissing",
    "add_after_no",
    "check_independent",
    "hold_interview",
    "offer_after_no",
    "offer_interview",
    "settle_without_interview",
]
