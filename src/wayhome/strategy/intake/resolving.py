"""From the rows as they were read and mended to the actions that would be saved."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from wayhome.strategy.imports.markup import one_line
from wayhome.strategy.intake.known import KnownNames
from wayhome.strategy.intake.preview import CELLS, Fate, Preview, PreviewDue, PreviewOwner, PreviewRow
from wayhome.strategy.rules.due import end_of_month
from wayhome.strategy.rules.people_named import read_responsibility
from wayhome.strategy.rules.references import next_reference
from wayhome.strategy.rules.timescale import Due, DueKind, read_timescale

LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """One action as it would be saved. `row` has the words of all rows that were joined."""

    row: PreviewRow
    section: str
    due: PreviewDue
    owners: tuple[PreviewOwner, ...]
    joined: tuple[int, ...] = ()
    # The reference is ours: the file gives none.
    is_offered: bool = False

    @property
    def reference(self) -> str:
        """By which it is called."""
        return self.row.reference


def ready_rows(preview: Preview, known: KnownNames, used: Collection[str] = ()) -> tuple[ReadyRow, ...]:
    """The actions in their order. `used`: references that a plan gave already."""
    whole = (_ready(row, section, joined, known) for row, section, joined in _whole_rows(preview))
    return tuple(_with_references(tuple(whole), preview, used))


def _whole_rows(preview: Preview) -> Iterator[tuple[PreviewRow, str, tuple[int, ...]]]:
    """Each row with its heading and the keys of the rows that go on with it."""
    titles = {each.written: each.title for each in preview.ambitions}
    titles |= {each.written: each.title for each in preview.sections}
    heading: tuple[str, str] | None = None
    waiting: tuple[PreviewRow, str, tuple[int, ...]] | None = None
    for row in preview.rows:
        if row.fate == Fate.HEADING:
            heading = (row.section, one_line(row.words)[:LONGEST_HEADING])
        elif row.fate == Fate.JOINED and waiting:
            waiting = (_with(waiting[0], row), waiting[1], (*waiting[2], row.key))
        elif row.fate != Fate.LEFT_OUT:
            if waiting:
                yield waiting
            # A heading that a person made holds until the file has another of its own.
            heading = heading if heading and heading[0] == row.section else None
            waiting = (row, heading[1] if heading else titles.get(row.section, row.section), ())
    if waiting:
        yield waiting


def _with(row: PreviewRow, more: PreviewRow) -> PreviewRow:
    texts: dict[str, Any] = {
        name: "\n".join(text for text in (getattr(row, name), getattr(more, name)) if text)
        for name in CELLS
        if name != "reference"
    }
    return replace(row, reference=row.reference or more.reference, rating=row.rating or more.rating, **texts)


def _ready(row: PreviewRow, section: str, joined: tuple[int, ...], known: KnownNames) -> ReadyRow:
    return ReadyRow(
        row=row,
        section=section,
        due=row.due if row.due is not None else due_in(row.timescale, known),
        owners=row.owners if row.owners is not None else owners_in(row.responsibility, known),
        joined=joined,
    )


def due_in(words: str, known: KnownNames) -> PreviewDue:
    """When it is due by these words. What cannot be read has no date; the words stay beside it."""
    due = read_timescale(words).due
    return PreviewDue() if due is None else _as_kept(due, known)


def _as_kept(due: Due, known: KnownNames) -> PreviewDue:
    if due.kind is DueKind.RECURRING:
        body = known.body(due.body) if due.body else None
        return PreviewDue("recurring", "", due.frequency or "unsaid", body.id if body else "")
    if due.on is None:
        return PreviewDue()
    on = end_of_month(due.on) if due.kind is DueKind.MONTH else due.on
    return PreviewDue(due.kind.value, on.isoformat())


def owners_in(words: str, known: KnownNames) -> tuple[PreviewOwner, ...]:
    """Who does it by these words: an exact name leads to whoever has it, other words stay words."""
    said = read_responsibility(words, known.names)
    found: dict[tuple[str, str], PreviewOwner] = {}
    for number, named in enumerate(said.everybody):
        meant = known.sure(named.text)
        kind, who = (meant.kind, meant.id) if meant else ("unresolved", "")
        owner = PreviewOwner(named.text, "contributor" if number else "lead", kind, who)
        found.setdefault((kind, who or named.text), owner)
    return tuple(found.values())


def _with_references(
    rows: tuple[ReadyRow, ...], preview: Preview, used: Collection[str]
) -> Iterator[ReadyRow]:
    """Rows without a reference are offered the next one of their section: 2.1, 2.2 in the second."""
    given = {row.reference for row in rows if row.reference} | set(used)
    stems = _stems(rows, preview)
    last: dict[str, str] = {}
    for ready in rows:
        if ready.reference:
            yield ready
            continue
        beside = [last[ready.section]] if ready.section in last else []
        reference = next_reference(given, beside, stems.get(ready.section, ""))
        given.add(reference)
        last[ready.section] = reference
        yield replace(ready, row=replace(ready.row, reference=reference), is_offered=True)


def _stems(rows: Iterable[ReadyRow], preview: Preview) -> dict[str, str]:
    """Of an ambition its own number, of a section its place. Rows under no heading are counted through."""
    stems = {each.title: each.reference for each in preview.ambitions if each.reference}
    sections = dict.fromkeys(row.section for row in rows if row.section)
    for place, section in enumerate(sections, start=1):
        stems.setdefault(section, str(place))
    return stems
