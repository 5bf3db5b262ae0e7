"""What is read ahead comes in its order, fails where it is wanted, and leaves no thread behind."""

from itertools import count
from threading import active_count

import pytest

from wayhome.statutory.ssda903.ahead import reading_ahead


def test_everything_comes_in_its_order():
    with reading_ahead(iter(range(100)), most=3) as items:
        assert list(items) == list(range(100))


def test_a_failure_is_raised_behind_what_was_read():
    def failing():
        yield 1
        raise ValueError("the disk is gone")

    with reading_ahead(failing()) as items:
        assert next(items) == 1
        with pytest.raises(ValueError, match="disk"):
            next(items)


def test_it_reads_no_further_than_asked():
    read = []

    def numbers():
        for number in count():
            read.append(number)
            yield number

    with reading_ahead(numbers(), most=2) as items:
        assert next(items) == 0
    assert len(read) <= 5


def test_whoever_stops_early_leaves_no_thread_behind():
    def stop_early():
        with reading_ahead(count(), most=2) as items:
            next(items)
            raise RuntimeError("the writing failed")

    before = active_count()
    with pytest.raises(RuntimeError, match="writing"):
        stop_early()
    assert active_count() == before
