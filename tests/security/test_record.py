"""The record is written in one's own name, once, and never afterwards."""

import pytest

from tests.personas import NOW
from tests.security.asking import NOT_ALLOWED, ask, ask_one, error_of
from wayhome.audit.commands import FormOfAnother, once, record
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id

ADD = (
    "INSERT INTO audit_entry (id, at, user_id, actor, agency, verb, subject_kind, subject_id, person_id, outcome,"
    " reason, purpose, request_id, detail)"
    " VALUES (%s, now(), %s, %s, '', %s, %s, %s, %s, 'done', '', '', '', '{}')"
)
CHANGE = "INSERT INTO audit_change (id, entry_id, person_id, field, before, after) VALUES (%s, %s, %s, 'x', '1', '2')"


def add_error(user, actor, *, verb="read", kind="person", subject=None, person=None) -> str:
    """What PostgreSQL says to an entry by this user under this name."""
    return error_of(ADD, new_id(), user, actor, verb, kind, subject, person)


def test_nobody_writes_in_anothers_name(world):
    sal, cora = world.cast.users["Sal"], world.cast.users["Cora"]
    with world.seen_by("Sal"):
        assert add_error(sal.pk, sal.name) == ""
        assert add_error(cora.pk, cora.name) == NOT_ALLOWED
        assert add_error(cora.pk, sal.name) == NOT_ALLOWED
        assert add_error(sal.pk, cora.name) == NOT_ALLOWED
        assert add_error(None, "the system") == NOT_ALLOWED


def test_before_sign_in_only_what_happens_to_an_account_is_recorded(world):
    cora, child = world.cast.users["Cora"], world.children["Alder"]
    with world.seen_by("nobody"):
        assert add_error(cora.pk, cora.name, verb="sign in", kind="user", subject=cora.pk) == ""
        assert add_error(None, "Someone", verb="sign in", kind="user") == ""
        assert add_error(cora.pk, cora.name, person=child) == NOT_ALLOWED
        assert add_error(cora.pk, cora.name, kind="user", subject=cora.pk, person=child) == NOT_ALLOWED
        assert add_error(cora.pk, cora.name, kind="user", subject=world.cast.users["Sal"].pk) == NOT_ALLOWED


def entry_by(world, name: str, child: str | None, *, sealed: bool):
    """An entry of one of the cast about a child."""
    sql = (
        "SELECT id FROM audit_entry e WHERE user_id = %s AND person_id IS NOT DISTINCT FROM %s AND %s ="
        " EXISTS (SELECT FROM audit_sealedentry s WHERE s.entry_id = e.id) LIMIT 1"
    )
    with as_worker():
        return ask_one(sql, world.cast.users[name].pk, world.children[child] if child else None, sealed)


def test_nothing_is_added_to_an_entry_that_is_sealed(world):
    sealed = entry_by(world, "Pat", "Alder", sealed=True)
    with world.seen_by("Pat"):
        assert error_of(CHANGE, new_id(), sealed, world.children["Alder"]) == NOT_ALLOWED


def test_a_change_goes_with_ones_own_new_entry_about_the_same_child(world):
    alder, birch = world.children["Alder"], world.children["Birch"]
    with world.seen_by("Pat") as pat:
        mine = record(viewer=pat, now=NOW, verb="edit", subject_kind="person", person_id=alder)
        assert error_of(CHANGE, new_id(), mine, alder) == ""
        assert error_of(CHANGE, new_id(), mine, birch) == NOT_ALLOWED
        assert error_of(CHANGE, new_id(), mine, None) == NOT_ALLOWED
        with world.cast.seen_by("Ines"):
            assert error_of(CHANGE, new_id(), mine, alder) == NOT_ALLOWED


@pytest.mark.parametrize("table", ["audit_entry", "audit_change", "audit_seal", "audit_sealedentry"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {}"])
def test_nothing_is_removed(world, table, verb):
    with world.seen_by("Ivo"):
        assert error_of(verb.format(table)) == NOT_ALLOWED


def test_the_application_does_not_seal(world):
    with world.seen_by("Ada"):
        assert error_of("INSERT INTO audit_seal (made_at, entry_count, previous, digest)"
                        " VALUES (now(), 0, '', '')") == NOT_ALLOWED  # fmt: skip
        assert error_of("INSERT INTO audit_sealedentry (entry_id, seal_id, digest) VALUES (%s, 1, '')",
                        new_id()) == NOT_ALLOWED  # fmt: skip


def test_one_does_not_answer_for_what_one_opened_oneself(world):
    answer = ("UPDATE access_breakglass SET reviewed_by_id = %s, reviewed_at = now(), review_outcome = 'justified'"
              " WHERE id = %s")  # fmt: skip
    with world.seen_by("Sal") as sal:
        ask(answer, sal.user_id, world.broken_glass)
        ask(answer, world.cast.users["Cora"].pk, world.broken_glass)
        assert ask_one("SELECT reviewed_at FROM access_breakglass WHERE id = %s", world.broken_glass) is None


def test_a_review_is_signed_by_who_gives_it_and_stands(world):
    answer = ("UPDATE access_breakglass SET reviewed_by_id = %s, reviewed_at = now(), review_outcome = %s"
              " WHERE id = %s RETURNING 1")  # fmt: skip
    with world.seen_by("Ivo") as ivo:
        assert error_of(answer, world.cast.users["Cora"].pk, "justified", world.broken_glass) == NOT_ALLOWED
        assert ask(answer, ivo.user_id, "not_justified", world.broken_glass) == [(1,)]
        assert ask(answer, ivo.user_id, "justified", world.broken_glass) == []


@pytest.mark.parametrize("column", ["reason", "expires_at", "person_id", "user_id", "grant_id", "broken_at"])
def test_what_was_said_when_glass_was_broken_stays_as_it_was(world, column):
    for name in ("Sal", "Cora", "Ivo"):
        with world.seen_by(name):
            assert error_of(f"UPDATE access_breakglass SET {column} = {column}") == NOT_ALLOWED


def test_a_form_sent_with_the_key_of_another_gets_no_answer(world):
    key = new_id()
    with world.seen_by("Sal") as sal:
        assert once(key=key, viewer=sal, now=NOW, form="worry", do=lambda: "/secret") == "/secret"
        with world.cast.seen_by("Otto") as otto, pytest.raises(FormOfAnother):
            once(key=key, viewer=otto, now=NOW, form="worry", do=lambda: "/mine")
