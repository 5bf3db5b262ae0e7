"""Reads days and times as people type them. Pure: text in, value or None out."""

import re
from datetime import date, time

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WORDS = {"midnight": time(0), "midday": time(12), "noon": time(12)}
TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h ]?(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?(?:m\.?)?(?:hrs?)?")


def read_number(typed: str, *, digits: int = 4) -> int | None:
    """A whole number of so many plain digits at most: other signs count as digits too, such as "²" and "٣"."""
    text = typed.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def read_month(typed: str) -> int | None:
    """1 to 12, from "3", "03", "mar", "Mar." or "March"."""
    text = typed.strip().rstrip(".").lower()
    number = read_number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    whole = {date(2000, month, 1).strftime("%B").lower(): month for month in range(1, 13)}
    fits = {month for name, month in whole.items() if len(text) >= 3 and name.startswith(text)}
    return fits.pop() if len(fits) == 1 else None


def read_year(typed: str, today: date) -> int | None:
    """Four digits as they are; two digits as the year of this century unless that is more than ten years ahead."""
    number = read_number(typed)
    if number is None or len(typed.strip()) not in (2, 4):
        return None
    if len(typed.strip()) == 4:
        return number if 1900 <= number <= 2100 else None
    this_century = today.year // 100 * 100 + number
    return this_century if this_century <= today.year + 10 else this_century - 100


def read_time(typed: str) -> time | None:
    """A time of day, from "22:30", "2230", "10.30pm", "10 pm", "9", "midnight" and their like."""
    text = typed.strip().lower()
    if text in WORDS:
        return WORDS[text]
    found = TIME.fullmatch(text)
    if found is None:
        return None
    return _time(int(found["hour"]), int(found["minute"] or 0), found["half"])


def _time(hour: int, minute: int, half: str | None) -> time | None:
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute == 0:
        return None  # the end of which day? The reader is asked
    return time(hour, minute) if hour < 24 and minute < 60 else None
