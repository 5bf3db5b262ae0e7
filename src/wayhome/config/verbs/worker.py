"""Handle events, seal the record every minute, send notices. Several may run at once."""

import argparse

from django.core.management import call_command

from wayhome.config.checks import refuse_unprepared
from wayhome.config.postgres import server
from wayhome.config.processes import end_with_parent
from wayhome.config.saying import say
from wayhome.exploitation.commands.instruments import install_shipped
from wayhome.kernel.clock import utc_now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at-once", type=int, default=1, help="jobs at the same time (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    with server():
        refuse_unprepared()
        # An upgrade may bring forms that were not there before.
        install_shipped(now=utc_now())
        say("Waiting for jobs.")
        end_with_parent()
        call_command("procrastinate", "worker", concurrency=args.at_once, delete_jobs="successful")
    return 0
