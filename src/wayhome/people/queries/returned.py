"""Children and their care as the looked-after return has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from wayhome.people.models import (
    CareEpisode,
)
from wayhome.people.vocabulary import IdentifierType


@dataclass(frozen=True, slots=True)
class ChildOfReturn:
    """Who a child is, for the looked-after return. `number` is the council's own, blank if there is none."""

    person_id: UUID
    number: str
    sex: str
    born_on: date | None
    ethnicity: str
    upn: str
    is_mother: bool | None
    own_child_born_on: date | None


_CHILDREN_OF_RETURN = """
SELECT p.id, coalesce(n.value, '') AS number, p.sex, CASE WHEN p.birth_precision = 'day' THEN p.date_of_birth END,
    p.ethnicity, coalesce(u.value, ''), p.is_mother, p.own_child_born_on
FROM people_person p
LEFT JOIN LATERAL (
    SELECT value FROM people_identifier WHERE person_id = p.id AND type = %(number)s AND issuer = %(issuer)s
        AND valid_to IS NULL ORDER BY id LIMIT 1) n ON true
LEFT JOIN LATERAL (
    SELECT value FROM people_identifier WHERE person_id = p.id AND type = %(upn)s AND valid_to IS NULL
    ORDER BY is_verified DESC NULLS LAST, value LIMIT 1) u ON true
WHERE p.id = ANY (%(also)s) OR EXISTS (
    SELECT FROM people_careepisode c WHERE c.person_id = p.id AND c.placed_by = '' AND c.started_on <= %(last)s
        AND coalesce(c.ended_on, 'infinity') >= %(first)s)
ORDER BY length(coalesce(n.value, '')), coalesce(n.value, ''), p.id
"""


def looked_after(
    issuer: str, first: date, last: date, *, also: list[UUID], at_once: int = 2_000
) -> Iterator[list[ChildOfReturn]]:
    """Children in care on any of these days, and those named in `also`, some at a time, by the issuer's number.

    The birth date is given only where the day is known, because the return has no other.
    """
    asked: dict[str, Any] = {
        "number": IdentifierType.LA_CHILD_ID,
        "upn": IdentifierType.UPN,
        "issuer": issuer,
        "first": first,
        "last": last,
        "also": also,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN_OF_RETURN, asked)
        while rows := cursor.fetchmany(at_once):
            yield [ChildOfReturn(*row) for row in rows]


class CareOfReturn(NamedTuple):
    """One episode of care, for the looked-after return."""

    started_on: date
    start_reason: str
    legal_status: str
    need: str
    placement: str
    placement_provider: str
    ended_on: date | None
    end_reason: str
    placement_change_reason: str
    home_postcode: str
    placement_postcode: str
    urn: str


def care_of_many(person_ids: list[UUID]) -> dict[UUID, list[CareOfReturn]]:
    """All episodes of care of these people, the first first, in one query.

    A child whom another authority placed here is in that authority's return, not in ours.
    """
    rows = CareEpisode.objects.filter(person_id__in=person_ids, placed_by="").order_by(
        "started_on", "ended_on"
    )
    found: dict[UUID, list[CareOfReturn]] = {}
    for person_id, *care in rows.values_list("person_id", *CareOfReturn._fields):
        found.setdefault(person_id, []).append(CareOfReturn(*care))
    return found


def placed_here_by_others(person_ids: list[UUID]) -> dict[UUID, list[tuple[date, date | None]]]:
    """When these people were in care that another authority answers for: first day, and the day it ended. One query."""
    found: dict[UUID, list[tuple[date, date | None]]] = {}
    rows = CareEpisode.objects.filter(person_id__in=person_ids).exclude(placed_by="")
    for person_id, since, until in rows.values_list("person_id", "started_on", "ended_on"):
        found.setdefault(person_id, []).append((since, until))
    return found
