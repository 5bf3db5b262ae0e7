"""Write a file for another system."""

import argparse
from pathlib import Path

from django.db import connection

from wayhome.config.checks import refuse_unprepared
from wayhome.config.postgres import server
from wayhome.config.saying import answer, answer_json, progress
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import machine
from wayhome.statutory.commands import export_903
from wayhome.statutory.ssda903.writing import ADJUSTMENTS, ExportReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    returns = kinds.add_parser("903", help="the return of looked-after children (SSDA903) of one year")
    returns.add_argument(
        "--year", type=int, required=True, help="the year in which it ends: 2026 ends on 31 March 2026"
    )
    returns.add_argument("--authority", required=True, metavar="CODE", help="the council: E06000011")
    returns.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    returns.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    with server():
        refuse_unprepared()
        with progress("Writing children") as advance:
            report = export_903(
                year=args.year,
                authority=args.authority,
                to=args.to,
                viewer=machine("export 903"),
                now=utc_now(),
                progress=advance,
            )
        connection.close()
    if args.json:
        answer_json(report.as_dict())
    else:
        _answer(report, args.to)
    return 0


def _answer(report: ExportReport, folder: Path) -> None:
    for file, rows in report.rows.items():
        answer(f"{folder / file}: {rows:,} rows")
    if report.attention_count:
        answer(f"{report.attention_count:,} rows have to be put right first: see {folder / ADJUSTMENTS}")
