"""The command `wayhome`: one verb, one file in verbs/.

A verb's file is imported once it is known which database role it works as: Django reads that when it starts.
"""

import argparse
import os
import sys
from dataclasses import dataclass
from importlib import import_module
from keyword import iskeyword

import django
import psycopg
from django.db import OperationalError

from wayhome.config.home import DISK_IS_FULL
from wayhome.config.processes import stop_on_signals
from wayhome.kernel.refusal import Refusal

FAILED, REFUSED = 1, 2


@dataclass(frozen=True, slots=True)
class Verb:
    """One word after `wayhome`: what it does, and the database role it does it as."""

    name: str
    does: str
    role: str
    is_demo: bool = False


VERBS = {
    verb.name: verb
    for verb in (
        Verb("demo", "run everything on this machine with an invented partnership", "worker", is_demo=True),
        Verb("serve", "serve the pages", "app"),
        Verb("worker", "handle events, seal the record, send notices", "worker"),
        Verb("migrate", "bring the database up to this version", "owner"),
        Verb("found", "set up a partnership and its first administrator", "worker"),
        Verb("check", "say whether this installation is sound and safe", "owner"),
        Verb("import", "read a file of another system", "worker"),
        Verb("export", "write a file for another system", "worker"),
        Verb("plan", "read a strategy or action plan, say what was understood, save it", "worker"),
        Verb("audit", "prove that the record was not changed", "worker"),
    )
}


def main(arguments: list[str] | None = None) -> int:
    """Run one verb. What can be expected to go wrong is said in one line; the answer is the exit code."""
    # What we write is about children: logs, reports and exports are for whoever started us.
    os.umask(0o077)
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except Refusal as refusal:
        return _say(refusal.message, REFUSED)
    except KeyboardInterrupt:
        return _say("Stopped.", 130)
    except BrokenPipeError:
        # The reader of our output has gone (`wayhome ... | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        if error.errno not in DISK_IS_FULL:
            raise
        return _say(
            f"The disk is full ({error.filename or 'a temporary file'}). Free some space and try again.",
            FAILED,
        )
    except (OperationalError, psycopg.OperationalError) as error:
        return _say(_about_the_server(error), FAILED)


def _about_the_server(error: Exception) -> str:
    """In one line what PostgreSQL says in several."""
    if isinstance(error.__cause__ or error, psycopg.errors.DiskFull):
        return "The disk of the database is full. Free some space and try again; nothing was lost."
    return f"PostgreSQL could not go on: {str(error).strip().splitlines()[0]}"


def _run(arguments: list[str]) -> int:
    stop_on_signals()
    chosen = VERBS[_overview().parse_args(arguments[:1]).verb]
    os.environ["WAYHOME_ROLE"] = chosen.role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayhome.config.settings")
    if chosen.is_demo:
        os.environ["WAYHOME_DEMO"] = "1"
    django.setup()
    module = import_module(f"wayhome.config.verbs.{_file_of(chosen.name)}")
    parser = argparse.ArgumentParser(prog=f"wayhome {chosen.name}", description=module.__doc__)
    module.add_arguments(parser)
    result: int = module.run(parser.parse_args(arguments[1:]))
    return result


def _file_of(verb: str) -> str:
    return f"{verb}_" if iskeyword(verb) else verb


def _overview() -> argparse.ArgumentParser:
    verbs = "\n".join(f"  {verb.name:<9} {verb.does}" for verb in VERBS.values())
    parser = argparse.ArgumentParser(
        prog="wayhome",
        description="The working system of a partnership for children who go missing or are exploited.",
        epilog=f"verbs:\n{verbs}\n\n`wayhome VERB --help` says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=VERBS, metavar="VERB")
    return parser


def _say(message: str, code: int) -> int:
    print(f"wayhome: {message}", file=sys.stderr)  # noqa: T201 (the command line speaks)
    return code


if __name__ == "__main__":
    sys.exit(main())
