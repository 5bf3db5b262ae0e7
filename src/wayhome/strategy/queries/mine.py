"""Which parts of which actions are the viewer's: as holder of a post, in a team, on a body, or by a link."""

from uuid import UUID

from wayhome.database.written_once import rows_of


def my_owner_ids() -> frozenset[UUID]:
    """The owners of actions for whom the viewer may speak today. Row security says so (rows.sql)."""
    return frozenset(owner for (owner,) in rows_of("SELECT unnest(strategy_my_owners())"))
