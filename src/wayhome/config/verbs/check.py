"""Say whether this installation is sound and safe: settings, migrations, row security. Changes nothing."""

import argparse

from django.db import connection

from wayhome.config.checks import installation, refuse_unprepared
from wayhome.config.postgres import server
from wayhome.config.saying import answer, answer_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON: each check with what is wrong")


def run(args: argparse.Namespace) -> int:
    with server():
        refuse_unprepared()
        found = installation()
        connection.close()
    if args.json:
        answer_json(found)
    else:
        for name, faults in found.items():
            answer(f"{'not sound' if faults else 'sound':<10} {name}")
            for fault in faults:
                answer(f"           {fault}")
    return 1 if any(found.values()) else 0
