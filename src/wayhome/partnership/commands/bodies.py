"""What a body is for, to whom it reports, its terms of reference and the seats on it."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from wayhome.audit.commands import differences, record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.models import Body, BodySeat, BodyTerms, Post
from wayhome.partnership.vocabulary import BodyKind, SeatRole


class ReportsToItself(Refusal):
    """A body cannot report to itself, or to one that reports to it. Choose another."""

    field = "reports_to"


class TermsAreEmpty(Refusal):
    """Write the terms of reference, or where they are kept."""

    field = "text"


class TermsOutOfOrder(Refusal):
    """An older version was agreed after that day. Check when these terms were agreed."""

    field = "agreed_on"


class ReviewBeforeAgreed(Refusal):
    """The terms cannot be reviewed before they are agreed. Choose a later day."""

    field = "review_on"


class PostOfAnotherAgency(Refusal):
    """This post belongs to another agency. Choose a post of the agency whose seat it is."""

    field = "post"


class ChairTaken(Refusal):
    """The body has a chair on that day. End that seat first, or choose another part."""

    field = "role"


class SeatEndsBeforeItStarts(Refusal):
    """The last day is before the seat began. Check the date."""

    field = "on"


@transaction.atomic
def change_body(
    *,
    body_id: UUID,
    kind: str,
    purpose: str,
    meets: str,
    reports_to: UUID | None,
    reviewed_on: date | None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Say what a body is and to whom it reports. Raises NotFound, ReportsToItself."""
    body = Body.objects.select_for_update().filter(pk=body_id).first()
    if body is None or kind not in BodyKind.values:
        raise NotFound
    if reports_to and body_id in _above(reports_to):
        raise ReportsToItself
    after = {
        "kind": kind,
        "purpose": purpose.strip(),
        "meets": meets.strip(),
        "reports_to_id": reports_to,
        "reviewed_on": reviewed_on,
    }
    before = {field: getattr(body, field) for field in after}
    Body.objects.filter(pk=body_id).update(**after)
    record(
        viewer=viewer,
        now=now,
        verb="change body",
        subject_kind="body",
        subject_id=body_id,
        changes=differences(before, after),
    )


def _above(body_id: UUID) -> set[UUID]:
    """A body and all those it reports to."""
    parents = dict(Body.objects.values_list("pk", "reports_to_id"))
    found: set[UUID] = set()
    here: UUID | None = body_id
    while here is not None and here not in found:
        found.add(here)
        here = parents.get(here)
    return found


@transaction.atomic
def agree_terms(
    *,
    body_id: UUID,
    text: str,
    agreed_on: date,
    cohort: str = "",
    threshold: str = "",
    quorum: int | None = None,
    review_on: date | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """A new version of a body's terms of reference; the versions before stay as they were agreed.

    Raises NotFound, TermsAreEmpty, TermsOutOfOrder, ReviewBeforeAgreed.
    """
    if not Body.objects.select_for_update().filter(pk=body_id).exists():
        raise NotFound
    if not text.strip():
        raise TermsAreEmpty
    if review_on and review_on < agreed_on:
        raise ReviewBeforeAgreed
    last = BodyTerms.objects.filter(body_id=body_id).aggregate(version=Max("version"), on=Max("agreed_on"))
    if last["on"] and agreed_on < last["on"]:
        raise TermsOutOfOrder
    made = BodyTerms.objects.create(
        body_id=body_id,
        version=(last["version"] or 0) + 1,
        text=text.strip(),
        cohort=cohort.strip(),
        threshold=threshold.strip(),
        quorum=quorum,
        agreed_on=agreed_on,
        review_on=review_on,
    )
    _told("agree terms", body_id, viewer, now, version=made.version, agreed_on=agreed_on)
    return made.pk


@transaction.atomic
def add_seat(
    *,
    body_id: UUID,
    agency_id: UUID,
    post_id: UUID | None,
    role: str,
    required: bool,
    since: date,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Give an agency a place on a body, and say for which post. Raises PostOfAnotherAgency, ChairTaken."""
    post = Post.objects.filter(pk=post_id).first() if post_id else None
    if post and post.agency_id not in (None, agency_id):
        raise PostOfAnotherAgency
    if role not in SeatRole.values:
        raise NotFound
    made = BodySeat(
        body_id=body_id, agency_id=agency_id, post=post, role=role, required=required, valid=(since, None)
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise ChairTaken from error
    _told("add seat", body_id, viewer, now, seat=made.pk, role=role, required=required)
    return made.pk


@transaction.atomic
def end_seat(*, seat_id: UUID, on: date, viewer: Viewer, now: datetime) -> None:
    """The seat is not there any more from a day on; its past stays. Raises SeatEndsBeforeItStarts."""
    seat = BodySeat.objects.select_for_update().filter(pk=seat_id, valid__upper_inf=True).first()
    if seat is None:
        raise NotFound
    if seat.valid.lower and on <= seat.valid.lower:
        raise SeatEndsBeforeItStarts
    BodySeat.objects.filter(pk=seat_id).update(valid=(seat.valid.lower, on))
    _told("end seat", seat.body_id, viewer, now, seat=seat_id, on=on)


def _told(verb: str, body_id: UUID, viewer: Viewer, now: datetime, **detail: object) -> None:
    record(viewer=viewer, now=now, verb=verb, subject_kind="body", subject_id=body_id, detail=detail)
