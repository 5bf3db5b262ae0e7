"""A file brings a plan up to date: what it adds and words otherwise is taken, what it has no more a person decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wayhome.audit.commands import record
from wayhome.strategy.commands.action import end_action
from wayhome.strategy.commands.changing import save_changes
from wayhome.strategy.commands.making import (
    Making,
    action_words,
    add_actions,
    add_promises,
    is_complete,
    owner_of,
    rating_of,
    update_of,
)
from wayhome.strategy.intake.difference import Changed, Difference
from wayhome.strategy.intake.preview import PreviewOwner
from wayhome.strategy.models import Action, ActionOwner
from wayhome.strategy.vocabulary import ActionState

# Which fields of the table are taken from the file for what is worded otherwise.
TAKEN = {
    "section": ("section_id", "priority_id", "ambition_id", "objective_id"),
    "objective": ("objective_id",),
    "action": ("title", "text"),
    "timescale": ("due_kind", "due_on", "frequency", "review_body_id", "due_words"),
    "evidence": ("evidence",),
    "responsibility": ("owner_words",),
}


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of a plan."""

    added: int
    changed: int
    ended: int
    promised: int


def bring_up_to_date(making: Making, found: Difference, ends: Mapping[str, str]) -> Updated:
    """Take over a difference. `ends`: why an action that the file has no more is cancelled, by reference."""
    actions = {action.reference: action for action in making.plan.actions.select_for_update()}
    for changed in found.changed:
        _change(making, actions[changed.ready.reference], changed)
    add_actions(making, found.added)
    add_promises(making, found.promised)
    gone = {row.reference for row in found.gone}
    ended = [reference for reference in ends if reference in gone]
    for reference in ended:
        end_action(
            action_id=actions[reference].pk,
            because=ends[reference],
            viewer=making.viewer,
            now=making.now,
        )
    return Updated(len(found.added), len(found.changed), len(ended), len(found.promised))


def _change(making: Making, action: Action, changed: Changed) -> None:
    ready = changed.ready
    # The file has title and text in one cell.
    words = action_words(making, ready) | _apart(action, ready.row.action)
    names = {name for each in changed.names for name in TAKEN.get(each, ())}
    after: dict[str, Any] = {name: words[name] for name in names}
    if "rating" in changed.names and is_complete(making.preview, ready.row.rating):
        after["state"] = ActionState.COMPLETE
    save_changes(action, after, kind="action", viewer=making.viewer, now=making.now)
    if "responsibility" in changed.names:
        _other_owners(making, action, ready.owners)
    if "progress" in changed.names:
        making.made([update_of(making, action, ready.row.progress)], "update")
    if "rating" in changed.names:
        making.made([rating_of(making, action, ready.row.rating)], "rating")


def _apart(action: Action, text: str) -> dict[str, str]:
    """A title that still stands above the text stays the title."""
    if action.title and text.startswith(f"{action.title}\n"):
        return {"title": action.title, "text": text.removeprefix(f"{action.title}\n")}
    return {"title": "", "text": text}


def _other_owners(making: Making, action: Action, owners: Sequence[PreviewOwner]) -> None:
    """Who is not named any more does it no more; who is named anew does it from today."""
    current = list(action.owners.filter(valid__upper_inf=True))
    wanted = {_who(each.part, each.kind, each.who or each.words): each for each in owners}
    known = {_who(row.part, row.kind, _id_of(row) or row.words): row for row in current}
    for who, row in known.items():
        if who not in wanted:
            _end(making, row)
    making.made([owner_of(making, action, each) for who, each in wanted.items() if who not in known], "owner")


def _who(part: str, kind: str, who: str) -> tuple[str, str, str]:
    return part, kind, who


def _id_of(row: ActionOwner) -> str:
    return str(row.post_id or row.agency_id or row.body_id or row.team_id or "")


def _end(making: Making, row: ActionOwner) -> None:
    """They did it until yesterday, or for today only."""
    end = max(making.today, row.valid.lower + timedelta(days=1))
    row.valid = (row.valid.lower, end)
    row.save(update_fields=["valid"])
    record(
        viewer=making.viewer,
        now=making.now,
        verb="end",
        subject_kind="owner",
        subject_id=row.pk,
        changes={"last_day": (None, end - timedelta(days=1))},
    )
