"""Looks into a zip archive (Word, Excel and OpenDocument files are such) before anything of it is unpacked."""

import zipfile
import zlib
from io import BytesIO

from wayhome.strategy.imports.refusals import CorruptFile, LockedFile, TooLargeFile

# Unpacked. The plan with the most rows that we know of has some megabytes; the rest is pictures.
LARGEST_UNPACKED = 250_000_000
LARGEST_PART = 100_000_000
MOST_PARTS = 10_000


def parts_of_archive(data: bytes) -> dict[str, int]:
    """The parts of an archive with their sizes. Refuses what is damaged, locked, or would fill the memory."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_too_large(parts)
            if any(part.flag_bits & 1 for part in parts):
                raise LockedFile
            # A size that is a lie ends in a wrong checksum here, and not in a memory that is full.
            if archive.testzip() is not None:
                raise CorruptFile
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise CorruptFile from error
    return {part.filename: part.file_size for part in parts}


def _refuse_too_large(parts: list[zipfile.ZipInfo]) -> None:
    sizes = [part.file_size for part in parts]
    if len(parts) > MOST_PARTS or sum(sizes) > LARGEST_UNPACKED:
        raise TooLargeFile
    if any(part.file_size > LARGEST_PART and part.filename.endswith((".xml", ".rels")) for part in parts):
        raise TooLargeFile


def part_of_archive(data: bytes, name: str) -> bytes:
    """One part, or nothing if it is not there."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name) if name in archive.namelist() else b""
