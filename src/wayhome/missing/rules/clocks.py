"""How long each duty may take, and when it is due. Pure.

Source unless said otherwise: Statutory guidance on children who run away or go missing from home or care,
Department for Education, January 2014 (in the code: "guidance 2014").
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from wayhome.kernel.clock import london_day, start_of_day

GUIDANCE = "Statutory guidance on children who run away or go missing from home or care (2014)"


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long each duty may take. Settings of a partnership replace the defaults (keys as the fields).

    `safe_and_well_hours`: guidance 2014 says "as soon as possible"; 24 clock hours is our default, not the law's.
    `interview_hours`: guidance 2014, return interviews: 72 clock hours from return, nights and weekends included.
    `analysis_working_days`: local; 5 is our default. The others are local too: rules.limits says what each is for.
    """

    safe_and_well_hours: int = 24
    interview_hours: int = 72
    analysis_working_days: int = 5
    offer_again_days: int = 14
    strategy_after_hours: int = 24
    strategy_hours: int = 24
    senior_notice_hours: int = 24
    host_notice_hours: int = 24
    placing_notice_hours: int = 24
    handover_hours: int = 1


@cache
def hours(count: int) -> timedelta:
    """So many clock hours. The same few for hundreds of episodes."""
    return timedelta(hours=count)


def interview_due_at(returned_at: datetime, clocks: Clocks) -> datetime:
    """72 clock hours from return, across nights, weekends and clock changes. Guidance 2014, return interviews."""
    return returned_at + hours(clocks.interview_hours)


def safe_and_well_due_at(returned_at: datetime, clocks: Clocks) -> datetime:
    """As soon as possible after return (guidance 2014, safe and well checks); by the local limit at the latest."""
    return returned_at + hours(clocks.safe_and_well_hours)


def is_long_over(returned_at: datetime, clocks: Clocks, now: datetime) -> bool:
    """Whether every clock that starts with a return has run out: nobody can check on that child, or hear them, in time.

    An episode that a file brings then is history. One of which a single clock still runs opens all its duties.
    """
    return now >= max(safe_and_well_due_at(returned_at, clocks), interview_due_at(returned_at, clocks))


def analysis_due_at(
    interview_settled_at: datetime, clocks: Clocks, bank_holidays: frozenset[date]
) -> datetime:
    """The end of the last of N working days after the interview was settled. A local rule."""
    return _end_of_working_days(london_day(interview_settled_at), clocks.analysis_working_days, bank_holidays)


@lru_cache(maxsize=1000)
def _end_of_working_days(day: date, count: int, bank_holidays: frozenset[date]) -> datetime:
    """The end of the last of so many working days after this one. The same few days for hundreds of episodes."""
    for _ in range(count):
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


def is_held_in_time(held_at: datetime, returned_at: datetime, clocks: Clocks) -> bool:
    """Whether an interview was held within the limit. Exactly on the limit is in time."""
    return held_at <= interview_due_at(returned_at, clocks)
