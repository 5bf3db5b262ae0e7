"""How often, when and for how long children were missing in the past. Pure: no database.

The last full year has exactly 747 episodes by exactly 250 young people (the baseline of the partnership's plan). The
shape follows published figures: repeat counts like a negative binomial with a third of children missing once; length
log-normal with a median near seven hours; three in four back within a day.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log
from random import Random
from statistics import NormalDist

from wayhome.config.demonstration.calendar import Calendar, Window, clock_changes, moment_in
from wayhome.config.demonstration.cases import OpenCase
from wayhome.config.demonstration.children import Child, is_child_on
from wayhome.config.demonstration.inventing import LAST_YEAR
from wayhome.kernel.clock import london_day, start_of_day

EPISODES_LAST_YEAR = 747
# Of the looked-after half of it: 40% of the children have two thirds of the episodes.
EPISODES_LOOKED_AFTER = 497
EPISODES_EARLIER = (600, 440)
CHILDREN_EARLIER = (205, 160)

MEDIAN_HOURS, SPREAD = 7.3, 1.72
SHORTEST, LONGEST = timedelta(minutes=35), timedelta(days=11)
# Together 35% of all.
ONCE_ONLY, ONCE_ONLY_LOOKED_AFTER = 0.48, 0.15


class NoRoom(Exception):
    """A child has more episodes than fit into the year."""


@dataclass(frozen=True, slots=True)
class Past:
    """One finished episode: who, and from when to when."""

    child: Child
    seen_at: datetime
    returned_at: datetime

    @property
    def hours(self) -> float:
        """How long it lasted."""
        return (self.returned_at - self.seen_at).total_seconds() / 3600


def past_episodes(
    children: list[Child], cases: list[OpenCase], calendar: Calendar, rng: Random
) -> list[Past]:
    """Every finished episode, oldest first. With the open ones they make the last full year exact."""
    diary = Diary(cases, calendar, rng)
    first_timers = {c.child.number for c in cases if c.case.who.first_time}
    usual = [child for child in children if child.number not in first_timers]
    _last_year(usual, cases, calendar, diary, rng)
    _this_year(usual, cases, calendar, diary, rng)
    for ago, (total, among) in enumerate(zip(EPISODES_EARLIER, CHILDREN_EARLIER, strict=True), start=1):
        who = _eligible((c for c in usual if c.group in ("earlier", "last_year")), calendar.finished(ago))
        rng.shuffle(who)
        who.sort(key=lambda child: child.group != "earlier")
        diary.lay(counted(who[:among], total, rng), calendar.finished(ago))
    return sorted(diary.laid, key=lambda past: past.seen_at)


def _last_year(
    children: list[Child], cases: list[OpenCase], calendar: Calendar, diary: "Diary", rng: Random
) -> None:
    """747 by 250, less what is still open and began in that year."""
    begun = _begun_in(calendar.year(0), cases, calendar)
    # A child who was never missing before takes the place of another if their first time falls into the year.
    newcomers = [number for number in begun if _group_of(number, cases) != "last_year"]
    among = [child for child in children if child.group == "last_year"]
    needed = {c.child.number for c in cases}
    spare = [child for child in reversed(among) if child.number not in needed and not child.care]
    left_out = {child.number for child in spare[: len(newcomers)]}
    among = [child for child in among if child.number not in left_out]
    total = EPISODES_LAST_YEAR - sum(begun[number] for number in newcomers)
    looked_after = [child for child in among if child.care]
    others = [child for child in among if not child.care]
    counts = counted(looked_after, EPISODES_LOOKED_AFTER, rng, begun)
    counts += counted(others, total - EPISODES_LOOKED_AFTER, rng, begun)
    if len(among) + len(newcomers) != LAST_YEAR:
        raise NoRoom
    diary.lay([(child, count - begun.get(child.number, 0)) for child, count in counts], calendar.finished(0))


def _this_year(
    children: list[Child], cases: list[OpenCase], calendar: Calendar, diary: "Diary", rng: Random
) -> None:
    """At the rate of the last full year so far, by fewer of the same children and some new ones."""
    window = calendar.finished(-1)
    total = round(EPISODES_LAST_YEAR * 0.96 * window.days / 365)
    if total < 1:
        return
    who = _eligible((c for c in children if c.group in ("last_year", "this_year")), window)
    rng.shuffle(who)
    who.sort(key=lambda child: bool(child.care), reverse=True)
    among = max(1, min(len(who), round(0.37 * total)))
    step = len(who) / among
    chosen = [who[int(place * step)] for place in range(among)]
    diary.lay(counted(chosen, total, rng), window)


def _begun_in(window: Window, cases: list[OpenCase], calendar: Calendar) -> dict[int, int]:
    """How many open episodes of which child began in this time."""
    begun: dict[int, int] = {}
    for open_case in cases:
        if open_case.seen_at(calendar.now) in window:
            begun[open_case.child.number] = begun.get(open_case.child.number, 0) + 1
    return begun


def _group_of(number: int, cases: list[OpenCase]) -> str:
    return next(c.child.group for c in cases if c.child.number == number)


def _eligible(children: Iterable[Child], window: Window) -> list[Child]:
    """Those who are seven to seventeen in the whole window."""
    if window.days <= 0:
        return []
    first, last = london_day(window.start), london_day(window.end) + LONGEST
    return [child for child in children if is_child_on(child, first) and is_child_on(child, last)]


def counted(
    children: list[Child], total: int, rng: Random, at_least: dict[int, int] | None = None
) -> list[tuple[Child, int]]:
    """How many of a total of episodes each child has: a third have one, the rest share unevenly.

    Sharing by gamma weights is a negative binomial given its sum, so that the sum is exact. Looked-after children
    weigh more. `at_least` says what a child has anyhow (by number).
    """
    floor = {child.number: max(1, (at_least or {}).get(child.number, 0)) for child in children}
    once = _once_only(children, floor, rng)
    again = [child for child in children if child.number not in once]
    if total <= len(children) or not again:
        return [(child, floor[child.number]) for child in children]
    left = total - sum(floor.values())
    for child in again:
        if left > 0 and floor[child.number] == 1:
            floor[child.number], left = 2, left - 1
    weights = [rng.gammavariate(0.75, 1) * (3 if child.care else 1) for child in again]
    for child in rng.choices(again, weights, k=left):
        floor[child.number] += 1
    return [(child, floor[child.number]) for child in children]


def _once_only(children: list[Child], floor: dict[int, int], rng: Random) -> set[int]:
    """The numbers of those who are missing once and not again."""
    once: set[int] = set()
    for is_looked_after, share in ((True, ONCE_ONLY_LOOKED_AFTER), (False, ONCE_ONLY)):
        among = [child.number for child in children if bool(child.care) == is_looked_after]
        possible = [number for number in among if floor[number] == 1]
        once |= set(rng.sample(possible, min(round(share * len(among)), len(possible))))
    return once


def lengths(count: int, rng: Random) -> list[timedelta]:
    """So many lengths in random order, spread evenly over the distribution so that few already have its shape."""
    normal = NormalDist(log(MEDIAN_HOURS), SPREAD)
    longest = normal.cdf(log(LONGEST.total_seconds() / 3600))
    shares = [(place + rng.uniform(0.01, 0.99)) / count * longest for place in range(count)]
    found = [max(SHORTEST, timedelta(minutes=round(60 * exp(normal.inv_cdf(share))))) for share in shares]
    rng.shuffle(found)
    return found


class Diary:
    """Lays episodes where a child has room: never two at once, none across the first or last day of care."""

    def __init__(self, cases: list[OpenCase], calendar: Calendar, rng: Random) -> None:
        self.laid: list[Past] = []
        self._rng = rng
        self._latest_end = calendar.now - timedelta(days=9)
        self._busy: dict[int, list[tuple[datetime, datetime]]] = {}
        for open_case in cases:
            seen_at = open_case.seen_at(calendar.now)
            self._take(open_case.child, seen_at - timedelta(hours=6), calendar.now)

    def lay(self, counts: list[tuple[Child, int]], window: Window) -> None:
        """Lay all episodes of a window; the first two stretch over the nights on which the clocks change."""
        wanted = [child for child, count in counts for _ in range(count)]
        long_first = sorted(lengths(len(wanted), self._rng), reverse=True)
        self._rng.shuffle(wanted)
        pinned = clock_changes(window)
        for child, length in zip(wanted, long_first, strict=True):
            is_one_night = timedelta(hours=5) < length < timedelta(hours=12)
            if pinned and is_one_night and self._lay_at(child, pinned[-1] - length / 2, length):
                pinned.pop()
            else:
                self._lay_somewhere(child, length, window)

    def _lay_somewhere(self, child: Child, length: timedelta, window: Window) -> None:
        """Somewhere in the window; shorter, if there is no room."""
        for attempt in range(400):
            shortened = max(length / (1 + attempt // 40), SHORTEST)
            if self._lay_at(child, moment_in(window, self._rng), shortened):
                return
        raise NoRoom

    def _lay_at(self, child: Child, seen_at: datetime, length: timedelta) -> bool:
        returned_at = (seen_at + length).replace(second=0, microsecond=0)
        seen_at = seen_at.replace(second=0, microsecond=0)
        if returned_at > self._latest_end or not self._is_free(child, seen_at, returned_at):
            return False
        self._take(child, seen_at, returned_at)
        self.laid.append(Past(child, seen_at, returned_at))
        return True

    def _is_free(self, child: Child, seen_at: datetime, returned_at: datetime) -> bool:
        if not (is_child_on(child, london_day(seen_at)) and is_child_on(child, london_day(returned_at))):
            return False
        breath = timedelta(hours=5)
        taken = self._busy.setdefault(child.number, list(_care_edges(child)))
        place = bisect_left(taken, (seen_at, seen_at))
        before_ends = place == 0 or taken[place - 1][1] + breath <= seen_at
        return before_ends and (place == len(taken) or returned_at + breath <= taken[place][0])

    def _take(self, child: Child, seen_at: datetime, returned_at: datetime) -> None:
        taken = self._busy.setdefault(child.number, sorted(_care_edges(child)))
        taken.insert(bisect_left(taken, (seen_at, returned_at)), (seen_at, returned_at))


def _care_edges(child: Child) -> Iterable[tuple[datetime, datetime]]:
    """The days on which care begins or ends, with the day before and after: no episode lies across them."""
    days = [day for stay in child.care for day in (stay.started_on, stay.ended_on) if day]
    return [
        (start_of_day(day - timedelta(days=1)), start_of_day(day + timedelta(days=1)))
        for day in dict.fromkeys(days)
    ]
