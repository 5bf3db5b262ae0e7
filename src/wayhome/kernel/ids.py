"""Identifiers that say nothing to a stranger and sit close together in an index."""

import os
import time
from datetime import datetime
from uuid import UUID


def new_id() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of milliseconds, then random bits."""
    value = (time.time_ns() // 1_000_000 << 80) | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    return UUID(int=value & ~(0b11 << 62) | (0b10 << 62))


def first_id_at(instant: datetime) -> UUID:
    """The smallest id that `new_id` could have given at this instant: ids sort by the time they were made."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)
