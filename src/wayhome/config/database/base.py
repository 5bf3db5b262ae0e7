"""Found by Django under this name (settings.DATABASES, ENGINE)."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.backends.postgresql import base
from psycopg.adapt import AdaptersMap, Buffer
from psycopg.types.datetime import TimestamptzLoader


class InstantLoader(TimestamptzLoader):
    """Reads what the database writes in UTC with Python's own reader; what that cannot read is refused."""

    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        """An instant in UTC."""
        try:
            found = datetime.fromisoformat(bytes(data).decode())
        except ValueError:
            found = super().load(data)
        return found if found.tzinfo is UTC else found.astimezone(UTC)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with our reader of instants."""
        params = super().get_connection_params()
        return params | {"context": _with_quick_instants(params["context"])}


@cache
def _with_quick_instants(adapters: AdaptersMap) -> AdaptersMap:
    made = AdaptersMap(adapters)
    made.register_loader("timestamptz", InstantLoader)
    return made
