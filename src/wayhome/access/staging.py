"""Many rows at once: PostgreSQL takes no COPY into a table with row security, so they pass through one beside it.

The tables beside are temporary, seen by this connection alone, and gone when the transaction ends.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Identifier


def stage(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> int:
    """Make a temporary table with these columns and copy the rows into it. Returns how many there were.

    `columns` is SQL: names with their types. Columns with a DEFAULT come last and are not in the rows. Whatever gives
    the rows must not ask the database meanwhile: the connection is copying.
    """
    name, count = Identifier(table), 0
    filled = [column.split()[0].strip('"') for column in columns.split(",") if "DEFAULT" not in column]
    listed = SQL(", ").join(map(Identifier, filled))
    with connection.cursor() as cursor:
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(name))
        cursor.execute(SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(name, SQL(columns)))
        with cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(name, listed)) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        cursor.execute(SQL("ANALYZE {}").format(name))
    return count


def stage_as(table: str, query: str, parameters: dict[str, Any]) -> None:
    """Make a temporary table of what a query finds."""
    name = Identifier(table)
    with connection.cursor() as cursor:
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(name))
        cursor.execute(
            SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS ").format(name) + SQL(query), parameters
        )
        cursor.execute(SQL("ANALYZE {}").format(name))


def run(statement: str, parameters: dict[str, Any] | None = None) -> int:
    """Run one statement. Returns how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or {})
        written: int = cursor.rowcount
    return written


def found(query: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """The rows that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or {})
        return list(cursor.fetchall())


def new_id_in_sql() -> str:
    """The expression that makes an id: kernel.ids.new_id, where PostgreSQL has it; without the time before 18."""
    return "uuidv7()" if found("SELECT to_regproc('uuidv7')") != [(None,)] else "gen_random_uuid()"
