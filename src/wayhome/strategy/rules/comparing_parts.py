"""What became different in the parts of a plan: its headings and objectives, and what hangs on one action. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from wayhome.strategy.rules.due import written
from wayhome.strategy.rules.measure_words import measure_word
from wayhome.strategy.rules.plan_file import (
    ActionFact,
    EvidenceFact,
    GroupingFact,
    MeasureFact,
    ObjectiveFact,
    PlanFile,
    ResourceFact,
)
from wayhome.strategy.rules.word_by_word import TextChange, text_changes
from wayhome.strategy.vocabulary import Axis, Direction, ResourceState

GROUPING_TEXTS = (
    ("title", "Title"),
    ("aim", "What it is for"),
    ("approach", "Approach"),
    ("lead", "Lead"),
)
OBJECTIVE_TEXTS = (("text", "Objective"),)
T = TypeVar("T", GroupingFact, ObjectiveFact)


@dataclass(frozen=True, slots=True)
class PartChange:
    """A heading or an objective that came, went or is worded otherwise."""

    name: str
    # added, gone or changed
    how: str
    texts: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ListChange:
    """What went from a list and what came to it, each in words."""

    name: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def part_changes(before: PlanFile, after: PlanFile) -> tuple[PartChange, ...]:
    """Headings, then objectives; each is known by its id, in the order of the later plan."""
    return (
        *_parts(before.groupings, after.groupings, grouping_in_words, GROUPING_TEXTS),
        *_parts(before.objectives, after.objectives, objective_in_words, OBJECTIVE_TEXTS),
    )


def _parts(
    before: Sequence[T], after: Sequence[T], named: Callable[[T], str], texts: Sequence[tuple[str, str]]
) -> Iterator[PartChange]:
    old, new = ({each.id: each for each in side} for side in (before, after))
    for each in after:
        if each.id not in old:
            yield PartChange(named(each), "added")
        elif changed := tuple(text_changes(texts, old[each.id], each)):
            yield PartChange(named(each), "changed", changed)
    yield from (PartChange(named(each), "gone") for each in before if each.id not in new)


def grouping_in_words(grouping: GroupingFact) -> str:
    """Of which kind, and what it is called."""
    return f"{Axis(grouping.axis).label} {grouping.reference} {grouping.title}".replace("  ", " ").strip()


def objective_in_words(objective: ObjectiveFact) -> str:
    """That it is an objective, and its words."""
    return f"Objective {objective.reference} {objective.text}".replace("  ", " ").strip()


def places_of(action: ActionFact, plan: PlanFile) -> dict[UUID, str]:
    """The headings and the objective that an action stands under, in words."""
    under = {action.priority_id, action.section_id, action.ambition_id, action.objective_id}
    named = {each.id: grouping_in_words(each) for each in plan.groupings}
    named |= {each.id: objective_in_words(each) for each in plan.objectives}
    return {pk: words for pk, words in named.items() if pk in under}


def list_changes(
    before: ActionFact, after: ActionFact, places: tuple[dict[UUID, str], dict[UUID, str]]
) -> Iterator[ListChange]:
    """Where an action stands, what it needs and hangs on, and what it is judged by, where they differ."""
    old, new = places
    gone = tuple(words for pk, words in old.items() if pk not in new)
    come = tuple(words for pk, words in new.items() if pk not in old)
    if gone or come:
        yield ListChange("Stands under", gone, come)
    for name, words in LISTS.items():
        yield from _list_change(name, words(before), words(after))


def _list_change(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[ListChange]:
    gone = tuple(each for each in before if each not in after)
    come = tuple(each for each in after if each not in before)
    if gone or come:
        yield ListChange(name, gone, come)


def _resource(fact: ResourceFact) -> str:
    said = (f"{fact.what}: {ResourceState(fact.state).label.lower()}", fact.funder, fact.note)
    return ", ".join(each for each in said if each)


def _evidence(fact: EvidenceFact) -> str:
    said = (fact.title, written(fact.dated) if fact.dated else "", fact.where, fact.finding)
    return ", ".join(each for each in said if each)


def _measure(fact: MeasureFact) -> str:
    """Which measure and which way it is to go; how it went is shown where it is drawn."""
    target = "" if fact.target is None else f", to {measure_word(fact.key).said(fact.target)}"
    return f"{measure_word(fact.key).name}: {Direction(fact.direction).label.lower()}{target}"


LISTS: dict[str, Callable[[ActionFact], list[str]]] = {
    "Needs": lambda action: [_resource(each) for each in action.resources],
    "Hangs on": lambda action: list(action.links),
    "Judged by": lambda action: [_measure(each) for each in action.measures],
    "Documents and findings": lambda action: [_evidence(each) for each in action.evidence_items],
}
