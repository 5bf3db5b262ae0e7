"""What is kept of a file while it is checked: every row as it was read, and beside it what a person made of it.

Nothing is thrown away. A row that is a heading, goes on with the row above or is left out stays where it is and says
so, and can be put back.
"""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from wayhome.strategy.imports.draft import DraftRow, PlanDraft, Priority
from wayhome.strategy.imports.markup import one_line
from wayhome.strategy.rules.ratings import DEFAULT_KEY
from wayhome.strategy.rules.standing import NEEDS_REMEDY

D = TypeVar("D")
# The words of a row, in the order in which they are asked for.
CELLS = ("reference", "objective", "action", "responsibility", "timescale", "evidence", "progress")


class Fate(StrEnum):
    """What a row of the file becomes."""

    ROW = "row"
    HEADING = "heading"
    JOINED = "joined"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class PreviewGuess:
    """Something that was inferred."""

    line: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class PreviewDue:
    """When something is due, in the words of the tables; `on` is a day in ISO 8601."""

    kind: str = "open"
    on: str = ""
    frequency: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class PreviewOwner:
    """One owner: the words of the plan, and who is meant if somebody or an exact name says so."""

    words: str
    part: str
    kind: str = "unresolved"
    who: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it was read or mended. `due` and `owners` are what a person decided; None: the words decide."""

    key: int
    line: int
    section: str = ""
    reference: str = ""
    objective: str = ""
    action: str = ""
    responsibility: str = ""
    timescale: str = ""
    evidence: str = ""
    progress: str = ""
    rating: str = ""
    fate: str = Fate.ROW.value
    because: str = ""
    due: PreviewDue | None = None
    owners: tuple[PreviewOwner, ...] | None = None

    @property
    def words(self) -> str:
        """All its words on one line."""
        return one_line(" ".join(getattr(self, name) for name in CELLS))


@dataclass(frozen=True, slots=True)
class PreviewSection:
    """A heading of rows. `written` is what its rows say, `title` what it is to be called."""

    line: int
    written: str
    title: str


@dataclass(frozen=True, slots=True)
class PreviewPriority:
    """A priority with what it promises. `because`: why it is left out."""

    line: int
    title: str
    objective: str
    commitments: tuple[str, ...]
    because: str = ""


@dataclass(frozen=True, slots=True)
class PreviewAmbition:
    """An ambition. `written` is what its rows say they stand under."""

    line: int
    reference: str
    written: str
    title: str
    lead: str = ""
    approach: str = ""


@dataclass(frozen=True, slots=True)
class PreviewKey:
    """What a colour means."""

    rating: str
    words: str
    needs_remedy: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan that is being checked."""

    title: str = ""
    body: str = ""
    starts_on: str = ""
    ends_on: str = ""
    vision: str = ""
    statement: str = ""
    # Whether a strategy is begun with the vision and the statement.
    makes_document: bool = False
    key: tuple[PreviewKey, ...] = ()
    sections: tuple[PreviewSection, ...] = ()
    priorities: tuple[PreviewPriority, ...] = ()
    ambitions: tuple[PreviewAmbition, ...] = ()
    rows: tuple[PreviewRow, ...] = ()
    guesses: tuple[PreviewGuess, ...] = ()


def preview_of(draft: PlanDraft, *, file_name: str) -> Preview:
    """What was read, before anybody mended it. A plan without a title is offered the name of its file."""
    guesses = tuple(PreviewGuess(each.line, each.what, each.why) for each in draft.guesses)
    title = draft.title or titled(file_name)
    if not draft.title:
        why = "It has to be called something; give it its own title."
        guesses = (PreviewGuess(1, f"The plan is called “{title}” after its file.", why), *guesses)
    return Preview(
        title=title,
        vision=draft.vision,
        statement=draft.statement,
        makes_document=bool(draft.vision or draft.statement),
        key=_key(draft),
        sections=tuple(PreviewSection(each.line, each.title, each.title) for each in draft.sections),
        priorities=tuple(_priority(each) for each in draft.priorities),
        ambitions=tuple(
            PreviewAmbition(each.line, each.reference, each.title, each.title, each.lead, each.approach)
            for each in draft.ambitions
        ),
        rows=tuple(_row(number, row) for number, row in enumerate(draft.rows)),
        guesses=guesses,
    )


def titled(file_name: str) -> str:
    """The name of a file without its ending."""
    stem = file_name.rsplit(".", 1)[0] if "." in file_name else file_name
    return one_line(stem.replace("_", " ").replace("-", " ")) or "Pasted plan"


def _key(draft: PlanDraft) -> tuple[PreviewKey, ...]:
    said = {entry.rating: entry.meaning for entry in draft.key}
    return tuple(
        PreviewKey(rating.value, said.get(rating, usual), rating.value in NEEDS_REMEDY)
        for rating, usual in DEFAULT_KEY.items()
    )


def _priority(read: Priority) -> PreviewPriority:
    return PreviewPriority(
        read.line, read.title, read.objective, tuple(made.text for made in read.commitments)
    )


def _row(number: int, row: DraftRow) -> PreviewRow:
    said = {name: getattr(row, name) for name in CELLS}
    return PreviewRow(number, row.line, row.section, rating=row.rating.value if row.rating else "", **said)


def to_json(preview: Preview) -> dict[str, Any]:
    """As JSON can hold it. Any: whatever JSON can hold."""
    return asdict(preview)


def from_json(content: Mapping[str, Any]) -> Preview:
    """As it was kept. What it does not say is empty."""
    return _made(Preview, content)


def _made(kind: type[D], said: Mapping[str, Any]) -> D:
    known = (each for each in _fields(cast("Any", kind)) if each[0] in said or not each[2])
    return kind(**{name: _value(hint, said.get(name)) for name, hint, _ in known})


@cache
def _fields(kind: type) -> tuple[tuple[str, Any, bool], ...]:
    """Each field with its type, and whether it may be left out."""
    hints = get_type_hints(kind)
    return tuple(
        (each.name, hints[each.name], each.default is not MISSING) for each in fields(cast("Any", kind))
    )


def _value(kind: Any, value: Any) -> Any:
    if get_origin(kind) is UnionType:
        kind = next(each for each in get_args(kind) if each is not type(None))
        if value is None:
            return None
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return tuple(_value(inner, each) for each in value or ())
    if is_dataclass(kind):
        return _made(cast("type", kind), value or {})
    return value
