"""Taking in and making returns in a test, as the worker does."""

from datetime import date

from tests.personas import NOW

from wayhome.config.testing import as_worker
from wayhome.kernel.viewer import machine
from wayhome.people.queries import identifiers_of
from wayhome.statutory.commands import export_903, import_903

AS_AT = date(2026, 3, 31)
AUTHORITY = "E06000011"
IMPORTER = machine("the importing of a test")


def taken_in(folder, *, as_at=AS_AT, dry_run=False):
    with as_worker():
        return import_903(
            folder=folder, as_at=as_at, dry_run=dry_run, viewer=IMPORTER, now=NOW, progress=lambda _: None
        )


def made(to, *, year=2026, authority=AUTHORITY):
    with as_worker():
        return export_903(
            year=year, authority=authority, to=to, viewer=IMPORTER, now=NOW, progress=lambda _: None
        )


def outcome(report):
    """(added, changed, unchanged, rejected) by file."""
    return {
        name.removesuffix(".csv"): (count.added, count.changed, count.unchanged, count.rejected)
        for name, count in report.files.items()
    }


def codes(findings):
    return [(finding.file, finding.row, finding.child, finding.column, finding.code) for finding in findings]


def child_of(number):
    """Who has this number. To be asked as the worker."""
    return identifiers_of("LA Child ID", [number], AUTHORITY)[number]
