"""One line of time across agencies: what happened to a child, newest first, filtered and in pages. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Literal, Self
from urllib.parse import urlencode
from uuid import UUID

from wayhome.web.pictures import Lane, Point, Span

Shape = Literal["band", "bar"]
ON_A_PAGE = 25
MOST_LANES = 6  # of agencies that work with a child


class Kind(StrEnum):
    """What sort of thing happened, in the order of the filter."""

    EPISODE = "episode"
    REPORT = "report"
    RISK = "risk"
    CHECK = "check"
    INTERVIEW = "interview"
    MARK = "mark"
    ANALYSIS = "analysis"
    DUTY = "duty"
    TRIGGER = "trigger"
    SEMINAR = "seminar"
    PACK = "pack"
    WORRY = "worry"
    PATHWAY = "pathway"
    ASSESSMENT = "assessment"
    LEVEL = "level"
    CHILD_PLAN = "child_plan"
    ANSWER = "answer"
    NRM = "nrm"
    TRANSFER = "transfer"
    CARE = "care"
    PLAN = "plan"
    ADDRESS = "address"
    WORK = "work"


LABELS = {
    Kind.EPISODE: "Missing or away",
    Kind.REPORT: "Report",
    Kind.RISK: "Police risk level",
    Kind.CHECK: "Safe and well check",
    Kind.INTERVIEW: "Return interview",
    Kind.MARK: "Marked sentence",
    Kind.ANALYSIS: "Analysis",
    Kind.DUTY: "Other duty, or why one was late",
    Kind.TRIGGER: "Looked at again",
    Kind.SEMINAR: "First-time seminar",
    Kind.PACK: "Missing pack",
    Kind.WORRY: "Worry about exploitation",
    Kind.PATHWAY: "Exploitation pathway",
    Kind.ASSESSMENT: "Assessment",
    Kind.LEVEL: "Exploitation level",
    Kind.CHILD_PLAN: "Plan of all agencies",
    Kind.ANSWER: "Child’s answer",
    Kind.NRM: "National Referral Mechanism",
    Kind.TRANSFER: "Handed over",
    Kind.CARE: "Care placement",
    Kind.PLAN: "Plan",
    Kind.ADDRESS: "Address",
    Kind.WORK: "Work with the child",
}
# In the list a page of time is read from its newest end; within one instant the outcome stands above its cause.
RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened, with who wrote it down and when.

    `at` is when it happened, as an instant in UTC; `is_day` if only the day is known, `is_about` if it is roughly so.
    `lasts`: it has a length, to `until` or until now. `is_done`: it took place; a point that is not filled tells of
    something that did not. `agency`: whose it is, by which it is filtered and drawn. `words` are somebody's own.
    """

    kind: Kind
    at: datetime
    title: str
    text: str = ""
    words: str = ""
    agency: str = ""
    writer: str = ""
    written_at: datetime | None = None
    is_day: bool = False
    is_about: bool = False
    lasts: bool = False
    until: datetime | None = None
    is_done: bool = True
    label: str = ""
    episode_id: UUID | None = None
    # A level of a kind of exploitation: which kind, and how high of four.
    lane: str = ""
    height: int = 0


PERIODS: Mapping[str, tuple[str, timedelta | None]] = {
    "quarter": ("Three months", timedelta(days=92)),
    "year": ("One year", timedelta(days=365)),
    "years": ("Three years", timedelta(days=3 * 365 + 1)),
    "all": ("Everything", None),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader wants to see of a chronology. Kept in the address of the page."""

    kinds: frozenset[Kind] = field(default_factory=frozenset)
    agency: str = ""
    period: str = "year"
    page: int = 1

    @classmethod
    def of(cls, typed: Mapping[str, str], kinds: Iterable[str]) -> Self:
        """From an address. What it does not know is left out."""
        page, period = typed.get("page", ""), typed.get("period", "")
        return cls(
            kinds=frozenset(Kind(kind) for kind in kinds if kind in list(Kind)),
            agency=typed.get("agency", ""),
            period=period if period in PERIODS else "year",
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 and int(page) else 1,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kinds or self.agency)

    def query(self, **changes: object) -> str:
        """The address that asks the same, but for the changes."""
        asked = replace(self, page=1, **changes)  # type: ignore[arg-type]
        said = [("kind", str(kind)) for kind in Kind if kind in asked.kinds]
        said += [("agency", asked.agency)] if asked.agency else []
        said += [("period", asked.period)] if asked.period != "year" else []
        return urlencode(said)

    def wants(self, happening: Happening) -> bool:
        """Whether a happening is among what was chosen."""
        is_kind = not self.kinds or happening.kind in self.kinds
        return is_kind and self.agency in ("", happening.agency)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of the filter, with how much there is of it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Chronology:
    """What is shown. The choices count what the viewer may see, and nothing else exists for them."""

    shown: Sequence[Happening]
    total: int
    kinds: Sequence[Choice]
    agencies: Sequence[Choice]
    page: int
    pages: int
    lanes: Sequence[Lane]
    since: datetime


def chronology(happenings: Iterable[Happening], chosen: Chosen, now: datetime) -> Chronology:
    """The happenings as they were asked for, newest first, with the strip of the chosen period."""
    everything = sorted(happenings, key=lambda each: (each.at, RANK[each.kind]), reverse=True)
    wanted = [each for each in everything if chosen.wants(each)]
    pages = max(ceil(len(wanted) / ON_A_PAGE), 1)
    page = min(chosen.page, pages)
    return Chronology(
        shown=wanted[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        total=len(wanted),
        kinds=kind_choices(everything),
        agencies=agency_choices(everything),
        page=page,
        pages=pages,
        lanes=lanes(wanted),
        since=beginning(wanted, chosen.period, now),
    )


def kind_choices(everything: Sequence[Happening]) -> list[Choice]:
    """The kinds there are, in their order."""
    counts = Counter(each.kind for each in everything)
    return [Choice(kind, LABELS[kind], counts[kind]) for kind in Kind if counts[kind]]


def agency_choices(everything: Sequence[Happening]) -> list[Choice]:
    """The agencies that wrote or did something, by name."""
    counts = Counter(each.agency for each in everything if each.agency)
    return [Choice(agency, agency, counts[agency]) for agency in sorted(counts)]


def beginning(wanted: Sequence[Happening], period: str, now: datetime) -> datetime:
    """Where the strip begins: the chosen time ago, or at the first thing that is known."""
    length = PERIODS[period][1]
    if length is not None:
        return now - length
    return min((each.at for each in wanted), default=now - timedelta(days=365))


def lanes(wanted: Sequence[Happening]) -> list[Lane]:
    """The lanes of the strip: where they live, who works with them, when they were missing, who saw and heard them.

    Reports and risk levels belong to an episode, which is drawn; drawing them too would hide it.
    """
    drawn = [
        Lane("Lives", _spans(wanted, {Kind.CARE, Kind.ADDRESS}, "band")),
        *_agency_lanes(wanted),
        Lane("Missing or away", _spans(wanted, {Kind.EPISODE}, "bar")),
        Lane("Safe and well", points=_points(wanted, {Kind.CHECK})),
        Lane("Heard", points=_points(wanted, {Kind.INTERVIEW})),
        Lane("Analysed", points=_points(wanted, {Kind.ANALYSIS})),
        *_level_lanes(wanted),
        Lane("Assessed, planned", points=_points(wanted, {Kind.ASSESSMENT, Kind.CHILD_PLAN})),
    ]
    return [lane for lane in drawn if lane.spans or lane.points]


def _level_lanes(wanted: Sequence[Happening]) -> list[Lane]:
    """One lane for each kind of exploitation that was judged, each level a step as high as its segments."""
    judged = [each for each in reversed(wanted) if each.kind == Kind.LEVEL and each.height]
    return [
        Lane(
            shortened(name),
            [
                Span(each.at, each.until, each.title, "step", each.label, each.height)
                for each in judged
                if each.lane == name
            ],
        )
        for name in dict.fromkeys(each.lane for each in judged)
    ]


def _agency_lanes(wanted: Sequence[Happening]) -> list[Lane]:
    """One lane for each agency, those with the newest work first."""
    agencies = dict.fromkeys(each.agency for each in wanted if each.kind == Kind.WORK)
    return [
        Lane(shortened(agency), _spans([e for e in wanted if e.agency == agency], {Kind.WORK}, "band"))
        for agency in list(agencies)[:MOST_LANES]
    ]


def shortened(name: str, at_most: int = 19) -> str:
    """A name as it fits beside a lane: agencies of one area differ in their last word."""
    if len(name) <= at_most:
        return name
    words = name.split()
    both = f"{words[0]} … {words[-1]}"
    return both if len(both) <= at_most else f"{name[: at_most - 1].rstrip()}…"


def _spans(wanted: Sequence[Happening], kinds: set[Kind], shape: Shape) -> list[Span]:
    found = (each for each in reversed(wanted) if each.kind in kinds and each.lasts and each.is_done)
    return [Span(each.at, each.until, each.title, shape, each.label) for each in found]


def _points(wanted: Sequence[Happening], kinds: set[Kind]) -> list[Point]:
    return [Point(each.at, each.title, each.is_done) for each in wanted if each.kind in kinds]
