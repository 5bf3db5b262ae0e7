"""Opening a child's record is on the record too."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.audit.commands import discard_drafts_before, record, save_draft
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.people.models import Address, Person
from wayhome.people.queries import (
    KEPT_SEARCH,
    SEARCHES_ARE_KEPT,
    IndexCard,
    PersonCard,
    index_cards,
    person,
    search,
)


@transaction.atomic
def open_record(*, person_id: UUID, page: str, viewer: Viewer, now: datetime) -> Person:
    """The person, with an entry that says who opened which page of their record. Raises NotFound."""
    require(viewer, Verb.READ_CHILD)
    subject = person(person_id)
    record(
        viewer=viewer,
        now=now,
        verb="read",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        detail={"page": page},
    )
    return subject


@transaction.atomic
def find(*, typed: str, year: int | None, viewer: Viewer, now: datetime) -> list[PersonCard]:
    """Search by name or number, with an entry that says what was looked for and how many were found."""
    require(viewer, Verb.FIND_CHILD)
    found = search(typed, year=year, on=london_day(now))
    record(
        viewer=viewer,
        now=now,
        verb="search",
        subject_kind="people",
        detail={"found": len(found)},
        changes={"searched for": (None, {"typed": typed, "year": year})},
    )
    return found


@transaction.atomic
def keep_search(*, typed: str, year: int | None = None, viewer: Viewer, now: datetime) -> UUID:
    """Keep for a time what was typed to find a child, for the viewer alone. Returns the id that stands for it.

    The id stands in the addresses of pages that go on from a search: a child's name does not belong in the history of a
    browser or the log of a server.
    """
    require(viewer, Verb.FIND_CHILD)
    discard_drafts_before(now - SEARCHES_ARE_KEPT, viewer=viewer, form=KEPT_SEARCH)
    search_id = new_id()
    said = {"q": typed, "year": year}
    save_draft(viewer=viewer, now=now, form=KEPT_SEARCH, subject=str(search_id), data=said)
    return search_id


@transaction.atomic
def ask_index(*, name: str, born: date | None, number: str, viewer: Viewer, now: datetime) -> list[IndexCard]:
    """Whether a child is known and whom to ring, with an entry that says who asked about which children."""
    require(viewer, Verb.FIND_CHILD)
    cards = index_cards(name=name, born=born, number=number)
    for card in cards:
        record(
            viewer=viewer,
            now=now,
            verb="ask index",
            subject_kind="person",
            subject_id=card.person_id,
            person_id=card.person_id,
        )
    if not cards:
        record(viewer=viewer, now=now, verb="ask index", subject_kind="people", detail={"found": 0})
    return cards


@transaction.atomic(savepoint=False)
def open_list(*, page: str, found: int, viewer: Viewer, now: datetime, **asked: str) -> None:
    """Put on the record that a page with a list of children was shown: which page, what was asked, how many."""
    record(
        viewer=viewer,
        now=now,
        verb="read list",
        subject_kind="people",
        detail={"page": page, "found": found, **asked},
    )


@transaction.atomic
def reveal_address(*, person_id: UUID, address_id: UUID, viewer: Viewer, now: datetime) -> Address:
    """A masked address, with an entry that says who asked for it. Raises NotFound, and NotAllowed for one whose role,
    or whose own report alone, is no reason to know where a child is kept safe.
    """
    require(viewer, Verb.READ_CHILD)
    found = Address.objects.filter(pk=address_id, person_id=person_id).select_related("person").first()
    if found is None:
        raise NotFound
    require_for(viewer, Verb.SEE_MASKED_PLACES, person_id)
    record(
        viewer=viewer,
        now=now,
        verb="reveal address",
        subject_kind="address",
        subject_id=address_id,
        person_id=person_id,
    )
    return found
