"""All that a table holds about one person, read without composing the query anew each time.

The overview of a child asks some twenty tables. To compose the queries took twice as long as to answer them.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

M = TypeVar("M", bound=models.Model)
SOMEBODY = UUID(int=0)
Left = Mapping[type[models.Model], tuple[str, ...]]
NOTHING: Left = {}


def by_id(kind: type[M], id_: UUID) -> M | None:
    """The row of this id, if the viewer may see it."""
    sql, columns = _composed_by_id(kind)
    with connection.cursor() as cursor:
        cursor.execute(sql, [id_])
        row = cursor.fetchone()
    return kind.from_db(connection.alias, columns, row) if row else None


def about(kind: type[M], person_id: UUID, *, left: tuple[str, ...] = ()) -> list[M]:
    """The rows about this person that the viewer may see, in no order. For tables with a column `person_id`.

    What is in the columns `left` is left where it is. Raises TypeError for another that Django converts (JSON): ask for
    its rows in the usual way.
    """
    (found,) = about_each((kind,), person_id, left={kind: left})
    return found


def about_each(
    kinds: Sequence[type[models.Model]], person_id: UUID, *, left: Left = NOTHING
) -> list[list[Any]]:
    """The same of several tables, in their order: asked together, in one way to the database and back."""
    composed = [_composed(kind, left.get(kind, ())) for kind in kinds]
    found = []
    with connection.cursor() as cursor:
        cursor.execute("; ".join(sql for sql, _ in composed), [person_id] * len(kinds))
        for kind, (_, columns) in zip(kinds, composed, strict=True):
            found.append([kind.from_db(connection.alias, columns, row) for row in cursor.fetchall()])
            cursor.nextset()
    return found


@cache
def _composed_by_id(kind: type[models.Model]) -> tuple[str, list[str]]:
    columns = _columns(kind, ())
    sql, _ = kind._default_manager.filter(pk=SOMEBODY).query.sql_with_params()
    return sql, columns


@cache
def _composed(kind: type[models.Model], left: tuple[str, ...]) -> tuple[str, list[str]]:
    columns = _columns(kind, left)
    sql, _ = kind._default_manager.filter(person_id=SOMEBODY).defer(*left).query.sql_with_params()
    return sql, columns


def _columns(kind: type[models.Model], left: tuple[str, ...]) -> list[str]:
    fields = [field for field in kind._meta.concrete_fields if field.name not in left]
    if converted := [field.name for field in fields if field.get_db_converters(connection)]:
        raise TypeError(f"{kind.__name__} has columns to convert: {', '.join(converted)}")
    return [field.attname for field in fields]
