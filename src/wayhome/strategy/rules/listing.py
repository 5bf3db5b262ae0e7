"""A plan as a list: the rows somebody asked for, under the headings they chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from wayhome.strategy.rules.plan_file import ActionFact, GroupingFact, ObjectiveFact, PlanFile
from wayhome.strategy.rules.standing import ENDED
from wayhome.strategy.rules.summary import RATINGS, Stood

AXES = ("priority", "section", "ambition")
MARKS = ("overdue", "stale", "contradicted", "stalled", "unresolved")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of a plan, as its address says it. Empty: everything."""

    by: str = ""
    rating: str = ""
    agency: str = ""
    marks: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Self:
        """From the words behind an address; what we do not know is left out."""
        return cls(
            by=said.get("by", "") if said.get("by") in AXES else "",
            rating=said.get("rating", "") if said.get("rating") in RATINGS else "",
            agency=said.get("agency", ""),
            marks=tuple(mark for mark in MARKS if said.get(mark)),
        )

    def query(self, by: str = "") -> str:
        """The words behind the address, under these headings."""
        pairs = [("by", by or self.by), ("rating", self.rating), ("agency", self.agency)]
        pairs += [(mark, "yes") for mark in self.marks]
        return urlencode([pair for pair in pairs if pair[1]])

    @property
    def is_filtered(self) -> bool:
        """Whether anything may be left out."""
        return bool(self.rating or self.agency or self.marks)

    def lets_through(self, stood: Stood) -> bool:
        """Whether a row is asked for: every filter has to agree."""
        return (
            self.rating in ("", stood.standing.rating)
            and (not self.agency or self.agency in {owner.agency for owner in stood.action.owners})
            and all(_marked(stood, mark) for mark in self.marks)
        )


def _marked(stood: Stood, mark: str) -> bool:
    standing = stood.standing
    return bool(
        {
            "overdue": standing.overdue,
            "stale": standing.stale_days,
            "contradicted": standing.contradicted,
            "stalled": standing.stalled,
            "unresolved": standing.is_live and standing.unresolved_owner,
        }[mark]
    )


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one objective, or under none."""

    objective: ObjectiveFact | None
    rows: tuple[Stood, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one heading. `grouping` is None for what stands under none of this kind."""

    grouping: GroupingFact | None
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(part.rows) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows asked for. Ended actions stand apart, whatever was asked."""

    axis: str
    axes: tuple[str, ...]
    blocks: tuple[Block, ...]
    ended: tuple[Stood, ...]
    shown: int
    total: int


def listing_of(plan: PlanFile, stood: Iterable[Stood], asked: Asked) -> Listing:
    """The rows of a plan that were asked for, under the headings that were chosen."""
    everything = list(stood)
    kept = [each for each in everything if each.action.state not in ENDED]
    shown = [each for each in kept if asked.lets_through(each)]
    axes = axes_of(plan)
    axis = asked.by if asked.by in axes else (axes[0] if axes else "")
    blocks = [_block(plan, grouping, shown, axis) for grouping in _headings(plan, axis)]
    return Listing(
        axis=axis,
        axes=axes,
        blocks=tuple(each for each in blocks if each.count or (each.grouping and not asked.is_filtered)),
        ended=tuple(each for each in everything if each.action.state in ENDED),
        shown=len(shown),
        total=len(kept),
    )


def axes_of(plan: PlanFile) -> tuple[str, ...]:
    """The kinds of headings a plan has."""
    return tuple(axis for axis in AXES if any(each.axis == axis for each in plan.groupings))


def _headings(plan: PlanFile, axis: str) -> list[GroupingFact | None]:
    return [*(each for each in plan.groupings if each.axis == axis), None]


def _block(plan: PlanFile, grouping: GroupingFact | None, shown: list[Stood], axis: str) -> Block:
    wanted = grouping.id if grouping else None
    rows = [each for each in shown if grouping_of(each.action, axis) == wanted]
    parts = [
        Part(objective, tuple(each for each in rows if each.action.objective_id == _id(objective)))
        for objective in (None, *plan.objectives)
    ]
    return Block(grouping, tuple(part for part in parts if part.rows))


def grouping_of(action: ActionFact, axis: str) -> UUID | None:
    """The heading of one kind that an action stands under."""
    found: UUID | None = getattr(action, f"{axis}_id") if axis else None
    return found


def _id(objective: ObjectiveFact | None) -> UUID | None:
    return objective.id if objective else None


def agencies_of(plan: PlanFile) -> list[str]:
    """The agencies that own something in a plan, by name."""
    return sorted({owner.agency for action in plan.actions for owner in action.owners if owner.agency})


def by_need(stood: Iterable[Stood]) -> list[Stood]:
    """Those who need somebody, the gravest first: contradicted, late, without remedy, stale, not rated, stalled."""
    needing = [each for each in stood if each.action.state not in ENDED and each.standing.needs_somebody]
    return sorted(needing, key=lambda each: tuple(not word for word in _graveness(each)))


def _graveness(each: Stood) -> tuple[object, ...]:
    standing = each.standing
    return (
        standing.contradicted,
        standing.overdue,
        standing.missing_remedy,
        standing.stale_days,
        standing.is_unrated,
        standing.stalled,
    )
