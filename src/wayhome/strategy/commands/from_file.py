"""A plan from a file at once, without a person who looks at it: what cannot be known stays as words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import the_partnership
from wayhome.strategy.commands.importing import begin_import
from wayhome.strategy.commands.saving import Saved, save_import
from wayhome.strategy.queries.importing import intake
from wayhome.strategy.vocabulary import ImportState


class NoPartnership(Refusal):
    """There is no partnership yet. Set one up first, with `wayhome found`."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file. `lines`: what a person has to decide."""

    plan_id: UUID
    title: str
    # new, updated or unchanged
    how: str
    words: str
    counts: dict[str, int]
    lines: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return {
            "plan": str(self.plan_id),
            "title": self.title,
            "how": self.how,
            **self.counts,
            "undecided": list(self.lines),
        }


@transaction.atomic
def take_in(*, data: bytes, name: str, viewer: Viewer, now: datetime) -> TakenIn:
    """Save the plan of a file, or bring the plan up to date that it is. The same file again changes nothing.

    What the file has no more stays as it is, and is named for a person to decide.
    """
    ours = the_partnership()
    if ours is None:
        raise NoPartnership
    begun = begin_import(partnership_id=ours.pk, file_name=name, data=data, viewer=viewer, now=now)
    found = intake(begun.id, now=now)
    if found.row.state == ImportState.SAVED and found.row.plan:
        title = found.row.plan.title
        words = f"This file was saved before as “{title}”. Nothing was changed."
        return TakenIn(found.row.plan.pk, title, "unchanged", words, {})
    gone = tuple(
        f"{row.reference} is not in the file any more. It stays as it is; a person decides."
        for row in (found.difference.gone if found.difference else ())
    )
    saved = save_import(import_id=begun.id, viewer=viewer, now=now)
    title = found.plan.title if found.plan else found.preview.title
    return _told(saved, title, gone)


def _told(saved: Saved, title: str, gone: tuple[str, ...]) -> TakenIn:
    if saved.updated is None:
        counts = {
            "actions": saved.actions,
            "ratings": saved.ratings,
            "commitments": saved.commitments,
            "owners_unresolved": saved.unresolved,
        }
        words = (
            f"Saved as the plan “{title}”, a draft: {saved.actions:,} actions, {saved.ratings:,} of them rated, "
            f"{saved.commitments:,} commitments. Owners whom nobody knows yet: {saved.unresolved:,}."
        )
        return TakenIn(saved.plan_id, title, "new", words, counts)
    done = saved.updated
    counts = {"added": done.added, "changed": done.changed, "commitments": done.promised, "gone": len(gone)}
    is_any = done.added or done.changed or done.promised
    words = (
        f"“{title}” was brought up to date: {done.added:,} added, {done.changed:,} changed, "
        f"{done.promised:,} commitments added, {len(gone):,} not in the file any more."
        if is_any
        else f"“{title}” says the same already. Nothing was changed."
    )
    return TakenIn(saved.plan_id, title, "updated" if is_any else "unchanged", words, counts, gone)
