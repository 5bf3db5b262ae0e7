"""Which reference a new action is offered. A reference is given once: never changed, never given to another."""

import re
from collections.abc import Collection, Iterable

_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>\d+)")


def next_reference(used: Collection[str], beside: Iterable[str], under: str = "") -> str:
    """The next free reference: after the highest of those `beside` it, else the first `under` a grouping.

    `used` are all that the plan ever gave, those of cancelled actions too.
    """
    numbered = [found for reference in beside if (found := _NUMBERED.fullmatch(reference))]
    if numbered:
        last = max(numbered, key=lambda found: int(found["number"]))
        stem, number = last["stem"], int(last["number"]) + 1
    else:
        stem, number = (f"{_stem(under)}." if under else ""), 1
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"


def _stem(reference: str) -> str:
    """Under "7.0" come 7.1 and 7.2; under "P2" comes P2.1."""
    return reference.removesuffix(".0").rstrip(".")
