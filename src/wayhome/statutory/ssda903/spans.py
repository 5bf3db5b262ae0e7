"""Stretches of days, each packed into one integer, so that the rows of a very large file fit in memory.

Packed spans sort by first day, then last day, then row. An open span ends at the end of time.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

_END_OF_TIME = date.max.toordinal()
_ROW_BITS = 32
_PRINT_BITS = 32
_DAY_BITS = 22
_ROW = (1 << _ROW_BITS) - 1
_DAY = (1 << _DAY_BITS) - 1


def pack(first: date, last: date | None, fingerprint: int, row: int) -> int:
    """One span of one row. `fingerprint` tells rows apart that cover the same days."""
    days = first.toordinal() << _DAY_BITS | (last.toordinal() if last else _END_OF_TIME)
    return (days << _PRINT_BITS | fingerprint & (1 << _PRINT_BITS) - 1) << _ROW_BITS | row


def row_of(span: int) -> int:
    """The row that the span came from."""
    return span & _ROW


def first_day(span: int) -> date:
    """The day on which the span begins."""
    return date.fromordinal(span >> _ROW_BITS + _PRINT_BITS + _DAY_BITS)


def last_day(span: int) -> date:
    """The day on which the span ends; `date.max` if it is open."""
    return date.fromordinal(span >> _ROW_BITS + _PRINT_BITS & _DAY)


def twin(spans: Sequence[int], span: int) -> int | None:
    """A span of the same days and fingerprint among sorted spans."""
    place = bisect_left(spans, span >> _ROW_BITS << _ROW_BITS)
    found = spans[place] if place < len(spans) else 0
    return found if found >> _ROW_BITS == span >> _ROW_BITS else None


def overlapped(spans: Sequence[int], span: int) -> int | None:
    """A span that shares more than an edge day with this one, among sorted spans that do not overlap."""
    place = bisect_left(spans, span)
    if place and last_day(spans[place - 1]) > first_day(span):
        return spans[place - 1]
    if place < len(spans) and last_day(span) > first_day(spans[place]):
        return spans[place]
    return None


def covers(spans: Sequence[int], day: date) -> bool:
    """True if any of these sorted spans holds the day."""
    after = bisect_left(spans, pack(day, None, 0, 0) + (1 << _PRINT_BITS + _ROW_BITS))
    return any(last_day(spans[place]) >= day for place in range(after - 1, -1, -1))


def overlaps(spans: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each of these sorted spans that begins before an earlier one has ended, with that earlier one."""
    longest = None
    for span in spans:
        if longest is not None and last_day(longest) > first_day(span):
            yield span, longest
        if longest is None or last_day(span) > last_day(longest):
            longest = span
