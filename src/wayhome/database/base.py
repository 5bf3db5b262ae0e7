"""Found by Django under this name (settings.DATABASES, ENGINE)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper
from psycopg import pq
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


# A query whose parameters the server binds is prepared when it is asked for the first time. Psycopg would count how
# often each was asked among the last hundred, and those are Django's own queries, which have their values in them.
AT_ONCE = 0
# How many a connection keeps; we have a hundred or so.
KEPT = 500


class Operations(operations.DatabaseOperations):
    """Django's, for which a query whose parameters the server binds has no text."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """What was asked, where queries are counted."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

    ops_class = Operations
    _kept: Any = None

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with our reader of instants."""
        params = super().get_connection_params()
        return params | {"context": _with_quick_instants(params["context"]), "prepare_threshold": AT_ONCE}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Django's, which keeps all our queries."""
        made = super().get_new_connection(conn_params)
        made.prepared_max = KEPT
        return made

    def prepared(self) -> CursorWrapper:
        """A cursor for queries that are asked again and again with the same text: after a while the server keeps how it
        runs them, which with row security on takes it longer to plan than to find a few rows. It is the same for all
        of them, and not to be closed: read everything before the next is asked.
        """
        self.ensure_connection()
        with self.wrap_database_errors:
            kept = self._kept
            if kept is None or kept.connection is not self.connection or kept.closed:
                self._kept = kept = self._binding()
            return self._wrapped(kept)

    def another(self) -> CursorWrapper:
        """One more of these cursors, for a query that goes to the server with others."""
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._wrapped(self._binding())

    @contextmanager
    def together(self) -> Iterator[None]:
        """What cursors ask in this block is sent without waiting for an answer; they have it when the block is over."""
        self.ensure_connection()
        with self.wrap_database_errors, self.connection.pipeline():
            yield

    def _binding(self) -> Any:
        made = base.ServerBindingCursor(self.connection)  # type: ignore[call-arg]
        # Neither the server nor the driver has to write out, and read, what an instant or an id is.
        made.format = pq.Format.BINARY  # type: ignore[attr-defined]
        return made

    def _wrapped(self, cursor: Any) -> CursorWrapper:
        wrapped: CursorWrapper = self._prepare_cursor(cursor)  # type: ignore[attr-defined]
        return wrapped


@cache
def _with_quick_instants(adapters: AdaptersMap) -> AdaptersMap:
    made = AdaptersMap(adapters)
    made.register_loader("timestamptz", InstantLoader)
    return made
