"""A checked preview becomes a plan, or brings one up to date: all of it or nothing, and all of it on the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.action import EndedWithoutReason
from wayhome.strategy.commands.changing import plan_to_change
from wayhome.strategy.commands.document import DocumentDetails, SectionDetails, add_section, draft_document
from wayhome.strategy.commands.importing import import_to_change
from wayhome.strategy.commands.making import add_actions, add_promises, making
from wayhome.strategy.commands.plan import KeyEntry, PlanDetails, found_plan
from wayhome.strategy.commands.updating import Updated, bring_up_to_date
from wayhome.strategy.intake.known import KnownNames
from wayhome.strategy.intake.notices import stops
from wayhome.strategy.intake.preview import Preview, from_json
from wayhome.strategy.intake.resolving import ReadyRow, ready_rows
from wayhome.strategy.models import Plan, PlanImport
from wayhome.strategy.queries.importing import difference_to
from wayhome.strategy.queries.known import who_is_known
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.vocabulary import ImportState, SectionKind


class HasToBeMended(Refusal):
    """Something has to be mended first."""


class MendedSince(Refusal):
    """Somebody mended this preview after you opened this page. Read it once more, then save it."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a file."""

    plan_id: UUID
    is_new: bool
    actions: int = 0
    ratings: int = 0
    unresolved: int = 0
    commitments: int = 0
    updated: Updated | None = None


@transaction.atomic
def save_import(
    *,
    import_id: UUID,
    edition: int | None = None,
    ends: Mapping[str, str] | None = None,
    viewer: Viewer,
    now: datetime,
) -> Saved:
    """Save a preview as a new plan, or over the plan that it brings up to date.

    `edition`: of the preview as it was checked. `ends`: for actions that the file has no more, why they are cancelled;
    those not named stay as they are. Raises HasToBeMended with what, MendedSince, EndedWithoutReason.
    """
    row = import_to_change(import_id, viewer)
    if edition is not None and edition != row.edition:
        raise MendedSince
    if any(not because.strip() for because in (ends or {}).values()):
        raise EndedWithoutReason
    preview = from_json(row.mended)
    known = who_is_known(london_day(now))
    saved = (
        _over(row, row.plan_id, preview, known, ends or {}, viewer, now)
        if row.plan_id
        else _anew(row, preview, known, viewer, now)
    )
    row.plan_id, row.state = saved.plan_id, ImportState.SAVED
    row.save(update_fields=["plan_id", "state"])
    record(
        viewer=viewer,
        now=now,
        verb="import",
        subject_kind="plan",
        subject_id=saved.plan_id,
        detail={"import": row.pk, "digest": row.digest, "actions": saved.actions, "is_new": saved.is_new},
    )
    return saved


def _check(preview: Preview, rows: Sequence[ReadyRow]) -> None:
    found = stops(preview, rows)
    if found:
        raise HasToBeMended(" ".join(found))


def _anew(row: PlanImport, preview: Preview, known: KnownNames, viewer: Viewer, now: datetime) -> Saved:
    rows = ready_rows(preview, known)
    _check(preview, rows)
    plan_id = found_plan(
        partnership_id=row.partnership_id,
        details=_details(row, preview, viewer, now),
        key={each.rating: KeyEntry(each.words, each.needs_remedy) for each in preview.key},
        viewer=viewer,
        now=now,
    )
    work = making(Plan.objects.get(pk=plan_id), preview, row.file_name, rows, viewer=viewer, now=now)
    add_actions(work, rows)
    promised = [
        (each.title, text) for each in preview.priorities if not each.because for text in each.commitments
    ]
    add_promises(work, promised)
    return Saved(
        plan_id,
        is_new=True,
        actions=len(rows),
        ratings=sum(1 for ready in rows if ready.row.rating),
        unresolved=sum(1 for ready in rows for owner in ready.owners if owner.kind == "unresolved"),
        commitments=len(promised),
    )


def _details(row: PlanImport, preview: Preview, viewer: Viewer, now: datetime) -> PlanDetails:
    body_id = UUID(preview.body) if preview.body else None
    starts_on, ends_on = _day(preview.starts_on), _day(preview.ends_on)
    told: dict[str, Any] = {
        "title": preview.title.strip(),
        "body_id": body_id,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    document_id = None
    if preview.makes_document and (preview.vision or preview.statement):
        document_id = draft_document(
            partnership_id=row.partnership_id, details=DocumentDetails(**told), viewer=viewer, now=now
        )
        for kind, text in ((SectionKind.VISION, preview.vision), (SectionKind.STATEMENT, preview.statement)):
            if text:
                said = SectionDetails(kind=kind, text=text)
                add_section(document_id=document_id, details=said, viewer=viewer, now=now)
    return PlanDetails(document_id=document_id, **told)


def _day(kept: str) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _over(
    row: PlanImport,
    plan_id: UUID,
    preview: Preview,
    known: KnownNames,
    ends: Mapping[str, str],
    viewer: Viewer,
    now: datetime,
) -> Saved:
    plan = plan_to_change(plan_id, viewer)
    found = difference_to(preview, plan_file(plan.pk, now=now), known)
    _check(preview, found.rows)
    work = making(plan, preview, row.file_name, found.rows, viewer=viewer, now=now)
    updated = bring_up_to_date(work, found, ends)
    return Saved(plan.pk, is_new=False, actions=len(found.rows), updated=updated)
