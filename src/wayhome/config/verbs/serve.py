"""Serve the pages. Anywhere but on your own machine, put a proxy in front that speaks https."""

import argparse

from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from wayhome.config.checks import refuse_unprepared, refuse_unsafe
from wayhome.config.postgres import is_demo, server
from wayhome.config.processes import end_with_parent, refuse_taken_port
from wayhome.config.saying import say
from wayhome.config.static import collect_static
from wayhome.kernel.refusal import Refusal


class MistakenForDemo(Refusal):
    """A demonstration's database is served by `wayhome demo` only, and no other database with WAYHOME_DEMO set."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=2, help="how many processes (default: %(default)s)")
    parser.add_argument(
        "--threads", type=int, default=6, help="threads in each process (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    refuse_taken_port(args.host, args.port)
    with server():
        refuse_unprepared()
        refuse_unsafe()
        refuse_mistaken_for_demo(args.host)
        _leave_the_database()
        collect_static()
        say(f"Serving on http://{args.host}:{args.port}")
        end_with_parent()
        web(args).serve()
    return 0


def refuse_mistaken_for_demo(host: str) -> None:
    """Raise if real records would be served with the demo's light rules, or the demo's known passwords to others."""
    if is_demo() != settings.IS_DEMO:
        raise MistakenForDemo
    if settings.IS_DEMO and host not in ("127.0.0.1", "localhost", "::1"):
        raise MistakenForDemo("The demonstration has known passwords. It is served on this machine only.")


def _leave_the_database() -> None:
    """The processes that serve are copies of this one and must not share its connections."""
    for wrapper in connections.all(initialized_only=True):
        wrapper.close()
        if isinstance(wrapper, DatabaseWrapper):
            wrapper.close_pool()


def web(args: argparse.Namespace) -> MPServer:
    """The web server. Each thread may hold a connection, so there are no more threads than the pool has."""
    return MPServer(
        target="wayhome.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.processes,
        blocking_threads=args.threads,
        backpressure=args.threads * 8,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
