"""Where sources tell different things of one episode, and whose telling counts. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from wayhome.missing.vocabulary import TakenFrom


class Telling(Protocol):
    """What an episode or a report says of the facts that sources may tell differently."""

    last_seen_at: datetime
    noticed_at: datetime | None
    last_seen_place: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that sources told differently, and whether somebody could choose another one than counts."""

    fact: TakenFrom
    told: tuple[datetime | str | None, ...]


def value_of(fact: str, told: Telling) -> datetime | str | None:
    """What is said of a fact; nothing if it is not said."""
    return getattr(told, fact) or None


def differences(reports: Sequence[Telling]) -> list[Difference]:
    """The facts that reports tell differently. What is not told does not differ."""
    found = []
    for fact in TakenFrom:
        told = tuple(value_of(fact, report) for report in reports)
        if len({each for each in told if each is not None}) > 1:
            found.append(Difference(fact, told))
    return found


def counts(fact: str, episode: Telling, report: Telling) -> bool:
    """Whether the episode has this fact as the report tells it."""
    told = value_of(fact, report)
    return told is not None and told == value_of(fact, episode)


def times_only_of(episode: Telling, going: Iterable[Telling], staying: Iterable[Telling]) -> bool:
    """Whether the episode's start is told by reports that go, and by none that stay."""
    is_told = TakenFrom.LAST_SEEN_AT
    return any(counts(is_told, episode, each) for each in going) and not any(
        counts(is_told, episode, each) for each in staying
    )
