"""Processes of one test run let their tester into their own database, all at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from wayhome.config.postgres import administrator
from wayhome.config.testing import admit_tester

pytestmark = pytest.mark.django_db


def admitted(database: str) -> str:
    with administrator() as admin:
        admit_tester(admin, database)
    return database


def test_eight_processes_at_once_are_all_let_in():
    database = connection.settings_dict["NAME"]
    with ThreadPoolExecutor(8) as at_once:
        assert list(at_once.map(admitted, [database] * 40)) == [database] * 40
