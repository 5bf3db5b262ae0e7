"""What else waits: broken glass to review, restricted records, an unfinished draft."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import connection

from wayhome.access import commands as access
from wayhome.access.vocabulary import Basis, BreakGlassReason
from wayhome.config.demonstration.cases import OpenCase
from wayhome.config.demonstration.children import RESTRICTED, Child
from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.present import act
from wayhome.config.demonstration.tables import fill
from wayhome.kernel.ids import new_id
from wayhome.kernel.viewer import Viewer


def tell_extras(
    children: list[Child],
    cases: list[OpenCase],
    opened: Opened,
    people: dict[int, UUID],
    now: datetime,
    rng: Random,
) -> None:
    """Everything beside the pathway."""
    busy = {open_case.child.number for open_case in cases}
    quiet = [
        c for c in children if c.number not in busy and c.group == "last_year" and not c.home_on(now.date())
    ]
    rng.shuffle(quiet)
    _restrict(quiet[:RESTRICTED], opened, people, now)
    _break_glass(quiet[RESTRICTED], quiet[RESTRICTED + 1], opened, people, now)
    _since_when()


def _restrict(children: list[Child], opened: Opened, people: dict[int, UUID], now: datetime) -> None:
    for child, reason in zip(children, (*_REASONS, *_REASONS), strict=False):
        named = frozenset({opened.users["cora"], opened.users[child.lead.worker]})

        def restrict(
            viewer: Viewer,
            at: datetime,
            child: Child = child,
            named: frozenset[UUID] = named,
            reason: str = reason,
        ) -> None:
            access.restrict(person_id=people[child.number], named=named, reason=reason, viewer=viewer, now=at)

        act(opened.viewers["cora"], now, restrict)


_REASONS = (
    "A parent works for the council.",
    "The child is a witness in a trial.",
    "The family's address must not become known.",
)


def _break_glass(
    today: Child, earlier: Child, opened: Opened, people: dict[int, UUID], now: datetime
) -> None:
    """One glass broken just now, and one yesterday; nobody has answered for either."""

    def broken(viewer: Viewer, at: datetime) -> None:
        access.break_glass(
            person_id=people[today.number],
            reason_code=BreakGlassReason.IMMEDIATE_SAFETY,
            reason="Found asleep in the sick room at school, will not say where home is.",
            viewer=viewer,
            now=at,
        )

    act(opened.viewers["nadia"], now, broken)
    _broken_yesterday(people[earlier.number], opened, now - timedelta(hours=27))


def _broken_yesterday(person_id: UUID, opened: Opened, at: datetime) -> None:
    """As the command would have written it then: the database opens grants from its own present on."""
    grant_id, user_id, until = new_id(), opened.users["erin"], at + timedelta(hours=24)
    reason = "On call; the hospital rang about a visitor without papers."
    fill(
        "access.Grant",
        [
            {
                "id": grant_id,
                "person_id": person_id,
                "user_id": user_id,
                "basis": Basis.BREAK_GLASS,
                "reason": reason,
                "valid": (at, until),
                "granted_by_id": user_id,
            }
        ],
    )
    row = {
        "grant_id": grant_id,
        "person_id": person_id,
        "user_id": user_id,
        "reason_code": BreakGlassReason.ON_CALL,
        "reason": reason,
        "broken_at": at,
        "expires_at": until,
    }
    fill("access.BreakGlass", [row])


def _since_when() -> None:
    """Commands open grants from the database's present on; what was opened for an open episode is as old as that."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE access_grant g SET valid = tstzrange(opened.at, upper(g.valid))
               FROM (SELECT person_id, min(coalesce(recorded_at)) AS at FROM missing_episode
                     WHERE closed_at IS NULL AND cancelled_at IS NULL GROUP BY person_id) opened
               WHERE g.person_id = opened.person_id AND g.basis = 'allocation' AND lower(g.valid) = now()"""
        )
