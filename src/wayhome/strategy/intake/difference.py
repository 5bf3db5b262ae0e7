"""What a file says otherwise than the plan that it brings up to date: added, changed word by word, gone.

An action is known by its reference, else by its words. References never change, and nothing is ended because a file
does not have it any more: a person decides that, one by one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wayhome.strategy.exports.shape import ShapedPlan, ShapedRow
from wayhome.strategy.intake.known import KnownNames
from wayhome.strategy.intake.preview import CELLS, Fate, Preview
from wayhome.strategy.intake.resolving import ReadyRow, ready_rows
from wayhome.strategy.rules.people_named import compared
from wayhome.strategy.rules.word_by_word import Piece, word_by_word

LABELS = {
    "section": "Section",
    "objective": "Objective",
    "action": "Action",
    "responsibility": "Responsibility",
    "timescale": "Timescale",
    "evidence": "Evidence",
    "progress": "Progress",
    "rating": "Rating",
}
# Two texts are one that was changed if they share so much of their words.
ALIKE = 0.6
# Beyond so many pairs only exact words are looked for.
MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One text, word by word."""

    name: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """An action of the plan that the file words otherwise. `called`: the file has another reference for it."""

    ready: ReadyRow
    before: ShapedRow
    fields: tuple[FieldChange, ...]
    called: str = ""

    @property
    def names(self) -> frozenset[str]:
        """What is different."""
        return frozenset(each.name for each in self.fields)


@dataclass(frozen=True, slots=True)
class Difference:
    """All that would change."""

    rows: tuple[ReadyRow, ...]
    added: tuple[ReadyRow, ...]
    changed: tuple[Changed, ...]
    same: int
    gone: tuple[ShapedRow, ...]
    # Left out of the update by a person: the plan keeps its words.
    left: tuple[ShapedRow, ...]
    promised: tuple[tuple[str, str], ...]
    promises_gone: tuple[str, ...]

    @property
    def is_any(self) -> bool:
        """Whether the file brings anything new."""
        return bool(self.added or self.changed or self.promised)


def difference(preview: Preview, plan: ShapedPlan, known: KnownNames, used: Iterable[str] = ()) -> Difference:
    """What the file changes in the plan. `used`: all references it ever gave, also of ended actions."""
    before = list(plan.rows)
    everything = replace(
        preview,
        rows=tuple(
            replace(row, fate=Fate.ROW.value) if row.fate == Fate.LEFT_OUT else row for row in preview.rows
        ),
    )
    pairs = matched(ready_rows(everything, known), before)
    out = {row.key for row in preview.rows if row.fate == Fate.LEFT_OUT}
    called = {key: row.reference for key, row in pairs.items() if key not in out}
    rows = ready_rows(_called(preview, called), known, {*used, *(row.reference for row in before)})
    written = {row.key: row.reference for row in preview.rows}
    changed = [
        _changed(ready, pairs[ready.row.key], written[ready.row.key])
        for ready in rows
        if ready.row.key in pairs
    ]
    met = {row.reference for row in pairs.values()}
    promised, gone = _promises(preview, plan)
    return Difference(
        rows=rows,
        added=tuple(ready for ready in rows if ready.row.key not in pairs),
        changed=tuple(each for each in changed if each.fields),
        same=sum(1 for each in changed if not each.fields),
        gone=tuple(row for row in before if row.reference not in met),
        left=tuple(row for key, row in pairs.items() if key in out),
        promised=promised,
        promises_gone=gone,
    )


def _called(preview: Preview, references: Mapping[int, str]) -> Preview:
    rows = (
        replace(row, reference=references[row.key]) if row.key in references else row for row in preview.rows
    )
    return replace(preview, rows=tuple(rows))


def matched(rows: Sequence[ReadyRow], before: Sequence[ShapedRow]) -> dict[int, ShapedRow]:
    """Which action of the plan each row of the file is, by the key of the row."""
    found: dict[int, ShapedRow] = {}
    free = {row.reference: row for row in before}
    for ready in rows:
        if not ready.is_offered and ready.reference in free:
            found[ready.row.key] = free.pop(ready.reference)
    for named in (("objective", "action"), ("action",)):
        _match_words(rows, free, found, named)
    for ready, row in _alike([each for each in rows if each.is_offered and each.row.key not in found], free):
        found[ready.row.key] = row
    return found


def _match_words(
    rows: Sequence[ReadyRow], free: dict[str, ShapedRow], found: dict[int, ShapedRow], named: tuple[str, ...]
) -> None:
    """Rows with the very same words in these columns, the first with the first."""
    by_words: dict[str, list[ShapedRow]] = {}
    for row in free.values():
        by_words.setdefault(_words(*(row.cell(name) for name in named)), []).append(row)
    for ready in rows:
        same = by_words.get(_words(*(getattr(ready.row, name) for name in named)))
        if ready.row.key not in found and ready.row.action and same:
            found[ready.row.key] = free.pop(same.pop(0).reference)


def _alike(rows: Sequence[ReadyRow], free: Mapping[str, ShapedRow]) -> Iterator[tuple[ReadyRow, ShapedRow]]:
    """Rows without a reference that were reworded, the most alike first."""
    if not rows or not free or len(rows) * len(free) > MOST_PAIRS:
        return
    old = {name: set(_words(row.objective, row.text).split()) for name, row in free.items()}
    new = {ready.row.key: set(_words(ready.row.objective, ready.row.action).split()) for ready in rows}
    by_key = {ready.row.key: ready for ready in rows}
    scored = sorted(((_share(new[key], old[name]), key, name) for key in new for name in old), reverse=True)
    keys, names = set(new), set(old)
    for share, key, name in scored:
        if share >= ALIKE and key in keys and name in names:
            keys.remove(key)
            names.remove(name)
            yield by_key[key], free[name]


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _words(*texts: str) -> str:
    return compared(" ".join(texts))


def _changed(ready: ReadyRow, before: ShapedRow, written: str) -> Changed:
    """What is worded otherwise. A rating or a progress that the file does not give is not taken away."""
    fields = []
    for name, label in LABELS.items():
        old = before.cell(name) if name != "rating" else before.rating
        new = ready.section if name == "section" else getattr(ready.row, name)
        if " ".join(old.split()) == " ".join(new.split()) or (name in ("rating", "progress") and not new):
            continue
        fields.append(FieldChange(name, label, word_by_word(old or _nothing(name), new)))
    called = written if written and written != before.reference else ""
    return Changed(ready, before, tuple(fields), called)


def _nothing(name: str) -> str:
    return "not rated" if name == "rating" else ""


def _promises(preview: Preview, plan: ShapedPlan) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What is promised anew, with its priority, and what the file promises no more."""
    old = Counter(compared(text) for each in plan.priorities for text in each.promises)
    made = [
        (each.title, text) for each in preview.priorities if not each.because for text in each.commitments
    ]
    new = {compared(text) for _, text in made}
    added = tuple((title, text) for title, text in made if compared(text) not in old)
    gone = tuple(text for each in plan.priorities for text in each.promises if compared(text) not in new)
    return added, gone


def is_same_plan(preview: Preview, title: str, texts: Iterable[str]) -> bool:
    """Whether a plan is the one of the file: by its title, or because half of the actions are there, word for word."""
    if title and compared(title) == compared(preview.title):
        return True
    mine = [compared(row.action) for row in preview.rows if row.action]
    theirs = {compared(text) for text in texts}
    return bool(mine) and sum(text in theirs for text in mine) * 2 >= len(mine)


__all__ = ["CELLS", "Changed", "Difference", "FieldChange", "difference", "is_same_plan", "matched"]
