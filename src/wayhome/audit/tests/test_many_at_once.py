"""Many rows at once say what they would say one by one, in as many statements as one."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW

from wayhome.audit.commands import record, record_all
from wayhome.audit.inserting import insert_all
from wayhome.audit.models import Change, Draft, Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.kernel.viewer import machine

CLERK = machine("a test of many rows")
TO_THE_MICROSECOND = datetime(2026, 11, 22, 10, 30, 15, 123456, tzinfo=UTC)
ODD = 'A "quoted" word; \\ a tab\t, a line\nbreak, {braces}, %s and ’'


def test_every_value_is_kept_as_it_is(db):
    row = Entry(
        at=TO_THE_MICROSECOND,
        actor=ODD,
        verb="test",
        subject_kind="test",
        subject_id=new_id(),
        outcome="done",
        detail={"number": 1, "words": [ODD, None, True]},
    )
    with as_worker():
        insert_all([row])
        kept = Entry.objects.get(pk=row.pk)
        assert [getattr(kept, field.attname) for field in Entry._meta.concrete_fields] == [
            getattr(row, field.attname) for field in Entry._meta.concrete_fields
        ]


def test_a_row_that_was_inserted_is_changed_and_not_inserted_again(db):
    row = Draft(user_id=new_id(), form="test", data={}, saved_at=NOW)
    with as_worker():
        insert_all([row])
    assert not row._state.adding


@pytest.mark.parametrize("count", [0, 1, 2_500])
def test_so_many_rows_take_two_statements(db, count):
    rows = {new_id(): {"words": ODD, "on": date(2026, 11, 22), "who": UUID(int=7)} for _ in range(count)}
    with as_worker(), CaptureQueriesContext(connection) as queries:
        record_all(rows, viewer=CLERK, now=TO_THE_MICROSECOND, verb="add", subject_kind="test")
    assert len([each for each in queries if "INSERT" in each["sql"]]) == (2 if count else 0)


def test_an_entry_of_many_says_what_an_entry_of_one_says(db):
    one, many = new_id(), new_id()
    said = {"words": ODD, "at": TO_THE_MICROSECOND, "who": UUID(int=7), "days": [date(2026, 11, 22), None]}
    with as_worker():
        told = {"viewer": CLERK, "now": TO_THE_MICROSECOND, "verb": "add", "subject_kind": "test"}
        record(subject_id=one, changes={"row": (None, said)}, **told)
        record_all({many: said}, **told)
        entries = [Entry.objects.get(subject_id=each) for each in (one, many)]
        assert same(entries[0]) == same(entries[1])
        before, after = (Change.objects.get(entry=each) for each in entries)
    assert (before.field, before.before, before.after) == (after.field, after.before, after.after)


def same(entry):
    """What an entry says but its own number and about what."""
    fields = (field.attname for field in Entry._meta.concrete_fields)
    return {name: getattr(entry, name) for name in fields if name not in ("id", "subject_id")}
