"""How days, instants and numbers are shown. Everything is on a London clock."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from wayhome.kernel.clock import london, london_day


def day(value: date | datetime) -> str:
    """As in "22 November 2026"."""
    shown = london_day(value) if isinstance(value, datetime) else value
    return f"{shown.day} {shown:%B %Y}"


@lru_cache(maxsize=5000)
def clock_time(instant: datetime) -> str:
    """As in "10:42pm", "10am", "midday", "midnight": the GOV.UK style guide writes times."""
    shown = london(instant)
    if (shown.hour, shown.minute) in ((0, 0), (12, 0)):
        return "midday" if shown.hour else "midnight"
    minutes = f":{shown.minute:02}" if shown.minute else ""
    return f"{shown.hour % 12 or 12}{minutes}{'pm' if shown.hour >= 12 else 'am'}"


@lru_cache(maxsize=5000)
def moment(instant: datetime) -> str:
    """As in "Sunday 22 November 2026 at 10:42pm"."""
    return f"{london(instant):%A} {day(instant)} at {clock_time(instant)}"


def when(instant: datetime, now: datetime) -> str:
    """As in "today at 10:42pm", "yesterday at 9am", "Thursday 19 November at 8am", "3 March 2025 at 8am".

    The shortest that cannot be mistaken; the filter `sentence` gives it a capital.
    """
    return f"{_named_day(instant, now)} at {clock_time(instant)}"


def due(instant: datetime, now: datetime | None = None) -> str:
    """When something is due: as `when`, but "at the end of Friday 27 November" for the midnight after it.

    "Saturday at midnight" is taken for the night after Saturday, a day too late. Without `now` in words that stay true.
    """
    if clock_time(instant) != "midnight":
        return when(instant, now) if now else moment(instant)
    last = instant - timedelta(minutes=1)
    return f"at the end of {_named_day(last, now) if now else f'{london(last):%A} {day(last)}'}"


def _named_day(instant: datetime, now: datetime) -> str:
    return _day_as_named(london_day(instant), london_day(now))


@lru_cache(maxsize=5000)
def _day_as_named(shown: date, today: date) -> str:
    distance = (shown - today).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}
    if distance in near:
        return near[distance]
    return f"{shown:%A} {shown.day} {shown:%B}" if abs(distance) < 7 else day(shown)


def known(instant: datetime | None, certainty: str, now: datetime) -> str:
    """An instant with how well it is known (forms.Certainty): "about today at 9pm", "3 March 2026, time not known"."""
    if instant is None:
        return ""
    if certainty == "day":
        return f"{day(instant)}, time not known"
    return f"about {when(instant, now)}" if certainty == "about" else when(instant, now)


def iso(value: date | datetime) -> str:
    """For a `datetime` attribute: the machine's form, in London's offset."""
    return london(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def number(value: int) -> str:
    """As in "1,482"."""
    return f"{value:,}"


def span(length: timedelta) -> str:
    """As in "45 min", "6 h", "3 days", rounded down: how long something took or has lasted."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 96 * 60 else f"{minutes // 1440} days"


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]
