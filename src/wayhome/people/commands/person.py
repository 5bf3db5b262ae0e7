"""Create a person's record; change what it says about them."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from wayhome.access.commands import Opening, grant
from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.audit.commands import differences, record
from wayhome.events.outbox import publish
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.kernel.partial_date import Precision
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.people.events import PersonChanged, PersonCreated
from wayhome.people.models import Name, Person
from wayhome.people.vocabulary import NameKind


class NameMissing(Refusal):
    """Enter at least a given name or a family name. If you know neither, write how the child is known."""

    field = "given_name"


class BornInTheFuture(Refusal):
    """The date of birth is in the future. Check the year."""

    field = "date_of_birth"


class Stale(Refusal):
    """A colleague changed this record while you were writing. Look at both versions, then save what is right."""

    def __init__(self, theirs: dict[str, Any]) -> None:
        super().__init__()
        self.theirs = theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What can be said about a person on the first page. Codes are those of codelists/."""

    given_name: str
    family_name: str
    date_of_birth: date | None = None
    birth_precision: str = Precision.UNKNOWN
    sex: str = ""
    gender: str = ""
    ethnicity: str = ""
    language: str = ""
    needs_interpreter: bool = False
    pronunciation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson(PersonDetails):
    """Details of a person to be created, with those who may see the new record."""

    openings: tuple[Opening, ...] = ()
    source: str = ""


def check_details(details: PersonDetails, now: datetime) -> None:
    """Raise NameMissing or BornInTheFuture."""
    if not (details.given_name.strip() or details.family_name.strip()):
        raise NameMissing
    if details.date_of_birth and details.date_of_birth > london_day(now):
        raise BornInTheFuture


@transaction.atomic
def create_person(*, new: NewPerson, viewer: Viewer, now: datetime) -> UUID:
    """Create a record, open it to those in `new.openings`, and make its name findable.

    The viewer has to be among them, themselves or through a team, or they could not see what they wrote.
    """
    require(viewer, Verb.CREATE_CHILD)
    check_details(new, now)
    person_id = new_id()
    for opening in new.openings:
        grant(person_id=person_id, opening=opening, viewer=viewer, now=now)
    fields = {name: value for name, value in asdict(new).items() if name not in ("openings", "source")}
    Person(id=person_id, created_at=now, **fields).save(force_insert=True)
    Name(
        person_id=person_id,
        kind=NameKind.CURRENT,
        given_name=new.given_name,
        family_name=new.family_name,
        source=new.source,
    ).save(force_insert=True)
    index_names([person_id])
    record(
        viewer=viewer,
        now=now,
        verb="create",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        changes={field: (None, value) for field, value in fields.items() if value},
    )
    publish(PersonCreated(person_id=person_id), now=now)
    return person_id


@transaction.atomic
def change_person(
    *, person_id: UUID, version: int, details: PersonDetails, viewer: Viewer, now: datetime
) -> None:
    """Save edited details. Raises Stale with the present values if the record changed since `version` was read."""
    require(viewer, Verb.EDIT_CHILD)
    check_details(details, now)
    person = person_to_change(person_id, viewer, Verb.EDIT_CHILD)
    after = asdict(details)
    before = {field: getattr(person, field) for field in after}
    if person.version != version:
        raise Stale(theirs=before)
    changes = differences(before, after)
    for field, value in after.items():
        setattr(person, field, value)
    person.version += 1
    person.save(update_fields=[*after, "version"])
    if {"given_name", "family_name"} & changes.keys():
        _rename(person, before)
    index_names([person_id])
    record(
        viewer=viewer,
        now=now,
        verb="edit",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        changes=changes,
    )
    publish(PersonChanged(person_id=person_id), now=now)


def _rename(person: Person, before: dict[str, Any]) -> None:
    """The name before becomes a former one, unless there was none: an imported child has only a number."""
    now = {"given_name": person.given_name, "family_name": person.family_name}
    current = Name.objects.filter(person=person, kind=NameKind.CURRENT)
    if current.update(**now):
        given, family = before["given_name"], before["family_name"]
        added = Name(person=person, kind=NameKind.FORMER, given_name=given, family_name=family)
    else:
        added = Name(person=person, kind=NameKind.CURRENT, **now)
    added.save(force_insert=True)


def locked_person(person_id: UUID) -> Person:
    """The person, locked until the transaction ends. Raises NotFound if there is none the viewer may see."""
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def person_to_change(person_id: UUID, viewer: Viewer, verb: Verb) -> Person:
    """The person, locked, for one who may do this. Raises NotFound, and NotAllowed for one who only reported them."""
    person = locked_person(person_id)
    require_for(viewer, verb, person_id)
    return person


def index_names(person_ids: list[UUID]) -> None:
    """Make people findable by all their names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_index_names(%s)", [person_ids])
