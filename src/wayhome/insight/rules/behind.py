"""What is behind a figure of the exploitation pathway: which of the things that were counted. Pure.

A figure is named by the words that its page has for it, because a line can hold several codes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wayhome.exploitation.vocabulary import ExploitationKind, JusticeEvent, Level, Threshold
from wayhome.insight.rules.pathway import ASKED, BESIDE, BY_WHAT, IN_TIME, NAMES, NOT_JUDGED, TIMES

Named = Callable[[str], str]


def _of(names: Mapping[str, str]) -> Named:
    return lambda code: names.get(code, "")


def _nothing(_code: str) -> str:
    return ""


def month_name(first_day: str) -> str:
    """As in "October 2026"."""
    return f"{date.fromisoformat(first_day):%B %Y}"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: what is counted in it, and how its lines and columns are called."""

    what: str
    line: Named = _nothing
    col: Named = _nothing


_LEVELS = _of({level.value: level.label for level in Level})
_KINDS = _of({kind.value: kind.label for kind in ExploitationKind})
PARTS: Mapping[str, Part] = {
    "told": Part("Worries told", month_name),
    "threshold": Part("Decisions about worries", _of({each.value: each.label for each in Threshold})),
    "time": Part("How long it took", _of({code: name for code, (name, _) in TIMES.items()}), _of(IN_TIME)),
    "review": Part("Reviews of plans held", col=_of(IN_TIME)),
    "level": Part("Levels by kind", _KINDS, _LEVELS),
    "moved": Part(
        "Levels by where they stood before",
        _of({NOT_JUDGED: "Not judged then"} | {level.value: level.label for level in Level}),
        _LEVELS,
    ),
    "kinds": Part("Worries by kind", _KINDS, _KINDS),
    "justice": Part(
        "Contacts with police and courts", _of({each.value: each.label for each in JusticeEvent}), _of(ASKED)
    ),
    "on_pathway": Part("Children on the pathway"),
    "answer": Part("Answers of children", col=_of({"done": "Done about it", "waiting": "Waiting"})),
} | {
    f"beside_form_{key}": Part(f"Judged beside the form, {words.lower()}", NAMES[key], _of(BESIDE))
    for key, words in BY_WHAT.items()
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by its part, its line and its column; what is empty is all of them."""

    part: str
    line: str = ""
    col: str = ""

    def holds(self, line: str, col: str) -> bool:
        """Whether what was counted under these codes is in the figure."""
        names = PARTS[self.part]
        return self.line in ("", names.line(line)) and self.col in ("", names.col(col))

    @property
    def words(self) -> str:
        """What the figure counts."""
        which = ", ".join(each for each in (self.line, self.col) if each)
        return f"{PARTS[self.part].what}: {which}" if which else PARTS[self.part].what


@dataclass(frozen=True, slots=True)
class Happened:
    """So many things under a line and a column, about one child or about nobody who is named."""

    line: str
    col: str
    person_id: UUID | None
    times: int


def behind(figure: Figure, rows: Iterable[Happened]) -> dict[UUID | None, int]:
    """How often each child is in a figure; under None what is about nobody who is named. Their sum is the figure.

    A worry that names two kinds is told of by each of them: of a whole table of kinds there is no figure.
    """
    found: dict[UUID | None, int] = {}
    for row in rows:
        if figure.holds(row.line, row.col):
            found[row.person_id] = found.get(row.person_id, 0) + row.times
    return found
