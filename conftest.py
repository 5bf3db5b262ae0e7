"""The test database, and a Wayhome to talk to over http. What they do is in wayhome/config/testing.py."""

import gc
import os
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test.testcases import LiveServerThread
from tests.personas import Cast, gather

from wayhome.config import testing


def pytest_collection_finish() -> None:
    """What was loaded to run the tests stays to their end: no search for garbage looks through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """Who runs a verb of the command in this process leaves no stricter mask to the tests after it."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def databases(
    django_test_environment: None, django_db_blocker: Any
) -> Iterator[tuple[testing.Databases, Cast]]:
    """The databases of this process with row security and the real roles, and the people in them."""
    with django_db_blocker.unblock(), testing.test_databases(people=gather) as made:
        django_db_blocker.block()
        yield made


@pytest.fixture(scope="session")
def django_db_setup(databases: tuple[testing.Databases, Cast]) -> str:
    """In place of making an empty database. The name of the one tests are run on."""
    return databases[0].used


@pytest.fixture(scope="module")
def nobody(databases: tuple[testing.Databases, Cast]) -> Iterator[None]:
    """For modules whose tests need a database with no partnership and no people in it. Made new afterwards."""
    with databases[0].with_nobody():
        yield


@pytest.fixture
def live_database(databases: tuple[testing.Databases, Cast], django_db_blocker: Any) -> Iterator[str]:
    """For tests whose data must be committed: seen by other threads and connections. Made new afterwards."""
    with django_db_blocker.unblock():
        yield databases[0].used
        databases[0].renew()


@pytest.fixture
def live_wayhome(live_database: str) -> Iterator[str]:
    """Wayhome served over http on this machine, as the application role. The address."""
    thread = LiveServerThread("127.0.0.1", lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture(scope="session")
def everyone(databases: tuple[testing.Databases, Cast]) -> Cast:
    """The partnership and the people of tests/personas.py, for what lasts longer than a test."""
    return databases[1]


@pytest.fixture
def cast(db: None, everyone: Cast) -> Cast:
    """The partnership and the people of tests/personas.py. What a test does to them ends with it."""
    return deepcopy(everyone)


@pytest.fixture
def live_cast(live_database: str, everyone: Cast) -> Cast:
    """The same people, where what a test does is committed."""
    return deepcopy(everyone)
