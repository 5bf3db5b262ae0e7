"""The world of the security tests, built once for all tests of a file and undone after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.security.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: str, django_db_blocker: Any) -> Iterator[World]:
    """The world, in one transaction that is never committed. Each test leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
