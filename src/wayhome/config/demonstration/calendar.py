"""The years and days that the demonstration is laid out over, all counted from now."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from wayhome.kernel.clock import from_wall_clock, london_day, start_of_day
from wayhome.statutory.ssda903.years import CollectionYear

# Work that is still open lies within this time; everything older is finished.
OPEN_SPAN = timedelta(days=16)

# Young people go missing in the late afternoon and evening, and most before the weekend.
_HOURS = (6, 4, 3, 2, 1, 1, 1, 2, 5, 5, 5, 6, 7, 7, 8, 12, 16, 20, 24, 26, 27, 26, 20, 12)
_WEEKDAYS = (0.92, 0.92, 0.95, 1.0, 1.2, 1.22, 0.95)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time to lay episodes in: from its start, up to its end."""

    start: datetime
    end: datetime

    @property
    def days(self) -> float:
        """How long it is."""
        return max((self.end - self.start).total_seconds() / 86_400, 0)

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


@dataclass(frozen=True, slots=True)
class Calendar:
    """Collection years (1 April to 31 March) round now: two before the last full one, the last full one, and this."""

    now: datetime

    @property
    def today(self) -> date:
        """The day it is in London."""
        return london_day(self.now)

    @property
    def last_full(self) -> CollectionYear:
        """The newest collection year that is over."""
        return CollectionYear(CollectionYear.of(self.today).ends_in - 1)

    @property
    def finished_until(self) -> datetime:
        """What began before this instant is finished."""
        return self.now - OPEN_SPAN

    def year(self, ago: int) -> Window:
        """The whole of a collection year: 0 the last full one, 1 and 2 those before, -1 the present one."""
        year = CollectionYear(self.last_full.ends_in - ago)
        return Window(start_of_day(year.first_day), start_of_day(year.last_day + timedelta(days=1)))

    def finished(self, ago: int) -> Window:
        """The part of a collection year in which everything is finished."""
        whole = self.year(ago)
        return Window(whole.start, min(whole.end, self.finished_until))


def moment_in(window: Window, rng: Random) -> datetime:
    """A likely instant for a child to have been seen last. The window has to be longer than a day."""
    while True:
        day = london_day(window.start) + timedelta(days=rng.randrange(int(window.days) + 1))
        if rng.random() * max(_WEEKDAYS) > _WEEKDAYS[day.weekday()]:
            continue
        at = at_hour(day, rng.choices(range(24), _HOURS)[0], rng.randrange(0, 60, 5))
        if at in window:
            return at


def at_hour(day: date, hour: int, minute: int) -> datetime:
    """An instant by the London clock; an hour later if the clocks skipped it."""
    try:
        return from_wall_clock(day, time(hour, minute))
    except ValueError:
        return from_wall_clock(day, time(hour + 1, minute))


def clock_changes(window: Window) -> list[datetime]:
    """When the London clocks change in a window: at 01:00 UTC on the last Sundays of March and October."""
    found = []
    for year in range(window.start.year, window.end.year + 1):
        for month in (3, 10):
            last = date(year, month, 31)
            sunday = last - timedelta(days=(last.weekday() + 1) % 7)
            found.append(datetime.combine(sunday, time(1), tzinfo=UTC))
    return [at for at in found if at in window]
