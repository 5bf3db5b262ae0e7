"""Strategy documents: drafted section by section, approved, published, and followed by a new version."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import Stale, made, save_changes
from wayhome.strategy.models import DocumentSection, StrategyDocument
from wayhome.strategy.vocabulary import DocumentState, SectionKind


class DocumentHasNoTitle(Refusal):
    """Give the strategy a title."""

    field = "title"


class DocumentEndsBeforeItStarts(Refusal):
    """The last day is before the first. Check both."""

    field = "ends_on"


class ApprovedAlready(Refusal):
    """This version was approved, so its words stay as they are. Make a new version to change them."""


class ApprovedByNobody(Refusal):
    """Say which body approved it, or who did for it."""

    field = "approved_by"


class ApprovedInTheFuture(Refusal):
    """The day of approval is still to come. Check it."""

    field = "approved_on"


class NothingToApprove(Refusal):
    """There is nothing in it yet. Add a section first."""


class NotApprovedYet(Refusal):
    """It can be published once it is approved."""


class PublishedAlready(Refusal):
    """It is published already."""


class FollowedAlready(Refusal):
    """There is a newer version already. Go on from that one."""


class QuoteOfNobody(Refusal):
    """Say whose words these are, and where they stand."""

    field = "source"


class SectionSaysNothing(Refusal):
    """Write a heading or a text."""

    field = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDetails:
    """What is said of a strategy as a whole."""

    title: str
    body_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionDetails:
    """One part of a strategy."""

    kind: str = SectionKind.TEXT
    heading: str = ""
    text: str = ""
    source: str = ""
    address: str = ""


def check_details(details: DocumentDetails) -> None:
    """Raise DocumentHasNoTitle or DocumentEndsBeforeItStarts."""
    if not details.title.strip():
        raise DocumentHasNoTitle
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        raise DocumentEndsBeforeItStarts


@transaction.atomic
def draft_document(*, partnership_id: UUID, details: DocumentDetails, viewer: Viewer, now: datetime) -> UUID:
    """Begin a strategy."""
    require(viewer, Verb.KEEP_PLANS)
    check_details(details)
    row = StrategyDocument(
        partnership_id=partnership_id, made_at=now, made_by_id=viewer.user_id, **asdict(details)
    )
    return made(row, kind="strategy", viewer=viewer, now=now, verb="draft")


@transaction.atomic
def edit_document(
    *, document_id: UUID, details: DocumentDetails, edition: int | None = None, viewer: Viewer, now: datetime
) -> None:
    """Change what is said of a draft as a whole. Raises Stale, ApprovedAlready."""
    document = draft_to_change(document_id, viewer)
    check_details(details)
    after = asdict(details)
    if edition is not None and edition != document.edition:
        raise Stale({name: getattr(document, name) for name in after})
    save_changes(document, after, kind="strategy", viewer=viewer, now=now)


@transaction.atomic
def add_section(*, document_id: UUID, details: SectionDetails, viewer: Viewer, now: datetime) -> UUID:
    """Add a section at the end of a draft."""
    document = draft_to_change(document_id, viewer)
    last = document.sections.aggregate(last=Max("position"))["last"] or 0
    row = DocumentSection(document=document, position=last + 1, **section_said(details))
    return made(row, kind="section", viewer=viewer, now=now)


@transaction.atomic
def edit_section(*, section_id: UUID, details: SectionDetails, viewer: Viewer, now: datetime) -> None:
    """Change a section of a draft."""
    section = section_to_change(section_id, viewer)
    save_changes(section, section_said(details), kind="section", viewer=viewer, now=now)


@transaction.atomic
def move_section(*, section_id: UUID, up: bool, viewer: Viewer, now: datetime) -> None:
    """Let a section change places with the one before or after it."""
    section = section_to_change(section_id, viewer)
    others = section.document.sections
    other = (
        others.filter(position__lt=section.position).order_by("-position").first()
        if up
        else others.filter(position__gt=section.position).order_by("position").first()
    )
    if other is None:
        return
    section.position, other.position = other.position, section.position
    section.save(update_fields=["position"])
    other.save(update_fields=["position"])
    record(viewer=viewer, now=now, verb="move", subject_kind="section", subject_id=section.pk)


@transaction.atomic
def remove_section(*, section_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Take a section out of a draft. What it said stays on the record."""
    section = section_to_change(section_id, viewer)
    said = {
        "heading": (section.heading, None),
        "text": (section.text, None),
        "source": (section.source, None),
    }
    record(viewer=viewer, now=now, verb="remove", subject_kind="section", subject_id=section.pk, changes=said)
    section.delete()


@transaction.atomic
def approve_document(
    *, document_id: UUID, approved_by: str, approved_on: date, viewer: Viewer, now: datetime
) -> None:
    """Write down that a body approved a draft. From then on its words stay."""
    document = draft_to_change(document_id, viewer)
    if not approved_by.strip():
        raise ApprovedByNobody
    if approved_on > london_day(now):
        raise ApprovedInTheFuture
    if not document.sections.exists():
        raise NothingToApprove
    after = {
        "state": DocumentState.APPROVED.value,
        "approved_by": approved_by.strip(),
        "approved_on": approved_on,
    }
    save_changes(document, after, kind="strategy", viewer=viewer, now=now, verb="approve")


@transaction.atomic
def publish_document(*, document_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Put an approved strategy in force. The version before it is replaced."""
    document = document_to_change(document_id, viewer)
    if document.state == DocumentState.DRAFT:
        raise NotApprovedYet
    if document.state != DocumentState.APPROVED:
        raise PublishedAlready
    after = {"state": DocumentState.LIVE.value, "published_on": london_day(now)}
    save_changes(document, after, kind="strategy", viewer=viewer, now=now, verb="publish")
    if document.follows_id:
        before = document_to_change(document.follows_id, viewer)
        replaced = {"state": DocumentState.REFRESHED.value}
        save_changes(before, replaced, kind="strategy", viewer=viewer, now=now, verb="replace")


@transaction.atomic
def new_version(*, document_id: UUID, viewer: Viewer, now: datetime) -> UUID:
    """Begin the next version of an approved strategy, with all its sections, as a draft."""
    document = document_to_change(document_id, viewer)
    if document.state == DocumentState.DRAFT:
        raise NotApprovedYet("This version is still a draft. Edit it as it is.")
    if StrategyDocument.objects.filter(follows=document).exists():
        raise FollowedAlready
    following = StrategyDocument(
        partnership_id=document.partnership_id,
        title=document.title,
        version=document.version + 1,
        follows=document,
        body_id=document.body_id,
        starts_on=document.starts_on,
        ends_on=document.ends_on,
        made_at=now,
        made_by_id=viewer.user_id,
    )
    made(following, kind="strategy", viewer=viewer, now=now, verb="draft")
    DocumentSection.objects.bulk_create(
        DocumentSection(document=following, position=each.position, **section_said(_details(each)))
        for each in document.sections.order_by("position", "pk")
    )
    return following.pk


def _details(section: DocumentSection) -> SectionDetails:
    return SectionDetails(
        kind=section.kind,
        heading=section.heading,
        text=section.text,
        source=section.source,
        address=section.address,
    )


def section_said(details: SectionDetails) -> dict[str, str]:
    """What a section says. Raises SectionSaysNothing, QuoteOfNobody."""
    said = {name: value.strip() for name, value in asdict(details).items()}
    if not said["heading"] and not said["text"]:
        raise SectionSaysNothing
    if said["kind"] == SectionKind.QUOTE and not said["source"]:
        raise QuoteOfNobody
    return said


def document_to_change(document_id: UUID, viewer: Viewer) -> StrategyDocument:
    """A strategy, locked, for those who keep plans. Raises NotAllowed, NotFound."""
    require(viewer, Verb.KEEP_PLANS)
    document = StrategyDocument.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        raise NotFound
    return document


def draft_to_change(document_id: UUID, viewer: Viewer) -> StrategyDocument:
    """A strategy that nobody has approved yet. Raises ApprovedAlready."""
    document = document_to_change(document_id, viewer)
    if document.state != DocumentState.DRAFT:
        raise ApprovedAlready
    return document


def section_to_change(section_id: UUID, viewer: Viewer) -> DocumentSection:
    """A section of a draft. Raises NotFound, ApprovedAlready."""
    require(viewer, Verb.KEEP_PLANS)
    section = DocumentSection.objects.select_related("document").filter(pk=section_id).first()
    if section is None:
        raise NotFound
    draft_to_change(section.document_id, viewer)
    return section
