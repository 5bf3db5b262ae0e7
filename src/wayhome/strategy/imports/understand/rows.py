"""From the cells of a row to one action: by its columns, and joined to the row before where it is part of that."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wayhome.strategy.imports.blocks import Cell, Row
from wayhome.strategy.imports.draft import TEXTS, DraftRow, Guess
from wayhome.strategy.imports.markup import BULLET, one_line
from wayhome.strategy.imports.understand.columns import Column
from wayhome.strategy.rules.ratings import Rating, ReadRating, rating_of_colour, read_rating

Key = tuple[tuple[Rating, str], ...]
# Words that begin in lower case on purpose.
_LOWER = re.compile(r"(?:[a-z][A-Z]\w*|n/a|www\.|https?:|e\.g\.|i\.e\.|tbc\b)")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column stands where, what the columns are called, and whether rows may have been split into lines."""

    columns: Mapping[int, Column]
    names: Mapping[int, str]
    may_be_split: bool
    # The places that belong to this table, where another stands beside it.
    places: range | None = None
    # How many cells a row has.
    width: int = 0

    def part_of(self, row: Row) -> Row:
        """The row without the cells of the table beside this one."""
        if self.places is None:
            return row
        kept = (cell if place in self.places else Cell() for place, cell in enumerate(row.cells))
        return Row(row.line, tuple(kept))

    @property
    def kinds(self) -> set[Column]:
        """The columns there are."""
        return set(self.columns.values())


@dataclass(frozen=True, slots=True)
class Built:
    """A row as it stands by itself."""

    row: DraftRow
    guesses: tuple[Guess, ...]
    # What was read from rating cells: as written, and which rating.
    ratings: tuple[tuple[str, Rating], ...] = ()


def build(row: Row, layout: Layout, section: str, key: Key) -> Built:
    """Every word of the row, put into the field of its column; what has no column goes to the evidence."""
    texts: dict[str, list[str]] = {name: [] for name in TEXTS}
    guesses: list[Guess] = []
    rated: list[tuple[int, str, ReadRating]] = []
    for place, cell in enumerate(row.cells):
        column = layout.columns.get(place)
        if column is Column.RATING:
            rated.append((place, cell.text, _rating_in(cell, key)))
        elif cell.text and column:
            texts[column].append(cell.text)
        elif cell.text:
            texts[Column.EVIDENCE].append(_with_name(layout.names.get(place, ""), cell.text))
            guesses.append(_no_column(row.line, layout.names.get(place, "")))
    rating, kept, said = _settle(row.line, rated, layout.names)
    texts[Column.PROGRESS] += kept
    guesses += said
    joined = {name: "\n".join(parts) for name, parts in texts.items()}
    built = DraftRow(row.line, rating=rating, **{**joined, "section": section})
    read = ((text, found.rating) for _, text, found in rated if found.rating and text)
    return Built(built, tuple(guesses), tuple((one_line(text), found) for text, found in read if found))


def _with_name(name: str, text: str) -> str:
    return f"{name}: {text}" if name else text


def _no_column(line: int, name: str) -> Guess:
    what = (
        f"The words under “{name}” were put with the evidence."
        if name
        else "Words were put with the evidence."
    )
    why = "A plan has no such column." if name else "Their column has no name."
    return Guess(line, what, why)


def _rating_in(cell: Cell, key: Key) -> ReadRating:
    return read_rating(cell.text, key) if cell.text else ReadRating(rating_of_colour(cell.shade), is_all=True)


def _settle(
    line: int, rated: list[tuple[int, str, ReadRating]], names: Mapping[int, str]
) -> tuple[Rating | None, list[str], list[Guess]]:
    """One rating of all the rating cells, the words that must be kept beside it, and what was assumed."""
    last = next((place for place, _, read in reversed(rated) if read.rating), None)
    kept: list[str] = []
    guesses: list[Guess] = []
    rating: Rating | None = None
    for place, text, read in rated:
        if place == last:
            rating = read.rating
            guesses += _from_colour(line, text, rating)
        if text and (not read.is_all or (read.rating and place != last)):
            kept.append(_with_name(names.get(place, "") if len(rated) > 1 else "", text))
            guesses.append(_kept(line, text, read if place == last else None))
    return rating, kept, guesses


def _from_colour(line: int, text: str, rating: Rating | None) -> list[Guess]:
    if text or not rating:
        return []
    return [Guess(line, f"The row is rated {rating}.", "The rating cell has no word, but this colour.")]


def _kept(line: int, text: str, read: ReadRating | None) -> Guess:
    shown = one_line(text)
    if read and read.rating:
        return Guess(
            line,
            f"Of “{shown}” the rating is {read.rating}; the words were put with the progress.",
            "The rating cell says more than a rating.",
        )
    return Guess(
        line,
        f"“{shown}” was put with the progress, not taken as the rating.",
        "It names no colour of the plan, or another rating column comes after it.",
    )


def starts_in_mid_sentence(text: str) -> bool:
    """Words whose beginning may have been lost."""
    text = text.lstrip(f"{BULLET} \n")
    return bool(text) and (text[0].islower() or text[0] in ",;)") and not _LOWER.match(text)


def goes_on(row: DraftRow, layout: Layout) -> bool:
    """Whether a row is part of the one before it: it has no beginning of its own."""
    if row.reference or row.rating:
        return False
    if not (row.objective or row.action):
        return True
    first = row.objective or row.action
    if starts_in_mid_sentence(first):
        return not (row.responsibility or row.timescale)
    rest = (
        row.responsibility,
        row.timescale,
        row.evidence,
        row.progress,
        row.action if row.objective else "",
    )
    is_alone = not any(text.strip(f"{BULLET} \n") for text in rest)
    return (
        is_alone
        and layout.may_be_split
        and {Column.OBJECTIVE, Column.ACTION} <= layout.kinds
        and bool(row.objective)
    )


def joined(row: DraftRow, more: DraftRow) -> DraftRow:
    """The row with the words of the next added, each to its own column."""
    texts: dict[str, Any] = {
        name: _join(getattr(row, name), getattr(more, name))
        for name in TEXTS
        if name not in ("section", "reference") and getattr(more, name)
    }
    return replace(row, **texts)


def _join(text: str, more: str) -> str:
    if not text:
        return more
    return f"{text} {more}" if starts_in_mid_sentence(more) and more[0] != BULLET else f"{text}\n{more}"


def carried_down(row: DraftRow, above: DraftRow, columns: set[Column]) -> DraftRow:
    """The row with what a cell over several rows says for all of them."""
    texts: dict[str, Any] = {column.value: getattr(above, column) for column in columns}
    return replace(row, **texts)


def about(row: DraftRow, layout: Layout) -> Iterator[Guess]:
    """What somebody should look at in a finished row."""
    called = row.reference or "The row"
    if not row.action and Column.ACTION in layout.kinds:
        yield Guess(
            row.line,
            f"{called} has no title of its action.",
            "The cell is empty, and others of the row are not.",
        )
    if not row.objective and not row.action and Column.ACTION not in layout.kinds:
        yield Guess(
            row.line, f"{called} has no objective.", "The cell is empty, and others of the row are not."
        )
    for name in ("objective", "action"):
        text = getattr(row, name)
        if starts_in_mid_sentence(text):
            shown = one_line(text)[:60]
            yield Guess(
                row.line,
                f"{called} starts mid-sentence: “{shown}”. Words before it may be lost.",
                f"The {name} begins in lower case.",
            )
