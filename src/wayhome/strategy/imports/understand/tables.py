"""What the rows of a table are: column names, titles, lines about an ambition, or rows of the plan."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wayhome.strategy.imports.blocks import Row, Table
from wayhome.strategy.imports.markup import one_line
from wayhome.strategy.imports.understand.columns import Header, completed, header_of

_NUMBERED = re.compile(
    r"(?:\d+(?:\.\d+)*|[IVX]+|[A-H])[.):]?\s+\S.*"
    r"|(?:section|theme|priority|objective|aim|part|standard|pillar)\s+"
    r"(?:\d+|[IVX]+|[A-H]|one|two|three|four|five|six|seven|eight)\b.*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:(?:last|date|next|document|plan|current|report|reporting)\s+)*(?:updated?|date[d]?|version|author|owner|lead|status"
    r"|produced|prepared|written|reviewed?|review|approved|signed|contact|completed|published|period|page|file|rag|key"
    r"|note|notes|source|email|telephone|chair)\b(?:\s+(?:by|on|date|of|for|officer|review|update|name|status|as|at))*\s*:",
    re.IGNORECASE,
)
LONGEST_TITLE = 25
# Where to look for column names that are all misspelt.
TOP = 12


def is_numbered(text: str) -> bool:
    """Whether a line begins as a heading with a number does: "2. Being heard", "Priority 2: Homes"."""
    return _NUMBERED.fullmatch(text) is not None


def is_about_the_file(text: str) -> bool:
    """Whether a line tells of the file and heads no rows: "Updated: 3 June"."""
    return _ABOUT.match(text) is not None and not is_numbered(text)


@dataclass(frozen=True, slots=True)
class Title:
    """A row that is a heading for those below."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row with words in one place before any column names: it may tell of an ambition."""

    line: int
    text: str


Part = Header | Title | Line | Row


def parts_of(table: Table) -> Iterator[Part]:
    """What each row is. Rows without a word are left out."""
    rows = [row for row in table.rows if row.filled]
    headers = _headers(rows)
    lower = _completed(headers, rows)
    width = max((len(row.cells) for row in rows), default=0)
    seen = False
    for place, row in enumerate(rows):
        following = rows[place + 1] if place + 1 < len(rows) else None
        if place in headers:
            seen = True
            yield headers[place]
        elif place in lower:
            continue
        elif len(row.filled) == 1 and _is_title(row, following, place + 1 in headers, width):
            yield Title(row.line, one_line(row.cells[row.filled[0]].text))
        elif len(row.filled) == 1 and not seen:
            yield Line(row.line, one_line(row.cells[row.filled[0]].text))
        else:
            yield row


def _headers(rows: Sequence[Row]) -> dict[int, Header]:
    found = {place: header for place, row in enumerate(rows) if (header := header_of(row))}
    if not found:
        lenient = ((place, header_of(row, leniently=True)) for place, row in enumerate(rows[:TOP]))
        return {place: header for place, header in lenient if header}
    first = next(iter(found.values()))
    return {place: header for place, header in found.items() if _is_repeated(header, first)}


def _completed(headers: dict[int, Header], rows: Sequence[Row]) -> set[int]:
    """Takes the second row of names into the first, wherever there is one. The places of these second rows."""
    lower: set[int] = set()
    for place in sorted(headers):
        if place in headers and place + 1 < len(rows) and rows[place + 1].line == rows[place].line + 1:
            whole = completed(headers[place], rows[place], rows[place + 1])
            if whole:
                headers[place] = whole
                headers.pop(place + 1, None)
                lower.add(place + 1)
    return lower


def _is_repeated(header: Header, first: Header) -> bool:
    """Words of a row may be those of a column by chance; repeated names stand where they stood, or are many."""
    same = sum(1 for place, column in header.columns.items() if first.columns.get(place) is column)
    return same > 1 or len(set(header.columns.values())) > 2


def _is_title(row: Row, following: Row | None, is_before_names: bool, width: int) -> bool:
    place = row.filled[0]
    text = one_line(row.cells[place].text)
    if following is None or len(text.split()) > LONGEST_TITLE or place > 1:
        return False
    if is_about_the_file(text):
        return False
    if is_before_names:
        return True
    if text[0].islower() or text.endswith((".", ";", ",")) or len(following.filled) < 2:
        return False
    return is_numbered(text) or row.cells[place].span >= width > 1
