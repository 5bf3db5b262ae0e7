"""Tables whose small cells are held back together. Pure: counts in, what may be shown out.

A line with a cell from 1 to 4 is not shown by itself. It goes into one line with others, of which each cell is nought
or large: so all that is shown adds up, and whoever knows the rule cannot tell what any of those lines has. Several
tables of the same things have one sum; where one of them must not tell it, none does.
Source: as rules/__init__.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wayhome.insight.rules import SMALLEST_SHOWN, is_small

# A line's name, and its counts in the order of the columns.
Line = tuple[str, list[int]]


@dataclass(frozen=True, slots=True)
class Pooled:
    """A table as it may be shown. `together`: what the lines that are held back come to; None where there are none or
    where that is held back too. `total` is the sum of everything.
    """

    lines: list[Line]
    held_back: list[str]
    together: list[int] | None
    total: list[int] | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to count."""
        return not self.lines and not self.held_back


def open_table(lines: Sequence[Line]) -> Pooled:
    """Everything, for who sees the children."""
    counted = [line for line in lines if sum(line[1])]
    return Pooled(counted, [], None, _sum(counted) if counted else [])


def pooled(lines: Sequence[Line]) -> Pooled:
    """A table by itself."""
    return pooled_alike({"": lines})[""]


def pooled_alike(tables: Mapping[str, Sequence[Line]]) -> dict[str, Pooled]:
    """Several tables that count the same things in the same columns, each by something else."""
    found = {name: _pooled([line for line in lines if sum(line[1])]) for name, lines in tables.items()}
    if all(each.total is not None for each in found.values()):
        return found
    return {name: _closed(tables[name]) for name in found}


def _pooled(lines: Sequence[Line]) -> Pooled:
    """Lines are added by their place: to choose the smallest would tell how large they are at most."""
    inside = {place for place, (_, counts) in enumerate(lines) if any(map(is_small, (*counts, sum(counts))))}
    first = min(inside, default=0)
    rest = [place for place in range(len(lines)) if place not in inside]
    rest.sort(key=lambda place: (place - first) % max(len(lines), 1))
    while inside and rest and not _hides([lines[place] for place in inside]):
        inside.add(rest.pop(0))
    within = [lines[place] for place in sorted(inside)]
    if within and not _hides(within):
        return _closed(lines)
    outside = [line for place, line in enumerate(lines) if place not in inside]
    return Pooled(
        outside, [name for name, _ in within], _sum(within) if within else None, _sum(lines) if lines else []
    )


def _hides(lines: Sequence[Line]) -> bool:
    """Whether lines together tell of none of them: two or more, no small cell, neither all ones nor all fours."""
    together = _sum(lines)
    all_of_them = sum(together)
    return (
        len(lines) > 1
        and not any(map(is_small, together))
        and all_of_them not in (len(lines), len(lines) * (SMALLEST_SHOWN - 1))
    )


def _closed(lines: Sequence[Line]) -> Pooled:
    """Nothing but which lines there are."""
    return Pooled([], [name for name, counts in lines if sum(counts)], None, None)


def _sum(lines: Sequence[Line]) -> list[int]:
    return [sum(column) for column in zip(*(counts for _, counts in lines), strict=True)]
