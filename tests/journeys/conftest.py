"""The browser of the journeys, and the stage on which each is played."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.journeys.stage import Stage
from tests.personas import Cast


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives the real browser."""
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Let the stage know, when it is taken down, whether the journey failed."""
    report = yield
    if report.when == "call" and "stage" in getattr(item, "funcargs", {}):
        item.funcargs["stage"].has_failed = report.failed  # type: ignore[attr-defined]
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all journeys; what they do in it is apart, as in the browsers of different people."""
    with chromium() as launched:
        yield launched


@pytest.fixture
def stage(
    live_wayhome: str, live_cast: Cast, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    """Wayhome with the cast of tests/personas.py, committed. A picture of every open page is kept of a failure."""
    made = Stage(live_wayhome, browser, live_cast, request.node.name)
    yield made
    made.take_down()
