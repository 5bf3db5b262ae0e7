"""The answers of an interview as they are shown, with what is marked in its place. Pure: rows in, pieces out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wayhome.missing.queries.marks import STANDING, MarkRow
from wayhome.missing.rules.marked import ANSWERS, still_there
from wayhome.missing.rules.mentions import Mention
from wayhome.missing.rules.sentences import Piece, Span, pieces

ROUND = 60  # characters shown before and after a mention


@dataclass(frozen=True, slots=True)
class Numbered:
    """A mark with the number by which text and list refer to each other."""

    number: int
    row: MarkRow


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its text in pieces, the marks in it, and those whose words are not in the text any more."""

    field: str
    label: str
    pieces: list[Piece]
    marks: list[Numbered]
    moved: list[Numbered]


def in_their_places(answers: Mapping[str, str], made: Sequence[MarkRow]) -> list[Answer]:
    """The answers in order, with their marks numbered as they come in the text."""
    standing = [row for row in made if row.mark.state in STANDING]
    found: list[Answer] = []
    number = 0
    for field, text in answers.items():
        here = sorted(
            (row for row in standing if row.mark.field == field),
            key=lambda row: (row.mark.start, row.mark.end, row.mark.marked_at),
        )
        numbered = [Numbered(number + place, row) for place, row in enumerate(here, start=1)]
        number += len(here)
        found.append(_answer(field, text, numbered))
    return found


def _answer(field: str, text: str, numbered: Sequence[Numbered]) -> Answer:
    there = [each for each in numbered if _is_there(each.row, field, text)]
    spans = [Span(each.row.mark.start, each.row.mark.end) for each in there]
    moved = [each for each in numbered if each not in there]
    return Answer(field, ANSWERS[field], pieces(text, spans), there, moved)


def _is_there(row: MarkRow, field: str, text: str) -> bool:
    mark = row.mark
    return still_there({field: text}, field, mark.start, mark.end, mark.quote)


def around(text: str, mention: Mention) -> tuple[str, str, str]:
    """A mention with some words before and after it."""
    start, end = max(mention.start - ROUND, 0), mention.end + ROUND
    before = ("… " if start else "") + text[start : mention.start]
    after = text[mention.end : end] + (" …" if end < len(text) else "")
    return before, text[mention.start : mention.end], after
