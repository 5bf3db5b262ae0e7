"""How the command line speaks: answers on stdout, everything about the work itself on stderr."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

ERRORS = Console(stderr=True)


def say(message: str) -> None:
    """One line about the work, for the person who waits."""
    ERRORS.print(message, highlight=False, soft_wrap=True)


def answer(text: str) -> None:
    """The answer itself, for people and pipes."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def answer_json(value: Any) -> None:
    """The answer for a program. Any: whatever JSON can hold."""
    answer(json.dumps(value, ensure_ascii=False, indent=2, default=str))


@contextmanager
def progress(doing: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar on stderr, on a terminal only. Call what is given with how many are done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not ERRORS.is_terminal) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda done: bar.update(task, completed=done)


def answer_table(table: Table) -> None:
    """A table as the answer."""
    Console(file=sys.stdout).print(table)
