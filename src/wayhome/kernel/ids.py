"""Identifiers that say nothing to a stranger and sit close together in an index."""

import os
import time
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

# Nanoseconds: a little more than the fraction of a millisecond that twelve bits can tell.
_STEP = 250
# The two highest bits of the second half are 10.
_VARIANT = {f"{digit:x}": f"{digit & 0b0011 | 0b1000:x}" for digit in range(16)}


def new_id() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of milliseconds, their fraction in twelve bits, then random bits. Ids made
    one after the other are in this order, also within a millisecond.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    value = milliseconds << 80 | 0x7 << 76 | rest * 4096 // 1_000_000 << 64 | 0b10 << 62
    return UUID(int=value | int.from_bytes(os.urandom(8), "big") >> 2)


def new_ids(count: int) -> Iterator[str]:
    """Many at once, as hexadecimal digits, in the order of an index: each is a fraction of a millisecond later.

    The twelve bits behind the version are such fractions (RFC 9562, 6.2, method 3).
    """
    began, random = time.time_ns(), os.urandom(8 * count).hex()
    for place in range(count):
        milliseconds, rest = divmod(began + place * _STEP, 1_000_000)
        digits = random[place * 16 : place * 16 + 16]
        yield f"{milliseconds:012x}7{rest * 4096 // 1_000_000:03x}{_VARIANT[digits[0]]}{digits[1:]}"


def first_id_at(instant: datetime) -> UUID:
    """The smallest id that `new_id` could have given at this instant: ids sort by the time they were made."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)
