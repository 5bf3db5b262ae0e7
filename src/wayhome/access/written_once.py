"""Queries whose text is written once. To put one together takes Django longer than its few rows take the database, and
the first pages of the day ask a dozen.
"""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from typing import Any, Generic, ParamSpec, cast
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

P = ParamSpec("P")

# Examples, each of its kind.
SOMEBODY = UUID(int=1)
AT_SOME_TIME = datetime(1989, 11, 16, tzinfo=UTC)
ON_SOME_DAY = date(1989, 11, 16)


class Ids(str):
    """Ids as one parameter, however many: hundreds take longer to write and to read than their rows."""

    __slots__ = ()

    @classmethod
    def of(cls, ids: Collection[UUID]) -> "Ids":
        """In the way PostgreSQL reads an array. Written once for all queries about the same rows."""
        return cls("{" + ",".join(map(str, ids)) + "}")


SOME_IDS = Ids.of([SOMEBODY])


class WrittenOnce(Generic[P]):
    """A query that differs in its parameters alone: `build` is asked for it once, with examples in their places.

    The examples must differ from each other and from all else in the query, each has to be in it, and it has to give
    values as the database gives them: `values_list` without fields that Django reads in a way of its own.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, Any]], *examples: object) -> None:
        self._build, self._examples = build, examples
        self._written: tuple[str, tuple[Any, ...]] | None = None

    def __call__(self, *values: P.args, **_none: P.kwargs) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        if self._written is None:
            self._written = self._write()
        text, places = self._written
        given: dict[Any, Any] = dict(zip(self._examples, values, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(text, [given.get(place, place) for place in places])
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def _write(self) -> tuple[str, tuple[Any, ...]]:
        query = cast("Callable[..., QuerySet[Any, Any]]", self._build)(*self._examples).query
        compiler = query.get_compiler(connection.alias)
        text, places = compiler.as_sql()
        if compiler.get_converters([each for each, *_ in compiler.select]):
            raise ValueError("These values are read by Django.")
        if set(self._examples) - set(places):
            raise ValueError("A parameter is not in the query.")
        return text, tuple(places)
