"""The library of what the partnership works by: documents, who is to read them, and who says that they have."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import differences, record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotAllowed, NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import the_partnership
from wayhome.strategy.models import Guidance, GuidanceAudience, GuidanceReceipt

TOLD = ("title", "publisher", "version", "published_on", "address", "local", "next_check_on")


class GuidanceHasNoTitle(Refusal):
    """Say what the document is called."""

    field = "title"


class GuidanceHasNoPublisher(Refusal):
    """Say who publishes the document."""

    field = "publisher"


class EditedMeanwhile(Refusal):
    """Somebody changed this document while you were writing. Look at what they wrote, then send yours again."""


class ReplacesItself(Refusal):
    """A document does not replace itself. Choose the newer one."""

    field = "superseded_by"


class ReplacedInACircle(Refusal):
    """The document you chose is itself replaced by this one. Choose the newest."""

    field = "superseded_by"


class CheckedBeforeNow(Refusal):
    """Choose a day for the next check that is still to come."""

    field = "next_check_on"


class NoAgencyOfYourOwn(NotAllowed):
    """You belong to no agency here, so there is none for which you could say that it has read this."""


class ReadAlready(Refusal):
    """Somebody of your agency has already said so."""


@transaction.atomic
def add_guidance(
    *, told: Mapping[str, Any], audience: Collection[UUID] = (), viewer: Viewer, now: datetime
) -> UUID:
    """Take a document into the library. Its address is shown and never fetched. Raises GuidanceHasNo..."""
    require(viewer, Verb.KEEP_PLANS)
    partnership = the_partnership()
    if partnership is None:
        raise NotFound
    said = _said(told)
    made = Guidance(partnership=partnership, added_at=now, **said)
    made.save(force_insert=True)
    _ask(made.pk, set(audience), set())
    _recorded("add guidance", made.pk, viewer, now, {name: (None, value) for name, value in said.items()})
    return made.pk


@transaction.atomic
def change_guidance(
    *,
    guidance_id: UUID,
    edition: int,
    told: Mapping[str, Any],
    audience: Collection[UUID] | None = None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Correct a document, and who is to read it. Raises NotFound, EditedMeanwhile, GuidanceHasNo..."""
    require(viewer, Verb.KEEP_PLANS)
    guidance = _locked(guidance_id, edition)
    said = _said(told)
    before = {name: getattr(guidance, name) for name in said}
    _update(guidance, said)
    changes = differences(before, said)
    if audience is not None:
        asked = set(GuidanceAudience.objects.filter(guidance=guidance).values_list("agency_id", flat=True))
        _ask(guidance_id, set(audience), asked)
        if set(audience) != asked:
            changes["audience"] = (sorted(map(str, asked)), sorted(map(str, audience)))
    _recorded("change guidance", guidance_id, viewer, now, changes)


@transaction.atomic
def supersede(*, guidance_id: UUID, edition: int, by_id: UUID | None, viewer: Viewer, now: datetime) -> None:
    """Say which newer document replaces this one, or that none does after all.

    Raises NotFound, EditedMeanwhile, ReplacesItself, ReplacedInACircle.
    """
    require(viewer, Verb.KEEP_PLANS)
    guidance = _locked(guidance_id, edition)
    if by_id == guidance_id:
        raise ReplacesItself
    if by_id is not None:
        _not_in_a_circle(guidance_id, by_id)
    before = guidance.superseded_by_id
    _update(guidance, {"superseded_by_id": by_id})
    _recorded("supersede guidance", guidance_id, viewer, now, {"superseded_by": (before, by_id)})


def _not_in_a_circle(guidance_id: UUID, by_id: UUID) -> None:
    newer = dict(Guidance.objects.values_list("pk", "superseded_by_id"))
    if by_id not in newer:
        raise NotFound
    seen: UUID | None = by_id
    while seen is not None:
        if seen == guidance_id:
            raise ReplacedInACircle
        seen = newer.get(seen)


@transaction.atomic
def check_guidance(
    *, guidance_id: UUID, edition: int, next_check_on: date | None, viewer: Viewer, now: datetime
) -> None:
    """A person looked whether the document is still the newest, and says when to look again.

    Raises NotFound, EditedMeanwhile, CheckedBeforeNow.
    """
    require(viewer, Verb.KEEP_PLANS)
    guidance = _locked(guidance_id, edition)
    if next_check_on is not None and next_check_on <= london_day(now):
        raise CheckedBeforeNow
    said = {"checked_on": london_day(now), "next_check_on": next_check_on}
    before = {name: getattr(guidance, name) for name in said}
    _update(guidance, said)
    _recorded("check guidance", guidance_id, viewer, now, differences(before, said))


@transaction.atomic
def acknowledge_guidance(*, guidance_id: UUID, note: str = "", viewer: Viewer, now: datetime) -> None:
    """Say that one's own agency has read a document. Raises NotFound, NoAgencyOfYourOwn, ReadAlready."""
    if viewer.user_id is None or viewer.agency_id is None:
        raise NoAgencyOfYourOwn
    if not Guidance.objects.filter(pk=guidance_id).exists():
        raise NotFound
    made = GuidanceReceipt(
        guidance_id=guidance_id,
        agency_id=viewer.agency_id,
        read_at=now,
        read_by_id=viewer.user_id,
        note=note.strip(),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise ReadAlready from error
    _recorded("acknowledge guidance", guidance_id, viewer, now, {})


def _said(told: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: told[name] for name in TOLD if name in told}
    said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    if not said.get("title"):
        raise GuidanceHasNoTitle
    if not said.get("publisher"):
        raise GuidanceHasNoPublisher
    return said


def _ask(guidance_id: UUID, wanted: set[UUID], asked: set[UUID]) -> None:
    """Who is to read it from now on. An agency that has said so keeps its receipt."""
    GuidanceAudience.objects.filter(guidance_id=guidance_id, agency_id__in=asked - wanted).delete()
    GuidanceAudience.objects.bulk_create(
        GuidanceAudience(guidance_id=guidance_id, agency_id=agency_id) for agency_id in sorted(wanted - asked)
    )


def _locked(guidance_id: UUID, edition: int) -> Guidance:
    guidance = Guidance.objects.select_for_update().filter(pk=guidance_id).first()
    if guidance is None:
        raise NotFound
    if guidance.edition != edition:
        raise EditedMeanwhile
    return guidance


def _update(guidance: Guidance, said: Mapping[str, Any]) -> None:
    Guidance.objects.filter(pk=guidance.pk).update(**said, edition=guidance.edition + 1)


def _recorded(
    verb: str,
    guidance_id: UUID,
    viewer: Viewer,
    now: datetime,
    changes: Mapping[str, tuple[Any, Any]],
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="guidance",
        subject_id=guidance_id,
        changes=changes,
    )
