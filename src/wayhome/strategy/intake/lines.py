"""The rows of a preview as a page shows them: what each becomes, and what to look at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wayhome.strategy.intake.known import Known, KnownNames
from wayhome.strategy.intake.notices import Placed, about_row
from wayhome.strategy.intake.preview import Fate, Preview, PreviewDue, PreviewGuess, PreviewOwner, PreviewRow
from wayhome.strategy.intake.resolving import ReadyRow
from wayhome.strategy.rules.due import FREQUENCIES, written
from wayhome.strategy.rules.timescale import DueKind

FATES = {
    Fate.HEADING: "A heading for the rows below",
    Fate.JOINED: "Goes on with the row above",
    Fate.LEFT_OUT: "Left out",
}


@dataclass(frozen=True, slots=True)
class ShownOwner:
    """An owner: the words, and who is meant if that is known."""

    words: str
    meant: str
    is_lead: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `ready` is None where it becomes no action of its own; `heading` where another begins."""

    row: PreviewRow
    ready: ReadyRow | None
    heading: str
    fate: str
    due: str
    owners: tuple[ShownOwner, ...]
    guesses: Sequence[PreviewGuess]
    notices: tuple[str, ...]

    @property
    def needs_eye(self) -> bool:
        """Whether anything was guessed or is missing."""
        return bool(self.guesses or self.notices or not self.ready)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of each."""

    by_rating: Mapping[str, int]
    actions: int
    sections: int
    commitments: int
    ambitions: int
    left_out: int
    resolved: int
    unresolved: int


def lines_of(preview: Preview, ready: Sequence[ReadyRow], known: KnownNames, guesses: Placed) -> list[Line]:
    """Every row of the file in its order."""
    by_key = {each.row.key: each for each in ready}
    names = {each.id: each for each in known.everybody}
    lines, last = [], ""
    for row in preview.rows:
        one = by_key.get(row.key)
        heading = one.section if one and one.section != last else ""
        last = one.section if one else last
        lines.append(_line(row, one, heading, guesses.rows.get(row.key, ()), known, names))
    return lines


def _line(
    row: PreviewRow,
    ready: ReadyRow | None,
    heading: str,
    guesses: Sequence[PreviewGuess],
    known: KnownNames,
    names: Mapping[str, Known],
) -> Line:
    if ready is None:
        fate = f"{FATES[Fate(row.fate)]}: {row.because}" if row.because else FATES[Fate(row.fate)]
        return Line(row, None, "", fate, "", (), guesses, ())
    return Line(
        row=ready.row,
        ready=ready,
        heading=heading,
        fate="",
        due=due_words(ready.due, names),
        owners=tuple(_owner(owner, names) for owner in ready.owners),
        guesses=guesses,
        notices=tuple(about_row(ready, known)),
    )


def _owner(owner: PreviewOwner, names: Mapping[str, Known]) -> ShownOwner:
    meant = names[owner.who].name if owner.who in names else ""
    return ShownOwner(
        owner.words, "" if meant == owner.words else meant or "not known yet", owner.part == "lead"
    )


def due_words(due: PreviewDue, names: Mapping[str, Known]) -> str:
    """When it would be due."""
    if due.kind == DueKind.RECURRING:
        by = f" by {names[due.body].name}" if due.body in names else ""
        return f"Reviewed {FREQUENCIES[due.frequency]}{by}"
    if not due.on:
        return "No date"
    on = date.fromisoformat(due.on)
    return f"By {written(on)}" if due.kind == DueKind.DATE else f"By the end of {on:%B %Y}"


def counts_of(preview: Preview, ready: Sequence[ReadyRow]) -> Counts:
    """What would be saved."""
    ratings = Counter(each.row.rating or "not_rated" for each in ready)
    owners = Counter(owner.kind == "unresolved" for each in ready for owner in each.owners)
    return Counts(
        by_rating={name: ratings[name] for name in ("blue", "green", "amber", "red", "not_rated")},
        actions=len(ready),
        sections=len({each.section for each in ready if each.section}),
        commitments=sum(len(each.commitments) for each in preview.priorities if not each.because),
        ambitions=len(preview.ambitions),
        left_out=sum(1 for row in preview.rows if row.fate == Fate.LEFT_OUT),
        resolved=owners[False],
        unresolved=owners[True],
    )
