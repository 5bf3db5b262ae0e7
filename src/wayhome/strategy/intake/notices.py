"""What a person should look at before a plan is saved: every guess beside its place, and what is missing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wayhome.strategy.imports.markup import one_line
from wayhome.strategy.intake.known import KnownNames
from wayhome.strategy.intake.preview import Fate, Preview, PreviewGuess, PreviewRow
from wayhome.strategy.intake.resolving import ReadyRow
from wayhome.strategy.rules.people_named import read_responsibility
from wayhome.strategy.rules.timescale import DueKind, read_timescale

_GOES_ON_WITH = re.compile(r"goes on with the row of line (\d+)")
KINDS = {"post": "post", "agency": "agency", "body": "group", "team": "team"}


@dataclass(frozen=True, slots=True)
class Placed:
    """The guesses by what they stand beside."""

    rows: Mapping[int, list[PreviewGuess]] = field(default_factory=dict)
    headings: Mapping[int, list[PreviewGuess]] = field(default_factory=dict)
    others: Sequence[PreviewGuess] = ()


def placed(preview: Preview) -> Placed:
    """Every guess once: beside its row, its heading, or with those about the file."""
    rows = {row.line: row.key for row in preview.rows}
    headings = {each.line for each in preview.sections} | {each.line for each in preview.priorities}
    headings |= {each.line for each in preview.ambitions}
    by_row: dict[int, list[PreviewGuess]] = defaultdict(list)
    by_heading: dict[int, list[PreviewGuess]] = defaultdict(list)
    others = []
    for guess in preview.guesses:
        named = _GOES_ON_WITH.search(guess.what)
        line = int(named[1]) if named else guess.line
        if line in rows:
            by_row[rows[line]].append(guess)
        elif line in headings and not guess.what.startswith("The plan "):
            by_heading[line].append(guess)
        else:
            others.append(guess)
    return Placed(by_row, by_heading, others)


def about_row(ready: ReadyRow, known: KnownNames) -> Iterator[str]:
    """What is missing from an action, or was assumed of it now."""
    row = ready.row
    if ready.is_offered:
        yield f"The file gives no reference. {row.reference} is offered; it never changes once it is saved."
    if not row.action and not row.objective:
        yield "It does not say what is to be done."
    if row.due is None:
        yield from _about_timescale(row.timescale, ready, known)
    elif ready.due.kind == "recurring" and not ready.due.body:
        yield "It is reviewed again and again, and no group is named that does it."
    if row.owners is None:
        yield from _about_owners(row.responsibility, known)
    if not ready.owners:
        yield "Nobody is named who does it."


def _about_timescale(words: str, ready: ReadyRow, known: KnownNames) -> Iterator[str]:
    read = read_timescale(words)
    if words and read.due is None:
        yield f"“{one_line(words)}” is no time that we can read. The words stay, without a date."
    if read.due and read.due.is_inferred and read.due.on:
        yield f"“{one_line(words)}” was read as the end of {read.due.on:%B %Y}."
    if ready.due.kind == DueKind.RECURRING and not ready.due.body:
        said = f" “{read.due.body}” is the name of none." if read.due and read.due.body else ""
        yield f"It is reviewed again and again, and no group is known that does it.{said}"
    if read.also:
        yield f"“{one_line(words)}” says more than one time. The first counts; the words stay."


def _about_owners(words: str, known: KnownNames) -> Iterator[str]:
    said = read_responsibility(words, known.names)
    if len(said.everybody) > 1 and not said.is_lead_marked and said.lead:
        yield f"Nobody is marked as lead. “{said.lead.text}” comes first and was taken."
    for named in said.everybody:
        found = known.called(named.text)
        if not found:
            yield f"“{named.text}” is the name of nobody here. It stays as words until somebody knows."
        elif len(found) > 1:
            yield f"“{named.text}” is the name of {len(found)}. Choose which is meant."
        elif found[0].why:
            done = "It was taken." if found[0].is_sure else "Choose it if it is meant."
            yield f"“{named.text}”: {found[0].why} {done}"


def stops(preview: Preview, rows: Sequence[ReadyRow]) -> tuple[str, ...]:
    """What has to be mended before it can be saved at all."""
    return tuple(_stops(preview, rows))


def _stops(preview: Preview, rows: Sequence[ReadyRow]) -> Iterator[str]:
    if not preview.title.strip():
        yield "Give the plan a title."
    promised = any(each.commitments for each in preview.priorities if not each.because)
    if not rows and not promised:
        yield "Nothing is left of the plan. Put a row back."
    twice = {name for name, count in Counter(ready.reference for ready in rows).items() if count > 1}
    for name in sorted(twice):
        lines = " and ".join(str(ready.row.line) for ready in rows if ready.reference == name)
        yield f"The reference {name} stands at lines {lines}. A reference is given once: give one of them another."
    same = Counter(each.reference for each in preview.ambitions if each.reference)
    for name, count in same.items():
        if count > 1:
            yield f"The reference {name} stands at {count} ambitions. Give one of them another."


def in_general(rows: Iterable[ReadyRow]) -> Iterator[str]:
    """What holds for the whole file."""
    rated = [ready for ready in rows if ready.row.rating]
    if rated:
        words = "rating has" if len(rated) == 1 else "ratings have"
        kept = "It is kept as it is" if len(rated) == 1 else "They are kept as they are"
        yield f"{len(rated):,} {words} no reason in the file. {kept}, marked as imported."


def is_left(row: PreviewRow) -> bool:
    """Whether a row of the file does not become an action of its own."""
    return row.fate != Fate.ROW
