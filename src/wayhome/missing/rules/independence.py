"""Who may hear a child after a return. Pure.

Source: statutory guidance 2014, return interviews: the interview is held by an independent person, somebody who is not
involved in caring for the child, because a child has to be able to speak about where they live.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer

WHY = "A child must be able to speak about where they live, so the return interview is not for those who run it."


class NotIndependent(Refusal):
    """A child must be able to speak about where they live, so the return interview is not for those who run it."""

    field = "independent_as"


@dataclass(frozen=True, slots=True)
class RunBy:
    """A home in which the child lived: the team that looks after them there, and the agency that runs it."""

    team_id: UUID
    agency_id: UUID
    is_council: bool


def looks_after(viewer: Viewer, home: RunBy) -> bool:
    """Whether somebody belongs to those who look after the child in this home.

    All of a provider belongs to it. Of a council, which has homes and much else, only the team of the home does:
    guidance 2014 asks for somebody not involved in the child's care, and prefers, but does not require, another body.
    """
    if home.team_id in viewer.team_ids:
        return True
    return not home.is_council and viewer.agency_id == home.agency_id


def is_independent(viewer: Viewer, homes: Iterable[RunBy]) -> bool:
    """Whether somebody may hear a child who lived in these homes from when they went until they were heard."""
    return not any(looks_after(viewer, home) for home in homes)


def not_independent(others: Iterable[str]) -> NotIndependent:
    """The refusal, with those who can do it: the names and numbers of interviewers, as they are rung."""
    named = "; ".join(others)
    who = f"{named} can hold it." if named else "Ask the coordinators who can hold it."
    return NotIndependent(f"{WHY} {who}")
