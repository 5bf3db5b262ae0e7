"""What stands above the rows of a group, as the reader of files knows it again."""

from collections.abc import Iterator

from wayhome.strategy.exports.shape import NAMES, ShapedGroup, ShapedPlan, ShapedPriority, heading_title
from wayhome.strategy.imports.markup import one_line
from wayhome.strategy.vocabulary import Axis

# The names by which the reader of files knows a table of what is promised.
PROMISED = ("Priority", "Objective", "Commitment")


def heading_lines(group: ShapedGroup) -> tuple[str, ...]:
    """The heading; of an ambition with its number, its lead and how it is to be reached."""
    heading = group.heading
    if heading is None:
        return ()
    if heading.axis != Axis.AMBITION:
        return (one_line(heading_title(heading.axis, heading.reference, heading.title)),)
    lines = (
        f"{heading.reference} Ambition: {heading.title}".strip(),
        f"Strategic lead: {heading.lead}" if heading.lead else "",
        f"Approach: {heading.approach}" if heading.approach else "",
    )
    return tuple(one_line(line) for line in lines if line)


def names_of(group: ShapedGroup) -> tuple[str, ...]:
    """The names of its columns. Where there are three, the rating is called as such plans call it."""
    return tuple(
        "RAG" if name == "rating" and len(group.columns) <= 4 else NAMES[name] for name in group.columns
    )


def priority_title(priority: ShapedPriority) -> str:
    """Of what is promised under no heading, that it is."""
    heading = priority.heading
    return f"{heading.reference} {heading.title}".strip() if heading else "Promised apart from the priorities"


def promised(plan: ShapedPlan) -> Iterator[tuple[str, str, str]]:
    """The rows of a table of what is promised."""
    for each in plan.priorities:
        aim = each.heading.aim if each.heading else ""
        for promise in each.promises:
            yield priority_title(each), aim, promise
