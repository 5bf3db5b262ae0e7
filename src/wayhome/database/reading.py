"""How the database is asked: one query after the other, several without waiting, or while Python does something else.

A reading is a generator: it yields what it asks, is sent the rows, asks again if it has to, and returns what it made of
them. Several go side by side without knowing of each other, and what they ask next travels together: a first page of
forty queries goes to the database a dozen times, and half of it is answered while Python reads the clocks.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast, overload

from django.db import connection
from django.db.backends.utils import CursorWrapper

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """A query and its parameters."""

    text: str
    parameters: Sequence[Any] = ()


# In steps: it yields all that it asks next, is sent the rows of each, and returns what it found.
Reading = Generator[Sequence[Question], list[Rows], A]


class Prepares(Protocol):
    """What database/base.py adds to a connection."""

    def prepared(self) -> CursorWrapper:
        """A cursor for queries that are asked again and again with the same text."""

    def another(self) -> CursorWrapper:
        """One more of these, for a query that others go with."""

    def together(self) -> AbstractContextManager[None]:
        """What is asked in this block is sent at once, and answered when it ends."""


def _way() -> Prepares:
    return cast("Prepares", connection)


def rows_of(text: str, *parameters: Any) -> Rows:
    """The rows of a query whose text is always the same."""
    cursor = _way().prepared()
    cursor.execute(text, parameters)
    found: Rows = cursor.fetchall()
    return found


def told(text: str, *parameters: Any) -> None:
    """Tell the database something whose text is always the same: nothing comes back."""
    _way().prepared().execute(text, parameters)


def reading_of(text: str, *parameters: Any) -> Reading[Rows]:
    """A reading of one query whose text is always the same."""
    (rows,) = yield [Question(text, parameters)]
    return rows


class Going(Generic[A]):
    """A reading under way: what it asks next, and in the end what it found."""

    def __init__(self, reading: Reading[A]) -> None:
        self._reading = reading
        self._found: list[A] = []
        self.asks: Sequence[Question] = ()
        self.go_on(None)

    @property
    def is_over(self) -> bool:
        """Whether it asks no more."""
        return bool(self._found)

    @property
    def found(self) -> A:
        """Its answer. Raises ValueError before it is over."""
        if not self._found:
            raise ValueError("This reading is not over yet.")
        return self._found[0]

    def go_on(self, rows: list[Rows] | None) -> None:
        """One step: these are the rows of what it asked; None to begin."""
        try:
            self.asks = next(self._reading) if rows is None else self._reading.send(rows)
        except StopIteration as end:
            self.asks, self._found = (), [end.value]

    def finish(self) -> A:
        """All the steps that are left."""
        while not self.is_over:
            self.go_on(_answers(self.asks))
        return self.found


def answered(reading: Reading[A]) -> A:
    """What a reading finds: as many ways to the database and back as it has steps."""
    return Going(reading).finish()


@contextmanager
def meanwhile(reading: Reading[A]) -> Iterator[Going[A]]:
    """The database works on the first step of a reading while Python works on this block; the others follow it. What it
    found is there when the block is over.

    The block itself asks the database nothing: it would wait until the whole step is answered.
    """
    going = Going(reading)
    with _way().together():
        cursors = _sent(going.asks)
        yield going
    if cursors:
        going.go_on([cursor.fetchall() for cursor in cursors])
    going.finish()


@overload
def abreast(one: Reading[A], two: Reading[B], /) -> Reading[tuple[A, B]]: ...
@overload
def abreast(one: Reading[A], two: Reading[B], three: Reading[C], /) -> Reading[tuple[A, B, C]]: ...
@overload
def abreast(
    one: Reading[A], two: Reading[B], three: Reading[C], four: Reading[D], /
) -> Reading[tuple[A, B, C, D]]: ...
@overload
def abreast(*readings: Reading[A]) -> Reading[tuple[A, ...]]: ...
def abreast(*readings: Reading[Any]) -> Reading[tuple[Any, ...]]:
    """Several readings side by side: what each asks next is asked with what the others do. Their answers, in order."""
    going = [Going(each) for each in readings]
    while still := [each for each in going if not each.is_over]:
        given = iter((yield [question for each in still for question in each.asks]))
        for each in still:
            each.go_on([next(given) for _ in each.asks])
    return tuple(each.found for each in going)


def _answers(questions: Sequence[Question]) -> list[Rows]:
    if len(questions) == 1:
        return [rows_of(questions[0].text, *questions[0].parameters)]
    with _way().together():
        cursors = _sent(questions)
    return [cursor.fetchall() for cursor in cursors]


def _sent(questions: Sequence[Question]) -> list[CursorWrapper]:
    cursors = [_way().another() for _ in questions]
    for cursor, each in zip(cursors, questions, strict=True):
        cursor.execute(each.text, each.parameters)
    return cursors
