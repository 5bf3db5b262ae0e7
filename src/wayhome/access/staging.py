"""Many rows at once: PostgreSQL takes no COPY into a table with row security, so they pass through one beside it.

The tables beside are temporary, seen by this connection alone, and gone when the transaction ends.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Composed, Identifier

from wayhome.kernel.ids import new_ids

# Rows that are written out at once.
BATCH = 20_000
# What the planner has to know of a table beside is how many rows and how many children: a glance is enough.
_GLANCE = 10


def written(rows: Sequence[Sequence[Any]], *, new_ids_each: int = 0) -> str:
    """Rows as the text that `stage_written` takes, each with so many new ids behind it.

    Asks no database: a thread can write the next rows while PostgreSQL is at the last.
    """
    text = StringIO()
    ids = [new_ids(len(rows)) for _ in range(new_ids_each)]
    csv.writer(text).writerows((*row, *new) for row, *new in zip(rows, *ids, strict=True))
    return text.getvalue()


def stage(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Make a temporary table with these columns and copy the rows into it.

    `columns` is SQL: names with their types, new ids last. A blank in a column of text is a blank; in any other, NULL.
    """
    stage_written(table, columns, map(written, _batches(rows)))


def stage_written(table: str, columns: str, texts: Iterable[str]) -> None:
    """The same for rows that are written out already.

    Whatever gives them must not ask the database meanwhile: the connection is copying.
    """
    name = Identifier(table)
    with connection.cursor() as cursor:
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(name))
        cursor.execute(SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(name, SQL(columns)))
        with cursor.copy(_copy_into(name, columns)) as copy:
            for text in texts:
                copy.write(text)
    _glance_at(name)


def _copy_into(name: Identifier, columns: str) -> Composed:
    texts = [column.split()[0].strip('"') for column in columns.split(",") if column.split()[1] == "text"]
    never_null = (
        SQL("FORCE_NOT_NULL ({}), ").format(SQL(", ").join(map(Identifier, texts))) if texts else SQL("")
    )
    return SQL("COPY {} FROM STDIN ({}FORMAT csv)").format(name, never_null)


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    coming = iter(rows)
    while some := list(islice(coming, BATCH)):
        yield some


def _glance_at(name: Identifier) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SQL("SHOW default_statistics_target"))
        usual = cursor.fetchone()[0]
        cursor.execute(SQL("SET LOCAL default_statistics_target = {}").format(_GLANCE))
        cursor.execute(SQL("ANALYZE {}").format(name))
        cursor.execute(SQL("SET LOCAL default_statistics_target = {}").format(SQL(usual)))


def stage_as(table: str, query: str, parameters: dict[str, Any]) -> None:
    """Make a temporary table of what a query finds."""
    name = Identifier(table)
    with connection.cursor() as cursor:
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(name))
        cursor.execute(
            SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS ").format(name) + SQL(query), parameters
        )
    _glance_at(name)


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
