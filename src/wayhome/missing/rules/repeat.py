"""Reasons to look at a child again that a return meets. Pure: a child's episodes in, triggers with their facts out.

Which numbers count is local: the partnership's own settings replace the defaults. They say when somebody has to look,
never how likely anything is. Source of the kinds: Statutory guidance on children who run away or go missing from home
or care (2014), on repeat missing; three in 90 and in 30 days are what several areas publish in their protocols.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from wayhome.kernel.clock import london_day
from wayhome.kernel.partial_date import Precision, age_on, latest_possible
from wayhome.missing.vocabulary import DECLINED, DIED, InterviewOutcome, RepeatTrigger


@dataclass(frozen=True, slots=True)
class Triggers:
    """The numbers of the triggers. Settings of a partnership replace the defaults (keys as the fields).

    `repeat_off`: codes of triggers that are switched off here (vocabulary.RepeatTrigger).
    `repeat_quarter_*`, `repeat_month_*`, `repeat_many_*`: how many episodes, in how many days in a row.
    `repeat_long_hours`, `repeat_longer_hours`: missing for more than this; exactly this is not more.
    `repeat_young_age`: below this age. `repeat_declined_*`: interviews declined, in how many days.
    """

    repeat_off: tuple[str, ...] = ()
    repeat_quarter_times: int = 3
    repeat_quarter_days: int = 90
    repeat_month_times: int = 3
    repeat_month_days: int = 30
    repeat_many_times: int = 5
    repeat_many_days: int = 30
    repeat_long_hours: int = 24
    repeat_longer_hours: int = 72
    repeat_young_age: int = 13
    repeat_declined_times: int = 2
    repeat_declined_days: int = 365


def triggers_from(settings: dict[str, Any]) -> Triggers:
    """The defaults with what a partnership set for itself in their place."""
    own = {each.name: settings[each.name] for each in fields(Triggers) if each.name in settings}
    return Triggers(**own | {"repeat_off": tuple(own.get("repeat_off", ()))})


class ToldEpisode(Protocol):
    """What the triggers read of an episode."""

    last_seen_at: datetime
    returned_at: datetime | None
    return_method: str
    interview_outcome: str
    cancelled_at: datetime | None
    is_history: bool


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What the triggers read of a child. `placed_away`: first and last day of each placement outside the area."""

    date_of_birth: date | None = None
    birth_precision: str = Precision.UNKNOWN
    placed_away: tuple[tuple[date, date | None], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger that a return met, with the facts that met it in words."""

    trigger: RepeatTrigger
    because: str


def hits(
    episode: ToldEpisode, of_the_child: Sequence[ToldEpisode], child: ChildFacts, numbers: Triggers
) -> list[Hit]:
    """Every trigger that one return meets, looking at it and what went before it. None for a child who has died.

    An episode set aside, one that is not over and one that came as history meet none; of these only one set aside does
    not count for others either.
    """
    if (
        episode.cancelled_at
        or episode.returned_at is None
        or episode.return_method == DIED
        or episode.is_history
    ):
        return []
    so_far = [
        each
        for each in of_the_child
        if each.cancelled_at is None and each.last_seen_at <= episode.last_seen_at
    ]
    found = [
        *_first(so_far),
        *_often(so_far, episode, numbers),
        *_long(episode, numbers),
        *_about_the_child(episode, child, numbers),
        *_declined(so_far, episode, numbers),
    ]
    return [hit for hit in found if hit.trigger not in numbers.repeat_off]


def _first(so_far: Sequence[ToldEpisode]) -> list[Hit]:
    if len(so_far) > 1:
        return []
    return [Hit(RepeatTrigger.FIRST_EVER, "No earlier episode of this child is on record.")]


def _often(so_far: Sequence[ToldEpisode], episode: ToldEpisode, numbers: Triggers) -> list[Hit]:
    asked = (
        (RepeatTrigger.THREE_IN_90_DAYS, numbers.repeat_quarter_times, numbers.repeat_quarter_days),
        (RepeatTrigger.THREE_IN_30_DAYS, numbers.repeat_month_times, numbers.repeat_month_days),
        (RepeatTrigger.FIVE_IN_30_DAYS, numbers.repeat_many_times, numbers.repeat_many_days),
    )
    return [
        Hit(trigger, f"{len(days)} episodes: {_listed(days)}.")
        for trigger, times, in_days in asked
        if len(days := _days_within(so_far, episode, in_days)) >= times
    ]


def _days_within(so_far: Sequence[ToldEpisode], episode: ToldEpisode, in_days: int) -> list[date]:
    """The days on which episodes began, of so many days in a row that end with the day this one began.

    Whole days of a London calendar: a first one on day 1 and a third on day 90 are in 90 days, on day 91 they are not.
    """
    last = london_day(episode.last_seen_at)
    days = sorted(london_day(each.last_seen_at) for each in so_far)
    return [day for day in days if (last - day).days < in_days]


def _listed(days: Sequence[date]) -> str:
    """As in "3 and 9 May 2026", with the first and the last where there are many."""
    said = [f"{day.day} {day:%B %Y}" for day in days]
    if len(said) > 6:
        return f"the first on {said[0]}, the last on {said[-1]}"
    return " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def _long(episode: ToldEpisode, numbers: Triggers) -> list[Hit]:
    if episode.returned_at is None:
        return []
    gone = episode.returned_at - episode.last_seen_at
    asked = (
        (RepeatTrigger.OVER_24_HOURS, numbers.repeat_long_hours),
        (RepeatTrigger.OVER_72_HOURS, numbers.repeat_longer_hours),
    )
    return [
        Hit(trigger, f"Missing for {_hours(gone)}, more than {limit} hours.")
        for trigger, limit in asked
        if gone > timedelta(hours=limit)
    ]


def _hours(gone: timedelta) -> str:
    """As in "25 hours", or "3 days and 2 hours"; minutes where they make the difference."""
    hours, minutes = divmod(gone // timedelta(minutes=1), 60)
    if hours < 48:
        return f"{hours} hours" + (f" and {minutes} minutes" if minutes else "")
    days, hours = divmod(hours, 24)
    return f"{days} days" + (f" and {hours} hours" if hours else "")


def _about_the_child(episode: ToldEpisode, child: ChildFacts, numbers: Triggers) -> list[Hit]:
    """On the day the episode began. Of a birth date known in part the latest that can be: the younger age."""
    day = london_day(episode.last_seen_at)
    found = []
    if child.date_of_birth:
        born = latest_possible(child.date_of_birth, Precision(child.birth_precision))
        if age_on(day, born) < numbers.repeat_young_age:
            found.append(Hit(RepeatTrigger.UNDER_13, f"{age_on(day, born)} years old on the day."))
    if any(since <= day and (until is None or day < until) for since, until in child.placed_away):
        found.append(
            Hit(RepeatTrigger.OUT_OF_AREA, "Placed away from their own authority's area on the day.")
        )
    return found


def _declined(so_far: Sequence[ToldEpisode], episode: ToldEpisode, numbers: Triggers) -> list[Hit]:
    """This interview was declined, and it is not the first. One that is not settled yet says nothing."""
    if not _is_declined(episode):
        return []
    recent = _days_within(
        [each for each in so_far if _is_declined(each)], episode, numbers.repeat_declined_days
    )
    if len(recent) < numbers.repeat_declined_times:
        return []
    said = f"The return interview was declined after {len(recent)} episodes: {_listed(recent)}."
    return [Hit(RepeatTrigger.DECLINED_TWICE, said)]


def _is_declined(episode: ToldEpisode) -> bool:
    return episode.interview_outcome in {InterviewOutcome(each).value for each in DECLINED}


def title_of(trigger: str, numbers: Triggers) -> str:
    """What a trigger is called with this partnership's numbers in it."""
    named = {
        RepeatTrigger.THREE_IN_90_DAYS: f"{numbers.repeat_quarter_times} times in"
        f" {numbers.repeat_quarter_days} days",
        RepeatTrigger.THREE_IN_30_DAYS: f"{numbers.repeat_month_times} times in"
        f" {numbers.repeat_month_days} days",
        RepeatTrigger.FIVE_IN_30_DAYS: f"{numbers.repeat_many_times} times in {numbers.repeat_many_days} days",
        RepeatTrigger.OVER_24_HOURS: f"Missing for more than {numbers.repeat_long_hours} hours",
        RepeatTrigger.OVER_72_HOURS: f"Missing for more than {numbers.repeat_longer_hours} hours",
        RepeatTrigger.UNDER_13: f"Under {numbers.repeat_young_age} years old",
        RepeatTrigger.DECLINED_TWICE: f"Return interview declined {numbers.repeat_declined_times} times",
    }
    return named.get(RepeatTrigger(trigger), str(RepeatTrigger(trigger).label))
