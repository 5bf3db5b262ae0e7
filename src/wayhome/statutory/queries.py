"""Reads of imports. Row security has already left out what the viewer may not see."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any
from uuid import UUID

from django.db.models import Max

from wayhome.kernel.refusal import NotFound
from wayhome.statutory.models import ImportBatch, ImportRejection
from wayhome.statutory.ssda903.report import harmless

ON_A_PAGE = 50
COLUMNS = ("file", "row", "child", "column", "value", "rule", "reason")


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of an import."""

    name: str
    table: str
    count: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One import with its files and some of its rejections, the file's first row first."""

    batch: ImportBatch
    files: list[FileLine]
    rejections: list[ImportRejection]
    page: int
    page_count: int


def last_as_at(authority: str) -> date | None:
    """The latest day of which a return was taken in."""
    found: date | None = ImportBatch.objects.filter(authority=authority).aggregate(last=Max("as_at"))["last"]
    return found


def batches(*, at_most: int = 200) -> list[ImportBatch]:
    """Imports, the newest first."""
    return list(ImportBatch.objects.order_by("-imported_at", "-pk")[:at_most])


def batch(batch_id: UUID) -> ImportBatch:
    """One import. Raises NotFound."""
    found = ImportBatch.objects.filter(pk=batch_id).first()
    if found is None:
        raise NotFound
    return found


def batch_page(batch_id: UUID, page: int) -> BatchPage:
    """One import as its page shows it, in three queries. Raises NotFound."""
    found = batch(batch_id)
    listed = ImportRejection.objects.filter(batch=found).order_by("pk")
    pages = max(1, -(-listed.count() // ON_A_PAGE))
    page = min(max(1, page), pages)
    shown = list(listed[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    files = [FileLine(name, count["table"], count) for name, count in sorted(found.files.items())]
    return BatchPage(found, files, shown, page, pages)


def write_rejections(batch_id: UUID, stream: IO[str]) -> int:
    """Write the rejections of an import as a table that opens in a spreadsheet. Returns how many."""
    writer, count = csv.writer(stream, lineterminator="\n"), 0
    writer.writerow(COLUMNS)
    for line in _lines(batch_id):
        writer.writerow(line)
        count += 1
    return count


def _lines(batch_id: UUID) -> Iterator[tuple[str, ...]]:
    rows = (
        ImportRejection.objects.filter(batch_id=batch_id)
        .order_by("pk")
        .values_list("file", "row", "child", "column", "value", "code", "reason")
    )
    for file, row, child, column, value, code, reason in rows.iterator(chunk_size=5_000):
        yield file, str(row), harmless(child), column, harmless(value), code, reason
