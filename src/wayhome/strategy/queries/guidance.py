"""The guidance library and the horizon: what the partnership works by, who has read it, and what is coming."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.models import Guidance, GuidanceAudience, GuidanceReceipt, HorizonItem
from wayhome.strategy.vocabulary import HorizonDecision

# A check is shown as coming so many days before.
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Receipt:
    """An agency that is to read a document, or has said that it did. `row` is None while it has not."""

    agency_id: UUID
    agency: str
    is_asked: bool
    row: GuidanceReceipt | None


@dataclass(frozen=True, slots=True)
class Held:
    """One document with who is to read it."""

    row: Guidance
    receipts: tuple[Receipt, ...]
    # When it has to be looked at again: "late", "soon" or nothing.
    check: str

    @property
    def waiting(self) -> list[Receipt]:
        """The agencies that were asked and have not said that they read it."""
        return [each for each in self.receipts if each.is_asked and each.row is None]

    def own(self, viewer: Viewer) -> Receipt | None:
        """What is said for the viewer's own agency."""
        return next((each for each in self.receipts if each.agency_id == viewer.agency_id), None)


def library(today: date) -> list[Held]:
    """Every document: those in force whose check is late first, then by title; replaced ones last. Three queries."""
    rows = list(Guidance.objects.select_related("superseded_by").order_by("title", "pk"))
    held = _held(rows, today)
    return sorted(held, key=_order)


def _order(held: Held) -> tuple[bool, bool, date, str]:
    is_late = held.check == "late"
    due = held.row.next_check_on if is_late and held.row.next_check_on else date.max
    return (held.row.superseded_by_id is not None, not is_late, due, held.row.title)


def guidance(guidance_id: UUID, today: date) -> Held:
    """One document. Raises NotFound. Three queries."""
    rows = list(Guidance.objects.select_related("superseded_by").filter(pk=guidance_id))
    if not rows:
        raise NotFound
    return _held(rows, today)[0]


def earlier_versions(guidance_id: UUID) -> QuerySet[Guidance]:
    """The documents that this one replaces."""
    return Guidance.objects.filter(superseded_by_id=guidance_id).order_by("title", "version", "pk")


def could_replace(guidance_id: UUID) -> QuerySet[Guidance]:
    """The documents by which another can be said to be replaced: those in force, and not itself."""
    return Guidance.objects.filter(superseded_by=None).exclude(pk=guidance_id).order_by("title", "pk")


def in_force() -> QuerySet[Guidance]:
    """The documents that nothing replaced."""
    return Guidance.objects.filter(superseded_by=None).order_by("title", "pk")


def _held(rows: list[Guidance], today: date) -> list[Held]:
    ids = [row.pk for row in rows]
    asked = GuidanceAudience.objects.filter(guidance_id__in=ids).select_related("agency")
    said = GuidanceReceipt.objects.filter(guidance_id__in=ids).select_related("agency", "read_by")
    audience: dict[UUID, dict[UUID, str]] = {}
    for one in asked:
        audience.setdefault(one.guidance_id, {})[one.agency_id] = one.agency.name
    receipts: dict[UUID, dict[UUID, GuidanceReceipt]] = {}
    for row in said:
        receipts.setdefault(row.guidance_id, {})[row.agency_id] = row
    return [
        Held(
            row,
            tuple(_receipts(audience.get(row.pk, {}), receipts.get(row.pk, {}))),
            _check(row, today),
        )
        for row in rows
    ]


def _receipts(asked: dict[UUID, str], said: dict[UUID, GuidanceReceipt]) -> Iterable[Receipt]:
    """Who has not read it first, then by name; those who read it unasked at the end."""
    names = asked | {agency_id: row.agency.name for agency_id, row in said.items()}
    found = [
        Receipt(agency_id, name, agency_id in asked, said.get(agency_id)) for agency_id, name in names.items()
    ]
    return sorted(found, key=lambda each: (not each.is_asked, each.row is not None, each.agency))


def _check(row: Guidance, today: date) -> str:
    """Whether somebody has to look if it is still the newest. What is replaced is not looked at any more."""
    if row.superseded_by_id or row.next_check_on is None:
        return ""
    if row.next_check_on < today:
        return "late"
    return "soon" if row.next_check_on <= today + SOON else ""


def waiting_for(viewer: Viewer, held: Iterable[Held]) -> list[Held]:
    """The documents in force that the viewer's agency is to read and has not."""
    return [
        each
        for each in held
        if each.row.superseded_by_id is None
        and any(receipt.agency_id == viewer.agency_id for receipt in each.waiting)
    ]


def horizon() -> list[HorizonItem]:
    """What is coming: undecided first, the soonest first; then what was decided, the latest first. One query."""
    rows = HorizonItem.objects.select_related("owner_post", "guidance")
    found = list(rows.order_by(F("expected_on").asc(nulls_last=True), "seen_at", "pk"))
    still = [row for row in found if row.decision == HorizonDecision.OPEN]
    decided = [row for row in found if row.decision != HorizonDecision.OPEN]
    return still + sorted(decided, key=lambda row: row.decided_on or date.min, reverse=True)


def horizon_item(item_id: UUID) -> HorizonItem:
    """One item. Raises NotFound."""
    found = HorizonItem.objects.select_related("owner_post", "guidance").filter(pk=item_id).first()
    if found is None:
        raise NotFound
    return found
