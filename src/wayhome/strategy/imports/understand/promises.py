"""A table of what is promised: a column of priorities and one of commitments, as a plan is taken out into a sheet."""

from collections.abc import Sequence
from dataclasses import replace

from wayhome.strategy.imports.blocks import Block, Row, Table
from wayhome.strategy.imports.draft import Commitment, Priority
from wayhome.strategy.imports.markup import one_line

_NAMES = ("priority", "objective", "commitment")


def promises_in(blocks: Sequence[Block]) -> tuple[tuple[Priority, ...], tuple[Block, ...]]:
    """The priorities of all such tables, and the other blocks."""
    promised: list[Row] = []
    rest: list[Block] = []
    for block in blocks:
        start = _start(block) if isinstance(block, Table) else None
        if isinstance(block, Table) and start is not None:
            promised += [row for row in block.rows[start + 1 :] if len(row.filled) > 1]
            block = replace(block, rows=block.rows[:start])
        if not isinstance(block, Table) or any(row.filled for row in block.rows):
            rest.append(block)
    return _priorities(promised), tuple(rest)


def _start(table: Table) -> int | None:
    """Where the names of such a table stand: on top, or below the rows of the plan in the same sheet."""
    return next((place for place, row in enumerate(table.rows) if _is_of_names(row)), None)


def _is_of_names(row: Row) -> bool:
    return tuple(one_line(cell.text).casefold() for cell in row.cells[: len(_NAMES)]) == _NAMES


def _priorities(rows: Sequence[Row]) -> tuple[Priority, ...]:
    found: dict[tuple[str, str], list[Commitment]] = {}
    lines: dict[tuple[str, str], int] = {}
    for row in rows:
        title, objective, promise = (
            row.cells[place].text if place < len(row.cells) else "" for place in range(3)
        )
        lines.setdefault((title, objective), row.line)
        found.setdefault((title, objective), []).append(Commitment(row.line, promise))
    return tuple(
        Priority(lines[name], one_line(name[0]), name[1], tuple(made)) for name, made in found.items()
    )
