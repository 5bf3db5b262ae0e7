"""XmR control charts: what of a series is its usual variation, and what is a signal. Pure.

Source: Donald J. Wheeler, Understanding Variation: The Key to Managing Chaos (1993). Limits are the mean and 2.66 times
the mean moving range on both sides (2.66 = 3 / 1.128). Signals are his three: one point outside the limits; eight
points in a row on one side of the mean; three of four points in a row nearer to one limit than to the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

TO_LIMITS = 2.66
FEWEST_FOR_LIMITS = 6
RUN = 8
# Months that are held back are not like the others: where more than a quarter are, the rest is no fair picture.
FEWEST_SHOWN = 0.75


@dataclass(frozen=True, slots=True)
class ControlChart:
    """The values with what is usual of them. No mean and no limits while there are too few values, or too many gaps.

    `signals`: for each value the rules it meets, in words; empty where it is part of the usual variation.
    """

    values: tuple[float | None, ...]
    mean: float | None
    lower: float | None
    upper: float | None
    signals: tuple[tuple[str, ...], ...]


def control_chart(
    values: Sequence[float | None], *, highest: float | None = None, unsettled: int = 0
) -> ControlChart:
    """A chart of values in their order. None is a gap: a month without a value, or one that is held back.

    A range is between neighbours only, and a run is broken by a gap. No limit is below nought, nor above `highest`
    (100 for shares). The last `unsettled` values are shown, and decide nothing.
    """
    settled = values[: len(values) - unsettled] if unsettled else values
    known = [value for value in settled if value is not None]
    if len(known) < max(FEWEST_FOR_LIMITS, FEWEST_SHOWN * len(settled)):
        return ControlChart(tuple(values), None, None, None, ((),) * len(values))
    ranges = [abs(one - other) for one, other in neighbours(settled)]
    mean = sum(known) / len(known)
    reach = TO_LIMITS * sum(ranges) / len(ranges) if ranges else 0.0
    upper = mean + reach if highest is None else min(mean + reach, highest)
    lower = max(mean - reach, 0.0)
    found = [signals_at(settled, place, mean, lower, upper) for place in range(len(settled))]
    return ControlChart(tuple(values), mean, lower, upper, (*found, *((),) * unsettled))


def neighbours(values: Sequence[float | None]) -> list[tuple[float, float]]:
    """Values next to each other, both known."""
    return [(one, other) for one, other in pairwise(values) if one is not None and other is not None]


def signals_at(
    values: Sequence[float | None], place: int, mean: float, lower: float, upper: float
) -> tuple[str, ...]:
    """The rules that the value at a place meets, with what went before it."""
    value = values[place]
    if value is None:
        return ()
    found = []
    if value > upper or value < lower:
        found.append(f"{'above' if value > upper else 'below'} the limits")
    if side := run_side(values[: place + 1], mean):
        found.append(f"{RUN} months or more in a row {side} the mean")
    if near := near_side(values[max(0, place - 3) : place + 1], mean, lower, upper):
        found.append(f"3 of 4 months nearer to the {near} limit than to the mean")
    return tuple(found)


def run_side(so_far: Sequence[float | None], mean: float) -> str:
    """The side of the mean on which the last eight values lie; nothing if they do not."""
    last = so_far[-RUN:]
    if len(last) < RUN or None in last:
        return ""
    if all(value is not None and value > mean for value in last):
        return "above"
    return "below" if all(value is not None and value < mean for value in last) else ""


def near_side(last: Sequence[float | None], mean: float, lower: float, upper: float) -> str:
    """The limit to which three of the last four values are nearer than to the mean, this one among them."""
    value = last[-1]
    if len(last) < 4 or None in last or value is None:
        return ""
    known = [each for each in last if each is not None]
    for word, limit in (("upper", upper), ("lower", lower)):
        edge = (mean + limit) / 2
        beyond = [each > edge if limit > mean else each < edge for each in known]
        if limit != mean and beyond[-1] and sum(beyond) >= 3:
            return word
    return ""
