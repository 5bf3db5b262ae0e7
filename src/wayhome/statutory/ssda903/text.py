"""The text of a CSV file, whatever wrote it: encodings, newlines, quotes, and files far too large to hold.

One look over the bytes decides the encoding and finds what cannot be a CSV file, so that reading the lines
afterwards is a plain loop. Every physical line is one row, because no field of the return holds a newline: a
quotation mark that is never closed then costs its own line and not the rest of the file.
"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = 1 << 20
LONGEST_LINE = 4 * BLOCK
UNREADABLE_CHARACTER = "\N{REPLACEMENT CHARACTER}"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class NotText(Exception):
    """The file is no CSV text; the message says why."""


class BrokenLine(Exception):
    """One line cannot be split into its fields; the message says why."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file whose encoding is known."""

    path: Path
    encoding: str

    def lines(self) -> Iterator[str]:
        """The lines, ended by \\n or not at all, a block at a time."""
        # Windows text has five byte values that mean nothing. They become a character that split() refuses.
        with self.path.open(encoding=self.encoding, errors="replace", newline=None) as stream:
            yield from stream


def look_at(path: Path) -> TextFile:
    """Find out how the file is encoded. Raises NotText for what cannot be a CSV file."""
    with path.open("rb") as stream:
        start = stream.read(4)
        stream.seek(0)
        marked = next((name for mark, name in _BYTE_ORDER_MARKS if start.startswith(mark)), None)
        return TextFile(path, _Look(marked).encoding_of(iter(lambda: stream.read(BLOCK), b"")))


class _Look:
    def __init__(self, marked: str | None) -> None:
        self._marked = marked
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_utf8 = True
        self._run = 0

    def encoding_of(self, blocks: Iterator[bytes]) -> str:
        for block in blocks:
            self._refuse_what_is_not_text(block)
            self._try_utf8(block)
        self._try_utf8(b"", is_last=True)
        return self._marked or ("utf-8" if self._is_utf8 else "cp1252")

    def _try_utf8(self, block: bytes, *, is_last: bool = False) -> None:
        if not self._is_utf8 or self._marked:
            return
        try:
            self._decoder.decode(block, is_last)
        except UnicodeDecodeError:
            self._is_utf8 = False

    def _refuse_what_is_not_text(self, block: bytes) -> None:
        if self._marked != "utf-16" and b"\0" in block:
            raise NotText("This is not a text file. Save it as CSV (comma separated) and try again.")
        ends = [place for place in (block.find(b"\n"), block.find(b"\r")) if place >= 0]
        self._run += min(ends, default=len(block))
        if self._run > LONGEST_LINE:
            raise NotText("A line is longer than 4 million characters. This cannot be a table of the return.")
        if ends:
            self._run = len(block) - max(block.rfind(b"\n"), block.rfind(b"\r")) - 1


def split(line: str) -> list[str]:
    """The fields of a line. Raises BrokenLine if it has none."""
    if UNREADABLE_CHARACTER in line or "\0" in line:
        raise BrokenLine("The line holds a byte that is no letter in UTF-8 or in Windows text.")
    if '"' not in line:
        return line.rstrip("\n").split(",")
    try:
        return next(csv.reader([line.rstrip("\n")], strict=True))
    except csv.Error:
        raise BrokenLine("A quotation mark on this line is not closed, or text follows it.") from None
