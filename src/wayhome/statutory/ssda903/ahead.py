"""Reads on while what was read is being written: the two take turns on nothing, so they need not wait in turn."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
# Batches that wait to be written: what they hold stays in memory.
MOST = 12


class _End:
    """Behind the last item: how the reading ended."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


class _Reader(Generic[Item]):
    def __init__(self, items: Iterable[Item], most: int) -> None:
        self._items = items
        self._waiting: Queue[Item | _End] = Queue(most)
        self._is_unwanted = Event()
        self._thread = Thread(target=self._read, name="reading ahead", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[Item]:
        while not isinstance(item := self._waiting.get(), _End):
            yield item
        if item.error:
            raise item.error

    def stop(self) -> None:
        """Let the thread end, whatever it is at."""
        self._is_unwanted.set()
        while self._thread.is_alive():
            self._forget()
            self._thread.join(timeout=0.05)

    def _forget(self) -> None:
        try:
            self._waiting.get_nowait()
        except Empty:
            return

    def _read(self) -> None:
        error: BaseException | None = None
        try:
            for item in self._items:
                if not self._put(item):
                    return
        except BaseException as raised:  # it is raised again, where the items are wanted
            error = raised
        self._put(_End(error))

    def _put(self, item: Item | _End) -> bool:
        while not self._is_unwanted.is_set():
            try:
                self._waiting.put(item, timeout=0.1)
            except Full:
                continue
            return True
        return False


@contextmanager
def reading_ahead(items: Iterable[Item], *, most: int = MOST) -> Iterator[Iterator[Item]]:
    """The same items, read by a thread that is at most so many ahead. It has ended when the block is left."""
    reader = _Reader(items, most)
    try:
        yield iter(reader)
    finally:
        reader.stop()
