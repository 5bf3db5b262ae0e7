"""What is missing from a body. Pure: the seats in, the gaps out.

Working Together to Safeguard Children 2023, chapter 2: partners make senior people available who can speak for their
agency, and hold each other to account for taking part.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# One of these is somebody who was there.
THERE = frozenset({"present", "substitute"})
# So many meetings in a row without anybody is a gap.
IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A seat of a body. `came`: its last meetings, the newest first; empty text where nothing was written down."""

    role: str
    agency: str
    post: str
    required: bool
    is_held: bool
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing from a body, in words."""

    seat: str
    what: str


def gaps_of(seats: Iterable[SeatFact]) -> tuple[Gap, ...]:
    """Required seats without a person, required seats nobody came from, and a body without a chair."""
    seats = list(seats)
    found = [gap for seat in seats if seat.required for gap in _gaps(seat)]
    if seats and not any(seat.role == "chair" for seat in seats):
        found.insert(0, Gap("Chair", "No seat is the chair's."))
    return tuple(found)


def _gaps(seat: SeatFact) -> list[Gap]:
    named = f"{seat.agency}, {seat.post}" if seat.post else seat.agency
    found = []
    if not seat.post:
        found.append(Gap(named, "No post is named for this seat."))
    elif not seat.is_held:
        found.append(Gap(named, "Nobody holds the post."))
    missed = missed_in_a_row(seat.came)
    if missed >= IN_A_ROW:
        found.append(Gap(named, f"Nobody came to the last {missed} meetings."))
    return found


def missed_in_a_row(came: Iterable[str]) -> int:
    """To how many of the last meetings nobody came from this seat. A meeting nothing was written down of stops it."""
    missed = 0
    for kind in came:
        if not kind or kind in THERE:
            break
        missed += 1
    return missed
