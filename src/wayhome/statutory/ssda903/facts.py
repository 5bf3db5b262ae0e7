"""The plain facts a return is made of, as whoever holds them hands them over."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """Who the child is, for the Header. `child` is the council's own number; `sex` is M, F or U."""

    child: str
    sex: str
    born_on: date | None
    ethnicity: str
    upn: str
    mother: str = ""
    mother_of_child_born_on: date | None = None


@dataclass(frozen=True, slots=True)
class CareEpisode:
    """One stretch in one placement under one legal status. `ended_on` is None while it lasts."""

    started_on: date
    reason_started: str
    legal_status: str
    need: str
    placement: str
    provider: str
    ended_on: date | None = None
    reason_ended: str = ""
    reason_placement_changed: str = ""
    home_postcode: str = ""
    placement_postcode: str = ""
    urn: str = ""


@dataclass(frozen=True, slots=True)
class MissingEpisode:
    """One time missing. `kind` is M or A for a looked-after child, anything else for another."""

    started_at: datetime
    ended_at: datetime | None
    kind: str


@dataclass(frozen=True, slots=True)
class ChildRecord:
    """All that the return needs to know of one child, of all years."""

    facts: ChildFacts
    care: tuple[CareEpisode, ...] = ()
    missing: tuple[MissingEpisode, ...] = ()
