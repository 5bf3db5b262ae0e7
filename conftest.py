"""The test database, and a Wayhome to talk to over http. What they do is in wayhome/config/testing.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test.testcases import LiveServerThread
from tests.personas import Cast, gather

from wayhome.config import testing


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the migrated template, with row security and the real roles."""
    with django_db_blocker.unblock(), testing.test_database() as name:
        django_db_blocker.block()
        yield name


@pytest.fixture
def live_database(django_db_setup: str, django_db_blocker: Any) -> Iterator[str]:
    """For tests whose data must be committed: seen by other threads and connections. Made new afterwards."""
    with django_db_blocker.unblock():
        yield django_db_setup
        testing.renew_database(django_db_setup)


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


@pytest.fixture
def cast(db: None) -> Cast:
    """The partnership and the people of tests/personas.py."""
    return gather()
