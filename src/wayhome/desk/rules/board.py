"""The duty board: which episode stands in which section, in which order, and what the reader left out.

Pure: lines and `now` in, sections out. An episode stands in every section in which something is still to do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from wayhome.kernel.deadline import Deadline, DeadlineState
from wayhome.missing.rules import GUIDANCE
from wayhome.missing.rules.duties import ANSWERED_BEFORE_CLOSING
from wayhome.missing.vocabulary import Certainty, Duty, EpisodeKind, PoliceRisk, Stage
from wayhome.people.rules import name_words

AT_FIRST = 10  # rows of a section before "show all"
ON_A_PAGE = 25  # rows of a section that is shown alone
RISK_NOT_SET = "not_set"

WHY_MISSING = (
    "The child is missing or away now. The police missing desk judges the risk and looks at it again: College of "
    "Policing, Authorised Professional Practice: missing persons."
)
WHY_READY = (
    "The child was seen safe and heard, and what it means for their plan is written down. The episode can be closed: "
    f"{GUIDANCE}."
)


class Section(StrEnum):
    """The parts of the board, in the order of the work."""

    MISSING = "missing"
    SAFE_AND_WELL = "safe-and-well"
    INTERVIEW = "interview"
    ANALYSIS = "analysis"


TITLES = {
    Section.MISSING: "Missing now",
    Section.SAFE_AND_WELL: "Safe and well checks due",
    Section.INTERVIEW: "Return interviews due",
    Section.ANALYSIS: "Analyses due and ready to close",
}
DUTY_OF = {
    Section.MISSING: Duty.REASSESS_RISK,
    Section.SAFE_AND_WELL: Duty.SAFE_AND_WELL,
    Section.INTERVIEW: Duty.INTERVIEW,
    Section.ANALYSIS: Duty.ANALYSIS,
}
CLOSING = (Stage.READY_TO_CLOSE, Stage.DIED)
# A level nobody has set yet stands right under high: it may turn out to be.
RISK_ORDER = (PoliceRisk.HIGH, "", PoliceRisk.MEDIUM, PoliceRisk.LOW, PoliceRisk.NO_APPARENT_RISK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An unfinished episode with its child, as lists show it."""

    episode_id: UUID
    person_id: UUID
    name: str
    age: str
    kind: str
    stage: Stage
    risk: str
    last_seen_at: datetime
    certainty: str = Certainty.EXACT
    returned_at: datetime | None = None
    missing_from: str = ""
    home_id: UUID | None = None
    home: str = ""
    place_words: str = ""
    lead_id: UUID | None = None
    lead: str = ""
    lead_user_id: UUID | None = None
    version: int = 1
    has_died: bool = False
    has_declined: bool = False
    duties: tuple[Deadline, ...] = ()

    @property
    def is_missing_now(self) -> bool:
        """Not back yet; it may be known where they are."""
        return self.stage in (Stage.MISSING, Stage.LOCATED)

    @property
    def is_away(self) -> bool:
        """Away without authorisation, not missing."""
        return self.kind == EpisodeKind.AWAY

    @property
    def team_ids(self) -> set[UUID]:
        """The home they went missing from, and the team that leads the work."""
        return {team for team in (self.home_id, self.lead_id) if team}

    @property
    def in_the_way(self) -> list[Deadline]:
        """The duties without whose answer it cannot be closed."""
        return [duty for duty in self.duties if duty.kind in ANSWERED_BEFORE_CLOSING]

    @property
    def to_close(self) -> str:
        """What is still to do before it can be closed: all of it, or nothing."""
        first = "; ".join(duty.duty for duty in self.in_the_way)
        return f"Before it can be closed: {first}" if first else self.stage.label

    def duty(self, kind: str) -> Deadline | None:
        """The duty of this kind, if it runs."""
        return next((duty for duty in self.duties if duty.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One line in one section of the board, with the duty it is there for."""

    section: Section
    line: Line
    duty: Deadline | None

    @property
    def id(self) -> str:
        """The row's id in the page."""
        return f"{self.section}-{self.line.episode_id}"

    @property
    def what(self) -> str:
        """What is to do."""
        if self.section == Section.ANALYSIS and self.line.stage in CLOSING:
            return self.line.to_close
        return self.duty.duty if self.duty else ""

    @property
    def why(self) -> str:
        """The rule that puts the row here, and its source."""
        if self.duty:
            return self.duty.basis
        return WHY_MISSING if self.section == Section.MISSING else WHY_READY

    def is_late(self, now: datetime) -> bool:
        """Whether the duty is past its time."""
        return self.duty is not None and self.duty.state(now) == DeadlineState.LATE

    def version(self, now: datetime) -> str:
        """Changes when somebody writes to the episode, and when its clock passes from one state to the next."""
        return f"{self.line.version}-{self.duty.state(now).name if self.duty else 'NONE'}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked of the board; empty means everything. Kept in the address of the page.

    But for a name: in its place stands the id under which it is kept (`called`).
    """

    kind: str = ""
    risk: str = ""
    team: str = ""
    name: str = ""
    called: str = ""
    late: str = ""
    section: str = ""
    page: int = 1

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Self:
        """From an address. What it does not know is left out."""
        page = typed.get("page", "")
        section = typed.get("section", "")
        return cls(
            kind=_one_of(typed.get("kind", ""), EpisodeKind.values),
            risk=_one_of(typed.get("risk", ""), [*PoliceRisk.values, RISK_NOT_SET]),
            team=typed.get("team", ""),
            called=typed.get("called", ""),
            late="yes" if typed.get("late") else "",
            section=_one_of(section, list(Section)),
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 and int(page) else 1,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out of the board."""
        return bool(self.kind or self.risk or self.team or self.name or self.late)

    def query(self, **changes: object) -> str:
        """The address that asks the same, but for the changes."""
        asked = replace(self, page=1, **changes)  # type: ignore[arg-type]
        said = {name: getattr(asked, name) for name in ("kind", "risk", "team", "called", "late", "section")}
        said = {name: value for name, value in said.items() if value}
        return urlencode(said | ({"page": asked.page} if asked.page > 1 else {}))

    def wants(self, line: Line) -> bool:
        """Whether a line is among what was asked for."""
        return (
            self.kind in ("", line.kind)
            and self.risk in ("", line.risk or RISK_NOT_SET)
            and (not self.team or self.team in map(str, line.team_ids))
            and (not self.name or is_called(line.name, self.name))
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One section with the rows shown now. `total` and `late` count all its rows that were asked for."""

    section: Section
    rows: Sequence[Row]
    total: int
    late: int
    page: int = 1
    pages: int = 1

    @property
    def title(self) -> str:
        """The heading."""
        return TITLES[self.section]

    @property
    def left_out(self) -> int:
        """How many rows are not shown."""
        return self.total - len(self.rows)


def is_called(name: str, typed: str) -> bool:
    """Whether every word typed begins a word of the name, whatever the order, case and accents."""
    known = name_words(name)
    return all(any(word.startswith(part) for word in known) for part in name_words(typed))


def rows_of(section: Section, lines: Iterable[Line]) -> list[Row]:
    """All rows of a section, what has to be done first on top."""
    rows = [Row(section, line, _clock(section, line)) for line in lines if belongs(line, section)]
    return sorted(rows, key=_by_risk if section == Section.MISSING else _by_clock)


def _clock(section: Section, line: Line) -> Deadline | None:
    """The duty by whose clock a line stands in a section: of one to be closed, the first in its way."""
    is_closing = section == Section.ANALYSIS and line.stage in CLOSING
    return next(iter(line.in_the_way), None) if is_closing else line.duty(DUTY_OF[section])


def belongs(line: Line, section: Section) -> bool:
    """Whether something of this section is still to do. Guidance 2014: checks and interviews run side by side."""
    if section == Section.MISSING:
        return line.is_missing_now
    if section == Section.ANALYSIS and line.stage in CLOSING:
        return True
    return line.duty(DUTY_OF[section]) is not None


def parts(lines: Sequence[Line], asked: Asked, now: datetime) -> list[Part]:
    """The board as it was asked for: every section with its first rows, or one section in pages."""
    wanted = [line for line in lines if asked.wants(line)]
    shown = [Section(asked.section)] if asked.section else list(Section)
    return [_part(section, wanted, asked, now) for section in shown]


def _part(section: Section, wanted: Sequence[Line], asked: Asked, now: datetime) -> Part:
    rows = [row for row in rows_of(section, wanted) if not asked.late or row.is_late(now)]
    late = sum(row.is_late(now) for row in rows)
    if not asked.section:
        return Part(section, rows[:AT_FIRST], len(rows), late)
    pages = max(ceil(len(rows) / ON_A_PAGE), 1)
    page = min(asked.page, pages)
    return Part(section, rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], len(rows), late, page, pages)


def _by_risk(row: Row) -> tuple[int, datetime]:
    return RISK_ORDER.index(row.line.risk), row.line.last_seen_at


def _by_clock(row: Row) -> tuple[bool, datetime]:
    return row.duty is None, row.duty.due_at if row.duty else row.line.last_seen_at


def _one_of(typed: str, known: Sequence[str]) -> str:
    return typed if typed in known else ""
