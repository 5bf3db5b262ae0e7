"""What the live measures of the product are called in a sentence, by the keys under which they are handed in."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class MeasureWord:
    """A measure in words. A share is a percentage; anything else is counted by the month."""

    name: str
    is_share: bool = False

    def said(self, value: float | Decimal) -> str:
        """A value as it is written: whole, for a mean of months is no finer than that."""
        return f"{value:.0f}%" if self.is_share else f"{value:.0f}"

    @property
    def per(self) -> str:
        """What follows a value in a sentence."""
        return "" if self.is_share else " a month"


MEASURE_WORDS = {
    "episodes": MeasureWord("episodes"),
    "children": MeasureWord("children missing"),
    "first-time": MeasureWord("first-time episodes", is_share=True),
    "repeat": MeasureWord("repeat episodes", is_share=True),
    "safe-and-well": MeasureWord("safe and well checks done", is_share=True),
    "safe-and-well-on-time": MeasureWord("safe and well checks done on time", is_share=True),
    "offered": MeasureWord("return interviews offered", is_share=True),
    "accepted": MeasureWord("return interviews accepted", is_share=True),
    "done": MeasureWord("return interviews done", is_share=True),
    "done-in-time": MeasureWord("return interviews done in time", is_share=True),
    "notifications-complete": MeasureWord("complete notifications", is_share=True),
    "worries": MeasureWord("worries told about exploitation"),
    "worries-screened-in-time": MeasureWord("worries screened in time", is_share=True),
    "worries-answered-in-time": MeasureWord("worries answered in time", is_share=True),
    "first-assessed-in-time": MeasureWord("first assessments of exploitation in time", is_share=True),
    "first-planned-in-time": MeasureWord("first plans about exploitation in time", is_share=True),
    "plans-reviewed-in-time": MeasureWord("plans about exploitation looked at again in time", is_share=True),
    "section-45-asked": MeasureWord("arrests and charges at which section 45 was asked", is_share=True),
}


def measure_word(key: str) -> MeasureWord:
    """The words of a measure; of one we do not know, its key without hyphens."""
    return MEASURE_WORDS.get(key) or MeasureWord(key.replace("-", " "))
