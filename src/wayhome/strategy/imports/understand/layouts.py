"""From column names, or where there are none from what the cells hold, to the layout of a table."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wayhome.strategy.imports.blocks import Row, Table
from wayhome.strategy.imports.draft import Guess
from wayhome.strategy.imports.understand.columns import Column, Header, side_by_side
from wayhome.strategy.imports.understand.rows import Layout
from wayhome.strategy.imports.understand.tables import Line, Title, parts_of
from wayhome.strategy.rules.ratings import rating_of_colour, read_rating

_REFERENCE = re.compile(r"[A-Z]{0,4}[ .-]?\d+(?:\.\d+)*[a-z]?[.)]?|[ivx]+[.)]|[a-z][.)]", re.IGNORECASE)
# The two shapes that plans have, where nobody wrote the names of their columns.
_SHAPES = {
    3: (Column.ACTION, Column.PROGRESS, Column.RATING),
    6: (
        Column.OBJECTIVE,
        Column.ACTION,
        Column.RESPONSIBILITY,
        Column.TIMESCALE,
        Column.EVIDENCE,
        Column.RATING,
    ),
}


@dataclass(slots=True)
class Segment:
    """What stands under one row of column names."""

    before: list[Title | Line] = field(default_factory=list)
    header: Header | None = None
    items: list[Row | Title] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """The rows without the titles between them."""
        return [item for item in self.items if isinstance(item, Row)]


def segments_of(table: Table) -> Iterator[Segment]:
    """The table cut at its column names; titles right above names go with them."""
    segment = Segment()
    for part in parts_of(table):
        if isinstance(part, Header):
            following = Segment(before=_last_titles(segment), header=part)
            if segment.items or segment.header or segment.before:
                yield segment
            segment = following
        elif isinstance(part, Line) or (isinstance(part, Title) and not segment.items and not segment.header):
            segment.before.append(part)
        else:
            segment.items.append(part)
    yield segment


def _last_titles(segment: Segment) -> list[Title | Line]:
    titles: list[Title | Line] = []
    while segment.items and isinstance(segment.items[-1], Title):
        title = segment.items.pop()
        if isinstance(title, Title):
            titles.insert(0, title)
    return titles


def layouts_of(segment: Segment, table: Table, last: Layout | None) -> list[tuple[Layout, tuple[Guess, ...]]]:
    """The layout of a segment; several where tables stand side by side; none where it is no table of a plan."""
    may_be_split = table.may_be_split
    if segment.header:
        return list(_from_names(segment.header, segment.rows, may_be_split=may_be_split))
    found = _without_names(segment.rows, last, may_be_split=may_be_split)
    return [found] if found else []


def _from_names(
    header: Header, rows: Sequence[Row], *, may_be_split: bool
) -> Iterator[tuple[Layout, tuple[Guess, ...]]]:
    width = max((len(row.cells) for row in rows), default=0)
    beside = side_by_side(header.columns)
    for places in beside:
        columns = {place: header.columns[place] for place in places if place in header.columns}
        here = range(min(places), max(places) + 1) if len(beside) > 1 else None
        more = dict(_unnamed(header, columns, rows)) if here is None else {}
        guesses = [*_about_names(header, columns), *_about_unnamed(header.line, more)]
        yield Layout(columns | more, header.names, may_be_split, here, width), tuple(guesses)


def _about_names(header: Header, columns: Mapping[int, Column]) -> Iterator[Guess]:
    if header.is_double:
        why = "The row below names the parts of a column that lies over several."
        yield Guess(header.line, "The names of the columns were read from two rows.", why)
    for wrong, right in header.misspelt:
        yield Guess(
            header.line, f"The column name “{wrong}” was read as “{right}”.", "It is spelt nearly like that."
        )


def _about_unnamed(line: int, columns: Mapping[int, Column]) -> Iterator[Guess]:
    for place, column in columns.items():
        what = f"Column {place + 1} has no name and was read as {column}."
        why = (
            "Its cells look like that." if column in _BY_LOOKS else "Its neighbour on the left has this name."
        )
        yield Guess(line, what, why)


_BY_LOOKS = (Column.REFERENCE, Column.RATING)


def _unnamed(
    header: Header, columns: Mapping[int, Column], rows: Sequence[Row]
) -> Iterator[tuple[int, Column]]:
    """Columns with words in them and no name: by what they hold, else as their neighbour on the left."""
    width = max((len(row.cells) for row in rows), default=0)
    kinds = set(columns.values())
    for place in range(width):
        if place in header.names:
            continue
        column = _by_looks(place, rows)
        if column and column not in kinds:
            kinds.add(column)
            yield place, column
        elif any(place < len(row.cells) and row.cells[place].text for row in rows) and place - 1 in columns:
            yield place, columns[place - 1]


def _by_looks(place: int, rows: Sequence[Row]) -> Column | None:
    # A row with one cell is a title or the rest of another row.
    cells = [row.cells[place] for row in rows if place < len(row.cells) and len(row.filled) > 1]
    texts = [cell.text for cell in cells if cell.text]
    if texts and _most(_REFERENCE.fullmatch(text) is not None for text in texts):
        return Column.REFERENCE
    if texts and _most(_is_rating(text) for text in texts):
        return Column.RATING
    if not texts and any(rating_of_colour(cell.shade) for cell in cells):
        return Column.RATING
    return None


def _is_rating(text: str) -> bool:
    read = read_rating(text)
    return read.rating is not None and read.is_all


def _most(answers: Iterable[bool]) -> bool:
    told = list(answers)
    return sum(told) * 5 >= len(told) * 4


def _without_names(
    rows: Sequence[Row], last: Layout | None, *, may_be_split: bool
) -> tuple[Layout, tuple[Guess, ...]] | None:
    """A table that goes on where the last one stopped, or one that ends in a column of ratings."""
    width = max((place + 1 for row in rows for place in row.filled), default=0)
    if not rows:
        return None
    line = rows[0].line
    rating = next(
        (place for place in reversed(range(width)) if _by_looks(place, rows) is Column.RATING), None
    )
    if last and width > 2 and _goes_on(last, rows):
        why = "It has no column names, and as many columns."
        return last, (Guess(line, "The table goes on with the columns of the table before it.", why),)
    if rating is None:
        return None
    columns = _shape(rows, rating)
    if not columns:
        return None
    names = ", ".join(columns[place] for place in sorted(columns))
    why = "It has no column names. There are as many columns, and one of them holds ratings."
    return Layout(columns, {}, may_be_split), (Guess(line, f"The columns were read as {names}.", why),)


def _goes_on(last: Layout, rows: Sequence[Row]) -> bool:
    """Whether the rows have the columns of the last table: as many, and ratings where those were."""
    if max(len(row.cells) for row in rows) != last.width:
        return False
    rated = [place for place, column in last.columns.items() if column is Column.RATING]
    texts = (row.cells[place].text for row in rows for place in rated if place < len(row.cells))
    return all(_is_rating(text) for text in texts if text)


def _shape(rows: Sequence[Row], rating: int) -> dict[int, Column]:
    first = 1 if _by_looks(0, rows) is Column.REFERENCE else 0
    shape = _SHAPES.get(rating + 1 - first)
    if not shape:
        return {}
    columns = {first + place: column for place, column in enumerate(shape)}
    return ({0: Column.REFERENCE} if first else {}) | columns
