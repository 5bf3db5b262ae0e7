"""Rows of a plan in another order: each gets the number of the place where it should stand."""

import hashlib
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def in_order(rows: Sequence[K], numbers: Sequence[int]) -> list[K]:
    """The rows in the order of the numbers that somebody gave them.

    Where two have the same number, the one that was moved stands in that place: before the other if it came up from
    below, behind it if it came down from above.
    """
    told = zip(numbers, range(1, len(rows) + 1), rows, strict=True)
    sort = sorted(told, key=lambda each: (each[0], _came_from(each[0], each[1])))
    return [row for _, _, row in sort]


def _came_from(number: int, stood: int) -> int:
    return (number > stood) - (number < stood)


def mark_of(rows: Iterable[object]) -> str:
    """By what an order is known again: other rows, or the same in another order, have another mark."""
    return hashlib.sha256("\n".join(map(str, rows)).encode()).hexdigest()[:32]


def refilled(rows: Sequence[K], order: Sequence[K]) -> list[K]:
    """All rows, where those of `order` stand in that order in the places they had among them."""
    moved, following = set(order), iter(order)
    return [next(following) if row in moved else row for row in rows]
