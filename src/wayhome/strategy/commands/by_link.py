"""What an owner without an account says, on one page, of all that is theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.progress import rate_action, update_action


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one part of one action. `edition`: what the writer had read."""

    action_id: UUID
    owner_id: UUID
    achieved: str
    next_steps: str
    blocker: str
    state: str
    edition: int | None
    # Judged anew, by who leads the action.
    is_rated: bool = False
    rating: str = ""
    reason: str = ""
    evidence: str = ""
    remedy: str = ""

    @property
    def is_written(self) -> bool:
        """True if something was written of how it goes."""
        return bool(self.achieved.strip() or self.next_steps.strip() or self.blocker.strip())

    @property
    def is_anything(self) -> bool:
        """True if something was said of it."""
        return self.is_written or self.is_rated


class SaidNothing(Refusal):
    """Write about at least one of your actions: what was achieved, what comes next, what is in the way; or rate it."""


@transaction.atomic
def say_by_link(*, said: Iterable[Said], viewer: Viewer, now: datetime) -> int:
    """Record an update and a rating of each action that something was said of; all or none. Returns of how many.

    A refusal names the field of the action it is about. Raises SaidNothing, and as `update_action`, `rate_action`.
    """
    written = [each for each in said if each.is_anything]
    if not written:
        raise SaidNothing
    for each in written:
        try:
            _say(each, viewer, now)
        except Refusal as refusal:
            if refusal.field:
                refusal.field = f"{refusal.field}_{each.owner_id.hex}"
            raise
    return len(written)


def _say(said: Said, viewer: Viewer, now: datetime) -> None:
    edition = said.edition
    if said.is_written:
        update_action(
            action_id=said.action_id,
            owner_id=said.owner_id,
            achieved=said.achieved,
            next_steps=said.next_steps,
            blocker=said.blocker,
            state=said.state,
            edition=edition,
            viewer=viewer,
            now=now,
        )
        # Our own update is no reason to call the rating late.
        edition = None
    if said.is_rated:
        rate_action(
            action_id=said.action_id,
            rating=said.rating,
            reason=said.reason,
            evidence=said.evidence,
            remedy=said.remedy,
            edition=edition,
            viewer=viewer,
            now=now,
        )
