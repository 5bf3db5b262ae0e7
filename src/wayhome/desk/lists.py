"""What waits in each list, counted over the children the viewer may see."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from wayhome.access.policies import may
from wayhome.access.roles import Verb
from wayhome.database.reading import answered
from wayhome.exploitation.queries.disagreements import open_count as disagreements_open
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries.first_time import not_asked_count
from wayhome.missing.queries.handover import waiting_count as handed_waiting
from wayhome.missing.queries.hearing import NotHeardAsked, not_heard_count
from wayhome.missing.queries.marks import waiting_by_kind
from wayhome.missing.queries.notifications import waiting_count as told_waiting
from wayhome.missing.queries.repeat import waiting_count as repeats_waiting
from wayhome.missing.queries.screening import referrals_count
from wayhome.people.pack import placed_across

A_SEASON = timedelta(days=90)
Count = Callable[[datetime], int]


def _to_do_after_a_no(now: datetime) -> int:
    today = london_day(now)
    asked = NotHeardAsked(since=start_of_day(today - A_SEASON), until=now, only_to_do=True)
    return not_heard_count(asked, today)


def _not_asked(now: datetime) -> int:
    today = london_day(now)
    return not_asked_count(today - A_SEASON, today + timedelta(days=1))


# Each list that has something to do: whose it is, how many, and what one and several are called.
WAITING: dict[str, tuple[Verb, Count, str, str]] = {
    "notifications": (
        Verb.ANSWER_REPORTS,
        lambda now: answered(told_waiting()),
        "waits for a decision",
        "wait for a decision",
    ),
    "disagreements": (
        Verb.SEE_PATHWAY,
        lambda now: disagreements_open(),
        "not ended yet",
        "not ended yet",
    ),
    "repeat": (
        Verb.SEE_REPEAT,
        lambda now: repeats_waiting(),
        "return waits for a decision",
        "returns wait for a decision",
    ),
    "not_heard": (
        Verb.OFFER_INTERVIEW,
        _to_do_after_a_no,
        "with something to do after a no, in 90 days",
        "with something to do after a no, in 90 days",
    ),
    "marks": (
        Verb.READ_INTERVIEW,
        lambda now: sum(answered(waiting_by_kind()).values()),
        "waits to be taken up",
        "wait to be taken up",
    ),
    "handovers": (Verb.HAND_OVER, lambda now: handed_waiting(), "not taken over yet", "not taken over yet"),
    "referrals": (
        Verb.SCREEN_SUBSTANCES,
        lambda now: referrals_count(),
        "without an outcome",
        "without an outcome",
    ),
    "first_time": (
        Verb.SEE_REPEAT,
        _not_asked,
        "child not invited yet, in 90 days",
        "children not invited yet, in 90 days",
    ),
    "out_of_area": (
        Verb.WATCH_OUT_OF_AREA,
        lambda now: len(placed_across(london_day(now))),
        "child",
        "children",
    ),
}


def waits_in_lists(viewer: Viewer, now: datetime) -> dict[str, str]:
    """What waits in each list, in words. One query for a list, and none for one that is not theirs."""
    return dict(_waits(viewer, now))


def _waits(viewer: Viewer, now: datetime) -> Iterator[tuple[str, str]]:
    for name, (verb, count, one, several) in WAITING.items():
        if may(viewer, verb):
            found = count(now)
            yield name, f"{found:,} {one if found == 1 else several}" if found else "None now"
