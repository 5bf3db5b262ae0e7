"""Locks on files: the kernel lets go of them when a process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a file alone, waiting for whoever holds it now."""
    with opened(file) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextmanager
def opened(file: Path) -> Iterator[int]:
    """A descriptor to lock; closing it gives the lock back."""
    descriptor = open_lock(file)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def open_lock(file: Path) -> int:
    """A descriptor that the caller closes."""
    return os.open(file, os.O_RDWR | os.O_CREAT, 0o600)


def take_alone(descriptor: int) -> bool:
    """Take the lock if nobody else has any part of it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def share(descriptor: int) -> None:
    """Take the lock beside others who share it."""
    fcntl.flock(descriptor, fcntl.LOCK_SH)
