"""Every write to the partnership: open, rename and close agencies, teams and bodies, from a day on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.audit.commands import differences, record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.models import Agency, Body, FormerName, HomeLink, Partnership, Setting, Team
from wayhome.partnership.vocabulary import NounKind, TeamKind

NOUNS: dict[str, type[Agency] | type[Team] | type[Body]] = {
    NounKind.AGENCY: Agency,
    NounKind.TEAM: Team,
    NounKind.BODY: Body,
}


class NameTakenBefore(Refusal):
    """It already had another name on that day. Choose a later day."""

    field = "on"


class ClosedBeforeOpened(Refusal):
    """The last day cannot be before the first day."""

    field = "on"


class NameTaken(Refusal):
    """There is one with this name already on that day. Choose another name or a later day."""

    field = "name"


class LinkedAlready(Refusal):
    """This worker is linked to the home already on that day or later."""

    field = "user_id"


class LinkEndsBeforeItStarts(Refusal):
    """The last day is before the link began. Check both dates."""

    field = "on"


@contextmanager
def _one_name_at_a_time() -> Iterator[None]:
    """The database holds that no two have one name at a time; it is said in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NameTaken from error


@transaction.atomic
def found_partnership(*, name: str, authority_code: str, viewer: Viewer, now: datetime) -> UUID:
    """Set up a partnership."""
    made = Partnership.objects.create(name=name, authority_code=authority_code)
    record(viewer=viewer, now=now, verb="found", subject_kind="partnership", subject_id=made.pk)
    return made.pk


@transaction.atomic
def open_agency(
    *,
    partnership_id: UUID,
    name: str,
    kind: str,
    opened_on: date,
    phone: str = "",
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Add an agency to a partnership from a day on."""
    with _one_name_at_a_time():
        made = Agency.objects.create(
            partnership_id=partnership_id, name=name, kind=kind, phone=phone, valid=(opened_on, None)
        )
    record(viewer=viewer, now=now, verb="open", subject_kind=NounKind.AGENCY, subject_id=made.pk)
    return made.pk


@transaction.atomic
def open_team(
    *,
    agency_id: UUID,
    name: str,
    kind: str,
    opened_on: date,
    phone: str = "",
    out_of_hours_phone: str = "",
    urn: str = "",
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Add a team, or a children's home, to an agency from a day on."""
    with _one_name_at_a_time():
        made = Team.objects.create(
            agency_id=agency_id,
            name=name,
            kind=kind,
            phone=phone,
            out_of_hours_phone=out_of_hours_phone,
            urn=urn,
            valid=(opened_on, None),
        )
    record(viewer=viewer, now=now, verb="open", subject_kind=NounKind.TEAM, subject_id=made.pk)
    return made.pk


@transaction.atomic
def open_body(
    *,
    partnership_id: UUID,
    name: str,
    opened_on: date,
    purpose: str = "",
    reports_to: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Add a body, and to whom it reports, from a day on."""
    made = Body.objects.create(
        partnership_id=partnership_id,
        name=name,
        purpose=purpose,
        reports_to_id=reports_to,
        valid=(opened_on, None),
    )
    record(viewer=viewer, now=now, verb="open", subject_kind=NounKind.BODY, subject_id=made.pk)
    return made.pk


@transaction.atomic
def rename(*, noun: str, noun_id: UUID, name: str, on: date, viewer: Viewer, now: datetime) -> None:
    """Give an agency, team or body a new name from a day on; the old one stays with the days before.

    Raises NameTakenBefore if an earlier renaming took effect on or after that day.
    """
    subject: Any = _locked(noun, noun_id)
    last = FormerName.objects.filter(noun_id=noun_id).order_by("-valid").first()
    since = last.valid.upper if last else subject.valid.lower
    if on <= since:
        raise NameTakenBefore
    FormerName.objects.create(noun=noun, noun_id=noun_id, name=subject.name, valid=(since, on))
    before, subject.name = subject.name, name
    with _one_name_at_a_time():
        subject.save(update_fields=["name"])
    record(
        viewer=viewer,
        now=now,
        verb="rename",
        subject_kind=noun,
        subject_id=noun_id,
        changes={"name": (before, name)},
    )


@transaction.atomic
def close(*, noun: str, noun_id: UUID, on: date, viewer: Viewer, now: datetime) -> None:
    """End an agency, team or body from a day on. Its past stays. Raises ClosedBeforeOpened."""
    subject: Any = _locked(noun, noun_id)
    if on <= subject.valid.lower:
        raise ClosedBeforeOpened
    subject.valid = (subject.valid.lower, on)
    subject.save(update_fields=["valid"])
    record(viewer=viewer, now=now, verb="close", subject_kind=noun, subject_id=noun_id, detail={"on": on})


@transaction.atomic
def change_phones(
    *, noun: str, noun_id: UUID, phone: str, out_of_hours_phone: str = "", viewer: Viewer, now: datetime
) -> None:
    """Change how an agency or a team is rung. An agency has no number for out of hours: its teams do."""
    subject: Any = _locked(noun, noun_id)
    after = {"phone": phone} | ({"out_of_hours_phone": out_of_hours_phone} if noun == NounKind.TEAM else {})
    before = {field: getattr(subject, field) for field in after}
    for field, value in after.items():
        setattr(subject, field, value)
    subject.save(update_fields=list(after))
    record(
        viewer=viewer,
        now=now,
        verb="change phones",
        subject_kind=noun,
        subject_id=noun_id,
        changes=differences(before, after),
    )


def _locked(noun: str, noun_id: UUID) -> Agency | Team | Body:
    found = NOUNS[noun].objects.select_for_update().filter(pk=noun_id).first() if noun in NOUNS else None
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def change_setting(
    *, partnership_id: UUID, key: str, value: Any, source: str, viewer: Viewer, now: datetime
) -> None:
    """Set a clock or threshold for one partnership, with the local document that says so."""
    before = Setting.objects.filter(partnership_id=partnership_id, key=key).first()
    Setting.objects.update_or_create(
        partnership_id=partnership_id, key=key, defaults={"value": value, "source": source}
    )
    record(
        viewer=viewer,
        now=now,
        verb="change",
        subject_kind="setting",
        detail={"key": key},
        changes={"value": (before.value if before else None, value)},
    )


@transaction.atomic
def link_worker(*, home_id: UUID, user_id: UUID, since: date, viewer: Viewer, now: datetime) -> UUID:
    """Link a worker of another team to a children's home from a day on. `access` says who may, and checks the user."""
    home = _locked(NounKind.TEAM, home_id)
    if not isinstance(home, Team) or home.kind != TeamKind.HOME:
        raise NotFound
    made = HomeLink(home=home, user_id=user_id, valid=(since, None))
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise LinkedAlready from error
    _link_recorded("link to home", made, {"since": since}, viewer, now)
    return made.pk


@transaction.atomic
def end_link(*, link_id: UUID, on: date, viewer: Viewer, now: datetime) -> None:
    """The worker is not linked to the home any more from a day on."""
    link = HomeLink.objects.select_for_update().filter(pk=link_id, valid__upper_inf=True).first()
    if link is None:
        raise NotFound
    if on < link.valid.lower:
        raise LinkEndsBeforeItStarts
    HomeLink.objects.filter(pk=link_id).update(valid=(link.valid.lower, on))
    _link_recorded("end link to home", link, {"on": on}, viewer, now)


def _link_recorded(verb: str, link: HomeLink, detail: dict[str, Any], viewer: Viewer, now: datetime) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind=NounKind.TEAM,
        subject_id=link.home_id,
        detail=detail | {"user_id": link.user_id},
    )
