"""What time it is, and how instants are shown and read.

Instants are stored in UTC and shown in Europe/London. Only web, jobs and the command line may call
`utc_now`: everything below them is told the time (`now`), so that a test can choose it.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def london(instant: datetime) -> datetime:
    """The same instant on a London wall clock."""
    return instant.astimezone(LONDON)


def london_day(instant: datetime) -> date:
    """The calendar day it is in London at this instant."""
    return london(instant).date()


def start_of_day(day: date) -> datetime:
    """Midnight in London at the start of this day, as an instant in UTC."""
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)


def wall_clock_exists(day: date, at: time) -> bool:
    """False for the hour that the clocks skip in March: a time nobody can have seen on a London clock."""
    local = datetime.combine(day, at, tzinfo=LONDON)
    return local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == local.replace(tzinfo=None)


def wall_clock_is_ambiguous(day: date, at: time) -> bool:
    """True for the hour that happens twice in October."""
    local = datetime.combine(day, at, tzinfo=LONDON)
    return local.utcoffset() != local.replace(fold=1).utcoffset() and wall_clock_exists(day, at)


def from_wall_clock(day: date, at: time, *, second_time_round: bool = False) -> datetime:
    """The instant (UTC) at which a London clock showed this day and time.

    In the October hour that happens twice the first is taken, unless `second_time_round`. Raises ValueError for
    the hour that the clocks skip in March.
    """
    if not wall_clock_exists(day, at):
        raise ValueError("The clocks went forward at 1am that day, so this time did not happen.")
    local = datetime.combine(day, at, tzinfo=LONDON).replace(fold=1 if second_time_round else 0)
    return local.astimezone(UTC)
