"""Bring the database up to this version: roles, tables, then who may see which rows. Safe to repeat."""

import argparse
import time

from django.core.management import call_command
from django.db import connection

from wayhome.config.postgres import bootstrap, server
from wayhome.config.rows import apply_rows
from wayhome.config.saying import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")


def run(args: argparse.Namespace) -> int:
    began = time.monotonic()
    with server():
        bootstrap()
        call_command("migrate", interactive=False, verbosity=0 if args.quiet else 1)
        apply_rows()
        connection.close()
    if not args.quiet:
        say(f"The database is up to date ({time.monotonic() - began:.1f} s).")
    return 0
