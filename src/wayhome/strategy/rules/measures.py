"""The measures an action can be judged by: what each is called, what it counts, and which way it should usually go.

The modules that count hand the readings in; what a key means is said here, because plans, snapshots and the Board's
papers outlive any page of measures. More episodes are not always worse: where children are better heard, more may be
told. So the way a measure should go is said anew for each action, and this is only where the question starts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wayhome.kernel.control_chart import ControlChart, control_chart, signals_at
from wayhome.strategy.rules.measure_words import measure_word
from wayhome.strategy.rules.plan_file import MeasureFact, MeasurePoint
from wayhome.strategy.vocabulary import Direction


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """One measure of the whole partnership by month. `of`: what a share is a share of; empty where it is a count.
    `page`: the name of the address at which it is looked at.
    """

    key: str
    of: str
    usually: Direction
    page: str = "measure"

    @property
    def name(self) -> str:
        """What it is called at the head of a chart."""
        word = measure_word(self.key).name
        return word[:1].upper() + word[1:]

    @property
    def words(self) -> str:
        """What the figures are, after the name of the measure."""
        return f"in per cent of {self.of}" if self.of else "by month"

    @property
    def unit(self) -> str:
        """What is put behind a figure."""
        return "%" if self.of else ""


_PATHWAY = "measure_exploitation"
_BACK = "episodes from which the child came back"
KINDS = (
    MeasureKind("episodes", "", Direction.DOWN),
    MeasureKind("children", "", Direction.DOWN),
    MeasureKind("first-time", "episodes", Direction.DOWN),
    MeasureKind("repeat", "episodes", Direction.DOWN),
    MeasureKind("offered", _BACK, Direction.UP),
    MeasureKind("accepted", _BACK, Direction.UP),
    MeasureKind("done", _BACK, Direction.UP),
    MeasureKind("done-in-time", _BACK, Direction.UP),
    MeasureKind("safe-and-well", _BACK, Direction.UP),
    MeasureKind("safe-and-well-on-time", _BACK, Direction.UP),
    MeasureKind("notifications-complete", "notifications received", Direction.UP, "measure_notifications"),
    MeasureKind("worries", "", Direction.UP, _PATHWAY),
    MeasureKind("worries-screened-in-time", "decisions about a worry", Direction.UP, _PATHWAY),
    MeasureKind("worries-answered-in-time", "answers to whoever told a worry", Direction.UP, _PATHWAY),
    MeasureKind("first-assessed-in-time", "first assessments finished", Direction.UP, _PATHWAY),
    MeasureKind("first-planned-in-time", "first plans opened", Direction.UP, _PATHWAY),
    MeasureKind("plans-reviewed-in-time", "reviews of plans held", Direction.UP, _PATHWAY),
    MeasureKind("section-45-asked", "contacts of children on the pathway", Direction.UP, _PATHWAY),
)
BY_KEY: Mapping[str, MeasureKind] = {kind.key: kind for kind in KINDS}
# How far back a chart looks.
CHART_MONTHS = 24


def kind_of(key: str) -> MeasureKind:
    """The measure of a key. One that is not counted any more still has a name: its key."""
    return BY_KEY.get(key) or MeasureKind(key, "", Direction.STEADY)


def said(value: Decimal | float | None, kind: MeasureKind) -> str:
    """A value as it is read: "64%", "128", or that it is held back."""
    return "held back" if value is None else f"{float(value):,.0f}{kind.unit}"


def without_gaps(points: Sequence[MeasurePoint]) -> list[MeasurePoint]:
    """The months from first to last, each once; one that was never read is as one that is held back."""
    if not points:
        return []
    known = {point.month: point for point in points}
    month, last, found = min(known), max(known), []
    while month <= last:
        found.append(known.get(month) or MeasurePoint(month, None))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


@dataclass(frozen=True, slots=True)
class Charted:
    """The last months of a measure with what is usual of them.

    `turn`: the place of the first month in which the action was to show, where what came before says what is usual.
    """

    kind: MeasureKind
    points: tuple[MeasurePoint, ...]
    chart: ControlChart
    turn: int | None = None

    @property
    def latest(self) -> MeasurePoint | None:
        """The last month that may be shown."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


def charted(measure: MeasureFact, *, months: int = CHART_MONTHS) -> Charted:
    """A measure as a control chart of its last months.

    As for a contradiction (contradiction.py), the months before the action was to show are the baseline, and those
    since are held against it; where they are too few, all months shown are held against themselves.
    """
    kind = kind_of(measure.key)
    points = without_gaps(measure.points)
    values = [None if point.value is None else float(point.value) for point in points]
    turn = sum(1 for point in points if point.month < measure.since.replace(day=1))
    highest = 100.0 if kind.of else None
    base, first = control_chart(values[:turn], highest=highest), max(len(points) - months, 0)
    if base.mean is None or base.lower is None or base.upper is None:
        return Charted(kind, tuple(points[first:]), control_chart(values[first:], highest=highest))
    since = values[turn:]
    later = [signals_at(since, place, base.mean, base.lower, base.upper) for place in range(len(since))]
    signals = (*base.signals, *later)[first:]
    chart = ControlChart(tuple(values[first:]), base.mean, base.lower, base.upper, signals)
    return Charted(kind, tuple(points[first:]), chart, max(turn - first, 0))
