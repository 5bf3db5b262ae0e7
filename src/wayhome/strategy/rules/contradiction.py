"""Whether a measure says the opposite of a rating.

Source of the rules for what is more than usual variation: Donald J. Wheeler, Understanding Variation (1993), as in
kernel/control_chart.py. The months before the action was to show are the baseline; its limits stay where they are, and
the months since are held against them.
"""

from wayhome.kernel.control_chart import control_chart, signals_at
from wayhome.strategy.rules.measure_words import measure_word
from wayhome.strategy.rules.measures import without_gaps
from wayhome.strategy.rules.plan_file import ActionFact, MeasureFact

# The colours that say it goes well.
GOING_WELL = ("blue", "green")
SHOULD = {
    "down": "should bring them down",
    "up": "should bring them up",
    "steady": "should keep them as they were",
}


def contradiction_of(action: ActionFact) -> str:
    """What contradicts the rating, in words: the first measure that does. Nothing where none does, or none can."""
    rating = action.rating.rating if action.rating else ""
    if rating not in GOING_WELL:
        return ""
    found = (against(measure) for measure in action.measures)
    said = next((words for words in found if words), "")
    return f"{rating.capitalize()}, but {said}" if said else ""


def against(measure: MeasureFact) -> str:
    """How a measure moved the wrong way, beyond its usual variation; nothing if it did not.

    It has to be so in the last month that is known: what went wrong and came right again contradicts nothing.
    """
    before, since = split(measure)
    known = [value for value in since if value is not None]
    chart = control_chart(before)
    if not known or chart.mean is None or chart.lower is None or chart.upper is None:
        return ""
    now = sum(known) / len(known)
    if not _is_wrong(measure, now - chart.mean) or _reached(measure, now):
        return ""
    while since[-1] is None:
        since = since[:-1]
    if not signals_at(since, len(since) - 1, chart.mean, chart.lower, chart.upper):
        return ""
    return _words(measure, chart.mean, now)


def split(measure: MeasureFact) -> tuple[list[float | None], list[float | None]]:
    """The months before the action was to show, and those since."""
    turn = measure.since.replace(day=1)
    before: list[float | None] = []
    since: list[float | None] = []
    for point in without_gaps(measure.points):
        value = None if point.value is None else float(point.value)
        (before if point.month < turn else since).append(value)
    return before, since


def _is_wrong(measure: MeasureFact, change: float) -> bool:
    return {"down": change > 0, "up": change < 0}.get(measure.direction, change != 0)


def _reached(measure: MeasureFact, now: float) -> bool:
    """Whether the target is met all the same."""
    if measure.target is None or measure.direction == "steady":
        return False
    target = float(measure.target)
    return now <= target if measure.direction == "down" else now >= target


def _words(measure: MeasureFact, before: float, now: float) -> str:
    word = measure_word(measure.key)
    moved = f"went from {word.said(before)} to {word.said(now)}{word.per}"
    return f"{word.name} {moved} while the action {SHOULD[measure.direction]}"
