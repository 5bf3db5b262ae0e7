"""Rows on their way into tables, and what they refer to. Pure: no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ids:
    """What the rows refer to, by the keys of the plans."""

    people: Mapping[int, UUID]
    teams: Mapping[str, UUID]
    users: Mapping[str, UUID]


class Happened(NamedTuple):
    """One thing somebody did to an episode, as the record tells it."""

    episode: Row
    at: datetime
    who: str
    verb: str
    detail: Row


class Written(NamedTuple):
    """One fact about a child that somebody put down, as the record tells it."""

    person_id: UUID
    kind: str
    id: UUID
    at: datetime
    who: str
    verb: str


@dataclass
class Rows:
    """Rows by model, who put down which, and what happened."""

    of: dict[str, list[Row]] = field(default_factory=dict)
    happened: list[Happened] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    def add(self, model: str, **row: Any) -> Row:
        """Add a row to a table."""
        self.of.setdefault(model, []).append(row)
        return row


def id_at(instant: datetime, rng: Random) -> UUID:
    """An id as `kernel.ids.new_id` would have made it at this instant (UUID version 7)."""
    value = int(instant.timestamp() * 1000) << 80 | rng.getrandbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    return UUID(int=value & ~(0b11 << 62) | (0b10 << 62))
