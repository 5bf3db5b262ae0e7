"""Geometry of a control chart. Pure: values in, positions out; components/charts.html draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 300
LEFT, RIGHT, TOP, FLOOR = 56, 20, 22, 250


@dataclass(frozen=True, slots=True)
class Reading:
    """One value with its word. A value of None is a gap. `is_signal` is marked by its shape, `is_unsettled` hollow."""

    word: str
    value: float | None
    title: str
    is_signal: bool = False
    is_unsettled: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A reading with its place."""

    reading: Reading
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the chart with its word."""

    y: float
    word: str


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """Everything a template needs. `paths`: the line through the points, one for each run without a gap."""

    width: int
    height: int
    left: int
    right: int
    floor: int
    points: list[Placed]
    paths: list[str]
    words: list[tuple[float, str]]
    mean: Line | None
    limits: list[Line]
    scale: list[Line]


def control_drawing(
    readings: Sequence[Reading],
    mean: float | None,
    lower: float | None,
    upper: float | None,
    unit: str = "",
) -> DrawnChart:
    """A chart from nought to above the largest value or limit. `unit`: what is put behind numbers, as "%"."""
    top = nice_top(max([reading.value or 0 for reading in readings] + [upper or 0]), unit)
    step = (WIDTH - LEFT - RIGHT) / max(len(readings), 1)
    placed = [
        Placed(reading, round(LEFT + step * (place + 0.5), 1), height_of(reading.value, top))
        for place, reading in enumerate(readings)
        if reading.value is not None
    ]
    every = -(-len(readings) // 12)
    words = [
        (round(LEFT + step * (place + 0.5), 1), reading.word)
        for place, reading in enumerate(readings)
        if (len(readings) - 1 - place) % every == 0
    ]
    limits = [
        Line(height_of(limit, top), f"{word} {said(limit, unit)}")
        for word, limit in (("Upper limit", upper), ("Lower limit", lower))
        if limit is not None
    ]
    return DrawnChart(
        WIDTH,
        HEIGHT,
        LEFT,
        WIDTH - RIGHT,
        FLOOR,
        placed,
        paths(readings, placed),
        words,
        None if mean is None else Line(height_of(mean, top), f"Mean {said(mean, unit)}"),
        limits,
        [Line(height_of(top * part / 4, top), said(top * part / 4, unit)) for part in range(5)],
    )


def nice_top(highest: float, unit: str) -> float:
    """A round number at or above the highest value, that quarters well; 100 for shares."""
    if unit == "%":
        return 100.0
    size = 1.0
    while size * 10 < highest:
        size *= 10
    return next(size * times for times in (0.4, 0.8, 2, 4, 6, 8, 10) if size * times >= max(highest, 4))


def height_of(value: float | None, top: float) -> float:
    """How far down a value stands."""
    return round(FLOOR - (FLOOR - TOP) * (value or 0) / top, 1)


def said(value: float, unit: str) -> str:
    """A number as it is written at a line: whole where it is whole or large."""
    return f"{value:.0f}{unit}" if value >= 20 or value == int(value) else f"{value:.1f}{unit}"


def paths(readings: Sequence[Reading], placed: Sequence[Placed]) -> list[str]:
    """SVG paths through neighbours; a gap ends one."""
    waiting, runs = iter(placed), list[list[str]]([[]])
    for reading in readings:
        if reading.value is None:
            runs.append([])
            continue
        point = next(waiting)
        runs[-1].append(f"{point.x} {point.y}")
    return [f"M{'L'.join(run)}" for run in runs if len(run) > 1]
