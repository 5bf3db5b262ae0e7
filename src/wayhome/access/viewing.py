"""Tells the database who is looking, in a way that SQL smuggled into a query cannot forge."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet

from wayhome.access.models import HeldScope, Membership, User
from wayhome.access.roles import holders_count_for
from wayhome.database.written_once import AT_SOME_TIME, SOMEBODY, WrittenOnce
from wayhome.kernel.viewer import Viewer

NOBODY = Viewer(user_id=None, name="")


def _held_by(user_id: UUID, now: datetime) -> QuerySet[User, tuple[Any, ...]]:
    mine = {"user": OuterRef("pk"), "valid__contains": now}
    return User.objects.filter(pk=user_id).values_list(
        "agency__name",
        "agency__partnership_id",
        ArraySubquery(Membership.objects.filter(**mine).values("team_id")),
        ArraySubquery(HeldScope.objects.filter(**mine).values("scope")),
    )


_held = WrittenOnce(_held_by, SOMEBODY, AT_SOME_TIME)


def viewer_of(user: User, *, now: datetime, request_id: str = "", purpose: str = "") -> Viewer:
    """The user as a viewer at this moment: agency, and the teams and scopes that are valid now. One query."""
    ((agency_name, partnership_id, teams, scopes),) = _held(user.pk, now)
    return Viewer(
        user_id=user.pk,
        name=user.name,
        agency_id=user.agency_id,
        agency_name=agency_name or "",
        team_ids=frozenset(teams),
        scopes=frozenset(scopes),
        request_id=request_id,
        purpose=purpose,
        partnership_id=partnership_id,
    )


def signed(viewer: Viewer) -> str:
    """The viewer as row security reads it: user~holders~scopes~signature (access/rows.sql checks it)."""
    holders: Iterable[UUID] = ()
    if viewer.user_id and holders_count_for(viewer.scopes):
        holders = (viewer.user_id, *sorted(viewer.team_ids))
    payload = "~".join(
        (str(viewer.user_id or ""), ",".join(map(str, holders)), ",".join(sorted(viewer.scopes)))
    )
    key = settings.VIEWER_KEY.encode()
    inner = hashlib.sha256(key + payload.encode()).digest()
    return f"{payload}~{hashlib.sha256(key + inner).hexdigest()}"


def open_for(viewer: Viewer) -> None:
    """Set the viewer for the rest of this transaction. Raises RuntimeError outside one: it would stay set.

    The server binds the parameter. Django would write it into the text of the query, and every connection of the
    application may read in pg_stat_activity what the others are asking: that would give away a signed viewer.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A viewer is set for one transaction.")
    connection.ensure_connection()
    _set(signed(viewer))


def _set(text: str) -> None:
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute("SELECT set_config('wayhome.viewer', %s, true)", [text])


def open_for_sign_in(user: User) -> None:
    """Let a user who is signing in change how their own account is signed in to: no team, no scope, no child."""
    open_for(Viewer(user_id=user.pk, name=user.name))


@contextmanager
def signing_in(user: User | None) -> Iterator[None]:
    """The same for this block, in a transaction of its own; afterwards whoever was looking is looking again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('wayhome.viewer', true), '')")
        (before,) = cursor.fetchone()
        open_for(Viewer(user_id=user.pk, name=user.name) if user else NOBODY)
        yield
        _set(before)
