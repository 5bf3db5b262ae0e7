"""What became of the rows that another's list told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from wayhome.access.staging import found
from wayhome.kernel.viewer import Viewer

# The table beside, of who is who: number, person_id, is_new. It lasts until the transaction ends.
WHO_IS_WHO = "people_known"


class Fate(StrEnum):
    """What became of one row. The first three are held; of the others statutory/ tells the reason."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    # Held, but somebody should know.
    MATCHED_BY_UPN = "matched_by_upn"
    UPN_IS_ANOTHERS = "upn_is_anothers"
    UPN_KEPT = "upn_kept"
    OLDER = "older"
    # Not held.
    TWICE = "twice"
    OVERLAPS = "overlaps"
    ENDED = "ended"
    DIFFERS = "differs"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whose list it is and how far it may go. `name` is how the record names it.

    A list that speaks of an earlier day than one that was taken in before (`is_latest` False) changes nothing.
    """

    name: str
    issuer: str
    as_at: date
    is_latest: bool
    viewer: Viewer
    now: datetime


class Remark(NamedTuple):
    """One row of which there is something to say. `value` is what the record has, for whoever puts it right."""

    row: int
    number: str
    fate: Fate
    value: str = ""


@dataclass(slots=True)
class Taken:
    """How many rows were added, changed something, or told nothing new; and those of which there is more to say."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def count(self, fates: Iterable[tuple[str, int]]) -> None:
        """Count the rows that are held."""
        for fate, rows in fates:
            if fate in (Fate.ADDED, Fate.CHANGED, Fate.UNCHANGED):
                setattr(self, fate, getattr(self, fate) + rows)


def taken(judged: str, *, changed: int, remarks: Iterable[Remark]) -> Taken:
    """Sum up a table of judged rows (row, number, fate, told), after those to be changed were tried."""
    result = Taken(changed=changed)
    result.count(found(f"SELECT fate, count(*) FROM {judged} WHERE fate <> 'changed' GROUP BY fate"))  # noqa: S608
    told = found(
        f"SELECT row, number, fate, coalesce(told, '') FROM {judged}"  # noqa: S608
        " WHERE fate NOT IN ('added', 'changed', 'unchanged') ORDER BY row"
    )
    result.remarks = [
        *(Remark(row, number, Fate(fate), value) for row, number, fate, value in told),
        *remarks,
    ]
    result.unchanged += sum(remark.fate == Fate.OLDER for remark in result.remarks)
    return result


def told_otherwise(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs, as (before, after). A blank tells nothing."""
    return {
        name: (before[name], value)
        for name, value in after.items()
        if value not in (None, "") and before[name] != value
    }
