"""Reactions to what happens with episodes. They run in the worker."""

from datetime import datetime
from typing import Any
from uuid import UUID

from wayhome.kernel.viewer import machine
from wayhome.missing import commands

LOOKER = machine("the look for repeat triggers")


def look_for_repeats(payload: dict[str, Any], now: datetime) -> None:
    """A return was written, changed, undone, heard about or set aside: see which triggers the child meets now."""
    for name in ("episode_id", "double_id"):
        if name in payload:
            commands.look_for_repeats(episode_id=UUID(payload[name]), viewer=LOOKER, now=now)
