"""Who may take over what a colleague handed over, and when it has waited too long. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from wayhome.kernel.decision import Decision, allow, deny
from wayhome.kernel.viewer import Viewer
from wayhome.missing.rules.clocks import Clocks


@dataclass(frozen=True, slots=True)
class Handed:
    """A handover as the rules read it. `to_user_id` None: for anybody of the team."""

    made_at: datetime
    made_by_id: UUID
    team_id: UUID
    to_user_id: UUID | None = None


def loud_at(handed: Handed, clocks: Clocks) -> datetime:
    """From when an item that nobody has acknowledged is everybody's concern. A local setting."""
    return handed.made_at + timedelta(hours=clocks.handover_hours)


def is_loud(handed: Handed, clocks: Clocks, now: datetime) -> bool:
    """Whether an item has waited too long. Exactly on the limit it has."""
    return now >= loud_at(handed, clocks)


def may_take(handed: Handed, viewer: Viewer, clocks: Clocks, now: datetime) -> Decision:
    """Whether somebody may acknowledge an item: whom it was given to; the team, if it was given to the team; and the
    whole team once it has waited too long, because whom it was given to may have fallen ill.
    """
    if viewer.user_id == handed.made_by_id:
        return deny("You handed this over yourself.")
    if viewer.user_id == handed.to_user_id:
        return allow("It was handed to you.")
    if handed.team_id not in viewer.team_ids:
        return deny("It was handed to another team.")
    if handed.to_user_id is None:
        return allow("It was handed to your team.")
    if is_loud(handed, clocks, now):
        return allow("It was handed to a colleague in your team, who has not taken it yet.")
    return deny("It was handed to a colleague in your team.")
