"""The world of the security tests, built once for all of them. Each test leaves it as it was."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

from tests.personas import Cast
from tests.security.world import World, build
from wayhome.config.testing import Databases


@pytest.fixture(scope="session")
def built(databases: tuple[Databases, Cast], django_db_blocker: Any) -> World:
    """The world, in a database of its own."""
    made, everyone = databases
    with django_db_blocker.unblock(), made.elsewhere("world"), transaction.atomic():
        return build(deepcopy(everyone))


@pytest.fixture(scope="module")
def world(databases: tuple[Databases, Cast], built: World, django_db_blocker: Any) -> Iterator[World]:
    """The world, in one transaction that is never committed."""
    made, _ = databases
    with django_db_blocker.unblock(), made.elsewhere("world"), transaction.atomic():
        yield deepcopy(built)
        transaction.set_rollback(True)
