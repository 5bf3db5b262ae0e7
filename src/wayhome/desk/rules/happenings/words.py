"""How a happening is said: texts as sentences, who wrote it, and a long text cut between words. Pure."""

from datetime import date
from typing import Any

QUOTE = 280  # characters of somebody's words in the list; the rest is with the episode


def signature(name: str, agency: str) -> str:
    """Who wrote something, and for whom they work."""
    return f"{name}, {agency}" if agency else name


def ended(on: date | None) -> str:
    """Until when something lasted; nothing while it lasts."""
    return f"Until {on.day} {on:%B %Y}" if on else ""


def label(choices: Any, value: str) -> str:
    """The words of a code; nothing where there is none."""
    return str(choices(value).label) if value else ""


def shortened(text: str, at_most: int) -> str:
    """A text that long at most, cut between words."""
    return text if len(text) <= at_most else f"{text[:at_most].rsplit(' ', 1)[0]}…"


def sentences(*texts: str) -> str:
    """Texts one after the other, each a sentence: a capital first, a stop last."""
    return " ".join(_sentence(text.strip()) for text in texts if text and text.strip())


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")
