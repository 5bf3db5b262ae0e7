"""When owners are asked for an update before a meeting, when they are reminded, and when an answer is late. Pure."""

from datetime import date, timedelta

# A paper has to be put together between the last answer and the meeting.
DUE_BEFORE_MEETING = timedelta(days=3)
# Whoever is asked late still gets so long, if the meeting allows it.
LEAST = timedelta(days=2)
# Who has not answered is reminded once, so long before the answer is due.
CHASE_BEFORE_DUE = timedelta(days=2)


def is_time_to_ask(today: date, meeting_on: date, ask_days_before: int) -> bool:
    """From so many days before the meeting on, until the meeting."""
    return meeting_on - timedelta(days=ask_days_before) <= today <= meeting_on


def due_on(asked_on: date, meeting_on: date) -> date:
    """By when an answer is due: three days before the meeting, or two days from asking, and not after the meeting."""
    return max(meeting_on - DUE_BEFORE_MEETING, min(asked_on + LEAST, meeting_on))


def is_time_to_chase(today: date, due: date, asked_on: date, times_chased: int) -> bool:
    """Once, from two days before it is due on, and never on the day of asking."""
    return times_chased == 0 and today > asked_on and today >= due - CHASE_BEFORE_DUE


def days_late(today: date, due: date) -> int:
    """Nought on the last day and before it."""
    return max((today - due).days, 0)
