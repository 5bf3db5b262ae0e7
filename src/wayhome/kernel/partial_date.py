"""A date of birth as it is really known: to the day, the month, the year, or only by estimate."""

from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


def latest_possible(day: date, precision: Precision) -> date:
    """The last day the true date can fall on: a child is taken as the younger age until it is known better."""
    if precision == Precision.MONTH:
        return date(day.year + day.month // 12, day.month % 12 + 1, 1).fromordinal(
            date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal() - 1
        )
    if precision in (Precision.YEAR, Precision.ESTIMATED):
        return date(day.year, 12, 31)
    return day


def age_on(day: date, born: date) -> int:
    """Completed years on a day. A child born on 29 February has their birthday on 1 March in other years.

    Source: the common law reads a birthday as the anniversary of birth; Family Law Reform Act 1969 s.9.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """The day on which a person born on `born` attains this age."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
