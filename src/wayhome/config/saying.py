"""How the command line speaks: answers on stdout, everything about the work itself on stderr."""

import json
import sys
from typing import Any

from rich.console import Console

ERRORS = Console(stderr=True)


def say(message: str) -> None:
    """One line about the work, for the person who waits."""
    ERRORS.print(message, highlight=False)


def answer(text: str) -> None:
    """The answer itself, for people and pipes."""
    sys.stdout.write(f"{text}\n")


def answer_json(value: Any) -> None:
    """The answer for a program. Any: whatever JSON can hold."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")
