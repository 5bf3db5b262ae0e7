"""Opening a child's record to a team or a user, and ending it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from wayhome.access.models import BreakGlass, Grant, Restriction
from wayhome.access.staging import run, stage_written, written
from wayhome.access.vocabulary import Basis
from wayhome.audit.commands import record
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, Refusal
from wayhome.kernel.viewer import Viewer


class GrantRefused(NotAllowed):
    """You cannot open this record to others, or for longer than it is open to you. Ask the lead professional."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A grant to be made: for a team or a user, on a basis, with the reason shown to everyone who may see the child."""

    basis: Basis
    reason: str
    team_id: UUID | None = None
    user_id: UUID | None = None
    until: datetime | None = None


@transaction.atomic
def grant(*, person_id: UUID, opening: Opening, viewer: Viewer, now: datetime) -> UUID:
    """Open a child's record to a team or a user, from now on. Raises GrantRefused if the viewer may not.

    What a viewer may open, and for how long, is said in access/rows.sql; it goes by the database's clock.
    """
    if viewer.user_id is None:
        made = _granted_by_machine(person_id, opening, now)
    else:
        made = _granted_by_viewer(person_id, opening)
    record(
        viewer=viewer,
        now=now,
        verb="grant",
        subject_kind="grant",
        subject_id=made,
        person_id=person_id,
        detail={
            "basis": opening.basis,
            "team": opening.team_id,
            "user": opening.user_id,
            "until": opening.until,
        },
        changes={"reason": (None, opening.reason)},
    )
    return made


@transaction.atomic
def prolong_grants(
    *, holdings: Iterable[tuple[UUID, UUID]], basis: Basis, until: datetime, viewer: Viewer, now: datetime
) -> int:
    """Let teams see children for longer, where their work is not finished: (person, team) each. Returns how many.

    Only grants that open a record now and end before `until`; what reviewers are told of them is prolonged too. By a
    machine alone: nobody prolongs what they see. Raises GrantRefused.
    """
    if not viewer.is_machine:
        raise GrantRefused
    wanted = set(holdings)
    found = Grant.objects.select_for_update().filter(
        person_id__in={person_id for person_id, _ in wanted},
        basis=basis,
        valid__contains=now,
        valid__endswith__lt=until,
    )
    prolonged = [each for each in found if (each.person_id, each.team_id) in wanted]
    for each in prolonged:
        Grant.objects.filter(pk=each.pk).update(valid=(each.valid.lower, until))
        BreakGlass.objects.filter(grant_id=each.pk).update(expires_at=until)
        record(
            viewer=viewer,
            now=now,
            verb="prolong grant",
            subject_kind="grant",
            subject_id=each.pk,
            person_id=each.person_id,
            detail={"basis": basis, "team": each.team_id, "until": until},
        )
    return len(prolonged)


def _granted_by_machine(person_id: UUID, opening: Opening, now: datetime) -> UUID:
    made = _machine_grant(person_id, opening, now)
    made.save(force_insert=True)
    return made.pk


def _machine_grant(person_id: UUID, opening: Opening, now: datetime) -> Grant:
    restricted = Restriction.objects.filter(person_id=person_id, lifted_at=None).exists()
    return Grant(
        person_id=person_id,
        team_id=opening.team_id,
        user_id=opening.user_id,
        basis=opening.basis,
        reason=opening.reason,
        valid=(now, opening.until),
        held_back=restricted and opening.team_id is not None,
    )


def _granted_by_viewer(person_id: UUID, opening: Opening) -> UUID:
    made = new_id()
    holder = (opening.team_id, opening.user_id)
    call_as_viewer(
        "SELECT access_open_grant(%s, %s, %s, %s, %s, %s, %s)",
        [made, person_id, *holder, opening.basis, opening.reason, opening.until],
    )
    return made


def _refusal_for(error: DatabaseError, refusal: type[Refusal]) -> Exception:
    """A refusal if row security said no; any other fault stays a fault."""
    return refusal() if getattr(error.__cause__, "sqlstate", "") == "42501" else error


# OFFSET 0: look up each child's grants, where the planner would go through everyone's.
_OPENED = """
INSERT INTO access_grant (id, person_id, team_id, user_id, basis, reason, valid, held_back)
SELECT o.id, o.person_id, o.team_id, o.user_id, o.basis, o.reason, tstzrange(%(now)s, o.until),
    o.team_id IS NOT NULL AND r.id IS NOT NULL
FROM access_openings o LEFT JOIN access_restriction r ON r.person_id = o.person_id AND r.lifted_at IS NULL
WHERE NOT EXISTS (
    SELECT FROM access_grant g WHERE g.person_id = o.person_id AND g.holder = coalesce(o.user_id, o.team_id)
        AND g.basis = o.basis AND g.valid @> %(now)s::timestamptz AND upper_inf(g.valid)
    OFFSET 0)
ORDER BY o.person_id
"""


_COLUMNS = (
    """person_id uuid, team_id uuid, user_id uuid, basis text, reason text, until timestamptz, id uuid"""
)


def written_openings(openings: Iterable[tuple[UUID, Opening]]) -> str:
    """These openings as `grant_many` takes them. Asks no database."""
    rows = [
        (person_id, opening.team_id, opening.user_id, opening.basis, opening.reason, opening.until)
        for person_id, opening in openings
    ]
    return written(rows, new_ids_each=1)


@transaction.atomic
def grant_many(*, texts: Iterable[str], viewer: Viewer, now: datetime) -> int:
    """Grants made by an import, in bulk (`written_openings`). Returns how many.

    Those of teams for restricted records are held back. One that is there already, on the same basis and without an
    end, is not made again.
    """
    if viewer.user_id is not None:
        raise GrantRefused
    stage_written("access_openings", _COLUMNS, texts)
    made = run(_OPENED, {"now": now})
    if made:
        record(viewer=viewer, now=now, verb="grant", subject_kind="grants", detail={"count": made})
    return made


@transaction.atomic
def end_grants(*, person_id: UUID, holder: UUID, basis: Basis, viewer: Viewer, now: datetime) -> int:
    """End what a team or user holds for a child on one basis, because the facts behind it ended."""
    if viewer.user_id is None:
        grants = Grant.objects.filter(person_id=person_id, holder=holder, basis=basis, valid__contains=now)
        ended = sum(Grant.objects.filter(pk=held.pk).update(valid=(held.valid.lower, now)) for held in grants)
    else:
        ended = call_as_viewer("SELECT access_end_grants(%s, %s, %s)", [person_id, holder, basis])
    record(
        viewer=viewer,
        now=now,
        verb="end grant",
        subject_kind="grant",
        person_id=person_id,
        detail={"holder": holder, "basis": basis, "count": ended},
    )
    return ended


def call_as_viewer(sql: str, parameters: list[Any]) -> Any:
    """Call a function of rows.sql that decides inside, and give its answer. Raises GrantRefused if it says no."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        raise _refusal_for(error, GrantRefused) from error
