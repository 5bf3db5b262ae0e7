"""What passes through a table beside arrives as it was, and ids made in bulk are as good as those made one by one."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import transaction

from wayhome.access import staging
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import utc_now
from wayhome.kernel.ids import first_id_at, new_ids

STRANGE = [
    "",
    " ",
    ",",
    '"',
    'a "b", c',
    "one\ntwo",
    "one\rtwo",
    "one\r\ntwo",
    "\\.",
    "\\N",
    "\t",
    "NULL",
    "=1+1",
    "Zoë 💛",
]


def through(rows, columns="place integer, text text, day date, is_so boolean, at timestamptz"):
    with as_worker(), transaction.atomic():
        staging.stage("strange_incoming", columns, rows)
        return staging.found("SELECT * FROM strange_incoming ORDER BY 1")


@pytest.mark.django_db
def test_values_arrive_as_they_were(monkeypatch):
    monkeypatch.setattr(staging, "BATCH", 3)
    at = datetime(2026, 3, 31, 7, 30, 0, 250, tzinfo=UTC)
    rows = [(place, text, date(2026, 3, 31), place % 2 == 0, at) for place, text in enumerate(STRANGE)]
    assert through(rows) == rows


@pytest.mark.django_db
def test_what_is_not_known_is_null_and_a_blank_text_is_blank():
    rows = [(1, "", None, None, None)]
    assert through(rows) == rows


@pytest.mark.django_db
def test_the_planner_looks_at_other_tables_as_closely_as_before():
    with as_worker(), transaction.atomic():
        before = staging.found("SHOW default_statistics_target")
        staging.stage("strange_incoming", "place integer", [(1,)])
        assert staging.found("SHOW default_statistics_target") == before


def test_ids_in_bulk_are_versioned_distinct_and_in_order():
    began = utc_now()
    ids = [UUID(text) for text in new_ids(10_000)]
    assert {made.version for made in ids} == {7}
    assert {made.variant for made in ids} == {"specified in RFC 4122"}
    assert sorted(set(ids)) == ids
    assert first_id_at(began) <= ids[0]
