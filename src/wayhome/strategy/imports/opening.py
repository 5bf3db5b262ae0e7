"""Finds out what a file is by what is in it, not by its name, and reads it: `read_plan(path)`."""

from pathlib import Path

from wayhome.strategy.imports.blocks import Document
from wayhome.strategy.imports.decoding import decoded
from wayhome.strategy.imports.draft import PlanDraft
from wayhome.strategy.imports.refusals import EmptyFile, NoSuchPlan, OtherKindOfFile, TooLargeFile
from wayhome.strategy.imports.text import read_text
from wayhome.strategy.imports.understand import understand

# The longest plans have some hundred kilobytes of words; pictures are what makes a file large.
LARGEST_FILE = 50_000_000
_OTHERS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")


def read_plan(path: Path) -> PlanDraft:
    """The plan in a file. Raises a refusal that says why there is none."""
    if not path.is_file():
        raise NoSuchPlan
    if path.stat().st_size > LARGEST_FILE:
        raise TooLargeFile
    return understand(read(path.read_bytes(), path.name))


def read(data: bytes, name: str) -> Document:
    """The blocks of a file, whatever its name says it is."""
    if not data.strip():
        raise EmptyFile
    if data.startswith(_OTHERS):
        raise OtherKindOfFile
    return read_text(decoded(data))
