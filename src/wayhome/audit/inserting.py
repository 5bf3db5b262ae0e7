"""Many rows of one table in one statement.

The rows travel as one JSON text that the database takes apart. A parameter for each value of each row costs many times
as much: a plan of 5,000 actions is 86,000 rows with its record.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, models
from psycopg.sql import SQL, Identifier
from psycopg.types.range import Range

AT_ONCE = 10_000
# Any: whatever a column holds.
Said = Mapping[str, Any]


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert rows that hold all that they are to say. None of them is read back."""
    if not rows:
        return
    insert_said(type(rows[0]), [said_by(row) for row in rows])
    for row in rows:
        row._state.adding = False


def said_by(row: models.Model) -> Said:
    """What a row says, by the columns of its table."""
    return {
        column: field.get_prep_value(getattr(row, field.attname)) for column, field in _columns(type(row))
    }


def insert_said(table: type[models.Model], said: Sequence[Said]) -> None:
    """Insert what is said of rows. A column that a row does not name is empty."""
    statement = SQL(
        "INSERT INTO {0} ({1}) SELECT {1} FROM jsonb_populate_recordset(NULL::{0}, %s::jsonb)"
    ).format(
        Identifier(table._meta.db_table),
        SQL(", ").join([Identifier(column) for column, _ in _columns(table)]),
    )
    with connection.cursor() as cursor:
        for start in range(0, len(said), AT_ONCE):
            cursor.execute(statement, [json.dumps(said[start : start + AT_ONCE], default=_written)])


def _columns(table: type[models.Model]) -> list[tuple[str, Any]]:
    return [(str(field.column), field) for field in table._meta.concrete_fields]


def _written(value: Any) -> str:
    """As the database reads it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Range):
        return f"{value.bounds[0]}{value.lower or ''},{value.upper or ''}{value.bounds[1]}"
    return str(value)
