"""A table of what is promised: a column of priorities and one of commitments, as a plan is taken out into a sheet."""

from collections.abc import Sequence

from wayhome.strategy.imports.blocks import Block, Row, Table
from wayhome.strategy.imports.draft import Commitment, Priority
from wayhome.strategy.imports.markup import one_line

_NAMES = ("priority", "objective", "commitment")


def promises_in(blocks: Sequence[Block]) -> tuple[tuple[Priority, ...], tuple[Block, ...]]:
    """The priorities of all such tables, and the other blocks."""
    tables = [block for block in blocks if isinstance(block, Table) and _is_of_promises(block)]
    rows = [row for table in tables for row in table.rows[1:] if len(row.filled) > 1]
    rest = tuple(block for block in blocks if not any(block is table for table in tables))
    return _priorities(rows), rest


def _is_of_promises(table: Table) -> bool:
    names = tuple(one_line(cell.text).casefold() for cell in table.rows[0].cells)
    return names[: len(_NAMES)] == _NAMES


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
