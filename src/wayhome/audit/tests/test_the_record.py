"""The record: added to and never changed, sealed, and able to prove it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.personas import NOW, a_child

from wayhome.audit import commands, verify
from wayhome.audit.models import Change, Entry
from wayhome.config.testing import as_worker, connected_as
from wayhome.kernel.viewer import machine

CLERK = machine("a test of the record")


def write(count, **more):
    """Entries of a machine, as the worker."""
    return [
        commands.record(viewer=CLERK, now=NOW, verb="test", subject_kind="test", detail={"number": n}, **more)
        for n in range(count)
    ]


@pytest.mark.parametrize("table", ["audit_entry", "audit_change", "audit_seal", "audit_sealedentry"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_can_neither_change_nor_remove_an_entry(cast, table, sql):
    column = "entry_id" if table == "audit_sealedentry" else "id"
    statement = sql.format(table).replace("id = id", f"{column} = {column}")
    refused = pytest.raises(DatabaseError, match="permission denied")
    with cast.seen_by("Cora"), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_worker_cannot_change_one_either(db):
    with as_worker():
        write(1)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Entry.objects.update(verb="nothing")


def test_nobody_writes_in_another_s_name(cast):
    with cast.seen_by("Otto"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        commands.record(viewer=cast.viewer("Sal"), now=NOW, verb="read", subject_kind="person")


def test_what_was_before_and_after_is_kept(db):
    with as_worker():
        entry = commands.record(
            viewer=CLERK, now=NOW, verb="edit", subject_kind="person", changes={"sex": ("", "F")}
        )
        change = Change.objects.get(entry_id=entry)
    assert (change.field, change.before, change.after) == ("sex", "", "F")


def test_differences_are_the_fields_that_differ():
    before = {"name": "Robin", "sex": ""}
    assert commands.differences(before, {"name": "Rowan", "sex": ""}) == {"name": ("Robin", "Rowan")}


class TestSealing:
    def test_takes_what_came_since_the_last_seal(self, db):
        with as_worker():
            commands.seal(now=NOW)
            write(3)
            made = commands.seal(now=NOW)
            assert made.entry_count == 3
            assert commands.seal(now=NOW) is None
            assert verify.verify().holds

    def test_finds_an_entry_that_was_written_before_and_committed_after_it(self, db):
        with as_worker():
            commands.seal(now=NOW)
            late = Entry(
                pk=commands.first_id_at(NOW - timedelta(hours=3)),
                at=NOW,
                actor="slow",
                verb="test",
                subject_kind="test",
                outcome="done",
            )
            late.save(force_insert=True)
            commands.seal(now=NOW)
            assert verify.verify().unsealed == 0

    def test_can_be_done_in_parts(self, db):
        with as_worker():
            commands.seal(now=NOW)
            write(5)
            assert commands.seal(now=NOW, at_most=2).entry_count == 2
            assert commands.seal(now=NOW, at_most=9).entry_count == 3
            assert verify.verify().holds

    def test_a_head_that_was_noted_is_still_known_later(self, db):
        with as_worker():
            write(1)
            commands.seal(now=NOW)
            head = verify.verify().head
            write(1)
            commands.seal(now=NOW)
            assert verify.verify(noted_head=head.upper()).holds
            assert not verify.verify(noted_head="00" * 32).holds


class TestTamperingByWhoeverOwnsTheDatabase:
    @pytest.fixture
    def sealed(self, live_database):
        with as_worker():
            ids = write(5, changes={"sex": ("", "F")})
            commands.seal(now=NOW)
            write(2)
            commands.seal(now=NOW)
        return ids

    def tamper(self, *statements):
        with connected_as("wayhome_owner") as owner:
            for table in ("audit_entry", "audit_change"):
                owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            for sql, values in statements:
                assert owner.execute(sql, values).rowcount

    def verdict(self):
        with as_worker():
            return verify.verify()

    def test_an_untouched_record_holds(self, sealed):
        assert self.verdict().holds
        assert self.verdict().entries >= 7

    def test_a_changed_entry_is_named(self, sealed):
        self.tamper(("UPDATE audit_entry SET actor = 'nobody' WHERE id = ANY(%s)", [sealed[2:4]]))
        assert self.verdict().broken == f"entry {sealed[2]} was changed"

    def test_a_changed_before_or_after_is_named(self, sealed):
        self.tamper(("UPDATE audit_change SET after = '\"M\"' WHERE entry_id = %s", [sealed[1]]))
        assert self.verdict().broken == f"entry {sealed[1]} was changed"

    def test_a_removed_entry_is_named(self, sealed):
        gone = [[sealed[4]]]
        self.tamper(
            ("DELETE FROM audit_change WHERE entry_id = ANY(%s)", gone),
            ("DELETE FROM audit_entry WHERE id = ANY(%s)", gone),
        )
        assert self.verdict().broken == f"entry {sealed[4]} was removed"

    def test_an_entry_removed_with_its_mark_is_noticed(self, sealed):
        gone = [[sealed[4]]]
        self.tamper(
            ("DELETE FROM audit_change WHERE entry_id = ANY(%s)", gone),
            ("DELETE FROM audit_sealedentry WHERE entry_id = ANY(%s)", gone),
            ("DELETE FROM audit_entry WHERE id = ANY(%s)", gone),
        )
        assert "its list of entries was changed" in self.verdict().broken

    def test_a_removed_seal_is_noticed(self, sealed):
        with connected_as("wayhome_owner") as owner:
            first = owner.execute("SELECT min(id) FROM audit_seal").fetchone()
        self.tamper(
            ("DELETE FROM audit_sealedentry WHERE seal_id = %s", first),
            ("DELETE FROM audit_seal WHERE id = %s", first),
        )
        assert "does not follow the seal before it" in self.verdict().broken


def test_who_may_read_what_of_it(cast):
    child = a_child(cast)

    def verbs(name):
        with cast.seen_by(name):
            return set(Entry.objects.filter(person_id=child).values_list("verb", flat=True))

    assert "create" in verbs("Sal")
    assert "create" in verbs("Ivo")
    assert verbs("Otto") == set()
    with cast.seen_by("Ivo"):
        assert not Change.objects.exists()
    with cast.seen_by("Sal"):
        assert Change.objects.filter(person_id=child).exists()


def test_an_entry_before_anyone_is_looking_is_about_an_account_only(cast):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        commands.record(viewer=CLERK, now=NOW, verb="sign in", subject_kind="person")
    with transaction.atomic():
        commands.record(viewer=CLERK, now=NOW, verb="sign in", subject_kind="user")
