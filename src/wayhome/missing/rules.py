"""Clocks, stages and what cannot be. Pure: facts and `now` in, answers with their reason and source out.

Source of the duties unless said otherwise: Statutory guidance on children who run away or go missing from home or
care, Department for Education, January 2014 (in the code: "guidance 2014").
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from govuk_bank_holidays.bank_holidays import BankHolidays

from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.deadline import Deadline
from wayhome.kernel.partial_date import Precision, birthday, latest_possible
from wayhome.kernel.refusal import Refusal
from wayhome.missing.vocabulary import DIED, Certainty, Duty, Stage

GUIDANCE = "Statutory guidance on children who run away or go missing from home or care (2014)"


class InTheFuture(Refusal):
    """This time is in the future. Enter when it happened."""


class ReturnedBeforeLastSeen(Refusal):
    """The return is before the child was last seen. Check both dates and times."""

    field = "returned_at"


class LocatedBeforeLastSeen(Refusal):
    """The child cannot have been located before they were last seen. Check both dates and times."""

    field = "located_at"


class NoticedAfterReported(Refusal):
    """The report cannot be earlier than when the absence was noticed. Check both dates and times."""

    field = "noticed_at"


class LocatedAfterReturned(Refusal):
    """The child cannot have been located after they were back. Check both dates and times."""

    field = "located_at"


class NoticedBeforeLastSeen(Refusal):
    """The absence cannot have been noticed before the child was last seen. Check both dates and times."""

    field = "noticed_at"


class ReportedBeforeLastSeen(Refusal):
    """The report cannot be earlier than when the child was last seen. Check both dates and times."""

    field = "reported_at"


class BeforeReturn(Refusal):
    """This happened before the child was back. Check the date and time."""


class ChildHasDied(Refusal):
    """It is recorded that the child has died: no check and no interview is asked of anyone. If that is wrong, correct
    how the child was found.
    """


class NotBackYet(Refusal):
    """The child is not back yet. Record the return first."""


class NotBornYet(Refusal):
    """The child was born after this date. Check the date, or the date of birth on the record."""

    field = "last_seen_at"


class NotAChild(Refusal):
    """This person was 18 or over then. Report a missing adult to the police; this system is for children."""

    field = "last_seen_at"


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long each duty may take. Settings of a partnership replace the defaults (keys as the fields).

    `safe_and_well_hours`: guidance 2014 says "as soon as possible"; 24 clock hours is our default, not the law's.
    `interview_hours`: guidance 2014, return interviews: 72 clock hours from return, nights and weekends included.
    `analysis_working_days`: local; 5 is our default.
    """

    safe_and_well_hours: int = 24
    interview_hours: int = 72
    analysis_working_days: int = 5


class EpisodeFacts(Protocol):
    """What the rules read of an episode. Instants are aware, in UTC."""

    kind: str
    last_seen_at: datetime
    located_at: datetime | None
    returned_at: datetime | None
    return_method: str
    safe_and_well_at: datetime | None
    safe_and_well_tried_at: datetime | None
    interview_offered_at: datetime | None
    interview_accepted_at: datetime | None
    interview_held_at: datetime | None
    interview_settled_at: datetime | None
    analysed_at: datetime | None
    closed_at: datetime | None
    cancelled_at: datetime | None
    risk: str
    risk_reassess_by: datetime | None


def has_died(facts: EpisodeFacts) -> bool:
    """Whether the child was found dead. Nobody is asked for a check or an interview then: only words are left."""
    return facts.returned_at is not None and facts.return_method == DIED


def stage(facts: EpisodeFacts) -> Stage:
    """Where an episode stands: the first thing that is still to do."""
    if facts.cancelled_at:
        return Stage.CANCELLED
    if facts.closed_at:
        return Stage.CLOSED
    if facts.returned_at is None:
        return Stage.LOCATED if facts.located_at else Stage.MISSING
    if has_died(facts):
        return Stage.READY_TO_CLOSE if facts.analysed_at else Stage.DIED
    steps = (
        (facts.safe_and_well_at, Stage.SAFE_AND_WELL_DUE),
        (facts.interview_settled_at, Stage.INTERVIEW_DUE),
        (facts.analysed_at, Stage.ANALYSIS_DUE),
    )
    return next((due for done, due in steps if done is None), Stage.READY_TO_CLOSE)


def interview_due_at(returned_at: datetime, clocks: Clocks) -> datetime:
    """72 clock hours from return, across nights, weekends and clock changes. Guidance 2014, return interviews."""
    return returned_at + timedelta(hours=clocks.interview_hours)


def safe_and_well_due_at(returned_at: datetime, clocks: Clocks) -> datetime:
    """As soon as possible after return (guidance 2014, safe and well checks); by the local limit at the latest."""
    return returned_at + timedelta(hours=clocks.safe_and_well_hours)


def analysis_due_at(
    interview_settled_at: datetime, clocks: Clocks, bank_holidays: frozenset[date]
) -> datetime:
    """The end of the last of N working days after the interview was settled. A local rule."""
    day = london_day(interview_settled_at)
    for _ in range(clocks.analysis_working_days):
        day = next_working_day(day, bank_holidays)
    return start_of_day(day + timedelta(days=1))


def next_working_day(day: date, bank_holidays: frozenset[date]) -> date:
    """The first day after this one that is neither at a weekend nor a bank holiday in England."""
    day += timedelta(days=1)
    while day.weekday() >= 5 or day in bank_holidays:
        day += timedelta(days=1)
    return day


def english_bank_holidays() -> frozenset[date]:
    """Bank holidays in England and Wales, from the list shipped with govuk-bank-holidays."""
    holidays = BankHolidays(use_cached_holidays=True)
    return frozenset(h["date"] for h in holidays.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))


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


def is_held_in_time(held_at: datetime, returned_at: datetime, clocks: Clocks) -> bool:
    """Whether an interview was held within the limit. Exactly on the limit is in time."""
    return held_at <= interview_due_at(returned_at, clocks)


@dataclass(frozen=True, slots=True)
class ReportTimes:
    """The four times of a report, and what is known of the child's birth."""

    last_seen_at: datetime
    reported_at: datetime
    noticed_at: datetime | None = None
    date_of_birth: date | None = None
    birth_precision: str = Precision.UNKNOWN


def earliest_that_can_be(at: datetime, certainty: str, *, not_before: datetime | None) -> datetime:
    """The instant that is kept for a time of which perhaps only the day is known.

    `at` is then the start of that day; what must have gone before, on the same day, moves it on. The earliest
    instant is taken because every clock that runs from it then ends too early rather than too late.
    """
    is_same_day = not_before is not None and london_day(at) == london_day(not_before)
    if certainty == Certainty.DAY and not_before is not None and is_same_day:
        return max(at, not_before)
    return at


def check_report_times(times: ReportTimes, now: datetime) -> None:
    """Raise the Refusal for the first thing that cannot be: the future, the order of events, or the child's age."""
    check_order_of_report(times, now)
    check_is_a_child_then(times)


def check_order_of_report(times: ReportTimes, now: datetime) -> None:
    """Raise the Refusal for a time in the future, or an order of events that cannot have been."""
    given = {
        "last_seen_at": times.last_seen_at,
        "noticed_at": times.noticed_at,
        "reported_at": times.reported_at,
    }
    for field, instant in given.items():
        if instant and instant > now:
            raise InTheFuture(field=field)
    if times.noticed_at and times.noticed_at < times.last_seen_at:
        raise NoticedBeforeLastSeen
    if times.reported_at < times.last_seen_at:
        raise ReportedBeforeLastSeen
    if times.noticed_at and times.reported_at < times.noticed_at:
        raise NoticedAfterReported


def check_is_a_child_then(times: ReportTimes) -> None:
    """Raise NotBornYet or NotAChild for the day the child was last seen. Children Act 1989 s.105(1): under eighteen.

    Where the date of birth is not exact, the youngest age it allows counts (Modern Slavery Act 2015 s.51).
    """
    if times.date_of_birth is None:
        return
    seen_on = london_day(times.last_seen_at)
    if seen_on < times.date_of_birth:
        raise NotBornYet
    if seen_on >= birthday(latest_possible(times.date_of_birth, Precision(times.birth_precision)), 18):
        raise NotAChild


def check_located(facts: EpisodeFacts, located_at: datetime, now: datetime) -> None:
    """Raise the Refusal for a time of being located that cannot be."""
    if located_at > now:
        raise InTheFuture(field="located_at")
    if located_at < facts.last_seen_at:
        raise LocatedBeforeLastSeen


def check_returned(facts: EpisodeFacts, returned_at: datetime, now: datetime) -> None:
    """Raise the Refusal for a time of return that cannot be."""
    if returned_at > now:
        raise InTheFuture(field="returned_at")
    if returned_at < facts.last_seen_at:
        raise ReturnedBeforeLastSeen
    if facts.located_at and returned_at < facts.located_at:
        raise LocatedAfterReturned(field="returned_at")


def check_after_return(facts: EpisodeFacts, happened_at: datetime, now: datetime, *, field: str) -> None:
    """Raise the Refusal for something that belongs after the return and is given an earlier, or a future, time."""
    if happened_at > now:
        raise InTheFuture(field=field)
    if facts.returned_at is None:
        raise NotBackYet
    if has_died(facts):
        raise ChildHasDied
    if happened_at < facts.returned_at:
        raise BeforeReturn(field=field)
