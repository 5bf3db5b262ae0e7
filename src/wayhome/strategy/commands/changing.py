"""What every write to a plan has in common: who may, who was faster, and what is put on the record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import differences, record, record_all
from wayhome.audit.inserting import insert_all
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.models import Action, Plan


class Stale(Refusal):
    """Somebody changed this while you were writing. Look at both, then send what is right."""

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        super().__init__()
        self.theirs = theirs


class PlanIsOver(Refusal):
    """This plan is closed or replaced by a newer one. What it says is kept as it was."""


def plan_to_change(plan_id: UUID, viewer: Viewer) -> Plan:
    """A plan that is not over, locked, for those who keep plans. Raises NotAllowed, NotFound, PlanIsOver."""
    require(viewer, Verb.KEEP_PLANS)
    plan = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise NotFound
    if plan.state in ("closed", "refreshed"):
        raise PlanIsOver
    return plan


def action_to_change(action_id: UUID, viewer: Viewer) -> Action:
    """An action of a plan that is not over, locked, for those who keep plans. Raises as `plan_to_change`."""
    require(viewer, Verb.KEEP_PLANS)
    return locked_action(action_id)


def locked_action(action_id: UUID) -> Action:
    """An action of a plan that is not over, locked, as row security shows it. Raises NotFound, PlanIsOver."""
    action = (
        Action.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=action_id).first()
    )
    if action is None:
        raise NotFound
    if action.plan.state in ("closed", "refreshed"):
        raise PlanIsOver
    return action


def save_changes(
    row: models.Model, after: Mapping[str, Any], *, kind: str, viewer: Viewer, now: datetime, **more: Any
) -> dict[str, tuple[Any, Any]]:
    """Set these fields, with before and after on the record; nothing is recorded where nothing differs."""
    changes = differences({name: getattr(row, name) for name in after}, after)
    if not changes:
        return changes
    for name in changes:
        setattr(row, name, after[name])
    moved = list(changes)
    if hasattr(row, "edition"):
        row.edition += 1
        moved.append("edition")
    row.save(update_fields=moved)
    record(
        viewer=viewer,
        now=now,
        verb=more.get("verb", "edit"),
        subject_kind=kind,
        subject_id=row.pk,
        changes=changes,
        detail=more.get("detail"),
    )
    return changes


def made(row: models.Model, *, kind: str, viewer: Viewer, now: datetime, verb: str = "add") -> UUID:
    """Insert a row, with all that it says on the record. Its id."""
    row.save(force_insert=True)
    changes = {name: (None, value) for name, value in said_of(row).items()}
    record(viewer=viewer, now=now, verb=verb, subject_kind=kind, subject_id=row.pk, changes=changes)
    found: UUID = row.pk
    return found


def all_made(rows: Sequence[models.Model], *, kind: str, viewer: Viewer, now: datetime) -> None:
    """Insert many rows of one kind, each with all that it says on the record."""
    insert_all(rows)
    record_all({row.pk: said_of(row) for row in rows}, viewer=viewer, now=now, verb="add", subject_kind=kind)


def said_of(row: models.Model) -> dict[str, Any]:
    """All that a row says, but who made it and what is empty."""
    said = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and getattr(row, field.attname) not in (None, "", [], False)
    }
    said.pop("made_by_id", None)
    return {name: _plain(value) for name, value in said.items()}


def _plain(value: Any) -> Any:
    """Ranges of days as their ends: JSON knows none."""
    return [value.lower, value.upper] if hasattr(value, "lower_inf") else value


def tidy(text: str) -> str:
    """As somebody typed it, without what stands round it."""
    return text.strip()
