import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def server_folder():
    """For a PostgreSQL of a test's own: pytest's folders are closed to every account but ours, each time it starts."""
    with tempfile.TemporaryDirectory(prefix="wayhome-") as folder:
        yield Path(folder).resolve()
