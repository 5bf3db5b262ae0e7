"""What is checked in each row of the three tables, and what each answer means for the row.

The numbers are those of the return's own validation rules. Each table has a reader that turns fields into a
row, finds what is wrong with it, and remembers what later rows are compared with.
"""

import re
from abc import ABC, abstractmethod
from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from stdnum.gb import upn as upn_numbers

from wayhome.codelists import load
from wayhome.codelists.sex import as_letter
from wayhome.statutory.ssda903 import spans
from wayhome.statutory.ssda903.columns import Coded, Column, Day, NotUnderstood, Text
from wayhome.statutory.ssda903.findings import Trouble, reject, warn
from wayhome.statutory.ssda903.rows import EpisodeRow, HeaderRow, MissingRow
from wayhome.statutory.ssda903.tables import EPISODES, HEADER, MISSING, Table
from wayhome.statutory.ssda903.years import CollectionYear

CHILD_BLANK = reject("child-blank", "CHILD", "CHILD is blank: nobody can say whose row this is.")
DUPLICATE = reject("duplicate", "CHILD", "This is a duplicate of row {row}.")

SECOND_HEADER = reject("second-header", "CHILD", "Row {row} describes the same child with other values.")
BORN_LATER = reject("301", "DOB", "DOB is later than the day the return speaks of.")
BORN_BLANK = warn("102", "DOB", "DOB is blank: the child is held without a birth date.")
SEX_BLANK = warn("101", "SEX", "SEX is blank: it is held as not known.")
ETHNICITY_BLANK = warn("103", "ETHNIC", "ETHNIC is blank: it is held as not asked.")
UPN_BLANK = warn("442", "UPN", "UPN is blank.")
UPN_WRONG = warn(
    "168", "UPN", "UPN has a wrong check letter or form: it is held as an unverified identifier."
)
UPN_TWICE = warn(
    "444", "UPN", "UPN is also that of the child in row {row}: it is held as unverified for this one."
)
MOTHER_UNKNOWN = warn("mother", "MOTHER", "MOTHER is neither 0 nor 1: it is held as not known.")

CHILD_UNKNOWN = {
    EPISODES: reject("INT03", "CHILD", "This child has no row in the Header."),
    MISSING: reject("INT04", "CHILD", "This child has no row in the Header."),
}
CHILD_REJECTED = {
    EPISODES: reject("INT03", "CHILD", "This child's Header row (row {row}) was rejected."),
    MISSING: reject("INT04", "CHILD", "This child's Header row (row {row}) was rejected."),
}

CARE_START_BLANK = reject("141", "DECOM", "DECOM is blank: nobody can say when the episode began.")
CARE_ENDS_FIRST = reject("356", "DEC", "DEC is before DECOM.")
CARE_BEFORE_BIRTH = reject("302", "DECOM", "DECOM is before the child was born.")
CARE_STARTS_LATER = reject("starts-later", "DECOM", "DECOM is later than the day the return speaks of.")
CARE_ENDS_LATER = warn("ends-later", "DEC", "DEC is later than the day the return speaks of.")
CARE_REASON_WITHOUT_END = warn("148", "REC", "REC is given but DEC is blank.")
CARE_END_WITHOUT_REASON = warn("148", "REC", "DEC is given but REC is blank.")
CARE_WHILE_OPEN = warn("142", "DECOM", "This episode begins while that of row {row} is still open.")
CARE_OVERLAPS = warn("501", "DECOM", "This episode begins before that of row {row} has ended.")

KIND_BLANK = reject(
    "565", "MISSING", "MISSING is blank: nobody can say whether the child was missing or away."
)
MISSING_START_BLANK = reject("564", "MIS_START", "MIS_START is blank: nobody can say when it began.")
MISSING_DOB_BLANK = warn("INT13", "DOB", "DOB is blank: the child is known by number alone.")
MISSING_DOB_DIFFERS = reject("INT13", "DOB", "DOB differs from the Header's: this may be another child.")
MISSING_DOB_UNCHECKED = warn("INT13", "DOB", "DOB cannot be compared: the Header has none for this child.")
MISSING_ENDS_FIRST = reject("567", "MIS_END", "MIS_END is before MIS_START.")
MISSING_STARTS_LATER = reject("570", "MIS_START", "MIS_START is later than the day the return speaks of.")
MISSING_ENDS_OUTSIDE = warn(
    "571", "MIS_END", "MIS_END is outside the collection year or after the day of the return."
)
MISSING_OVERLAPS = reject("574", "MIS_START", "This overlaps the missing episode of row {row}.")
MISSING_BEFORE_BIRTH = reject("586", "MIS_START", "MIS_START is before the child was born.")
MISSING_ON_BIRTHDAY = warn("586", "MIS_START", "MIS_START is the day the child was born.")
MISSING_OUTSIDE_CARE = warn("581", "MIS_START", "MIS_START is in none of the child's episodes of care.")
MISSING_AFTER_CARE = warn("578", "MIS_START", "MIS_START is after the child ceased to be looked after.")
OPEN_AFTER_CARE = warn(
    "577", "MIS_END", "MIS_END is blank or later, but the child's care ended on {day:%d/%m/%Y}."
)

_UPN_FORM = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[A-HJ-NP-RT-Z0-9]")

Row = TypeVar("Row", HeaderRow, EpisodeRow, MissingRow)
# The fields of one line as the file has them, in the order of the table.
Raw = tuple[str, ...]


@dataclass(slots=True)
class KnownChild:
    """What later rows are compared with: the header row, and the sorted spans in care and missing."""

    row: int
    fingerprint: int
    born_on: date | None
    care: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Register:
    """The children of one return, by their number in it."""

    as_at: date
    children: dict[str, KnownChild] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    upns: dict[str, int] = field(default_factory=dict)

    @property
    def year(self) -> CollectionYear:
        """The collection year that the return belongs to."""
        return CollectionYear.of(self.as_at)


class RowReader(ABC, Generic[Row]):
    """Turns the fields of one table into rows, and says what is wrong with them."""

    table: Table
    # The columns of one table hold different types of value; `_build` puts each into its typed field.
    columns: tuple[Column[Any], ...]
    rules: tuple[Callable[[Row, Raw], Trouble | None], ...]

    def __init__(self, register: Register) -> None:
        self.register = register
        self._prepare(register.year.last_day)
        self._quick = tuple(column.quick for column in self.columns)

    @abstractmethod
    def _prepare(self, on: date) -> None:
        """Set the columns, with the code lists of this day, and the rules."""

    @abstractmethod
    def _build(self, number: int, values: list[Any]) -> Row:
        """The typed row."""

    @abstractmethod
    def _remember(self, row: Row, raw: Raw) -> None:
        """Keep what later rows are compared with."""

    def _identify(self, child: str) -> Trouble | None:
        """What is wrong with whose row this is."""
        if child in self.register.children or not child:
            return None
        if child in self.register.rejected:
            return CHILD_REJECTED[self.table].found(child, row=self.register.rejected[child])
        return CHILD_UNKNOWN[self.table].found(child)

    def read(self, number: int, raw: Raw, *, is_long: bool) -> tuple[Row | None, Sequence[Trouble]]:
        """The row, or None if it has to be rejected, and all that is wrong with it."""
        troubles: list[Trouble] = []
        try:
            if is_long:
                raise NotUnderstood
            values = [quick(cell) for quick, cell in zip(self._quick, raw, strict=True)]
        except NotUnderstood:
            values = self._examine(raw, troubles)
        if unknown := self._identify(values[0]):
            troubles.append(unknown)
        if is_rejected(troubles):
            return self._refuse(number, values[0], troubles)
        return self._judge(self._build(number, values), raw, troubles)

    def _examine(self, raw: Raw, troubles: list[Trouble]) -> list[Any]:
        values = []
        for column, cell in zip(self.columns, raw, strict=True):
            value, trouble = column.examine(cell)
            values.append(value)
            if trouble:
                troubles.append(trouble)
        return values

    def _judge(self, row: Row, raw: Raw, troubles: list[Trouble]) -> tuple[Row | None, Sequence[Trouble]]:
        troubles += [trouble for rule in self.rules if (trouble := rule(row, raw))]
        if troubles and is_rejected(troubles):
            return self._refuse(row.row, row.child, troubles)
        self._remember(row, raw)
        return row, troubles

    def _refuse(self, number: int, child: str, troubles: list[Trouble]) -> tuple[None, Sequence[Trouble]]:
        self._forget(number, child)
        return None, troubles

    def _forget(self, number: int, child: str) -> None:
        """Called for a rejected row."""

    def afterthoughts(self) -> Iterator[tuple[int, str, Trouble]]:
        """Warnings that can only be given when the whole file is read, with their rows and children."""
        return iter(())


class HeaderReader(RowReader[HeaderRow]):
    """Reads the Header: one row for each child."""

    table = HEADER

    def _prepare(self, on: date) -> None:
        self.columns = (
            Text("CHILD", blank=CHILD_BLANK),
            Coded("SEX", load("sex"), on, rule="101", blank=SEX_BLANK),
            Day("DOB", rule="102", blank=BORN_BLANK),
            Coded("ETHNIC", load("ethnicity"), on, rule="103", blank=ETHNICITY_BLANK),
            Text("UPN", blank=UPN_BLANK),
            Text("MOTHER"),
            Day("MC_DOB", rule="mc-dob"),
        )
        self.rules = (
            self._repeated,
            self._born_later,
            self._upn_wrong,
            self._upn_twice,
            self._mother_unknown,
        )

    def _build(self, number: int, values: list[Any]) -> HeaderRow:
        child, sex, born_on, ethnicity, upn, mother, mother_of = values
        upn = upn.upper()
        proven = is_upn(upn) and upn not in self.register.upns
        return HeaderRow(number, child, as_letter(sex), born_on, ethnicity, upn, proven, mother, mother_of)

    def _identify(self, child: str) -> Trouble | None:
        return None

    def _remember(self, row: HeaderRow, raw: Raw) -> None:
        self.register.children[row.child] = KnownChild(row.row, hash(raw), row.born_on)
        if row.upn and row.upn not in load("upn_unknown"):
            self.register.upns.setdefault(row.upn, row.row)

    def _forget(self, number: int, child: str) -> None:
        if child not in self.register.children:
            self.register.rejected[child] = number

    def _repeated(self, row: HeaderRow, raw: Raw) -> Trouble | None:
        known = self.register.children.get(row.child)
        if known is None:
            return None
        check = DUPLICATE if known.fingerprint == hash(raw) else SECOND_HEADER
        return check.found(row.child, row=known.row)

    def _born_later(self, row: HeaderRow, raw: Raw) -> Trouble | None:
        is_later = row.born_on is not None and row.born_on > self.register.as_at
        return BORN_LATER.found(raw[2]) if is_later else None

    def _upn_wrong(self, row: HeaderRow, raw: Raw) -> Trouble | None:
        is_right = row.upn_is_verified or not row.upn or row.upn in load("upn_unknown") or is_upn(row.upn)
        return None if is_right else UPN_WRONG.found(row.upn)

    def _upn_twice(self, row: HeaderRow, raw: Raw) -> Trouble | None:
        other = self.register.upns.get(row.upn)
        return UPN_TWICE.found(row.upn, row=other) if other else None

    def _mother_unknown(self, row: HeaderRow, raw: Raw) -> Trouble | None:
        return None if row.mother in ("", "0", "1") else MOTHER_UNKNOWN.found(row.mother)


class EpisodeReader(RowReader[EpisodeRow]):
    """Reads the Episodes: one row for each stretch in one placement under one legal status."""

    table = EPISODES

    def _prepare(self, on: date) -> None:
        def coded(name: str, codes: str, rule: str, *, needed: bool = False) -> Coded:
            blank = warn(rule, name, f"{name} is blank.") if needed else None
            return Coded(name, load(codes), on, rule=rule, blank=blank)

        self.columns = (
            Text("CHILD", blank=CHILD_BLANK),
            Day("DECOM", rule="141", blank=CARE_START_BLANK),
            coded("RNE", "episode_reason", "143", needed=True),
            coded("LS", "legal_status", "144", needed=True),
            coded("CIN", "cin_need", "145", needed=True),
            coded("PLACE", "placement", "146", needed=True),
            coded("PLACE_PROVIDER", "placement_provider", "178"),
            Day("DEC", rule="147"),
            coded("REC", "placement_end_reason", "149"),
            coded("REASON_PLACE_CHANGE", "placement_change_reason", "reason-place-change"),
            Text("HOME_POST"),
            Text("PL_POST"),
            Text("URN"),
        )
        self.rules = (
            self._ends_first,
            self._wrong_day,
            self._ends_later,
            self._reason_and_end,
            self._repeated,
        )

    def _build(self, number: int, values: list[Any]) -> EpisodeRow:
        return EpisodeRow(number, *values)

    def _remember(self, row: EpisodeRow, raw: Raw) -> None:
        insort(self.register.children[row.child].care, _span(row, raw))

    def afterthoughts(self) -> Iterator[tuple[int, str, Trouble]]:
        """Episodes of care that overlap: we hold both, because only the council knows which is right."""
        for number, child in self.register.children.items():
            for span, earlier in spans.overlaps(child.care):
                check = CARE_WHILE_OPEN if spans.last_day(earlier) == date.max else CARE_OVERLAPS
                day = spans.first_day(span).strftime("%d/%m/%Y")
                yield spans.row_of(span), number, check.found(day, row=spans.row_of(earlier))

    def _ends_first(self, row: EpisodeRow, raw: Raw) -> Trouble | None:
        is_first = row.ended_on is not None and row.ended_on < row.started_on
        return CARE_ENDS_FIRST.found(raw[7]) if is_first else None

    def _wrong_day(self, row: EpisodeRow, raw: Raw) -> Trouble | None:
        born_on = self.register.children[row.child].born_on
        if born_on and row.started_on < born_on:
            return CARE_BEFORE_BIRTH.found(raw[1])
        return CARE_STARTS_LATER.found(raw[1]) if row.started_on > self.register.as_at else None

    def _ends_later(self, row: EpisodeRow, raw: Raw) -> Trouble | None:
        is_later = row.ended_on is not None and row.ended_on > self.register.as_at
        return CARE_ENDS_LATER.found(raw[7]) if is_later else None

    def _reason_and_end(self, row: EpisodeRow, raw: Raw) -> Trouble | None:
        if row.ended_on is None:
            return CARE_REASON_WITHOUT_END.found(row.reason_ended) if row.reason_ended else None
        return None if row.reason_ended else CARE_END_WITHOUT_REASON.found("")

    def _repeated(self, row: EpisodeRow, raw: Raw) -> Trouble | None:
        twin = spans.twin(self.register.children[row.child].care, _span(row, raw))
        return DUPLICATE.found(row.child, row=spans.row_of(twin)) if twin else None


class MissingReader(RowReader[MissingRow]):
    """Reads the Missing table: one row for each time missing or away."""

    table = MISSING

    def _prepare(self, on: date) -> None:
        self.columns = (
            Text("CHILD", blank=CHILD_BLANK),
            Day("DOB", rule="INT13", blank=MISSING_DOB_BLANK),
            Coded("MISSING", load("missing_kind"), on, rule="1006", blank=KIND_BLANK),
            Day("MIS_START", rule="1004", blank=MISSING_START_BLANK),
            Day("MIS_END", rule="1005"),
        )
        self.rules = (
            self._another_birth_date,
            self._ends_first,
            self._starts_later,
            self._ends_outside,
            self._before_birth,
            self._repeated_or_overlapping,
            self._outside_care,
            self._open_after_care,
        )

    def _build(self, number: int, values: list[Any]) -> MissingRow:
        return MissingRow(number, *values)

    def _remember(self, row: MissingRow, raw: Raw) -> None:
        insort(self._child(row).missing, _span(row, raw))

    def _child(self, row: MissingRow) -> KnownChild:
        return self.register.children[row.child]

    def _another_birth_date(self, row: MissingRow, raw: Raw) -> Trouble | None:
        if row.born_on is None or row.born_on == self._child(row).born_on:
            return None
        check = MISSING_DOB_DIFFERS if self._child(row).born_on else MISSING_DOB_UNCHECKED
        return check.found(raw[1])

    def _ends_first(self, row: MissingRow, raw: Raw) -> Trouble | None:
        is_first = row.ended_on is not None and row.ended_on < row.started_on
        return MISSING_ENDS_FIRST.found(raw[4]) if is_first else None

    def _starts_later(self, row: MissingRow, raw: Raw) -> Trouble | None:
        return MISSING_STARTS_LATER.found(raw[3]) if row.started_on > self.register.as_at else None

    def _ends_outside(self, row: MissingRow, raw: Raw) -> Trouble | None:
        if row.ended_on is None or self.register.year.first_day <= row.ended_on <= self.register.as_at:
            return None
        return MISSING_ENDS_OUTSIDE.found(raw[4])

    def _before_birth(self, row: MissingRow, raw: Raw) -> Trouble | None:
        born_on = self._child(row).born_on
        if born_on is None or row.started_on > born_on:
            return None
        return (MISSING_ON_BIRTHDAY if row.started_on == born_on else MISSING_BEFORE_BIRTH).found(raw[3])

    def _repeated_or_overlapping(self, row: MissingRow, raw: Raw) -> Trouble | None:
        known, span = self._child(row).missing, _span(row, raw)
        if twin := spans.twin(known, span):
            return DUPLICATE.found(row.child, row=spans.row_of(twin))
        other = spans.overlapped(known, span)
        return MISSING_OVERLAPS.found(raw[3], row=spans.row_of(other)) if other else None

    def _outside_care(self, row: MissingRow, raw: Raw) -> Trouble | None:
        care = self._child(row).care
        if spans.covers(care, row.started_on):
            return None
        ended_on = care_ended_on(care)
        is_after = ended_on is not None and row.started_on > ended_on
        return (MISSING_AFTER_CARE if is_after else MISSING_OUTSIDE_CARE).found(raw[3])

    def _open_after_care(self, row: MissingRow, raw: Raw) -> Trouble | None:
        care_end = care_ended_on(self._child(row).care)
        if care_end is None or care_end >= min(row.ended_on or date.max, self.register.as_at):
            return None
        return OPEN_AFTER_CARE.found(raw[4], day=care_end)


def is_rejected(troubles: Sequence[Trouble]) -> bool:
    """True if any of these keeps the row out."""
    return any(trouble.check.rejects for trouble in troubles)


def is_upn(number: str) -> bool:
    """True for a unique pupil number whose form and check letter are right.

    The number of the authority in it is not looked up: lists of those are out of date whenever councils merge.
    """
    return bool(_UPN_FORM.fullmatch(number)) and upn_numbers.calc_check_digit(number[1:]) == number[0]


def care_ended_on(care: Sequence[int]) -> date | None:
    """The day on which a child ceased to be looked after, or None if they still are or never were."""
    last = max((spans.last_day(span) for span in care), default=date.max)
    return None if last == date.max else last


def _span(row: EpisodeRow | MissingRow, raw: Raw) -> int:
    return spans.pack(row.started_on, row.ended_on, hash(raw), row.row)
