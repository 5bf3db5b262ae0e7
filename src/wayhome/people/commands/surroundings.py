"""What belongs to a person over time: names, numbers, addresses, the people and agencies around them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.commands import Opening, end_grants, grant
from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.access.vocabulary import Basis
from wayhome.audit.commands import record
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.people.commands.person import NameMissing, index_names, person_to_change
from wayhome.people.models import Address, Identifier, Involvement, Name, Relationship
from wayhome.people.queries import is_known_to_have
from wayhome.people.rules import CheckedNumber, checked_nhs_number, checked_upn, is_postcode
from wayhome.people.vocabulary import AddressKind, IdentifierType, NameKind


class NumberNotValid(Refusal):
    """This number is not valid. Check it and enter it again."""

    field = "value"


class NumberInUse(Refusal):
    """Another person already has this number. Check both records: they may be the same child."""

    field = "value"


class PostcodeNotValid(Refusal):
    """Enter a full postcode, like ZZ99 3CZ, or leave it empty."""

    field = "postcode"


class AddressOverlaps(Refusal):
    """There is a home address from that day on or later. Choose a later day, or another kind of address."""

    field = "since"


class LeadOverlaps(Refusal):
    """A lead professional is written down for a later day. Choose a day after it."""

    field = "since"


class EndsBeforeItBegins(Refusal):
    """The last day is before the first. Check both."""

    field = "on"


class NotYet(Refusal):
    """That day is still to come. Write down the end when it is there: until then the team sees the child."""

    field = "on"


class WithThemselves(Refusal):
    """Nobody is related to themselves. Choose the other person."""

    field = "name"


@transaction.atomic
def add_name(
    *,
    person_id: UUID,
    kind: str,
    given_name: str,
    family_name: str,
    source: str,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Add an alias or a former name, so that the child is found by it."""
    require(viewer, Verb.EDIT_CHILD)
    person = person_to_change(person_id, viewer, Verb.EDIT_CHILD)
    if not (given_name.strip() or family_name.strip()):
        raise NameMissing
    made = Name(
        person=person, kind=NameKind(kind), given_name=given_name, family_name=family_name, source=source
    )
    made.save(force_insert=True)
    index_names([person_id])
    _recorded(
        "add name", "name", made.pk, person_id, {"name": f"{given_name} {family_name}".strip()}, viewer, now
    )
    return made.pk


def checked(type_: str, value: str) -> CheckedNumber:
    """An identifier in its stored form; NHS numbers and UPNs with their check digit looked at."""
    if type_ == IdentifierType.NHS_NUMBER:
        return checked_nhs_number(value)
    if type_ == IdentifierType.UPN:
        return checked_upn(value)
    return CheckedNumber(value.strip(), None)


@transaction.atomic
def add_identifier(
    *, person_id: UUID, type_: str, value: str, issuer: str = "", viewer: Viewer, now: datetime
) -> UUID:
    """Add a number. Raises NumberNotValid if its check digit fails, NumberInUse if somebody else has it, which is
    told only of one whom the viewer sees or would find on the index card.

    Otherwise it is kept like any number: to refuse it would say that a restricted child is on record. It is marked as
    shared, which is shown to nobody but those who see both records, and proves nothing to an import.
    """
    require(viewer, Verb.EDIT_CHILD)
    person = person_to_change(person_id, viewer, Verb.EDIT_CHILD)
    number = checked(type_, value)
    if number.is_verified is False:
        raise NumberNotValid(number.problem)
    made = Identifier(
        person=person, type=type_, value=number.value, issuer=issuer, is_verified=number.is_verified
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if is_known_to_have(made):
            raise NumberInUse from error
        made.is_shared = True
        made.save(force_insert=True)
    _recorded("add identifier", "identifier", made.pk, person_id, {type_: number.value}, viewer, now)
    return made.pk


@transaction.atomic
def add_address(
    *,
    person_id: UUID,
    kind: str,
    lines: str,
    postcode: str,
    since: date,
    is_masked: bool = False,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Add an address from a day on. A new home address ends the one before it on that day."""
    require(viewer, Verb.EDIT_CHILD)
    person = person_to_change(person_id, viewer, Verb.EDIT_CHILD)
    if postcode.strip() and not is_postcode(postcode):
        raise PostcodeNotValid
    if kind == AddressKind.HOME:
        _end_home_address(person_id, since)
    made = Address(
        person=person,
        kind=kind,
        lines=lines,
        postcode=postcode.replace(" ", "").upper(),
        is_masked=is_masked,
        valid=(since, None),
    )
    made.save(force_insert=True)
    _recorded("add address", "address", made.pk, person_id, {"address": f"{lines} {postcode}"}, viewer, now)
    return made.pk


def _end_home_address(person_id: UUID, on: date) -> None:
    homes = Address.objects.filter(person_id=person_id, kind=AddressKind.HOME)
    if homes.filter(valid__startswith__gte=on).exists():
        raise AddressOverlaps
    for address in homes.filter(valid__contains=on):
        Address.objects.filter(pk=address.pk).update(valid=(address.valid.lower, on))


@transaction.atomic
def add_relationship(
    *,
    person_id: UUID,
    kind: str,
    name: str,
    phone: str = "",
    note: str = "",
    other_id: UUID | None = None,
    has_parental_responsibility: bool | None = None,
    is_safe_to_contact: bool | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Add someone around the child."""
    require(viewer, Verb.EDIT_CHILD)
    person = person_to_change(person_id, viewer, Verb.EDIT_CHILD)
    if other_id == person_id:
        raise WithThemselves
    made = Relationship(
        person=person,
        kind=kind,
        name=name,
        phone=phone,
        note=note,
        other_id=other_id,
        has_parental_responsibility=has_parental_responsibility,
        is_safe_to_contact=is_safe_to_contact,
    )
    made.save(force_insert=True)
    _recorded("add relationship", "relationship", made.pk, person_id, {kind: name}, viewer, now)
    return made.pk


@transaction.atomic
def begin_involvement(
    *,
    person_id: UUID,
    team_id: UUID,
    service: str,
    since: date,
    worker_id: UUID | None = None,
    is_lead: bool = False,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """An agency's team starts to work with a child, and may see the record by it. A new lead ends the former lead's.

    The former lead professional's involvement goes on; only the lead passes on.
    """
    require(viewer, Verb.EDIT_CHILD)
    person_to_change(person_id, viewer, Verb.EDIT_CHILD)
    if is_lead:
        _pass_on_lead(person_id, since)
    made = Involvement(
        person_id=person_id,
        team_id=team_id,
        worker_id=worker_id,
        service=service,
        is_lead=is_lead,
        valid=(since, None),
    )
    made.save(force_insert=True)
    opening = Opening(basis=Basis.INVOLVEMENT, reason=f"Works with the child: {service}", team_id=team_id)
    grant(person_id=person_id, opening=opening, viewer=viewer, now=now)
    _recorded("begin involvement", "involvement", made.pk, person_id, {"service": service}, viewer, now)
    return made.pk


def _pass_on_lead(person_id: UUID, since: date) -> None:
    leads = Involvement.objects.filter(person_id=person_id, is_lead=True)
    if leads.filter(valid__startswith__gt=since).exists():
        raise LeadOverlaps
    for former in leads.filter(valid__contains=since):
        _stop_leading(former, since)


def _stop_leading(former: Involvement, since: date) -> None:
    """The involvement goes on without the lead; one that began on that very day never led."""
    if former.valid.lower == since:
        Involvement.objects.filter(pk=former.pk).update(is_lead=False)
        return
    Involvement.objects.filter(pk=former.pk).update(valid=(former.valid.lower, since))
    Involvement(
        person_id=former.person_id,
        team_id=former.team_id,
        worker_id=former.worker_id,
        service=former.service,
        valid=(since, former.valid.upper),
    ).save(force_insert=True)


@transaction.atomic
def end_involvement(*, involvement_id: UUID, on: date, viewer: Viewer, now: datetime) -> None:
    """A team's work with a child ends on a day; its sight of the record ends with it."""
    require(viewer, Verb.EDIT_CHILD)
    involvement = Involvement.objects.select_for_update().filter(pk=involvement_id).first()
    if involvement is None:
        raise NotFound
    require_for(viewer, Verb.EDIT_CHILD, involvement.person_id)
    if on < involvement.valid.lower:
        raise EndsBeforeItBegins
    if start_of_day(on) > now:
        raise NotYet
    _end(involvement, on)
    _recorded(
        "end involvement",
        "involvement",
        involvement_id,
        involvement.person_id,
        {"ended": str(on)},
        viewer,
        now,
    )
    if not _works_on(involvement):
        end_grants(
            person_id=involvement.person_id,
            holder=involvement.team_id,
            basis=Basis.INVOLVEMENT,
            viewer=viewer,
            now=now,
        )


def _end(involvement: Involvement, on: date) -> None:
    """On its first day: it was a mistake and lasted for that day."""
    last = max(on, involvement.valid.lower + timedelta(days=1))
    Involvement.objects.filter(pk=involvement.pk).update(valid=(involvement.valid.lower, last))


def _works_on(ended: Involvement) -> bool:
    """True if the same team works with the child in another way."""
    others = Involvement.objects.filter(person_id=ended.person_id, team_id=ended.team_id)
    return others.exclude(pk=ended.pk).filter(valid__upper_inf=True).exists()


def _recorded(
    verb: str, kind: str, made: UUID, person_id: UUID, after: dict[str, str], viewer: Viewer, now: datetime
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind=kind,
        subject_id=made,
        person_id=person_id,
        changes={field: (None, value) for field, value in after.items()},
    )
