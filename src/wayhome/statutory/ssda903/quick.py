"""Finds the children whose rows are right at first sight, so that only the others are read field by field.

A return is mostly right. For each file two questions are asked of all rows at once, in columns: is the row right
in itself, and does it get on with the other rows of the same child? Where both are so for every row of a child,
the careful way (checks.py) would accept those rows without a word, so they are taken as they are. All rows of
all other children go the careful way. That the two ways agree is held by a test, not by hope.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic

import polars as pl

from wayhome.codelists import load
from wayhome.codelists.sex import as_letter
from wayhome.statutory.ssda903 import spans
from wayhome.statutory.ssda903.checks import KnownChild, Register, Row
from wayhome.statutory.ssda903.columns import LONGEST_TEXT
from wayhome.statutory.ssda903.rows import EpisodeRow, HeaderRow, MissingRow
from wayhome.statutory.ssda903.tables import EPISODES, HEADER, MISSING, Table
from wayhome.statutory.ssda903.text import BrokenLine, split

END_OF_TIME = date.max
# Printable, plain letters only, and no quotation mark.
_PLAIN = r"^[ !#-~]*\n?$"
_DATE = r"^[0-9]{2}/[0-9]{2}/(19|20)[0-9]{2}$"
_UPN = r"^[A-HJ-NP-RT-Z][0-9]{12}$"
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_CODED_EPISODE = (
    ("RNE", "episode_reason", ()),
    ("LS", "legal_status", ()),
    ("CIN", "cin_need", ()),
    ("PLACE", "placement", ()),
    ("PLACE_PROVIDER", "placement_provider", ("",)),
    ("REC", "placement_end_reason", ("",)),
    ("REASON_PLACE_CHANGE", "placement_change_reason", ("",)),
)
_ROW, _LINE, _IS_RIGHT, _FIRST, _LAST, _KEY = "row", "line", "is_right", "first", "last", "key"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some lines of a file; `first` is the row number of the first."""

    first: int
    lines: list[str]


class QuickTable(ABC, Generic[Row]):
    """How the rows of one table are judged at first sight."""

    table: Table
    row_type: type[Row]
    # What becomes one row, in the order of its fields.
    fields: tuple[str, ...]
    # Which columns say whose row it is besides CHILD, when it begins, and when it ends.
    key: str | None = None
    first: str
    last: str | None = None

    def __init__(self, register: Register, known: "Known") -> None:
        self.register, self.known = register, known

    @abstractmethod
    def read(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with typed values. What cannot be understood is null."""

    @abstractmethod
    def judge(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The typed frame with a column that says whether the row is right in itself."""

    @abstractmethod
    def clashes(self, survey: pl.DataFrame) -> pl.Series:
        """The children some of whose rows do not get on with one another."""

    @abstractmethod
    def learn(self, right: pl.DataFrame) -> None:
        """Keep what the next tables need, of the rows that were right and of those accepted with care."""

    def survey(self, chunk: Chunk, order: Sequence[int]) -> pl.DataFrame:
        """One short line for each row of the chunk: whose it is, its days, and whether it is right."""
        judged = self._summary(self.judge(self.read(in_columns(chunk, self.table, order))))
        return pl.concat([judged, self._odd_rows(chunk, order, judged)]).sort(_ROW)

    def rows(self, chunk: Chunk, order: Sequence[int], wanted: pl.Series) -> list[Row]:
        """The rows of these numbers."""
        frame = in_columns(chunk, self.table, order)
        if frame.height != len(wanted):
            frame = frame.filter(pl.col(_ROW).is_in(wanted.implode()))
        values = self.read(frame)
        columns = (values[name].to_list() for name in self.fields)
        return list(map(self.row_type._make, zip(*columns, strict=True)))

    def _summary(self, judged: pl.DataFrame) -> pl.DataFrame:
        key = pl.col(self.key) if self.key else pl.lit("")
        last = pl.col(self.last) if self.last else pl.lit(None, pl.Date)
        return judged.select(
            _ROW, "CHILD", key.alias(_KEY), pl.col(self.first).alias(_FIRST), last.alias(_LAST), _IS_RIGHT
        )

    def _odd_rows(self, chunk: Chunk, order: Sequence[int], judged: pl.DataFrame) -> pl.DataFrame:
        if judged.height == len(chunk.lines):
            return judged.clear()
        known = set(judged[_ROW].to_list())
        odd = [
            self._odd_row(number, text, order)
            for number, text in enumerate(chunk.lines, start=chunk.first)
            if number not in known
        ]
        columns = {_ROW: pl.UInt32, "CHILD": pl.String, _KEY: pl.String}
        return pl.DataFrame(odd, schema=columns, orient="row").with_columns(
            pl.lit(None, pl.Date).alias(_FIRST),
            pl.lit(None, pl.Date).alias(_LAST),
            pl.lit(False).alias(_IS_RIGHT),
        )

    def _odd_row(self, number: int, line: str, order: Sequence[int]) -> tuple[int, str, str]:
        try:
            cells = split(line)
        except BrokenLine:
            return number, "", ""
        if len(cells) != len(order):
            return number, "", ""
        key = cells[order[self.table.columns.index(self.key)]] if self.key else ""
        return number, cells[order[0]].strip(), key.strip().upper()


class Known:
    """What the tables read so far say of the children, in columns."""

    def __init__(self) -> None:
        self.children = pl.DataFrame(schema={"CHILD": pl.String, "born_on": pl.Date})
        self.care = self._by_day(pl.DataFrame(schema={"CHILD": pl.String, _FIRST: pl.Date, _LAST: pl.Date}))

    def add_children(self, quick: pl.DataFrame, register: Register) -> None:
        """The children of the header: those right at first sight, and those accepted with care."""
        careful = [(number, child.born_on) for number, child in register.children.items()]
        rest = pl.DataFrame(careful, schema=self.children.schema, orient="row")
        self.children = pl.concat([quick, rest])

    def add_care(self, quick: pl.DataFrame, register: Register) -> None:
        """The episodes of care, an open one until the end of time."""
        careful = [
            (number, spans.first_day(span), spans.last_day(span))
            for number, child in register.children.items()
            for span in child.care
        ]
        rest = pl.DataFrame(careful, schema=quick.schema, orient="row")
        self.care = self._by_day(pl.concat([quick, rest]))

    def with_birth(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with the birth date of the header; null for a child not in it."""
        return frame.join(self.children, on="CHILD", how="left", maintain_order="left")

    def _by_day(self, care: pl.DataFrame) -> pl.DataFrame:
        # A day is in care if the latest end of all episodes begun by then is not before it.
        last = pl.col(_LAST)
        until, ended = last.cum_max().over("CHILD"), last.max().over("CHILD")
        return care.sort(_FIRST).with_columns(care_until=until, care_ended=ended)

    def hand_over(self, children: pl.DataFrame, register: Register) -> None:
        """Enter these children and their care into the register, for the rows that go the careful way."""
        for number, born_on in self.children.join(children, on="CHILD", how="semi").iter_rows():
            register.children.setdefault(number, KnownChild(0, 0, born_on))
        wanted = self.care.join(children, on="CHILD", how="semi").group_by("CHILD").agg(_FIRST, _LAST)
        for number, firsts, lasts in wanted.iter_rows():
            if not register.children[number].care:
                days = zip(firsts, lasts, strict=True)
                register.children[number].care = sorted(spans.pack(first, last, 0, 0) for first, last in days)


class QuickHeader(QuickTable[HeaderRow]):
    """The Header, at first sight."""

    table, row_type = HEADER, HeaderRow
    fields = (_ROW, "CHILD", "SEX", "DOB", "ETHNIC", "UPN", "upn_is_verified", "MOTHER", "MC_DOB")
    key, first = "UPN", "DOB"

    def read(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Letters for sex, whatever the file used, and whether the UPN proves anything."""
        letters = {code.code: as_letter(code.code) for code in load("sex")}
        return _typed(frame, texts=("CHILD", "UPN", "MOTHER"), days=("DOB", "MC_DOB")).with_columns(
            pl.col("UPN").str.to_uppercase(),
            upn_is_verified=_is_upn("UPN"),
            SEX=pl.col("SEX").replace(letters),
            sex_as_given=pl.col("SEX"),
        )

    def judge(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Right: all fields understood, born before the return, and a proven UPN or a code for none."""
        on = self.register.year.last_day
        return _judged(
            frame,
            pl.col("CHILD") != "",
            pl.col("sex_as_given").is_in(load("sex").codes(on)),
            pl.col("ETHNIC").is_in(load("ethnicity").codes(on)),
            pl.col("upn_is_verified") | pl.col("UPN").is_in(load("upn_unknown").codes(on)),
            pl.col("MOTHER").is_in(["", "0", "1"]),
            pl.col("DOB") <= self.register.as_at,
            _is_day_or_blank("MC_DOB"),
        )

    def clashes(self, survey: pl.DataFrame) -> pl.Series:
        """A child twice, or a number twice."""
        is_number = pl.col(_KEY).str.contains(_UPN)
        twice = pl.col("CHILD").is_duplicated() | (pl.col(_KEY).is_duplicated() & is_number)
        return survey.filter(twice)["CHILD"]

    def learn(self, right: pl.DataFrame) -> None:
        """Who there is, and when they were born."""
        self.known.add_children(right.select("CHILD", pl.col(_FIRST).alias("born_on")), self.register)


class QuickEpisodes(QuickTable[EpisodeRow]):
    """The Episodes, at first sight."""

    table, row_type = EPISODES, EpisodeRow
    fields = (_ROW, *EPISODES.columns)
    first, last = "DECOM", "DEC"

    def read(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Dates as dates."""
        return _typed(frame, texts=("CHILD", "HOME_POST", "PL_POST", "URN"), days=("DECOM", "DEC"))

    def judge(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Right: a known child, all codes of the year, and days in their order between birth and the return."""
        end = pl.col("DEC").fill_null(self.register.as_at)
        return _judged(
            self.known.with_birth(frame),
            *self._coded(),
            _is_day_or_blank("DEC"),
            pl.col("DECOM") >= pl.col("born_on"),
            pl.col("DECOM") <= end,
            end <= self.register.as_at,
            pl.col("DEC").is_null() == (pl.col("REC") == ""),
        )

    def _coded(self) -> Iterator[pl.Expr]:
        for name, codes, blank in _CODED_EPISODE:
            yield pl.col(name).is_in((*blank, *load(codes).codes(self.register.year.last_day)))

    def clashes(self, survey: pl.DataFrame) -> pl.Series:
        """Two that share more than an edge day, or the same days."""
        return _overlapping(survey)

    def learn(self, right: pl.DataFrame) -> None:
        """When each child was in care."""
        self.known.add_care(
            right.select("CHILD", _FIRST, pl.col(_LAST).fill_null(END_OF_TIME)), self.register
        )


class QuickMissing(QuickTable[MissingRow]):
    """The Missing table, at first sight."""

    table, row_type = MISSING, MissingRow
    fields = (_ROW, *MISSING.columns)
    first, last = "MIS_START", "MIS_END"

    def read(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Dates as dates."""
        return _typed(frame, texts=("CHILD",), days=("DOB", "MIS_START", "MIS_END"))

    def judge(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Right: a known child with this birth date, in care then, and back in this year while still in care."""
        on, year = self.register.as_at, self.register.year
        end = pl.col("MIS_END").fill_null(on)
        return _judged(
            self._with_care(self.known.with_birth(frame)),
            pl.col("MISSING").is_in(load("missing_kind").codes(year.last_day)),
            _is_day_or_blank("MIS_END"),
            pl.col("DOB") == pl.col("born_on"),
            pl.col("MIS_START") > pl.col("born_on"),
            pl.col("MIS_START") <= end,
            end.is_between(year.first_day, on),
            pl.col("care_until") >= pl.col("MIS_START"),
            pl.col("care_ended") >= end,
        )

    def _with_care(self, frame: pl.DataFrame) -> pl.DataFrame:
        joined = frame.sort("MIS_START", nulls_last=True).join_asof(
            self.known.care.drop(_LAST),
            left_on="MIS_START",
            right_on=_FIRST,
            by="CHILD",
            check_sortedness=False,
        )
        return joined.sort(_ROW)

    def clashes(self, survey: pl.DataFrame) -> pl.Series:
        """Two that share more than an edge day, or the same days."""
        return _overlapping(survey)

    def learn(self, right: pl.DataFrame) -> None:
        """Nothing comes after this table."""


def in_columns(chunk: Chunk, table: Table, order: Sequence[int]) -> pl.DataFrame:
    """The fields of those lines that need no thought to be split: plain, short, and as many as the columns."""
    width = len(order)
    numbers = pl.int_range(chunk.first, chunk.first + len(chunk.lines), dtype=pl.UInt32, eager=True)
    lines = pl.DataFrame({_ROW: numbers, _LINE: chunk.lines}, schema_overrides={_LINE: pl.String})
    line = pl.col(_LINE)
    is_plain = (
        (line.str.count_matches(",", literal=True) == width - 1)
        & (line.str.len_chars() <= LONGEST_TEXT)
        & line.str.contains(_PLAIN)
    )
    names = {f"field_{place}": name for name, place in zip(table.columns, order, strict=True)}
    parts = line.str.strip_chars_end("\n").str.split_exact(",", width - 1).alias(_LINE)
    return lines.filter(is_plain).select(_ROW, parts).unnest(_LINE).rename(names)


class Verdict(Generic[Row]):
    """Which rows of a file are right at first sight: those of children all of whose rows are."""

    def __init__(self, table: QuickTable[Row], surveys: Iterable[pl.DataFrame]) -> None:
        whole = pl.concat(surveys)
        wrong = pl.concat([whole.remove(_IS_RIGHT)["CHILD"], table.clashes(whole)]).unique().to_frame()
        table.known.hand_over(wrong, table.register)
        others = whole.join(wrong, on="CHILD", how="anti", maintain_order="left") if wrong.height else whole
        self.right = others.select(_ROW, "CHILD", _FIRST, _LAST)

    def right_in(self, chunk: Chunk) -> pl.Series:
        """The numbers of the right rows of a chunk."""
        numbers = self.right[_ROW]
        start, end = (numbers.search_sorted(edge) for edge in (chunk.first, chunk.first + len(chunk.lines)))
        return numbers.slice(int(start), int(end) - int(start))


def _typed(frame: pl.DataFrame, *, texts: tuple[str, ...], days: tuple[str, ...]) -> pl.DataFrame:
    is_blank = (pl.col(name).eq("").alias(f"{name}_blank") for name in days)
    return frame.with_columns(
        *is_blank, *(pl.col(name).str.strip_chars() for name in texts), *map(_day, days)
    )


def _day(name: str) -> pl.Expr:
    day = pl.col(name).str.to_date("%d/%m/%Y", strict=False)
    return pl.when(pl.col(name).str.contains(_DATE)).then(day)


def _is_day_or_blank(name: str) -> pl.Expr:
    return pl.col(name).is_not_null() | pl.col(f"{name}_blank")


def _judged(frame: pl.DataFrame, *claims: pl.Expr) -> pl.DataFrame:
    return frame.with_columns(pl.all_horizontal(*claims).fill_null(False).alias(_IS_RIGHT))


def _is_upn(name: str) -> pl.Expr:
    digits = (
        pl.col(name).str.slice(place, 1).cast(pl.Int32, strict=False) * (place + 1) for place in range(1, 13)
    )
    letter = (pl.sum_horizontal(digits) % 23).replace_strict(
        dict(enumerate(_CHECK_LETTERS)), return_dtype=pl.String, default=None
    )
    return (pl.col(name).str.contains(_UPN) & (pl.col(name).str.slice(0, 1) == letter)).fill_null(False)


def _overlapping(survey: pl.DataFrame) -> pl.Series:
    """The children with overlapping spans. If any two overlap, then so do two that stand side by side by first day."""
    ordered = survey.sort("CHILD", _FIRST, _LAST, nulls_last=True)
    last = pl.col(_LAST).fill_null(END_OF_TIME)
    is_same = (pl.col(_FIRST) == pl.col(_FIRST).shift()) & (last == last.shift())
    is_clash = (pl.col("CHILD") == pl.col("CHILD").shift()) & (is_same | (last.shift() > pl.col(_FIRST)))
    return ordered.filter(is_clash)["CHILD"]


def chunks(lines: Iterator[str], size: int) -> Iterator[Chunk]:
    """The lines under the column names, some at a time."""
    first, some = 2, []
    for line in lines:
        some.append(line)
        if len(some) == size:
            yield Chunk(first, some)
            first, some = first + size, []
    if some:
        yield Chunk(first, some)
