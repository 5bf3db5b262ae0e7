"""Read a file of another system. Each row is accepted or rejected with the reason; a second time changes nothing."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from rich.table import Table

from wayhome.config.checks import refuse_unprepared
from wayhome.config.extract import rows_of
from wayhome.config.postgres import server
from wayhome.config.saying import answer, answer_json, answer_table, progress, say
from wayhome.kernel.clock import utc_now
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import machine
from wayhome.missing.commands.extract import take_extract
from wayhome.statutory.commands import import_903
from wayhome.statutory.ssda903.report import ImportReport

SHOWN = 20


class NotADay(Refusal):
    """Give the day of the return as year-month-day, such as --as-at 2026-03-31."""


class NowhereToReport(Refusal):
    """The folder for the report does not exist. Nothing was imported."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    _add_notifications(kinds)
    returns = kinds.add_parser("903", help="a return of looked-after children (SSDA903)")
    returns.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder with header.csv, episodes.csv, missing.csv"
    )
    returns.add_argument(
        "--as-at",
        type=_day,
        required=True,
        metavar="DATE",
        help="the day it speaks of: 2026-03-31",
    )
    returns.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    returns.add_argument(
        "--report", type=Path, metavar="FILE", help="write every rejection and warning as CSV"
    )
    returns.add_argument(
        "--json", action="store_true", help="answer as JSON: counts for each file, and the rejections"
    )


def _add_notifications(kinds: Any) -> None:
    told = kinds.add_parser(
        "notifications", help="an extract of missing notifications of the police or a home (CSV)"
    )
    told.add_argument("file", type=Path, metavar="FILE", help="the CSV file, one notification a row")
    told.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    told.add_argument("--json", action="store_true", help="answer as JSON: counts, and rows with a reason")


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise NotADay from error


def run(args: argparse.Namespace) -> int:
    """Exit code 1 if a whole file was refused; rows that were rejected are in the report."""
    if args.kind == "notifications":
        return _take_notifications(args)
    if args.report and not args.report.absolute().parent.is_dir():
        raise NowhereToReport
    with server():
        refuse_unprepared()
        with progress("Reading rows") as advance:
            report = import_903(
                folder=args.folder,
                as_at=args.as_at,
                dry_run=args.dry_run,
                viewer=machine("import 903"),
                now=utc_now(),
                progress=advance,
            )
        connection.close()
    if args.report:
        with args.report.open("w", encoding="utf-8", newline="") as out:
            report.write_csv(out)
    _answer(report, args)
    for name, why in report.refused.items():
        say(f"wayhome: {name} was not taken in. {why}")
    return 1 if report.refused else 0


def _take_notifications(args: argparse.Namespace) -> int:
    rows = rows_of(args.file)
    with server():
        refuse_unprepared()
        report = take_extract(
            rows=rows,
            name=args.file.name,
            dry_run=args.dry_run,
            viewer=machine("import notifications"),
            now=utc_now(),
        )
        connection.close()
    if args.json:
        answer_json({"file": args.file.name, "dry_run": args.dry_run, **report.as_json()})
        return 0
    table = Table("Rows", *(word.capitalize() for word in report.counts), box=None)
    table.add_row(f"{report.rows:,}", *(f"{count:,}" for count in report.counts.values()))
    answer_table(table)
    for found in report.findings[:SHOWN]:
        answer(f"Row {found.row}, {found.reference or 'no reference'}, {found.fate}: {found.reason}")
    if len(report.findings) > SHOWN:
        answer(f"... and {len(report.findings) - SHOWN:,} more: --json tells them all.")
    if args.dry_run:
        answer("Nothing was changed: this was a dry run.")
    return 0


def _answer(report: ImportReport, args: argparse.Namespace) -> None:
    if args.json:
        report.write_json(sys.stdout)
        return
    told = ("rows", "accepted", "rejected", "warnings", "added", "changed", "unchanged")
    # Without lines, so that it fits a narrow window.
    table = Table("File", *(word.capitalize() for word in told), box=None)
    for name, count in report.files.items():
        table.add_row(name, *(f"{getattr(count, word):,}" for word in told))
    answer_table(table)
    for number, finding in enumerate(report.rejections):
        if number == SHOWN:
            answer(f"... and {len(report.rejections) - SHOWN:,} more: --report FILE writes them all.")
            break
        place = ", ".join(filter(None, (finding.file, f"row {finding.row}", finding.column)))
        answer(f"{place}: {finding.reason}")
    if args.dry_run:
        answer("Nothing was changed: this was a dry run.")
