"""All that a table holds about one person, read without composing the query anew each time.

The overview of a child asks some twenty tables. To compose the queries took twice as long as to answer them.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

M = TypeVar("M", bound=models.Model)
SOMEBODY = UUID(int=0)


def about(kind: type[M], person_id: UUID) -> list[M]:
    """The rows about this person that the viewer may see, in no order. For tables with a column `person_id`.

    Raises TypeError for a table with a column that Django converts (JSON): ask for its rows in the usual way.
    """
    (found,) = about_each((kind,), person_id)
    return found


def about_each(kinds: Sequence[type[models.Model]], person_id: UUID) -> list[list[Any]]:
    """The same of several tables, in their order: asked together, in one way to the database and back."""
    composed = [_composed(kind) for kind in kinds]
    found = []
    with connection.cursor() as cursor:
        cursor.execute("; ".join(sql for sql, _ in composed), [person_id] * len(kinds))
        for kind, (_, columns) in zip(kinds, composed, strict=True):
            found.append([kind.from_db(connection.alias, columns, row) for row in cursor.fetchall()])
            cursor.nextset()
    return found


@cache
def _composed(kind: type[models.Model]) -> tuple[str, list[str]]:
    fields = kind._meta.concrete_fields
    if converted := [field.name for field in fields if field.get_db_converters(connection)]:
        raise TypeError(f"{kind.__name__} has columns to convert: {', '.join(converted)}")
    sql, _ = kind._default_manager.filter(person_id=SOMEBODY).query.sql_with_params()
    return sql, [field.attname for field in fields]
