"""Reactions to what is asked of measures. They run in the worker."""

from datetime import datetime
from typing import Any

from wayhome.insight.commands.handing_over import hand_over_measures


def read_measures(payload: dict[str, Any], now: datetime) -> None:
    """Somebody who keeps plans wants the measures read now."""
    hand_over_measures(now=now)
