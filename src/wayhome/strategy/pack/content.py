"""What a board pack says, the same for the PDF and for Word. Pure: a plan goes in, words come out.

It must not flatter: not rated stands beside the colours; what is said to go well is held against what speaks against
it; what is cut short says how much was left out and where it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from wayhome.strategy.pack.action_words import ActionBlock, action_block
from wayhome.strategy.pack.measured import MeasureBlock, measure_blocks
from wayhome.strategy.pack.words import (
    NONE,
    RATINGS,
    WORDS,
    counted,
    group_title,
    letter_of,
    printable,
    shortened,
)
from wayhome.strategy.rules.comparing import Comparison, compare
from wayhome.strategy.rules.due import written
from wayhome.strategy.rules.plan_file import CommitmentFact, GroupingFact, PlanFile
from wayhome.strategy.rules.standing import ENDED, needs_remedy
from wayhome.strategy.rules.summary import Stood, Summary, summary_of
from wayhome.strategy.vocabulary import Axis

# The first page names so many; the lists behind it name all.
NAMED_FIRST = 8
LONGEST_NAME = 90


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One colour: its letter and name, what it means in this plan, and how many actions have it."""

    letter: str
    name: str
    means: str
    actions: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The actions of one priority by rating. `letters`: one for each action, in the order of the colours."""

    title: str
    letters: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Noted:
    """One action on a list, and what is to be said of it there."""

    reference: str
    letter: str
    what: str
    lead: str
    said: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What is not as it should be: how many, in a sentence, and which."""

    key: str
    title: str
    sentence: str
    noted: tuple[Noted, ...]

    @property
    def first(self) -> str:
        """The first references, and how many more there are."""
        named = ", ".join(each.reference for each in self.noted[:NAMED_FIRST])
        more = len(self.noted) - NAMED_FIRST
        return f"{named} and {more} more" if more > 0 else named


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one action since it was last presented."""

    reference: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Movement:
    """What moved since the plan was last presented. `sentence` says so also where nothing did, or never was."""

    title: str
    sentence: str
    ratings: tuple[Move, ...] = ()
    dates: tuple[Move, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the body. `outcome` is empty until it is decided."""

    question: str
    recommended: str
    outcome: str
    when: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment that no live action serves."""

    group: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A priority with its actions in full."""

    title: str
    about: tuple[str, ...]
    actions: tuple[ActionBlock, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The plan as it was presented before, and what that is called."""

    name: str
    file: PlanFile


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round the plan: for whom, as at when, and who made it."""

    partnership: str
    # "As presented to the Board on 3 March 2026", or empty: as it is now.
    presented: str
    signed: str
    # Which meeting it is for; empty where none was chosen.
    meeting: str
    made_by: str
    made_at: str
    as_at: str
    day: date


@dataclass(frozen=True, slots=True)
class PackContent:
    """Everything in a pack, in its order."""

    title: str
    about: str
    frame: Frame
    headline: str
    beneath: str
    ratings: tuple[RatingLine, ...]
    by: str
    groups: tuple[GroupLine, ...]
    notices: tuple[Notice, ...]
    movement: Movement
    decisions: tuple[Asked, ...]
    promises: tuple[Promise, ...]
    promised: str
    measures: tuple[MeasureBlock, ...]
    parts: tuple[PlanPart, ...]

    @property
    def actions(self) -> int:
        """How many stand in the plan in full."""
        return sum(len(part.actions) for part in self.parts)


def pack_of(
    plan: PlanFile, frame: Frame, *, earlier: Earlier | None = None, decisions: Sequence[Asked] = ()
) -> PackContent:
    """The pack of a plan, judged on the day of its frame."""
    summary = summary_of(plan, frame.day)
    made = PackContent(
        title=plan.title,
        about=_about(plan),
        frame=frame,
        headline=headline(summary),
        beneath=said_to_go_well(summary),
        ratings=_ratings(plan, summary),
        by=_by(plan).label.lower(),
        groups=_groups(plan, summary),
        notices=tuple(_notices(summary)),
        movement=_movement(plan, earlier),
        decisions=tuple(decisions),
        promises=_promises(plan, summary.unserved),
        promised=_promised(summary),
        measures=measure_blocks(plan),
        parts=_parts(plan, frame.day),
    )
    return printable(made)


def _about(plan: PlanFile) -> str:
    """Whose plan it is, under which strategy, and for which time."""
    told = [f"Plan of {plan.body}" if plan.body else "", plan.document]
    if plan.starts_on and plan.ends_on:
        told.append(f"{written(plan.starts_on)} to {written(plan.ends_on)}")
    return ". ".join(each for each in told if each)


def headline(summary: Summary) -> str:
    """The whole plan in one sentence: every action is in it once."""
    if not summary.actions:
        return "There is no action in this plan yet."
    told = [
        f"{summary.by_rating[rating]} {WORDS[rating].lower()}"
        for rating in RATINGS
        if summary.by_rating[rating]
    ]
    return f"{counted(summary.actions, 'action')}: {', '.join(told)}."


def said_to_go_well(summary: Summary) -> str:
    """How much of what is blue or green has nothing said against it."""
    well = summary.by_rating["blue"] + summary.by_rating["green"]
    if not well:
        return ""
    doubtful = {
        each.action.id
        for each in (*summary.contradicted, *summary.stale, *summary.overdue)
        if each.standing.rating in ("blue", "green")
    }
    if not doubtful:
        return f"Nothing on record speaks against the {well} that are blue or green."
    be = "is" if len(doubtful) == 1 else "are"
    return f"Of the {well} that are blue or green, {len(doubtful)} {be} contradicted by a measure, overdue or stale."


def _ratings(plan: PlanFile, summary: Summary) -> tuple[RatingLine, ...]:
    means = {fact.rating: fact.words for fact in plan.key}
    return tuple(
        RatingLine(
            letter_of(rating),
            WORDS[rating],
            _means(plan, rating, means.get(rating, "")),
            summary.by_rating[rating],
        )
        for rating in RATINGS
    )


def _means(plan: PlanFile, rating: str, words: str) -> str:
    if rating == NONE:
        return words or "Nobody has said how it stands"
    remedy = "needs remedial action" if needs_remedy(rating, plan.key) else ""
    if remedy and "remedial" not in words.lower():
        return f"{words}: {remedy}" if words else remedy.capitalize()
    return words or "Not said in this plan"


# Plans on paper have one of these, or several; the pack follows the first that there is.
_AXES: Final = (Axis.PRIORITY, Axis.AMBITION, Axis.SECTION)


def _by(plan: PlanFile) -> Axis:
    there = {each.axis for each in plan.groupings}
    return next((axis for axis in _AXES if axis in there), Axis.PRIORITY)


def _groups(plan: PlanFile, summary: Summary) -> tuple[GroupLine, ...]:
    axis = _by(plan)
    if axis == Axis.PRIORITY:
        lines = [(each.grouping, each.counts) for each in summary.by_priority]
        return tuple(_group(found, tuple(counts[rating] for rating in RATINGS)) for found, counts in lines)
    return tuple(
        _group(found, tuple(sum(1 for each in stood if each == rating) for rating in RATINGS))
        for found, stood in _rated_by(plan, axis)
        if found or stood
    )


def _rated_by(plan: PlanFile, axis: Axis) -> Iterable[tuple[GroupingFact | None, list[str]]]:
    groups = [each for each in plan.groupings if each.axis == axis]
    kept = [action for action in plan.actions if action.state not in ENDED]
    for group in (*groups, None):
        wanted = group.id if group else None
        yield (
            group,
            [
                (action.rating.rating if action.rating else NONE)
                for action in kept
                if getattr(action, f"{axis}_id") == wanted
            ],
        )


def _group(found: GroupingFact | None, counts: tuple[int, ...]) -> GroupLine:
    letters = "".join(letter_of(rating) * count for rating, count in zip(RATINGS, counts, strict=True))
    return GroupLine(group_title(found), letters, counts)


def _notices(summary: Summary) -> Iterable[Notice]:
    """What needs the body's eye, the gravest first. A list with nothing on it is said to be empty."""
    lists = (
        ("contradicted", "Contradicted by a measure", summary.contradicted, "contradicted"),
        ("remedy", "Off target, and no remedial action is written", summary.missing_remedy, ""),
        ("overdue", "Past the day it was due", summary.overdue, "overdue"),
        ("stale", "Rated too long ago", summary.stale, "stale"),
        ("unrated", "Not rated", summary.unrated, ""),
        ("stalled", "Stalled, or without an update", summary.stalled, "stalled"),
        ("unresolved", "Nobody who can be asked", summary.unresolved, ""),
    )
    for key, title, stood, field in lists:
        noted = tuple(_noted(each, key, field) for each in stood)
        yield Notice(key, title, _how_many(len(noted), summary.actions), noted)


def _how_many(count: int, of: int) -> str:
    return f"{counted(count, 'action')} of {of}" if count else "None"


def _noted(stood: Stood, key: str, field: str) -> Noted:
    action = stood.action
    said = str(getattr(stood.standing, field)) if field else ""
    if key == "unresolved":
        names = ", ".join(stood.standing.unresolved)
        said = f"Written as “{names}”" if names else "No lead"
    leads = [owner.name for owner in action.owners if owner.part == "lead"]
    return Noted(
        action.reference,
        letter_of(stood.standing.rating),
        shortened(action.title or action.text, LONGEST_NAME),
        ", ".join(leads) or "Nobody",
        said,
    )


def _movement(plan: PlanFile, earlier: Earlier | None) -> Movement:
    if earlier is None:
        return Movement(
            "Movement", "This plan was not presented before, so there is nothing to compare with."
        )
    found = compare(earlier.file, plan)
    title = f"Movement since it was {earlier.name.removeprefix('As ')}"
    return Movement(
        title,
        _moved(found),
        tuple(
            Move(each.after.reference, _name(each.after), each.rating.before, each.rating.after)
            for each in found.rated
            if each.rating
        ),
        tuple(
            Move(each.after.reference, _name(each.after), each.due.before, each.due.after)
            for each in found.redated
            if each.due
        ),
        tuple(_others(found)),
    )


def _name(action: object) -> str:
    return shortened(getattr(action, "title", "") or getattr(action, "text", ""), LONGEST_NAME)


def _moved(found: Comparison) -> str:
    told = [
        (len(found.rated), "rating", "moved"),
        (len(found.redated), "date", "moved"),
        (len(found.added), "action", "new"),
        (len(found.ended), "action", "ended"),
    ]
    words = [f"{counted(count, noun)} {verb}" for count, noun, verb in told if count]
    return f"{', '.join(words)}." if words else "No rating and no date moved; no action is new or ended."


def _others(found: Comparison) -> Iterable[str]:
    for action in found.added:
        yield f"New: {action.reference}, {_name(action)}"
    for action in found.ended:
        because = f" Because: {action.ended_because}" if action.ended_because else ""
        yield f"Ended: {action.reference}, {_name(action)}.{because}"
    for text in found.promised:
        yield f"New commitment: {text}"
    for text in found.no_longer_promised:
        yield f"No longer promised: {text}"


def _promises(plan: PlanFile, unserved: Iterable[CommitmentFact]) -> tuple[Promise, ...]:
    titles: dict[UUID | None, str] = {each.id: group_title(each) for each in plan.groupings}
    return tuple(Promise(titles.get(each.grouping_id, ""), each.text) for each in unserved)


def _promised(summary: Summary) -> str:
    if not summary.commitments:
        return "This plan has no commitments beside its actions."
    if not summary.unserved:
        return (
            f"Every one of the {counted(summary.commitments, 'commitment')} has a live action that serves it."
        )
    return f"{len(summary.unserved)} of {counted(summary.commitments, 'commitment')} have no live action."


def _parts(plan: PlanFile, day: date) -> tuple[PlanPart, ...]:
    axis = _by(plan)
    ended = [action for action in plan.actions if action.state in ENDED]
    found = []
    for group in (*(each for each in plan.groupings if each.axis == axis), None):
        wanted = group.id if group else None
        actions = [
            action
            for action in plan.actions
            if action.state not in ENDED and getattr(action, f"{axis}_id") == wanted
        ]
        if group or actions:
            blocks = tuple(action_block(action, plan, day, beside=axis) for action in actions)
            found.append(PlanPart(group_title(group), _about_group(group), blocks))
    if ended:
        blocks = tuple(action_block(action, plan, day, beside=axis) for action in ended)
        found.append(PlanPart("Cancelled or replaced", (), blocks))
    return tuple(found)


def _about_group(group: GroupingFact | None) -> tuple[str, ...]:
    if group is None:
        return ()
    told = (group.aim, group.approach, f"Led by {group.lead}" if group.lead else "")
    return tuple(each for each in told if each)
