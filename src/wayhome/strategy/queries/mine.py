"""Which parts of which actions are the viewer's: as holder of a post, in a team, on a body, or by a link."""

from uuid import UUID

from wayhome.database.reading import Reading, answered, reading_of


def my_owner_ids() -> frozenset[UUID]:
    """The owners of actions for whom the viewer may speak today. Row security says so (rows.sql)."""
    return answered(my_owners_reading())


def my_owners_reading() -> Reading[frozenset[UUID]]:
    """The same, to be read beside other things."""
    found = yield from reading_of("SELECT unnest(strategy_my_owners())")
    return frozenset(owner for (owner,) in found)
