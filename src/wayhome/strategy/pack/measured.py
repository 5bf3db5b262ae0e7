"""The measures of a plan in a board pack: one chart for each, with its table and the actions that are judged by it."""

from dataclasses import dataclass

from wayhome.kernel.clock import london_day
from wayhome.kernel.control_chart import RUN, ControlChart
from wayhome.strategy.rules.due import written
from wayhome.strategy.rules.measures import Charted, charted, said
from wayhome.strategy.rules.plan_file import MeasureFact, PlanFile
from wayhome.strategy.rules.standing import ENDED
from wayhome.strategy.vocabulary import Direction

# The signals of kernel/control_chart.py as a narrow column has room for them.
_SHORT = {
    f"{RUN} months or more in a row {side} the mean": f"{RUN} in a row {side} the mean"
    for side in ("above", "below")
} | {
    f"3 of 4 months nearer to the {limit} limit than to the mean": f"3 of 4 near the {limit} limit"
    for limit in ("upper", "lower")
}


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of a measure in words."""

    month: str
    value: float | None
    words: str
    signal: str


@dataclass(frozen=True, slots=True)
class MeasureBlock:
    """One measure: what it counts, which actions it judges, and how it went."""

    key: str
    name: str
    words: str
    unit: str
    as_at: str
    judges: tuple[str, ...]
    usual: str
    latest: str
    # Which months are no usual variation, in a sentence.
    signals: str
    months: tuple[MonthLine, ...]
    chart: ControlChart
    # The place of the first month in which the action was to show; None where nothing is known from before.
    turn: int | None


def measure_blocks(plan: PlanFile) -> tuple[MeasureBlock, ...]:
    """Every measure that an action of the plan is judged by, each once."""
    found: dict[str, list[tuple[str, MeasureFact]]] = {}
    for action in plan.actions:
        if action.state not in ENDED:
            for measure in action.measures:
                found.setdefault(measure.key, []).append((action.reference, measure))
    return tuple(_block(judged) for judged in found.values())


def _block(judged: list[tuple[str, MeasureFact]]) -> MeasureBlock:
    measure = judged[0][1]
    drawn = charted(measure)
    return MeasureBlock(
        key=measure.key,
        name=drawn.kind.name,
        words=drawn.kind.words,
        unit=drawn.kind.unit,
        as_at=f"as at {written(london_day(measure.as_at))}" if measure.as_at else "not read yet",
        judges=tuple(_judges(reference, each, drawn) for reference, each in judged),
        usual=_usual(drawn),
        latest=_latest(drawn),
        signals=_signals(drawn),
        turn=drawn.turn,
        months=tuple(
            MonthLine(
                f"{point.month:%B %Y}",
                None if point.value is None else float(point.value),
                said(point.value, drawn.kind),
                "; ".join(_SHORT.get(words, words) for words in signals),
            )
            for point, signals in zip(drawn.points, drawn.chart.signals, strict=True)
        ),
        chart=drawn.chart,
    )


def _judges(reference: str, measure: MeasureFact, drawn: Charted) -> str:
    target = f", target {said(measure.target, drawn.kind)}" if measure.target is not None else ""
    return f"Action {reference}: {Direction(measure.direction).label.lower()} from {measure.since:%B %Y} on{target}"


def _usual(drawn: Charted) -> str:
    chart = drawn.chart
    if chart.mean is None or chart.lower is None or chart.upper is None:
        return "Too few months are shown to say what is usual."
    mean, lower, upper = (said(value, drawn.kind) for value in (chart.mean, chart.lower, chart.upper))
    if drawn.turn is None or drawn.turn >= len(drawn.points):
        return f"Usually {mean}, and between {lower} and {upper} by chance alone."
    return f"Before {drawn.points[drawn.turn].month:%B %Y} usually {mean}, between {lower} and {upper} by chance alone."


def _signals(drawn: Charted) -> str:
    """The months of each signal. Nothing where there is none."""
    months: dict[str, list[str]] = {}
    for point, signals in zip(drawn.points, drawn.chart.signals, strict=True):
        for words in signals:
            months.setdefault(_SHORT.get(words, words), []).append(f"{point.month:%b %Y}")
    told = [f"{words}: {', '.join(named)}" for words, named in months.items()]
    return f"Signals: {'; '.join(told)}." if told else ""


def _latest(drawn: Charted) -> str:
    last = drawn.latest
    if last is None:
        return "No month can be shown."
    signal = next(
        (
            words
            for point, words in zip(reversed(drawn.points), reversed(drawn.chart.signals), strict=True)
            if point is last
        ),
        (),
    )
    told = "; ".join(signal) if signal else "usual variation"
    return f"{last.month:%B %Y}: {said(last.value, drawn.kind)}, {told}."
