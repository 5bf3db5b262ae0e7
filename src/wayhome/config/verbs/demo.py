"""Run everything on this machine with an invented partnership. Ctrl-C stops it; the data stays for the next time."""

import argparse
import subprocess

from django.db import connections
from rich.table import Table

from wayhome.config.checks import is_up_to_date
from wayhome.config.demonstration import PERSONAS, seed
from wayhome.config.postgres import database_exists, drop_database, is_demo, mark_as_demo, server
from wayhome.config.processes import (
    Child,
    Ended,
    alone,
    children,
    command,
    refuse_taken_port,
    wait_for_answer,
    watch,
)
from wayhome.config.saying import ERRORS, answer_json, progress, say
from wayhome.config.static import collect_static
from wayhome.kernel.clock import utc_now
from wayhome.kernel.refusal import Refusal
from wayhome.partnership.queries import the_partnership


class NotADemo(Refusal):
    """This database holds a partnership that is not the demo's. Name another data folder in WAYHOME_HOME."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="the port (default: %(default)s)")
    parser.add_argument("--reset", action="store_true", help="throw the demo's data away and invent it anew")
    parser.add_argument(
        "--json", action="store_true", help="print address and personas as JSON once it answers"
    )


def run(args: argparse.Namespace) -> int:
    refuse_taken_port("127.0.0.1", args.port)
    with alone():
        try:
            with server():
                _prepare(reset=args.reset)
                _serve(args)
        except KeyboardInterrupt:
            say("Stopped. Everything entered is kept; start again with the same command.")
    return 0


def _prepare(*, reset: bool) -> None:
    """A database of this version with the demo partnership in it, and the files of the pages."""
    if not (database_exists() and is_up_to_date()):
        _migrate()
    if the_partnership() is not None and not is_demo():
        raise NotADemo
    if reset:
        connections.close_all()
        drop_database()
        _migrate()
    if the_partnership() is None:
        mark_as_demo()
        with progress("Inventing the partnership", total=100) as advance:
            seed(progress=advance, now=utc_now())
    connections.close_all()
    collect_static()


def _migrate() -> None:
    """As the owner, which this process is not."""
    with ERRORS.status("Preparing the database"):
        done = subprocess.run(command("migrate", "--quiet"), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Ended(done.stderr.strip().removeprefix("wayhome: ") or "The database could not be prepared.")


def _serve(args: argparse.Namespace) -> None:
    with children() as running:
        running.append(Child("serve", "--port", str(args.port), "--processes", "1"))
        with ERRORS.status("Starting"):
            wait_for_answer(args.port, running[-1])
        running.append(Child("worker"))
        _welcome(args)
        watch(running)


def _welcome(args: argparse.Namespace) -> None:
    address = f"http://127.0.0.1:{args.port}"
    if args.json:
        shown = ("name", "role", "email", "password")
        personas = [{key: getattr(who, key) for key in shown} for who in PERSONAS]
        answer_json({"address": address, "personas": personas})
        return
    table = Table("E-mail", "Role", "Name", box=None, padding=(0, 3, 0, 0))
    for who in PERSONAS:
        table.add_row(who.email, who.role, who.name)
    ERRORS.print(table)
    say(f"\nEach has the password: {' or '.join(sorted({who.password for who in PERSONAS}))}")
    say(f"Wayhome is at {address} and everyone in it is invented. Ctrl-C stops it.")
