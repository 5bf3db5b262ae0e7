"""A plan as the rows of its table: the words as they are written in the file, and where each row stands.

What the file said is written again in its own words, as long as they still hold. Where somebody has since given the
action to others or another day, it is written as it is now, so that an old sentence does not go round as the present.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wayhome.strategy.rules.comparing import due_in_words, rating_of
from wayhome.strategy.rules.due import end_of_month
from wayhome.strategy.rules.people_named import read_responsibility
from wayhome.strategy.rules.plan_file import ActionFact, GroupingFact, OwnerFact, PlanFile, UpdateFact
from wayhome.strategy.rules.timescale import DueKind, read_timescale
from wayhome.strategy.vocabulary import LETTERS, ActionState, Axis

ENDED = (ActionState.CANCELLED, ActionState.SUPERSEDED)
OwnerWords = Mapping[UUID, str]
# The two shapes, by what their columns are called. A column that the shape does not have is added if it has words.
NAMES = {
    "reference": "Ref",
    "objective": "Objective",
    "action": "Action",
    "responsibility": "Responsibility",
    "timescale": "Timescale",
    "evidence": "Evidence",
    "progress": "Progress",
    "rating": "BRAG",
}
SIX = ("objective", "action", "responsibility", "timescale", "evidence", "rating")
THREE = ("action", "progress", "rating")


@dataclass(frozen=True, slots=True)
class ShapedRow:
    """One action in the words of the table."""

    action: ActionFact
    section: str
    reference: str
    objective: str
    text: str
    responsibility: str
    timescale: str
    evidence: str
    progress: str
    # A colour, or nothing.
    rating: str

    def cell(self, name: str) -> str:
        """The words of one column."""
        if name == "rating":
            return LETTERS[self.rating] if self.rating else ""
        return str(getattr(self, "text" if name == "action" else name))


@dataclass(frozen=True, slots=True)
class ShapedGroup:
    """Rows under one heading, with the columns they need."""

    heading: GroupingFact | None
    rows: tuple[ShapedRow, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShapedPriority:
    """A priority with what it promises."""

    heading: GroupingFact | None
    promises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShapedPlan:
    """A whole plan, ready to be written."""

    title: str
    key: tuple[tuple[str, str], ...]
    groups: tuple[ShapedGroup, ...]
    priorities: tuple[ShapedPriority, ...]

    @property
    def rows(self) -> Iterator[ShapedRow]:
        """Every row in its order."""
        return (row for group in self.groups for row in group.rows)


def shaped(plan: PlanFile, owner_words: OwnerWords) -> ShapedPlan:
    """The plan as it stands. Actions that were cancelled or replaced are no part of it any more."""
    return ShapedPlan(
        title=plan.title,
        key=tuple((fact.rating, fact.words) for fact in plan.key),
        groups=tuple(_groups(plan, owner_words)),
        priorities=tuple(_priorities(plan)),
    )


def _groups(plan: PlanFile, owner_words: OwnerWords) -> Iterator[ShapedGroup]:
    headings = {each.id: each for each in plan.groupings}
    objectives = {each.id: each.text for each in plan.objectives}
    under: dict[UUID | None, list[ShapedRow]] = {None: []} | {each.id: [] for each in plan.groupings}
    for action in plan.actions:
        if action.state not in ENDED:
            heading = heading_of(action)
            found = headings.get(heading) if heading else None
            title = heading_title(found.axis, found.reference, found.title) if found else ""
            objective = objectives.get(action.objective_id, "") if action.objective_id else ""
            under[heading if heading in headings else None].append(
                _row(action, title, objective, owner_words)
            )
    for heading, rows in under.items():
        found = headings.get(heading) if heading else None
        if rows:
            yield ShapedGroup(found, tuple(rows), columns_of(rows, found))


def heading_of(action: ActionFact) -> UUID | None:
    """The one heading under which its row stands."""
    return action.section_id or action.ambition_id or action.priority_id


def heading_title(axis: str, reference: str, title: str) -> str:
    """As its rows say it. The number of an ambition is no part of its title."""
    return title if axis == Axis.AMBITION else f"{reference} {title}".strip()


def _row(action: ActionFact, section: str, objective: str, owner_words: OwnerWords) -> ShapedRow:
    rating = rating_of(action)
    return ShapedRow(
        action=action,
        section=section,
        reference=action.reference,
        objective=objective,
        text="\n".join(text for text in (action.title, action.text) if text),
        responsibility=responsibility_of(action, owner_words),
        timescale=timescale_of(action),
        evidence=action.evidence,
        progress=progress_of(action.updates),
        rating="" if rating == "not_rated" else rating,
    )


def columns_of(rows: Sequence[ShapedRow], heading: GroupingFact | None) -> tuple[str, ...]:
    """The columns of the shape, and those besides in which something stands."""
    shape = THREE if heading and heading.axis == Axis.AMBITION else SIX
    return tuple(
        name for name in NAMES if name == "reference" or name in shape or any(row.cell(name) for row in rows)
    )


def responsibility_of(action: ActionFact, owner_words: OwnerWords) -> str:
    """Who does it, as the plan words it if they are still the same."""
    owners = [owner_words.get(owner.id) or owner.name for owner in action.owners]
    if not owners or _are_those(action.owner_words, owners):
        return action.owner_words
    return "; ".join(_named(owner) for owner in action.owners)


def _are_those(words: str, owners: Iterable[str]) -> bool:
    said = {named.text for named in read_responsibility(words, set(owners)).everybody}
    return said == set(owners)


def _named(owner: OwnerFact) -> str:
    return f"Lead: {owner.name}" if owner.part == "lead" else owner.name


def timescale_of(action: ActionFact) -> str:
    """When it is due, as the plan words it if it still is; else as it is now, with those words behind."""
    if _is_that(action):
        return action.due_words
    said = due_in_words(action)
    return f"{said} ({action.due_words})" if action.due_words and action.due_words not in said else said


def _is_that(action: ActionFact) -> bool:
    if action.due_kind == DueKind.OPEN and not action.due_words:
        return True
    due = read_timescale(action.due_words).due
    if due is None or due.kind is DueKind.OPEN:
        return action.due_kind == DueKind.OPEN
    if due.kind is DueKind.RECURRING:
        return action.due_kind == due.kind and action.frequency == due.frequency
    return action.due_kind == due.kind and action.due_on == _last_day(due.on, due.kind)


def _last_day(on: date | None, kind: DueKind) -> date | None:
    return end_of_month(on) if on and kind is DueKind.MONTH else on


def progress_of(updates: Sequence[UpdateFact]) -> str:
    """What was said of it last."""
    if not updates:
        return ""
    last = updates[-1]
    parts = (
        last.achieved,
        f"Next: {last.next_steps}" if last.next_steps else "",
        f"In the way: {last.blocker}" if last.blocker else "",
    )
    return "\n".join(part for part in parts if part)


def _priorities(plan: PlanFile) -> Iterator[ShapedPriority]:
    """Every priority, also one that promises nothing, and whatever else has promises under it."""
    promised: dict[UUID | None, list[str]] = {
        each.id: [] for each in plan.groupings if each.axis == Axis.PRIORITY
    }
    for made in plan.commitments:
        if not made.dropped_because:
            promised.setdefault(made.grouping_id, []).append(made.text)
    headings = {each.id: each for each in plan.groupings}
    for heading, promises in promised.items():
        yield ShapedPriority(headings.get(heading) if heading else None, tuple(promises))
