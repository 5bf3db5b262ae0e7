"""A duty with a clock: what is due, by when, who can still act, and the rule that says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class DeadlineState(StrEnum):
    """Where a duty stands against its clock."""

    DUE = "due"
    DUE_SOON = "due soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One duty for one child. `due_at` is an instant in UTC; `basis` cites the rule.

    `kind` is the word by which code tells duties apart, from the vocabulary of the module whose duty it is.
    """

    duty: str
    due_at: datetime
    who_can_act: str
    basis: str
    soon: timedelta = timedelta(hours=24)
    kind: str = ""

    def state(self, now: datetime) -> DeadlineState:
        """Late from the due instant on; due soon within `soon` of it."""
        if now >= self.due_at:
            return DeadlineState.LATE
        return DeadlineState.DUE_SOON if self.due_at - now <= self.soon else DeadlineState.DUE

    def words(self, now: datetime) -> str:
        """What the clock says, rounded so that it never promises time that is not there: "19 h left", "6 h late"."""
        late = now >= self.due_at
        minutes = int(abs(self.due_at - now).total_seconds() // 60)
        if minutes < 60:
            span = f"{minutes} min"
        elif minutes < 96 * 60:
            span = f"{minutes // 60} h"
        else:
            span = f"{minutes // 1440} days"
        return f"{span} late" if late else f"{span} left"
