"""Homes that are kept from view: where a child lives may be told to nobody who could lead others there.

A placement is kept from view while its address is. The name and the numbers of the home would tell as much as the
address, and so would a list of who lives there.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import connection

from wayhome.access.policies import may
from wayhome.access.queries import WhoSees, seen_by_a_report_alone
from wayhome.access.roles import Verb
from wayhome.kernel.viewer import Viewer
from wayhome.people.models import CareEpisode
from wayhome.people.queries import residents_of

A_HOME = "A home kept from view"

T = TypeVar("T")

# Without an address of the placement itself, a masked home address is taken for it.
_KEPT = """
SELECT DISTINCT c.person_id, c.home_team_id FROM people_careepisode c
JOIN people_address a ON a.person_id = c.person_id AND a.is_masked
    AND a.valid && daterange(c.started_on, c.ended_on, '[]')
WHERE c.person_id = ANY (%s) AND c.home_team_id IS NOT NULL
    AND (a.kind = 'placement' OR a.kind = 'home' AND NOT EXISTS (
        SELECT FROM people_address p WHERE p.person_id = c.person_id AND p.kind = 'placement'
            AND p.valid && daterange(c.started_on, c.ended_on, '[]')))
"""

# A child and a home of theirs.
Homes = frozenset[tuple[UUID, UUID]]


def kept_homes(person_ids: Iterable[UUID]) -> Homes:
    """Each home in which one of these children lived while the address there was kept from view. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [list(person_ids)])
        return frozenset((person_id, home_id) for person_id, home_id in cursor)


def homes_kept_from(
    viewer: Viewer, person_ids: Iterable[UUID], by_a_report_alone: set[UUID] | None = None
) -> Homes:
    """Those that are not told to this viewer. Staff of a home know who lives in theirs. Three queries or fewer.

    `by_a_report_alone`: whom of these children the viewer sees for no other reason, where that is known already.
    """
    asked = set(person_ids)
    if viewer.is_machine or not asked:
        return frozenset()
    if may(viewer, Verb.SEE_MASKED_PLACES):
        known = by_a_report_alone
        asked = seen_by_a_report_alone(asked, viewer) if known is None else asked & known
    found = kept_homes(asked) if asked else frozenset()
    return frozenset(pair for pair in found if pair[1] not in viewer.team_ids)


def without(kept: Homes, person_id: UUID, by_team: dict[UUID, T]) -> dict[UUID, T]:
    """What is known of teams, without the homes that are kept from view for this child."""
    return {team: known for team, known in by_team.items() if (person_id, team) not in kept}


def told_who_sees(reasons: Iterable[WhoSees], person_id: UUID, viewer: Viewer) -> list[WhoSees]:
    """Who sees a child, with the homes that are kept from this viewer as homes without a name."""
    kept = homes_kept_from(viewer, [person_id])
    return [
        replace(each, holder=A_HOME, agency="") if (person_id, each.holder_id) in kept else each
        for each in reasons
    ]


def without_kept_homes(reasons: Iterable[WhoSees], person_id: UUID, viewer: Viewer) -> list[WhoSees]:
    """Who sees a child, without the homes that are kept from this viewer: the names of their staff would tell which."""
    kept = homes_kept_from(viewer, [person_id])
    return [each for each in reasons if (person_id, each.holder_id) not in kept]


def told_residents(home_ids: set[UUID], viewer: Viewer, on: date) -> list[CareEpisode]:
    """Those who live in these homes now and whom the viewer sees, but for those of whom nobody is to learn it there."""
    found = residents_of(home_ids, on)
    kept = homes_kept_from(viewer, [care.person_id for care in found])
    return [care for care in found if (care.person_id, care.home_team_id) not in kept]
