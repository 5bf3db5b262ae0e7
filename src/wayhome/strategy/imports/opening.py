"""Finds out what a file is by what is in it, not by its name, and reads it: `read_plan(path)`."""

from pathlib import Path

from wayhome.strategy.imports.archives import part_of_archive, parts_of_archive
from wayhome.strategy.imports.blocks import Document
from wayhome.strategy.imports.decoding import decoded
from wayhome.strategy.imports.draft import PlanDraft
from wayhome.strategy.imports.refusals import (
    CorruptFile,
    EmptyFile,
    LockedFile,
    NoSuchPlan,
    OldWordFile,
    OtherKindOfFile,
    TooLargeFile,
)
from wayhome.strategy.imports.separated import looks_separated, read_separated
from wayhome.strategy.imports.sheets import read_excel, read_old_excel, read_open_document
from wayhome.strategy.imports.text import read_text
from wayhome.strategy.imports.understand import understand
from wayhome.strategy.imports.web_page import looks_like_a_page, read_page
from wayhome.strategy.imports.word import read_word

# The longest plans have some hundred kilobytes of words; pictures are what makes a file large.
LARGEST_FILE = 50_000_000
# Words alone: a plan of 5,000 rows has five million letters or so.
LARGEST_TEXT = 10_000_000
_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"
_OTHERS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def read_plan(path: Path) -> PlanDraft:
    """The plan in a file. Raises a refusal that says why there is none."""
    if not path.is_file():
        raise NoSuchPlan
    if path.stat().st_size > LARGEST_FILE:
        raise TooLargeFile
    return understand(read(path.read_bytes(), path.name))


def read(data: bytes, name: str) -> Document:
    """The blocks of a file, whatever its name says it is."""
    if len(data) > LARGEST_FILE:
        raise TooLargeFile
    if not data.strip():
        raise EmptyFile
    if data.startswith(_ZIP):
        return _read_archive(data)
    if data.startswith(_COMPOUND):
        return _read_compound(data)
    if data.startswith(_OTHERS):
        raise OtherKindOfFile
    return _read_words(decoded(data), name)


def _read_archive(data: bytes) -> Document:
    parts = parts_of_archive(data)
    if "[Content_Types].xml" in parts and any(part.startswith("word/") for part in parts):
        return read_word(data)
    if "xl/workbook.xml" in parts:
        return read_excel(data)
    if part_of_archive(data, "mimetype").startswith(_ODS):
        if b"encryption-data" in part_of_archive(data, "META-INF/manifest.xml"):
            raise LockedFile
        return read_open_document(data)
    raise CorruptFile if "[Content_Types].xml" in parts else OtherKindOfFile


def _read_compound(data: bytes) -> Document:
    """The container of old Office files, and of new ones that are locked with a password."""
    if _named("EncryptedPackage") in data:
        raise LockedFile
    if _named("WordDocument") in data:
        raise OldWordFile
    if _named("Workbook") in data or _named("Book") in data:
        return read_old_excel(data)
    raise OtherKindOfFile


def _named(stream: str) -> bytes:
    """The name of a stream as the container writes it."""
    return stream.encode("utf-16-le")


def _read_words(text: str, name: str) -> Document:
    if len(text) > LARGEST_TEXT:
        raise TooLargeFile
    if name.casefold().endswith((".html", ".htm")) or looks_like_a_page(text):
        return read_page(text)
    if name.casefold().endswith((".csv", ".tsv")) or looks_separated(text):
        return read_separated(text)
    return read_text(text)
