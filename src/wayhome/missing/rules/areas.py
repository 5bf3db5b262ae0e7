"""A child placed in one area by another: what each of the two authorities has to do. Pure.

Source: statutory guidance of January 2014, children placed out of area; Care Planning, Placement and Case Review
(England) Regulations 2010, regulation 13 (notices of placement).
"""

from dataclasses import dataclass
from enum import StrEnum

from wayhome.missing.rules.clocks import GUIDANCE
from wayhome.missing.vocabulary import WallDuty

OUT_OF_AREA = f"{GUIDANCE}, children placed out of area"


class Side(StrEnum):
    """Whose child it is, seen from here."""

    PLACED_HERE = "placed here"
    PLACED_ELSEWHERE = "placed elsewhere"


@dataclass(frozen=True, slots=True)
class Share:
    """What one authority does when the child goes missing. `is_ours` says whether we are that authority."""

    words: str
    is_ours: bool
    basis: str = OUT_OF_AREA


def notice_due(side: Side) -> WallDuty:
    """Which notice is ours: the host tells who placed the child, and who placed the child tells the host."""
    return WallDuty.PLACING_NOTICE if side == Side.PLACED_HERE else WallDuty.HOST_NOTICE


def shares(side: Side) -> tuple[Share, ...]:
    """The duties of both authorities, ours first."""
    hosts = side == Side.PLACED_HERE
    placing = (
        "Offers the return interview, or asks the host in writing to do it",
        "Decides whether the placement is still right, and changes the care plan",
        "Tells the parents, and a senior manager",
    )
    host = (
        "Tells who placed the child as soon as the report is here",
        "Holds what is known about the place, and shares it with the police and who placed the child",
        "Helps with the strategy discussion and the safe and well check where the child is",
    )
    ours, theirs = (host, placing) if hosts else (placing, host)
    return (*(Share(words, True) for words in ours), *(Share(words, False) for words in theirs))
