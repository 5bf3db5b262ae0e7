"""Where the sentences of an answer are, and how marked words are shown in it. Pure: text and spans in, spans out.

A sentence ends at a full stop, question mark, exclamation mark or ellipsis that white space follows, or where the line
ends: people write talks down in lines as often as in sentences. Titles ("Mr.") and single initials end none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|[\r\n]+")
_NO_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|St|Rev|Prof|Sgt|Insp|No|e\.g|i\.e)|\b[A-Z])\.$")
_WORDS = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n]|$)")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Part of a text, from the first character to before the last."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an answer that the same marks cover, within one line. `first` and `last`: marks that begin and end."""

    start: int
    words: str
    inside: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]


def sentences(text: str) -> list[Span]:
    """Every sentence with its words, in order, without the white space round it."""
    found = (trimmed(text, Span(start, end)) for start, end in pairwise(_borders(text)))
    return [span for span in found if span]


def _borders(text: str) -> Iterator[int]:
    yield 0
    for end in _END.finditer(text):
        # A title is short: what stands before it is not looked at again.
        if end[0] != "." or not _NO_END.search(text[max(end.end() - 6, 0) : end.end()]):
            yield end.end()
    yield len(text)


def trimmed(text: str, span: Span) -> Span | None:
    """The span without white space at its ends; None where it has no words, or is not in the text."""
    if not 0 <= span.start < span.end <= len(text):
        return None
    found = _WORDS.search(text, span.start, span.end)
    return Span(*found.span()) if found else None


def pieces(text: str, marked: Sequence[Span]) -> list[Piece]:
    """The text cut wherever a mark begins or ends, and after each line. Put together again it is the text.

    Marks are named by their place in `marked`; they may overlap. Each has to lie in the text.
    """
    cuts = {0, len(text), *_line_ends(text)}
    for span in marked:
        cuts |= {span.start, span.end}
    return [_piece(text, Span(start, end), marked) for start, end in pairwise(sorted(cuts))]


def _line_ends(text: str) -> Iterable[int]:
    return (line.end() for line in _LINE.finditer(text))


def _piece(text: str, part: Span, marked: Sequence[Span]) -> Piece:
    inside = [n for n, span in enumerate(marked) if span.start <= part.start and part.end <= span.end]
    return Piece(
        part.start,
        part.of(text),
        tuple(inside),
        tuple(n for n in inside if marked[n].start == part.start),
        tuple(n for n in inside if marked[n].end == part.end),
    )
