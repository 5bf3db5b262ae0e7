"""The measures of the exploitation pathway: what was counted, as it may be shown. Pure.

Each table says what it is out of. A thing is counted in the time in which it happened: a decision when it was made, an
answer when it was given. So what is still waiting is in no time taken, and no two tables differ by a few that wait.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wayhome.codelists import load
from wayhome.exploitation.vocabulary import ExploitationKind, JusticeEvent, Level, Threshold
from wayhome.insight.rules import SMALLEST_SHOWN, Shown, apart, parts_of_a_total, shown
from wayhome.insight.rules.pooled import Line, Pooled, open_table, pooled, pooled_alike

LEVELS = (*Level,)
# Beside what the form said, a person judged so.
BESIDE = {"same": "As the form", "higher": "Higher", "lower": "Lower"}
IN_TIME = {"in_time": "In time", "late": "Not in time"}
# Whether the defence of victims was thought of.
ASKED = {"asked": "Section 45 asked", "not_asked": "Not asked"}
NOT_JUDGED = "not_judged"
BY_WHAT = {
    "team": "By team",
    "sex": "By sex",
    "ethnicity": "By ethnicity",
    "age": "By age when judged",
    "care": "Looked after when judged",
}
# Up to which age, not reached, and in words.
AGE_BANDS = ((10, "Under 10"), (13, "10 to 12"), (16, "13 to 15"), (18, "16 to 17"))
TIMES = {
    "screen": ("Worry told to screened", "decisions about a worry"),
    "answer": ("Worry told to answered", "answers to whoever told it"),
    "assess": ("Taken on to first assessment finished", "first assessments"),
    "plan": ("Taken on to first plan", "first plans"),
}
# By the first letter of the codes of the looked-after return: what the yearly tables of the department use.
ETHNICITIES = {
    "W": "White",
    "M": "Mixed or multiple ethnic groups",
    "A": "Asian or Asian British",
    "B": "Black or Black British",
    "C": "Another ethnic group",
    "O": "Another ethnic group",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """So many things in a line and a column of a part. `half`: within how long half of them were done."""

    part: str
    line: str
    col: str
    times: int
    half: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """How many things were done, how many of them in time, and within how long half of them were."""

    name: str
    whole_name: str
    whole: Shown
    in_time: Shown
    half: timedelta | None


@dataclass(frozen=True, slots=True)
class Pathway:
    """Everything on the page. Of `kinds` each row has, for every kind, how many worries named both."""

    months: list[tuple[date, Shown]]
    told: Shown
    told_children: Shown
    thresholds: Pooled
    times: list[Taken]
    levels: Pooled
    moved: Pooled
    kinds: list[tuple[str, list[Shown]]]
    reviews: tuple[Shown, Shown]
    beside: dict[str, Pooled]
    on_pathway: Shown
    justice_children: Shown
    justice: Pooled
    answers: tuple[Shown, Shown]
    answer_children: Shown


class Tally:
    """What was counted, by part, line and column."""

    def __init__(self, rows: Iterable[Counted]) -> None:
        self.rows = list(rows)
        self.times: Counter[tuple[str, str, str]] = Counter()
        for row in self.rows:
            self.times[row.part, row.line, row.col] += row.times

    def lines(self, part: str, names: Mapping[str, str], columns: Sequence[str]) -> list[Line]:
        """A table: its lines in the order of `names`, those of one name together."""
        found: dict[str, list[int]] = {}
        for code, name in names.items():
            counts = [self.times[part, code, col] for col in columns]
            found[name] = [
                one + other for one, other in zip(found.get(name, [0] * len(counts)), counts, strict=True)
            ]
        return list(found.items())

    def codes(self, part: str) -> list[str]:
        """The lines that there are of a part."""
        return sorted({line for each, line, _ in self.times if each == part})

    def children(self, part: str) -> int:
        """How many different children a part is about."""
        return self.times["children", part, ""]

    def half(self, line: str) -> timedelta | None:
        """Within how long half of a line's things were done."""
        return next((row.half for row in self.rows if row.part == "half" and row.line == line), None)


def pathway(rows: Iterable[Counted], months: Sequence[date], *, is_open: bool) -> Pathway:
    """The measures: everything for who sees the children it counts, otherwise with what is small held back."""
    tally = Tally(rows)
    by_month = [tally.times["told", month.isoformat(), ""] for month in months]
    parts, told = (list(by_month), sum(by_month)) if is_open else parts_of_a_total(by_month)
    thresholds = tally.lines("threshold", dict(Threshold.choices), [""])
    named = dict(ExploitationKind.choices)
    levels = tally.lines("level", named, LEVELS)
    moved = tally.lines("moved", {NOT_JUDGED: "Not judged then"} | dict(Level.choices), LEVELS)
    standing = _alike({"levels": levels, "moved": moved}, is_open)
    on_pathway, justice_children = _of(tally.children("on_pathway"), tally.children("justice"), is_open)
    decided = _table(thresholds, is_open)
    return Pathway(
        months=list(zip(months, parts, strict=True)),
        told=told,
        told_children=_one(tally.children("told"), is_open),
        thresholds=decided,
        times=[_taken(tally, line, is_open, decided) for line in TIMES],
        levels=standing["levels"],
        moved=standing["moved"],
        kinds=kinds_together(tally, told, is_open=is_open),
        reviews=_of(_sum(tally, "review", ""), tally.times["review", "", "in_time"], is_open),
        beside=_alike({key: _beside(tally, key) for key in BY_WHAT}, is_open),
        on_pathway=on_pathway,
        justice_children=justice_children,
        justice=_table(tally.lines("justice", dict(JusticeEvent.choices), list(ASKED)), is_open),
        answers=_of(_sum(tally, "answer", ""), tally.times["answer", "", "done"], is_open),
        answer_children=_one(tally.children("answer"), is_open),
    )


def _sum(tally: Tally, part: str, line: str) -> int:
    return sum(
        times for (of_part, of_line, _), times in tally.times.items() if (of_part, of_line) == (part, line)
    )


def _one(count: int, is_open: bool) -> Shown:
    return count if is_open else shown(count)


def _of(whole: int, part: int, is_open: bool) -> tuple[Shown, Shown]:
    """What a part is out of, and the part."""
    if is_open:
        return whole, part
    first, second = apart([whole, part])
    return first, None if first is None else second


def _table(lines: Sequence[Line], is_open: bool) -> Pooled:
    return open_table(lines) if is_open else pooled(lines)


def _alike(tables: Mapping[str, Sequence[Line]], is_open: bool) -> dict[str, Pooled]:
    if is_open:
        return {name: open_table(lines) for name, lines in tables.items()}
    return pooled_alike(tables)


def _taken(tally: Tally, line: str, is_open: bool, decided: Pooled) -> Taken:
    """Decisions are counted by threshold too: where their sum is held back there, it is here."""
    whole, in_time = _of(_sum(tally, "time", line), tally.times["time", line, "in_time"], is_open)
    if line == "screen" and decided.total is None:
        whole, in_time = None, None
    return Taken(*TIMES[line], whole, in_time, None if whole is None else tally.half(line))


def _beside(tally: Tally, key: str) -> list[Line]:
    part = f"beside_form_{key}"
    codes = tally.codes(part)
    names = {code: NAMES[key](code) for code in codes}
    order = {"age": [words for _, words in AGE_BANDS]}.get(key, [])
    found = tally.lines(part, names, list(BESIDE))
    return sorted(found, key=lambda line: (order.index(line[0]) if line[0] in order else len(order), line[0]))


def age_band(age: str) -> str:
    """The band of an age in whole years."""
    if not age:
        return "Not known"
    return next((words for below, words in AGE_BANDS if int(age) < below), "18 or over")


def ethnicity(code: str) -> str:
    """The group of a code of the looked-after return."""
    return "Not known" if code in ("REFU", "NOBT", "") else ETHNICITIES.get(code[0], "Not known")


def sex(code: str) -> str:
    """In words."""
    return load("sex").label(code) if code else "Not known"


def team(name: str) -> str:
    """Who judged may have been in no team."""
    return name or "No team"


def care(code: str) -> str:
    """Whether the child was looked after."""
    return "Looked after" if code == "in_care" else "Not looked after"


NAMES: Mapping[str, Callable[[str], str]] = {
    "team": team,
    "sex": sex,
    "ethnicity": ethnicity,
    "age": age_band,
    "care": care,
}


def kinds_together(tally: Tally, told: Shown, *, is_open: bool) -> list[tuple[str, list[Shown]]]:
    """For each kind that was named, how many worries named it (in its own column) and each other.

    Every worry names a kind. So a count held back could be worked out from the others and the sum: where that of two
    kinds together is held back, those of both kinds are; and never one kind's alone.
    """
    kinds = [kind for kind in ExploitationKind if tally.times["kinds", kind, kind]]
    counts: dict[tuple[str, str], int] = {
        (one, other): tally.times["kinds", one, other] for one in kinds for other in kinds
    }
    hidden: set[tuple[str, str]] = set() if is_open else _held_back(kinds, counts, told)
    return [
        (one.label, [None if (one, other) in hidden else counts[one, other] for other in kinds])
        for one in kinds
    ]


def _held_back(
    kinds: Sequence[str], counts: Mapping[tuple[str, str], int], told: Shown
) -> set[tuple[str, str]]:
    alone = {kind: counts[kind, kind] for kind in kinds}
    hidden = {
        (one, other)
        for one in kinds
        for other in kinds
        if one != other
        and (
            shown(counts[one, other]) is None
            or None in apart([alone[one], counts[one, other]])
            or None in apart([alone[other], counts[one, other]])
        )
    }
    closed = {one for one, _ in hidden}
    closed |= {kind for kind in kinds if told is None or None in apart([told, alone[kind]])}
    for kind in kinds:
        if closed and not _is_open([alone[each] for each in closed]):
            closed.add(kind)
    return hidden | {(kind, kind) for kind in closed}


def _is_open(counts: Sequence[int]) -> bool:
    return len(counts) > 1 and sum(counts) not in (len(counts), len(counts) * (SMALLEST_SHOWN - 1))
