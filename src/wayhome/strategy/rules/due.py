"""When an action is due, in words, and by how much it is late. Every kind of due is judged in its own way.

A date is late from the day after. A month is late from the first day of the next. What is reviewed again and again is
late when nobody wrote or rated anything within its frequency. No date is never late.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from wayhome.kernel.clock import london_day
from wayhome.strategy.rules.plan_file import ActionFact

# Months between two reviews. Where a plan does not say how often, nothing can be late.
MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
FREQUENCIES = {
    "monthly": "every month",
    "quarterly": "every quarter",
    "half_yearly": "twice a year",
    "yearly": "every year",
    "unsaid": "again and again",
}


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, if there is one, and what is said of it."""

    last_day: date | None
    words: str

    def days_late(self, today: date) -> int:
        """Nought while it is not late."""
        return max((today - self.last_day).days, 0) if self.last_day else 0


def due_of(action: ActionFact, starts_on: date | None) -> Due:
    """When an action is due. `starts_on`: from when reviews count that nobody has held yet."""
    if action.due_kind == "date" and action.due_on:
        return Due(action.due_on, f"By {written(action.due_on)}")
    if action.due_kind == "month" and action.due_on:
        last = end_of_month(action.due_on)
        return Due(last, f"By the end of {last:%B %Y}")
    if action.due_kind == "recurring":
        return _next_review(action, starts_on)
    return Due(None, "No date")


def _next_review(action: ActionFact, starts_on: date | None) -> Due:
    often = f"Reviewed {FREQUENCIES[action.frequency]}"
    often += f" by {action.review_body}" if action.review_body else ""
    months = MONTHS.get(action.frequency)
    since = last_review(action) or (starts_on - timedelta(days=1) if starts_on else None)
    if months is None or since is None:
        return Due(None, often)
    following = months_later(since, months)
    return Due(following, f"{often}, next by {written(following)}")


def last_review(action: ActionFact) -> date | None:
    """The day on which somebody last said or judged anything of an action."""
    said = [update.at for update in action.updates] + [rating.at for rating in action.ratings]
    return london_day(max(said)) if said else None


def end_of_month(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it is shorter."""
    place = day.year * 12 + day.month - 1 + months
    first = date(place // 12, place % 12 + 1, 1)
    return first.replace(day=min(day.day, end_of_month(first).day))


def written(day: date) -> str:
    """As in "31 March 2026"."""
    return f"{day.day} {day:%B %Y}"
