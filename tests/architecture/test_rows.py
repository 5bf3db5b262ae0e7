"""rows.sql files are the present truth: applied again, nothing changes."""

import os
import subprocess
import sys

import pytest
from django.db import connection

DRIFT = """
import django
django.setup()
from wayhome.config.rows import rows_drift
found = rows_drift()
raise SystemExit("\\n".join(found) if found else 0)
"""


@pytest.mark.django_db
def test_applied_again_they_change_nothing():
    environment = os.environ | {
        "WAYHOME_DATABASE": connection.settings_dict["NAME"],
        "WAYHOME_ROLE": "owner",
        "DJANGO_SETTINGS_MODULE": "wayhome.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", DRIFT], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
