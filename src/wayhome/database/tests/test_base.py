"""Instants come from the database as Django reads them, only faster."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection
from django.db.backends.postgresql.psycopg_any import register_tzloader

from wayhome.database.base import InstantLoader

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-03 12:00:00+01",
        "2026-11-22 10:42:36.5+00",
        "2026-11-22 10:42:36.123456+00",
        "0001-01-01 00:00:00+00",
        "9999-12-31 23:59:59+00",
    ],
)
def test_an_instant_is_the_one_that_django_reads(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        (quick,) = cursor.fetchone()
        register_tzloader(UTC, cursor)
        cursor.execute("SELECT %s::timestamptz", [text])
        assert cursor.fetchone() == (quick,)
    assert quick == datetime.fromisoformat(text)
    assert quick.tzinfo is UTC


def test_it_is_also_right_where_the_session_is_on_another_clock():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone TO 'Europe/London'; SELECT '2026-06-03 11:00+00'::timestamptz")
        cursor.nextset()
        assert cursor.fetchone() == (datetime(2026, 6, 3, 11, tzinfo=UTC),)


def test_what_is_no_instant_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'infinity'::timestamptz")
        with pytest.raises(DataError):
            cursor.fetchone()


def test_the_pages_use_it():
    loader = connection.connection.adapters.get_loader(
        connection.connection.adapters.types["timestamptz"].oid, 0
    )
    assert issubclass(loader, InstantLoader)
