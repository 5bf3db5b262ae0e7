"""Cells that a spreadsheet would take for a formula: written with an apostrophe before them, and read without it.

A sheet that opens a CSV file calculates every cell that begins with = + - or @, whatever somebody typed into a plan.
What begins with an apostrophe and such a sign gets one more, so that each cell is read as it was.
"""

import re

# The wide signs are those of Japanese and Chinese keyboards, which some sheets read as the narrow ones.
_SIGNS = r"[=+\-@＝＋－＠\t\r\n]"
_RISKY = re.compile(rf"'*{_SIGNS}")
_GUARDED = re.compile(rf"'+{_SIGNS}")


def guarded(text: str) -> str:
    """As it may stand in a CSV file."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """As it was before."""
    return text[1:] if _GUARDED.match(text) else text
