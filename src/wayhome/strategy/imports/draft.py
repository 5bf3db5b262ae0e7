"""What was understood of a plan, before anybody has looked at it or saved it."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from wayhome.strategy.rules.ratings import Rating


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that was inferred: where, what we made of it, and why. A person may see it otherwise."""

    line: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading under which rows stand, as it is written."""

    line: int
    title: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something promised without an owner, a date or a rating."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Priority:
    """A heading with what it is for and what was promised under it."""

    line: int
    title: str
    objective: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Ambition:
    """A numbered ambition with who leads it and how it is to be reached."""

    line: int
    reference: str
    title: str
    lead: str = ""
    approach: str = ""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One action as it is written. What the plan does not say is empty."""

    line: int
    section: str = ""
    reference: str = ""
    objective: str = ""
    action: str = ""
    responsibility: str = ""
    timescale: str = ""
    evidence: str = ""
    progress: str = ""
    rating: Rating | None = None


# The words of a row, in the order in which they are shown.
TEXTS = tuple(field.name for field in fields(DraftRow) if field.name not in ("line", "rating"))


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """What a colour means in this plan, in its own words."""

    rating: Rating
    meaning: str


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan as it was understood, with every guess."""

    title: str = ""
    vision: str = ""
    statement: str = ""
    sections: tuple[Section, ...] = ()
    priorities: tuple[Priority, ...] = ()
    ambitions: tuple[Ambition, ...] = ()
    rows: tuple[DraftRow, ...] = ()
    key: tuple[KeyEntry, ...] = ()
    guesses: tuple[Guess, ...] = ()

    def rated(self, rating: Rating | None) -> int:
        """How many rows have this rating; None is not rated."""
        return sum(row.rating is rating for row in self.rows)

    def commitments(self) -> Iterator[tuple[Priority, Commitment]]:
        """Every commitment with its priority."""
        return ((priority, made) for priority in self.priorities for made in priority.commitments)


def as_json(draft: PlanDraft) -> dict[str, list[dict[str, Any]]]:
    """The draft for a program. Any: whatever JSON can hold."""
    return {
        "rows": [_without_line(row) for row in draft.rows],
        "commitments": [
            {"priority": priority.title, "text": made.text} for priority, made in draft.commitments()
        ],
        "ambitions": [_without_line(ambition) for ambition in draft.ambitions],
        "guesses": [asdict(guess) for guess in draft.guesses],
    }


def _without_line(thing: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(thing).items() if name != "line"}


def in_order(guesses: Iterable[Guess]) -> tuple[Guess, ...]:
    """As a reader of the file meets them, each once."""
    return tuple(sorted(dict.fromkeys(guesses), key=lambda guess: guess.line))
