"""Queries whose text is written once. To put one together takes Django longer than its few rows take the database, and
to plan it takes the database longer too: the first pages of the day ask thirty.
"""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, ParamSpec, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from wayhome.database.reading import Reading, Rows, answered, reading_of

P = ParamSpec("P")

# Examples, each of its kind.
SOMEBODY = UUID(int=1)
AT_SOME_TIME = datetime(1989, 11, 16, tzinfo=UTC)
LATER = AT_SOME_TIME + timedelta(days=1)
ON_SOME_DAY = date(1989, 11, 16)


class Ids(str):
    """Ids as one parameter, however many: hundreds take longer to write and to read than their rows."""

    __slots__ = ()

    @classmethod
    def of(cls, ids: Collection[UUID]) -> "Ids":
        """In the way PostgreSQL reads an array. Written once for all queries about the same rows."""
        return cls("{" + ",".join(map(str, ids)) + "}")


SOME_IDS = Ids.of([SOMEBODY])


def is_one_of(column: str, ids: Collection[UUID] | Ids) -> Q:
    """As `column__in`, in one parameter however many."""
    if not ids:
        return Q(**{f"{column}__in": ()})
    return Q(
        Func(
            F(column),
            Value(ids if isinstance(ids, Ids) else Ids.of(ids)),
            arg_joiner=" = ANY (",
            template="%(expressions)s::uuid[])",
            output_field=BooleanField(),
        )
    )


class WrittenOnce(Generic[P]):
    """A query that differs in its parameters alone: `build` is asked for it once, with examples in their places.

    The examples must differ from each other and from all else in the query, each has to be in it, and it has to give
    values as the database gives them: `values_list` without fields that Django reads in a way of its own.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, Any]], *examples: object) -> None:
        self._build, self._examples = build, examples
        self._text: str | None = None
        # Of each parameter, which value goes there, or None and what always stands there.
        self._places: list[tuple[int | None, Any]] = []

    def __call__(self, *values: P.args, **_none: P.kwargs) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        return answered(self.reading(*values, **_none))

    def reading(self, *values: P.args, **_none: P.kwargs) -> Reading[Rows]:
        """A reading of the rows for these values."""
        text = self._written()
        return (yield from reading_of(text, *self._given(values))) if text else []

    def count(self, *values: P.args, **_none: P.kwargs) -> Reading[int]:
        """A reading of how many rows there are for these values, without the rows."""
        text = self._written()
        if not text:
            return 0
        ((found,),) = yield from reading_of(f"SELECT count(*) FROM ({text}) found", *self._given(values))  # noqa: S608 (a text of ours)
        return int(found)

    def _given(self, values: tuple[Any, ...]) -> list[Any]:
        return [always if which is None else values[which] for which, always in self._places]

    def _written(self) -> str:
        """The text; empty where there can be no row."""
        if self._text is None:
            self._text = self._write()
        return self._text

    def _write(self) -> str:
        query = cast("Callable[..., QuerySet[Any, Any]]", self._build)(*self._examples).query
        compiler = query.get_compiler(connection.alias)
        try:
            text, parameters = compiler.as_sql()
        except EmptyResultSet:
            return ""
        if compiler.get_converters([each for each, *_ in compiler.select]):
            raise ValueError("These values are read by Django.")
        self._places = [(self._example(each), each) for each in parameters]
        if {which for which, _ in self._places} - {None} != set(range(len(self._examples))):
            raise ValueError("A parameter is not in the query.")
        return str(text)

    def _example(self, parameter: object) -> int | None:
        """Of which example this is the place."""
        same = (
            n for n, each in enumerate(self._examples) if type(each) is type(parameter) and each == parameter
        )
        return next(same, None)
