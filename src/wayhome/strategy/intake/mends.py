"""What a person can mend in a preview. Each mend gives a new preview; nothing of the file is thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.strategy.intake.preview import (
    CELLS,
    Fate,
    Preview,
    PreviewAmbition,
    PreviewPriority,
    PreviewRow,
    PreviewSection,
)

T = TypeVar("T")


class LeftOutWithoutReason(Refusal):
    """Say why this is not part of the plan."""

    field = "because"


class NothingAbove(Refusal):
    """There is no row above it that it could go on with."""

    field = "fate"


class HeadingSaysNothing(Refusal):
    """Give it a title."""

    field = "title"


def row_called(preview: Preview, key: int) -> PreviewRow:
    """One row. Raises NotFound."""
    if not 0 <= key < len(preview.rows):
        raise NotFound
    return preview.rows[key]


def mend_row(preview: Preview, key: int, said: Mapping[str, Any]) -> Preview:
    """Other words, another rating, section, time or owner for a row; or another fate."""
    row = row_called(preview, key)
    words = {name: value.strip() for name, value in said.items() if name in CELLS}
    changed = replace(row, **{**said, **words})
    if changed.responsibility != row.responsibility and changed.owners == row.owners:
        changed = replace(changed, owners=None)
    _check_fate(preview, changed)
    return replace(preview, rows=_with(preview.rows, key, changed))


def _check_fate(preview: Preview, row: PreviewRow) -> None:
    if row.fate == Fate.LEFT_OUT and not row.because.strip():
        raise LeftOutWithoutReason
    above = preview.rows[: row.key]
    if row.fate == Fate.JOINED and not any(each.fate == Fate.ROW for each in above):
        raise NothingAbove


def mend_section(preview: Preview, number: int, title: str) -> Preview:
    """Another title of a heading of rows."""
    section = _at(preview.sections, number)
    _check_title(title)
    changed: PreviewSection = replace(section, title=title.strip())
    return replace(preview, sections=_with(preview.sections, number, changed))


def mend_priority(preview: Preview, number: int, said: Mapping[str, Any]) -> Preview:
    """Other words of a priority and what it promises, or why it is none."""
    changed: PreviewPriority = replace(_at(preview.priorities, number), **said)
    _check_title(changed.title)
    return replace(preview, priorities=_with(preview.priorities, number, changed))


def mend_ambition(preview: Preview, number: int, said: Mapping[str, Any]) -> Preview:
    """Other words of an ambition."""
    changed: PreviewAmbition = replace(_at(preview.ambitions, number), **said)
    _check_title(changed.title)
    sections = preview.sections
    return replace(preview, ambitions=_with(preview.ambitions, number, changed), sections=sections)


def _check_title(title: str) -> None:
    if not title.strip():
        raise HeadingSaysNothing


def _at(all: Sequence[T], number: int) -> T:
    if not 0 <= number < len(all):
        raise NotFound
    return all[number]


def _with(all: Sequence[T], number: int, changed: T) -> tuple[T, ...]:
    return (*all[:number], changed, *all[number + 1 :])
