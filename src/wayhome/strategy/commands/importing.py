"""Bringing in a plan from a file: read, mended by people, set aside. Saving it stands in `saving.py`."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.imports.draft import as_json
from wayhome.strategy.imports.opening import read
from wayhome.strategy.imports.understand import understand
from wayhome.strategy.intake.preview import Preview, from_json, preview_of, to_json
from wayhome.strategy.models import PlanImport
from wayhome.strategy.queries.importing import plan_alike
from wayhome.strategy.vocabulary import ImportState

# A title that only says what it is made from is no name of a file.
PASTED = "pasted.txt"


class NothingBroughtIn(Refusal):
    """Choose a file, or paste the text of the plan."""

    field = "file"


class BothBroughtIn(Refusal):
    """Choose a file or paste text, not both."""

    field = "text"


class ImportIsOver(Refusal):
    """This preview was saved or set aside. Nothing can be mended in it any more."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The preview of a file; `is_known` if the same file was brought in before."""

    id: UUID
    is_known: bool


@transaction.atomic
def begin_import(
    *, partnership_id: UUID, file_name: str, data: bytes, viewer: Viewer, now: datetime
) -> Begun:
    """Read a file and keep what was understood for a person to check. The same file again is the same preview.

    Raises a refusal of `imports/refusals.py` that says why no plan can be read from it.
    """
    require(viewer, Verb.KEEP_PLANS)
    digest = hashlib.sha256(data).hexdigest()
    before = PlanImport.objects.filter(partnership_id=partnership_id, digest=digest)
    known = before.exclude(state=ImportState.DISCARDED).order_by("-made_at").first()
    if known:
        return Begun(known.pk, is_known=True)
    draft = understand(read(data, file_name))
    preview = preview_of(draft, file_name="" if file_name == PASTED else file_name)
    row = PlanImport(
        partnership_id=partnership_id,
        file_name=file_name,
        digest=digest,
        read=as_json(draft),
        mended=to_json(preview),
        plan_id=plan_alike(preview),
        made_at=now,
        made_by_id=viewer.user_id,
    )
    row.save(force_insert=True)
    record(
        viewer=viewer,
        now=now,
        verb="read",
        subject_kind="plan import",
        subject_id=row.pk,
        detail={"digest": digest, "rows": len(draft.rows), "guesses": len(draft.guesses)},
        changes={"file_name": (None, file_name)},
    )
    return Begun(row.pk, is_known=False)


@transaction.atomic
def mend_import(
    *, import_id: UUID, mend: Callable[[Preview], Preview], viewer: Viewer, now: datetime
) -> None:
    """Change what was understood. `mend` may refuse, as when somebody else was faster at the same row."""
    row = import_to_change(import_id, viewer)
    before = from_json(row.mended)
    after = mend(before)
    changes = mended_fields(before, after)
    if not changes:
        return
    row.mended = to_json(after)
    row.edition += 1
    row.save(update_fields=["mended", "edition"])
    record(
        viewer=viewer, now=now, verb="mend", subject_kind="plan import", subject_id=row.pk, changes=changes
    )


@transaction.atomic
def choose_plan(*, import_id: UUID, plan_id: UUID | None, viewer: Viewer, now: datetime) -> None:
    """Say which plan a file brings up to date, or that it is a new one."""
    row = import_to_change(import_id, viewer)
    if row.plan_id == plan_id:
        return
    changes = {"plan": (row.plan_id, plan_id)}
    row.plan_id = plan_id
    row.edition += 1
    row.save(update_fields=["plan_id", "edition"])
    record(
        viewer=viewer, now=now, verb="mend", subject_kind="plan import", subject_id=row.pk, changes=changes
    )


@transaction.atomic
def set_aside(*, import_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Say that a file is not to be saved. It can be brought in again."""
    row = import_to_change(import_id, viewer)
    row.state = ImportState.DISCARDED
    row.save(update_fields=["state"])
    record(viewer=viewer, now=now, verb="set aside", subject_kind="plan import", subject_id=row.pk)


def import_to_change(import_id: UUID, viewer: Viewer) -> PlanImport:
    """A preview, locked, for those who keep plans. Raises NotAllowed, NotFound, ImportIsOver."""
    require(viewer, Verb.KEEP_PLANS)
    row = PlanImport.objects.select_for_update().filter(pk=import_id).first()
    if row is None:
        raise NotFound
    if row.state != ImportState.PREVIEW:
        raise ImportIsOver
    return row


def mended_fields(before: Preview, after: Preview) -> dict[str, tuple[Any, Any]]:
    """What is different, each with where it stands."""
    changes: dict[str, tuple[Any, Any]] = {}
    for each in fields(Preview):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if isinstance(old, tuple):
            pairs = zip(old, new, strict=True)
            changes |= {
                f"{each.name} {place + 1}": (_said(one), _said(other))
                for place, (one, other) in enumerate(pairs)
                if one != other
            }
        elif old != new:
            changes[each.name] = (old, new)
    return changes


def _said(part: Any) -> str:
    """A part of a preview in one text: for the record only."""
    return "; ".join(f"{each.name}: {value}" for each in fields(part) if (value := getattr(part, each.name)))
