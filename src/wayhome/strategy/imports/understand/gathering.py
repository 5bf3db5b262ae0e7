"""Gathers the rows of all tables: under which section they stand, by which columns, and what belongs together."""

from collections.abc import Iterator, Sequence

from wayhome.strategy.imports.blocks import Row, Table
from wayhome.strategy.imports.draft import DraftRow, Guess, Section
from wayhome.strategy.imports.markup import one_line
from wayhome.strategy.imports.understand.ambitions import Ambitions
from wayhome.strategy.imports.understand.columns import Column
from wayhome.strategy.imports.understand.figures import is_out_of_place, tables_of_figures, told
from wayhome.strategy.imports.understand.layouts import Segment, layouts_of, segments_of
from wayhome.strategy.imports.understand.prose import text_of_key_row
from wayhome.strategy.imports.understand.rows import (
    Key,
    Layout,
    about,
    build,
    carried_down,
    goes_on,
    joined,
)
from wayhome.strategy.imports.understand.tables import Line, Title, is_about_the_file
from wayhome.strategy.rules.ratings import Rating

# What a cell that lies over several rows says for all of them.
CARRIED = (Column.OBJECTIVE, Column.RESPONSIBILITY, Column.TIMESCALE)


class Gathering:
    """What was met so far, and the rows it made."""

    def __init__(self, ambitions: Ambitions, key: Key) -> None:
        self.rows: list[DraftRow] = []
        self.sections: list[Section] = []
        self.guesses: list[Guess] = []
        self._ambitions = ambitions
        self._key = key
        self._title: Section | None = None
        self._section = ""
        self._ambition_line = 0
        self._layout: Layout | None = None
        self._layouts: list[Layout] = []
        self._is_open = False
        self._written: dict[tuple[str, Rating], list[int]] = {}

    def pass_title(self, line: int, text: str) -> None:
        """A heading: it is the section of the next table, unless another comes first."""
        self._title = Section(line, one_line(text))

    def take(self, table: Table, title: Section | None = None) -> None:
        """Every row of a table that is part of a plan. The title of the plan is no section of it."""
        for segment in segments_of(table):
            for line in segment.before:
                if not title or (line.line, line.text) != (title.line, title.title):
                    self._take_line(line)
            found = layouts_of(segment, table, self._layout)
            for layout, guesses in found:
                self.guesses += guesses
                self._layout = layout
                self._take_items(segment, layout)
            if not found:
                self._leave_out(segment)
        self._title = None

    def _take_line(self, line: Line | Title) -> None:
        if self._ambitions.take(line.line, line.text):
            return
        if is_about_the_file(line.text):
            self.guesses.append(
                Guess(line.line, f"“{line.text}” was left out.", "It stands alone, and is no heading.")
            )
        else:
            self.pass_title(line.line, line.text)

    def _leave_out(self, segment: Segment) -> None:
        rows = [row for row in segment.rows if not text_of_key_row(row)]
        if rows:
            why = "It has no names of columns that a plan has, and no column of ratings."
            self._leave(rows, why)

    def _leave(self, rows: Sequence[Row], why: str) -> None:
        count = f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"
        what = f"The table of {count} is not part of the plan: “{told(rows)}”."
        self.guesses.append(Guess(rows[0].line, what, why))

    def _take_items(self, segment: Segment, layout: Layout) -> None:
        self._is_open = False
        figures = tables_of_figures([layout.part_of(row) for row in segment.rows])
        for rows in figures:
            self._leave(
                rows, "It stands apart, and holds figures where a plan says what is done and by whom."
            )
        left = {row.line for rows in figures for row in rows}
        for item in segment.items:
            if isinstance(item, Title):
                self._take_line(item)
                self._is_open = False
            elif not text_of_key_row(item) and item.line not in left:
                self._take_row(layout.part_of(item), layout)

    def _take_row(self, row: Row, layout: Layout) -> None:
        if not row.filled or self._tells_of_an_ambition(row):
            return
        if is_out_of_place(row, layout):
            why = "It holds figures where a plan says what is done and by whom."
            self.guesses.append(Guess(row.line, "The row was taken as an action. It may be none.", why))
        self._begin_section()
        built = build(row, layout, self._section, self._key)
        self.guesses += built.guesses
        for seen in built.ratings:
            self._written.setdefault(seen, []).append(row.line)
        if self._is_open and goes_on(built.row, layout):
            self._join(built.row)
            return
        self.rows.append(self._with_what_is_carried(row, built.row, layout) if self._is_open else built.row)
        self._layouts.append(layout)
        self._is_open = True

    def _tells_of_an_ambition(self, row: Row) -> bool:
        """The next ambition may begin inside a table, above column names of its own or not."""
        if len(row.filled) > 1:
            return False
        is_told = self._ambitions.take(row.line, one_line(row.cells[row.filled[0]].text))
        self._is_open = self._is_open and not is_told
        return is_told

    def _begin_section(self) -> None:
        ambition = self._ambitions.last
        if self._title:
            self._section = self._title.title
            self.sections.append(self._title)
        elif ambition and ambition.line > self._ambition_line:
            self._section = ambition.title
        self._ambition_line = ambition.line if ambition else 0
        self._title = None

    def _join(self, more: DraftRow) -> None:
        row = self.rows[-1]
        self.rows[-1] = joined(row, more)
        why = "It has no beginning of its own: a row was split over several lines."
        self.guesses.append(
            Guess(more.line, f"Line {more.line} goes on with the row of line {row.line}.", why)
        )

    def _with_what_is_carried(self, row: Row, built: DraftRow, layout: Layout) -> DraftRow:
        """An objective is said once for several actions; other cells only where they lie over several rows."""
        above = self.rows[-1]
        merged = {
            column
            for place, column in layout.columns.items()
            if column in CARRIED and place < len(row.cells) and row.cells[place].is_continued
        }
        columns = {column for column in (*merged, Column.OBJECTIVE) if getattr(above, column)}
        columns = {column for column in columns if not getattr(built, column)}
        if not columns or above.section != built.section:
            return built
        names = " and ".join(sorted(columns))
        why = (
            "One cell lies over both rows."
            if merged
            else "The cell is empty, and the row has an action of its own."
        )
        self.guesses.append(
            Guess(row.line, f"The {names} of line {above.line} was taken for this row too.", why)
        )
        return carried_down(built, above, columns)

    def about_rows(self) -> Iterator[Guess]:
        """What somebody should look at, now that every row is whole."""
        for row, layout in zip(self.rows, self._layouts, strict=True):
            yield from about(row, layout)

    def about_ratings(self) -> Iterator[Guess]:
        """What was read as which rating, each way of writing once."""
        for (written, rating), lines in self._written.items():
            if written.casefold() != rating:
                times = "once" if len(lines) == 1 else f"{len(lines)} times"
                why = f"It stands in the rating column, {times}."
                yield Guess(lines[0], f"“{written}” was read as {rating}.", why)
