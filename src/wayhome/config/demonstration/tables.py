"""Puts many rows into a table at once.

The history of the demonstration has tens of thousands of rows, which the commands would take many minutes to write one
by one. Rows go in by COPY; PostgreSQL takes no COPY into a table with row security, so it goes through a copy of the
table's columns. Every constraint of the table holds.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.db import connection
from django.db.models import Field, JSONField
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb
from psycopg.types.range import DateRange, TimestamptzRange

# A row: values by the columns' names. Any: whatever a column can hold.
Row = Mapping[str, Any]


def fill(model_name: str, rows: Iterable[Row]) -> int:
    """Insert rows into the table of a model such as "people.Person"; what a row leaves out is the field's default."""
    model = apps.get_model(model_name)
    fields = [field for field in model._meta.concrete_fields if not field.generated and not _counts(field)]
    columns = SQL(", ").join(Identifier(field.column) for field in fields)
    table, aside = Identifier(model._meta.db_table), Identifier(f"filling_{model._meta.db_table}")
    with connection.cursor() as cursor:
        cursor.execute(
            SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                aside, columns, table
            )
        )
        with cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(aside, columns)) as copy:
            for row in rows:
                copy.write_row([_value(field, row) for field in fields])
        cursor.execute(SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(table, columns, columns, aside))
        written: int = cursor.rowcount
        cursor.execute(SQL("DROP TABLE {}").format(aside))
    return written


def _counts(field: "Field[Any, Any]") -> bool:
    """A key that the database counts up by itself."""
    return bool(field.primary_key and field.get_internal_type() in ("AutoField", "BigAutoField"))


def _value(field: "Field[Any, Any]", row: Row) -> Any:
    value = row[field.attname] if field.attname in row else field.get_default()
    if isinstance(field, JSONField):
        return None if value is None else Jsonb(value)
    if isinstance(field, DateRangeField):
        return DateRange(*value)
    if isinstance(field, DateTimeRangeField):
        return TimestamptzRange(*value)
    return value
