"""The world of the security tests, built once for all tests of a file and undone after it."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

from tests.personas import Cast
from tests.security.world import World, build


@pytest.fixture(scope="module")
def world(everyone: Cast, django_db_blocker: Any) -> Iterator[World]:
    """The world, in one transaction that is never committed. Each test leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(deepcopy(everyone))
        transaction.set_rollback(True)
