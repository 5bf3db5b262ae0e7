"""Which row of a table holds the column names, and which column each of them is."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from wayhome.strategy.imports.blocks import Row
from wayhome.strategy.imports.markup import one_line


class Column(StrEnum):
    """What a column of a plan holds."""

    REFERENCE = "reference"
    OBJECTIVE = "objective"
    ACTION = "action"
    RESPONSIBILITY = "responsibility"
    TIMESCALE = "timescale"
    EVIDENCE = "evidence"
    PROGRESS = "progress"
    RATING = "rating"


# Where words of one name speak for several columns, the first of these is meant: "progress RAG" is a rating, "action
# lead" a person.
_STRONGEST_FIRST = (
    Column.RATING,
    Column.REFERENCE,
    Column.RESPONSIBILITY,
    Column.TIMESCALE,
    Column.PROGRESS,
    Column.EVIDENCE,
    Column.OBJECTIVE,
    Column.ACTION,
)
_PHRASES = {
    "how will we know": Column.EVIDENCE,
    "how will we do": Column.ACTION,
    "how we will do": Column.ACTION,
    "what will we do": Column.ACTION,
    "what we will do": Column.ACTION,
    "what do we need to do": Column.ACTION,
    "what needs to be done": Column.ACTION,
    "what do we want": Column.OBJECTIVE,
    "what we want": Column.OBJECTIVE,
    "what difference": Column.EVIDENCE,
    "where are we now": Column.PROGRESS,
    "has happened": Column.PROGRESS,
    "have we done": Column.PROGRESS,
    "are we doing": Column.PROGRESS,
    "current position": Column.PROGRESS,
    "desired outcome": Column.OBJECTIVE,
    "intended outcome": Column.OBJECTIVE,
    "by whom": Column.RESPONSIBILITY,
    "by when": Column.TIMESCALE,
}
_WORDS = {
    Column.RATING: "rag brag bragg rating status colour",
    Column.REFERENCE: "ref refs reference number no id item",
    Column.OBJECTIVE: (
        "objective objectives aim aims goal goals recommendation recommendations standard priority priorities"
    ),
    Column.ACTION: "action actions task tasks activity activities step steps what",
    Column.RESPONSIBILITY: (
        "responsibility responsibilities responsible lead leads owner owners owned accountable accountability who "
        "resource resources agency agencies"
    ),
    Column.TIMESCALE: (
        "timescale timescales timeframe timeframes timeline deadline deadlines when due date dates target completion"
    ),
    Column.EVIDENCE: (
        "outcome outcomes output outputs evidence impact measure measures success indicator indicators kpi kpis"
    ),
    Column.PROGRESS: "progress update updates review comment comments commentary narrative position",
}
_COLUMN_OF = {word: column for column, words in _WORDS.items() for word in words.split()}
# Short words are too near to one another to be guessed at.
_GUESSABLE = [word for word in _COLUMN_OF if len(word) > 3]
# Words that go with a name and say nothing by themselves.
_FILLERS = frozenset(
    word
    for words in (
        "a and or of the to for on by in our we will be how is are do this it they with b s q",
        "key main specific required planned plan named name officer officers person partner partners team level",
        "overall current latest expected strategic smart description column made quarter year month since last end",
        "january february march april may june july august september october november december",
        "jan feb mar apr jun jul aug sept sep oct nov dec",
    )
    for word in words.split()
)
_LONGEST_NAME = 12
# The name of one of several columns that have one name together.
LONGEST_PART = 4
# "Actoin" is near to "action"; "section" and "auction" are not.
CLOSE_ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class Header:
    """The column names of a table: what stands at which place."""

    line: int
    columns: Mapping[int, Column]
    names: Mapping[int, str]
    misspelt: tuple[tuple[str, str], ...] = ()
    # The names go on in the row below.
    is_double: bool = False


def header_of(row: Row, *, leniently: bool = False) -> Header | None:
    """The row as column names, if it is that: mostly names, and among them what is to be done.

    Leniently, every name may be misspelt; else at least one has to be right, which is quick to find out.
    """
    filled = row.filled
    if len(filled) < 2:
        return None
    names = {place: one_line(row.cells[place].text) for place in filled}
    if not leniently and not any(_is_right(name) for name in names.values()):
        return None
    read = {place: read_name(name) for place, name in names.items()}
    columns = {place: found.column for place, found in read.items() if found}
    if not _are_names_of_a_plan(columns, len(filled)):
        return None
    wrong = tuple(pair for found in read.values() if found for pair in found.misspelt)
    return Header(row.line, columns, names, wrong)


def completed(header: Header, upper: Row, lower: Row) -> Header | None:
    """The names of two rows as one, where the lower names the parts of what the upper says over several columns."""
    over = _spread(upper)
    names = {place: one_line(lower.cells[place].text) for place in lower.filled}
    below = header_of(lower)
    if not names or (not below and not _are_parts(names, over, upper)):
        return None
    columns = dict(header.columns) if not below else {}
    for place, name in names.items():
        found = read_name(name)
        group = header.columns.get(over.get(place, place))
        kind = found.column if found else group
        if kind:
            columns[place] = kind
    return Header(lower.line, columns, {**header.names, **names}, header.misspelt, is_double=True)


def _spread(row: Row) -> dict[int, int]:
    """Over which places each name lies: its own, and the empty ones on its right."""
    over: dict[int, int] = {}
    for place in range(len(row.cells)):
        if row.cells[place].text:
            over[place] = place
        elif place - 1 in over:
            over[place] = over[place - 1]
    return over


def _are_parts(names: Mapping[int, str], over: Mapping[int, int], upper: Row) -> bool:
    """Short names, each under one that lies over several columns, and one of them known."""
    widths = Counter(over.values())
    are_under = all(place in over and widths[over[place]] > 1 for place in names)
    are_short = all(len(name.split()) <= LONGEST_PART for name in names.values())
    is_merged = any(upper.cells[place].span > 1 for place in upper.filled)
    return are_under and are_short and (is_merged or any(read_name(name) for name in names.values()))


def _are_names_of_a_plan(columns: Mapping[int, Column], filled: int) -> bool:
    kinds = set(columns.values())
    does = kinds & {Column.ACTION, Column.OBJECTIVE}
    is_most = len(columns) * 3 >= filled * 2 or (len(kinds) > 2 and len(columns) * 2 >= filled)
    return bool(does) and len(kinds) > 1 and is_most


@dataclass(frozen=True, slots=True)
class ReadName:
    """One column name: which column it is, and the words of it that are misspelt."""

    column: Column
    misspelt: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=2048)
def read_name(name: str) -> ReadName | None:
    """The column that a name stands for."""
    words = _words_of(name)
    if not 0 < len(words) <= _LONGEST_NAME:
        return None
    phrase = " ".join(words)
    for known, column in _PHRASES.items():
        if known in phrase:
            return ReadName(column)
    if len(words) > 6:
        return None
    meant = [(word, _meant(word)) for word in words]
    columns = {_COLUMN_OF[right] for _, right in meant if right}
    strange = sum(1 for word, right in meant if not right and word not in _FILLERS)
    # "Deliver the action" is no name of a column.
    if not columns or strange >= max(1, len(columns)):
        return None
    wrong = tuple((word, right) for word, right in meant if right and word != right)
    return ReadName(next(column for column in _STRONGEST_FIRST if column in columns), wrong)


def _is_right(name: str) -> bool:
    words = _words_of(name) if len(name) < 90 else []
    return len(words) <= _LONGEST_NAME and any(word in _COLUMN_OF for word in words)


def _words_of(name: str) -> list[str]:
    return re.findall(r"[a-z]+", name.casefold().replace("#", " no "))


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    if word in _COLUMN_OF:
        return word
    if len(word) < 4:
        return ""
    return next(iter(get_close_matches(word, _GUESSABLE, n=1, cutoff=CLOSE_ENOUGH)), "")


def side_by_side(columns: Mapping[int, Column]) -> list[Sequence[int]]:
    """The places of each table, where two stand beside one another: the names begin again."""
    places = sorted(columns)
    counts = Counter(columns.values())
    twice = [column for column, count in counts.items() if count > 1]
    if len(twice) < 2 or columns[places[0]] not in twice:
        return [places]
    starts = [place for place in places if columns[place] is columns[places[0]]]
    ends = [*starts[1:], places[-1] + 1]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]
