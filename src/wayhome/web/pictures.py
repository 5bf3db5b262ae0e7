"""Geometry of the drawings made on the server. Pure: times and counts in, positions out; templates draw them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import cos, pi, sin
from typing import Literal

from wayhome.kernel.clock import london, london_day, start_of_day
from wayhome.kernel.deadline import Deadline
from wayhome.web.showing import clock_time

WIDTH = 1000
RIGHT = 12  # room for the line of now
LABELS = 150  # the names of lanes, left of the strip
LANE = 34
AXIS = 30


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted. `until` None: it still does. `shape` "band" is quiet, "bar" is strong, "outline" is a
    level of the police risk, which is an outlined tag everywhere. "step": a level of exploitation, `height` of four
    segments high.
    """

    since: datetime
    until: datetime | None
    title: str
    shape: Literal["band", "bar", "outline", "step"] = "bar"
    label: str = ""
    height: int = 4


@dataclass(frozen=True, slots=True)
class Point:
    """Something that happened at an instant."""

    at: datetime
    title: str
    is_filled: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the strip, with its name."""

    name: str
    spans: Sequence[Span] = ()
    points: Sequence[Point] = ()


@dataclass(frozen=True, slots=True)
class DrawnSpan:
    """A span with its place."""

    span: Span
    x: float
    width: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane with the places of what is on it."""

    name: str
    y: float
    spans: list[DrawnSpan]
    points: list[tuple[Point, float]]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the strip with its word."""

    x: float
    word: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything a template needs to draw the strip."""

    width: int
    height: int
    left: int
    lanes: list[DrawnLane]
    ticks: list[Tick]
    now: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """From instants to places."""

    since: datetime
    until: datetime

    def place(self, at: datetime) -> float:
        """How far along, held to the ends of the strip."""
        share = (at - self.since) / (self.until - self.since)
        return round(LABELS + (WIDTH - RIGHT - LABELS) * min(max(share, 0), 1), 1)

    def shows(self, since: datetime, until: datetime) -> bool:
        """True if any of it falls on the strip."""
        return until >= self.since and since <= self.until


def timeline(lanes: Sequence[Lane], since: datetime, until: datetime, now: datetime) -> Timeline:
    """A strip of lanes from one instant to another. What lies outside is left out, what sticks out is cut."""
    scale = Scale(since, max(until, since + timedelta(hours=1)))
    return Timeline(
        width=WIDTH,
        height=AXIS + LANE * len(lanes),
        left=LABELS,
        lanes=[drawn_lane(lane, AXIS + LANE * row, scale, now) for row, lane in enumerate(lanes)],
        ticks=ticks(scale),
        now=scale.place(now) if scale.since <= now <= scale.until else None,
    )


def drawn_lane(lane: Lane, y: float, scale: Scale, now: datetime) -> DrawnLane:
    """A lane, bands under bars."""
    spans = sorted(lane.spans, key=lambda span: span.shape != "band")
    shown = [drawn_span(span, scale, now) for span in spans if scale.shows(span.since, span.until or now)]
    points = [(point, scale.place(point.at)) for point in lane.points if scale.shows(point.at, point.at)]
    return DrawnLane(lane.name, y, shown, points)


def drawn_span(span: Span, scale: Scale, now: datetime) -> DrawnSpan:
    """A span, never narrower than can be seen."""
    x = min(scale.place(span.since), WIDTH - RIGHT - 4)
    end = scale.place(span.until or now)
    return DrawnSpan(span, x, round(max(end - x, 4), 1), span.until is None)


def ticks(scale: Scale) -> list[Tick]:
    """Months, or days or hours if the strip is short, or years if it is long: never more than a dozen or so."""
    if scale.until - scale.since <= timedelta(days=2):
        return hour_ticks(scale)
    first, last = london_day(scale.since), london_day(scale.until)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months < 2:
        return day_ticks(first, last, scale)
    every = next(step for step in (1, 2, 3, 6, 12, 24, 60, 1200) if months / step <= 12)
    starts = (
        date(first.year + month // 12, month % 12 + 1, 1)
        for month in range(first.month, first.month + months)
    )
    shown = [start for start in starts if (start.month - 1) % min(every, 12) == 0]
    return [Tick(scale.place(start_of_day(start)), month_word(start)) for start in shown]


def hour_ticks(scale: Scale) -> list[Tick]:
    """Hours of a London clock, the day's name at midnight."""
    hours = (scale.until - scale.since) / timedelta(hours=1)
    every = next(step for step in (1, 2, 3, 6) if hours / step <= 9)
    hour = scale.since.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    shown = []
    while hour <= scale.until:
        if london(hour).hour % every == 0:
            shown.append(Tick(scale.place(hour), hour_word(hour)))
        hour += timedelta(hours=1)
    return shown


def hour_word(instant: datetime) -> str:
    """As in "10pm"; the day at midnight."""
    shown = london(instant)
    return clock_time(instant) if shown.hour else f"{shown.day} {shown:%b}"


def day_ticks(first: date, last: date, scale: Scale) -> list[Tick]:
    """Days, a dozen at most."""
    days = (last - first).days
    every = max(1, -(-days // 10))
    shown = [first + timedelta(days=count) for count in range(1, days + 1, every)]
    return [Tick(scale.place(start_of_day(day)), f"{day.day} {day:%b}") for day in shown]


def month_word(start: date) -> str:
    """As in "Mar"; the year in January."""
    return str(start.year) if start.month == 1 else f"{start:%b}"


@dataclass(frozen=True, slots=True)
class Bar:
    """A count with its word, its place and its height."""

    word: str
    count: int | None
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart, ready to be drawn."""

    width: int
    height: int
    floor: int
    bars: list[Bar] = field(default_factory=list)


def month_bars(counts: Sequence[tuple[str, int | None]]) -> Bars:
    """Counts side by side, the tallest filling the height. A count that is held back (None) has a place and no bar."""
    floor, top = 190, 24
    tallest = max([count or 0 for _word, count in counts] + [1])
    step = WIDTH / max(len(counts), 1)
    bars = [
        Bar(
            word,
            count,
            x=round(step * column + step * 0.15, 1),
            y=round(floor - (floor - top) * (count or 0) / tallest, 1),
            width=round(min(step * 0.7, 90), 1),
            height=round((floor - top) * (count or 0) / tallest, 1),
        )
        for column, (word, count) in enumerate(counts)
    ]
    return Bars(WIDTH, 220, floor, bars)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A clock that fills as time runs out. `gone` is an SVG path of the part that is gone."""

    gone: str
    is_late: bool


def clock_face(deadline: Deadline, now: datetime, within: timedelta = timedelta(hours=72)) -> ClockFace:
    """How much of the last 72 hours before the deadline is gone, as a slice of a circle of radius 8 round 12,12."""
    share = 1 - min(max((deadline.due_at - now) / within, 0), 1)
    if share >= 1:
        return ClockFace("", now >= deadline.due_at)
    angle = share * 2 * pi
    x, y = round(12 + 8 * sin(angle), 2), round(12 - 8 * cos(angle), 2)
    return ClockFace(f"M12 12V4A8 8 0 {int(share > 0.5)} 1 {x} {y}Z", is_late=False)
