"""The rows of the three tables that we take in, with values as we hold them.

Named tuples, because a return can have millions of rows and nothing else that cannot be changed is as quick.
Blank text and None mean that the file is blank.
"""

from datetime import date
from typing import NamedTuple


class HeaderRow(NamedTuple):
    """One child. `sex` is a letter whatever the file used; `mother` is the file's own word.

    `upn_is_verified` is False for a number with a wrong check letter, or that another child has: it is held
    but proves nothing. It is also False for the codes UN1 to UN5, which say why there is no number.
    """

    row: int
    child: str
    sex: str
    born_on: date | None
    ethnicity: str
    upn: str
    upn_is_verified: bool
    mother: str
    mother_of_child_born_on: date | None


class EpisodeRow(NamedTuple):
    """One episode of care: a stretch of time in one placement under one legal status."""

    row: int
    child: str
    started_on: date
    reason_started: str
    legal_status: str
    need: str
    placement: str
    provider: str
    ended_on: date | None
    reason_ended: str
    reason_placement_changed: str
    home_postcode: str
    placement_postcode: str
    urn: str


class MissingRow(NamedTuple):
    """One time that a looked-after child was missing (M) or away without authorisation (A), in whole days."""

    row: int
    child: str
    born_on: date | None
    kind: str
    started_on: date
    ended_on: date | None
