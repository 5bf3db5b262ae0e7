"""Prove that nothing on the record, and no snapshot of a plan, was changed or removed."""

import argparse
from dataclasses import asdict, replace

from django.db import connection

from wayhome.audit.verify import Verdict, verify
from wayhome.config.checks import refuse_unprepared
from wayhome.config.postgres import server
from wayhome.config.saying import answer, answer_json, progress
from wayhome.strategy.queries.snapshot import broken_snapshots


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    check = verbs.add_parser("verify", help="recompute every seal and name the first broken entry")
    check.add_argument("--head", metavar="HEX", help="a head noted earlier, which must still be in the chain")
    check.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    with server():
        refuse_unprepared()
        with progress("Checking entries") as advance:
            verdict = verify(noted_head=args.head, progress=advance)
        if verdict.holds:
            verdict = replace(verdict, broken=next(broken_snapshots(), None))
        connection.close()
    if args.json:
        answer_json(asdict(verdict) | {"holds": verdict.holds})
    else:
        answer(_in_words(verdict))
    return 0 if verdict.holds else 1


def _in_words(verdict: Verdict) -> str:
    if verdict.broken:
        return f"BROKEN: {verdict.broken}."
    if verdict.head_is_known is False:
        return "BROKEN: the noted head is not in the chain: the record was made anew after it was noted."
    return (
        f"The record holds: {verdict.entries:,} entries under {verdict.seals:,} seals, "
        f"{verdict.unsealed:,} not sealed yet.\n"
        f"Head, to be noted elsewhere: {verdict.head}"
    )
