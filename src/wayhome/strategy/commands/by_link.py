"""What an owner without an account says, on one page, of all that is theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.progress import update_action


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

    @property
    def is_anything(self) -> bool:
        """True if something was written of it."""
        return bool(self.achieved.strip() or self.next_steps.strip() or self.blocker.strip())


class SaidNothing(Refusal):
    """Write about at least one of your actions: what was achieved, what comes next, or what is in the way."""


@transaction.atomic
def say_by_link(*, said: Iterable[Said], viewer: Viewer, now: datetime) -> int:
    """Record an update of each action that something was written of; all of them or none. Returns how many.

    A refusal names the field of the action it is about. Raises SaidNothing, and as `update_action`.
    """
    written = [each for each in said if each.is_anything]
    if not written:
        raise SaidNothing
    for each in written:
        try:
            update_action(
                action_id=each.action_id,
                owner_id=each.owner_id,
                achieved=each.achieved,
                next_steps=each.next_steps,
                blocker=each.blocker,
                state=each.state,
                edition=each.edition,
                viewer=viewer,
                now=now,
            )
        except Refusal as refusal:
            if refusal.field:
                refusal.field = f"{refusal.field}_{each.owner_id.hex}"
            raise
    return len(written)
