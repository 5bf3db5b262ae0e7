"""The duties that run on an episode. Pure: facts and clocks in, deadlines with their reason and source out."""

from datetime import date, timedelta

from wayhome.kernel.deadline import Deadline
from wayhome.missing.rules.clocks import (
    GUIDANCE,
    Clocks,
    analysis_due_at,
    interview_due_at,
    safe_and_well_due_at,
)
from wayhome.missing.rules.facts import EpisodeFacts, has_died
from wayhome.missing.vocabulary import Duty


def deadlines(facts: EpisodeFacts, clocks: Clocks, bank_holidays: frozenset[date]) -> list[Deadline]:
    """Every duty that runs on an episode now, the first to fall due first. None runs for a child who has died."""
    if facts.cancelled_at or facts.closed_at or has_died(facts):
        return []
    found = (
        _while_missing(facts) if facts.returned_at is None else _after_return(facts, clocks, bank_holidays)
    )
    return sorted(found, key=lambda duty: duty.due_at)


def _while_missing(facts: EpisodeFacts) -> list[Deadline]:
    if facts.risk_reassess_by is None:
        return []
    return [
        Deadline(
            "Look at the risk again",
            facts.risk_reassess_by,
            "Police missing desk",
            "College of Policing, Authorised Professional Practice: missing persons",
            soon=timedelta(hours=1),
            kind=Duty.REASSESS_RISK,
        )
    ]


def _after_return(facts: EpisodeFacts, clocks: Clocks, bank_holidays: frozenset[date]) -> list[Deadline]:
    found: list[Deadline] = []
    if facts.returned_at is None:
        return found
    if facts.safe_and_well_at is None:
        due = safe_and_well_due_at(facts.returned_at, clocks)
        limit = f"within {clocks.safe_and_well_hours} h by local setting"
        basis = f"{GUIDANCE}, safe and well checks: as soon as possible; {limit}"
        found.append(
            Deadline(
                f"Safe and well check{': tried, not seen yet' if facts.safe_and_well_tried_at else ''}",
                due,
                "Police missing desk",
                basis,
                soon=timedelta(hours=6),
                kind=Duty.SAFE_AND_WELL,
            )
        )
    if facts.interview_settled_at is None:
        due = interview_due_at(facts.returned_at, clocks)
        basis = f"{GUIDANCE}, return interviews: within {clocks.interview_hours} h of return"
        found.append(Deadline(_interview_duty(facts), due, "Return interviewers", basis, kind=Duty.INTERVIEW))
    elif facts.analysed_at is None:
        due = analysis_due_at(facts.interview_settled_at, clocks, bank_holidays)
        basis = f"Local setting: within {clocks.analysis_working_days} working days of the interview"
        found.append(
            Deadline("Analysis of the return", due, "The allocated worker", basis, kind=Duty.ANALYSIS)
        )
    return found


def _interview_duty(facts: EpisodeFacts) -> str:
    if facts.interview_accepted_at:
        return "Hold the return interview"
    return (
        "Get an answer about the return interview"
        if facts.interview_offered_at
        else "Offer a return interview"
    )
