"""A plan in figures: what a board is told on one page. Nothing is counted twice, and not rated is never left out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wayhome.kernel.clock import london_day
from wayhome.strategy.rules.plan_file import ActionFact, CommitmentFact, GroupingFact, PlanFile
from wayhome.strategy.rules.standing import ENDED, NOT_RATED, Standing, standing_of

RATINGS = ("blue", "green", "amber", "red", NOT_RATED)


@dataclass(frozen=True, slots=True)
class Stood:
    """An action with how it stands."""

    action: ActionFact
    standing: Standing


@dataclass(frozen=True, slots=True)
class PriorityCount:
    """A priority with its actions by rating. `grouping` is None for those in none."""

    grouping: GroupingFact | None
    counts: Mapping[str, int]

    @property
    def actions(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Movement:
    """A rating that is another one than it was."""

    reference: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands where. Actions that were cancelled or replaced are in `ended` and nowhere else."""

    actions: int
    ended: int
    by_rating: Mapping[str, int]
    by_priority: tuple[PriorityCount, ...]
    # None: nobody asked since when.
    since: date | None
    movement: tuple[Movement, ...]
    overdue: tuple[Stood, ...]
    stale: tuple[Stood, ...]
    contradicted: tuple[Stood, ...]
    unrated: tuple[Stood, ...]
    stalled: tuple[Stood, ...]
    missing_remedy: tuple[Stood, ...]
    unresolved: tuple[Stood, ...]
    commitments: int
    unserved: tuple[CommitmentFact, ...]


def summary_of(plan: PlanFile, today: date, since: date | None = None) -> Summary:
    """A plan in figures on a day, with what moved since another."""
    stood = [Stood(action, standing_of(action, plan, today)) for action in plan.actions]
    kept = [each for each in stood if each.action.state not in ENDED]
    promised = [each for each in plan.commitments if not each.dropped_because]
    return Summary(
        actions=len(kept),
        ended=len(stood) - len(kept),
        by_rating=_by_rating(kept),
        by_priority=_by_priority(plan, kept),
        since=since,
        movement=_movement(kept, since) if since else (),
        overdue=tuple(each for each in kept if each.standing.overdue),
        stale=tuple(each for each in kept if each.standing.stale_days),
        contradicted=tuple(each for each in kept if each.standing.contradicted),
        unrated=tuple(each for each in kept if each.standing.is_unrated),
        stalled=tuple(each for each in kept if each.standing.stalled),
        missing_remedy=tuple(each for each in kept if each.standing.missing_remedy),
        unresolved=tuple(each for each in kept if each.standing.is_live and each.standing.unresolved_owner),
        commitments=len(promised),
        unserved=tuple(each for each in promised if not each.served_by),
    )


def rating_on(action: ActionFact, day: date) -> str:
    """The rating that counted at the end of a day."""
    said = [rating.rating for rating in action.ratings if london_day(rating.at) <= day]
    return said[-1] if said else NOT_RATED


def _by_rating(stood: Iterable[Stood]) -> Mapping[str, int]:
    counts = Counter(each.standing.rating for each in stood)
    return {rating: counts[rating] for rating in RATINGS}


def _by_priority(plan: PlanFile, stood: list[Stood]) -> tuple[PriorityCount, ...]:
    priorities = [each for each in plan.groupings if each.axis == "priority"]
    found = [
        PriorityCount(each, _by_rating(one for one in stood if one.action.priority_id == each.id))
        for each in priorities
    ]
    known = {each.id for each in priorities}
    rest = [each for each in stood if each.action.priority_id not in known]
    return (*found, PriorityCount(None, _by_rating(rest))) if rest else tuple(found)


def _movement(stood: Iterable[Stood], since: date) -> tuple[Movement, ...]:
    moved = (
        Movement(each.action.reference, rating_on(each.action, since), each.standing.rating) for each in stood
    )
    return tuple(each for each in moved if each.before != each.after)
