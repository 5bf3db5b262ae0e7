"""Which parts of which actions are the viewer's: as holder of a post, in a team, on a body, or by a link."""

from uuid import UUID

from django.db import connection


def my_owner_ids() -> frozenset[UUID]:
    """The owners of actions for whom the viewer may speak today. Row security says so (rows.sql)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(strategy_my_owners())")
        return frozenset(row[0] for row in cursor.fetchall())
