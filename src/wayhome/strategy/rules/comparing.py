"""What is different between two states of one plan: a snapshot and today, or two snapshots. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wayhome.strategy.rules.comparing_parts import (
    ListChange,
    PartChange,
    list_changes,
    part_changes,
    places_of,
)
from wayhome.strategy.rules.due import written
from wayhome.strategy.rules.plan_file import ActionFact, CommitmentFact, OwnerFact, PlanFile
from wayhome.strategy.rules.word_by_word import TextChange, text_changes
from wayhome.strategy.vocabulary import ActionState, DueKind, Frequency, OwnerPart, RatingValue

ENDED = (ActionState.CANCELLED, ActionState.SUPERSEDED)
TEXTS = (("title", "Title"), ("text", "Action"), ("evidence", "Evidence that will show it"))


@dataclass(frozen=True, slots=True)
class Moved:
    """What something was and is, in words."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ActionChange:
    """One action that stands in both. What did not change is None or empty."""

    before: ActionFact
    after: ActionFact
    rating: Moved | None
    due: Moved | None
    state: Moved | None
    owners_gone: tuple[str, ...]
    owners_come: tuple[str, ...]
    texts: tuple[TextChange, ...]
    lists: tuple[ListChange, ...]

    @property
    def is_any(self) -> bool:
        """True if something is different."""
        told = (self.rating, self.due, self.state, self.owners_gone, self.owners_come, self.texts, self.lists)
        return any(told)


@dataclass(frozen=True, slots=True)
class RatingCount:
    """How many live actions have a rating, then and later."""

    rating: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs. Actions stand in the order of the later plan."""

    added: tuple[ActionFact, ...]
    ended: tuple[ActionFact, ...]
    changed: tuple[ActionChange, ...]
    same: int
    counts: tuple[RatingCount, ...]
    promised: tuple[str, ...]
    no_longer_promised: tuple[str, ...]
    titles: tuple[TextChange, ...]
    # Headings and objectives.
    parts: tuple[PartChange, ...]

    @property
    def rated(self) -> tuple[ActionChange, ...]:
        """The actions whose rating moved."""
        return tuple(each for each in self.changed if each.rating)

    @property
    def redated(self) -> tuple[ActionChange, ...]:
        """The actions whose date moved."""
        return tuple(each for each in self.changed if each.due)

    @property
    def is_any(self) -> bool:
        """True if anything is different at all."""
        return bool(
            self.added
            or self.ended
            or self.changed
            or self.promised
            or self.no_longer_promised
            or self.titles
            or self.parts
        )


def compare(before: PlanFile, after: PlanFile) -> Comparison:
    """What became different between two states of a plan. An action is known by its id, not by its words."""
    old = {action.id: action for action in before.actions}
    new = {action.id: action for action in after.actions}
    both = [_change(old[action.id], action, before, after) for action in after.actions if action.id in old]
    over = [change for change in both if _is_ended(change.after) and not _is_ended(change.before)]
    changed = tuple(change for change in both if change.is_any and change not in over)
    promised_before, promised_after = _promised(before.commitments), _promised(after.commitments)
    return Comparison(
        added=tuple(action for action in after.actions if action.id not in old),
        ended=(
            *(change.after for change in over),
            *(action for action in before.actions if action.id not in new),
        ),
        changed=changed,
        same=len(both) - len(changed) - len(over),
        counts=_counts(before.actions, after.actions),
        promised=tuple(text for text in promised_after if text not in promised_before),
        no_longer_promised=tuple(text for text in promised_before if text not in promised_after),
        titles=tuple(text_changes((("title", "Title of the plan"),), before, after)),
        parts=part_changes(before, after),
    )


def rating_of(action: ActionFact) -> str:
    """The colour that counts. An action that nobody rated is not rated."""
    return action.rating.rating if action.rating else RatingValue.NOT_RATED


def due_in_words(action: ActionFact) -> str:
    """By when, as a reader says it."""
    if action.due_kind == DueKind.DATE and action.due_on:
        return written(action.due_on)
    if action.due_kind == DueKind.MONTH and action.due_on:
        return f"End of {action.due_on:%B %Y}"
    if action.due_kind == DueKind.RECURRING:
        by = f" by {action.review_body}" if action.review_body else ""
        return f"Reviewed{by}: {Frequency(action.frequency).label.lower()}"
    return f"No date ({action.due_words})" if action.due_words else "No date"


def owner_in_words(owner: OwnerFact) -> str:
    """Who, in which part, and who holds the post."""
    holder = f" ({owner.holder})" if owner.holder else ""
    return f"{OwnerPart(owner.part).label}: {owner.name}{holder}"


def _change(before: ActionFact, after: ActionFact, earlier: PlanFile, later: PlanFile) -> ActionChange:
    places = places_of(before, earlier), places_of(after, later)
    old, new = ([owner_in_words(owner) for owner in each.owners] for each in (before, after))
    return ActionChange(
        before=before,
        after=after,
        rating=_moved(RatingValue(rating_of(before)).label, RatingValue(rating_of(after)).label),
        due=_moved(due_in_words(before), due_in_words(after)),
        state=_moved(_state(before), _state(after)),
        owners_gone=tuple(owner for owner in old if owner not in new),
        owners_come=tuple(owner for owner in new if owner not in old),
        texts=tuple(text_changes(TEXTS, before, after)),
        lists=tuple(list_changes(before, after, places)),
    )


def _moved(before: str, after: str) -> Moved | None:
    return Moved(before, after) if before != after else None


def _state(action: ActionFact) -> str:
    return ActionState(action.state).label


def _is_ended(action: ActionFact) -> bool:
    return action.state in ENDED


def _promised(commitments: Sequence[CommitmentFact]) -> list[str]:
    return [each.text for each in commitments if not each.dropped_because]


def _counts(before: Sequence[ActionFact], after: Sequence[ActionFact]) -> tuple[RatingCount, ...]:
    old, new = (
        Counter(rating_of(action) for action in each if not _is_ended(action)) for each in (before, after)
    )
    return tuple(RatingCount(value, old[value], new[value]) for value in RatingValue.values)
