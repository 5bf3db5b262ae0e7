import json
import os
import subprocess

import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from wayhome.config import checks
from wayhome.config.checks import NotSetUp, NotUpToDate, UnsafeConnection, refuse_unprepared, refuse_unsafe
from wayhome.config.postgres import administrator
from wayhome.config.processes import command
from wayhome.config.rows import rows_are_applied
from wayhome.config.testing import product_environment


@pytest.fixture
def owner(live_database):
    """A connection that may do what an owner, or one who has become an administrator, may do to this database."""
    with administrator(live_database) as admin:
        yield admin


def run_product(verb, *arguments, database):
    done = subprocess.run(
        command(verb, *arguments),
        env=product_environment(database),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.django_db
def test_the_application_cannot_get_round_row_security():
    assert checks.ways_round_row_security("wayhome_app") == []


@pytest.mark.django_db
def test_the_worker_owns_nothing_either():
    assert checks.ways_round_row_security("wayhome_worker") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "reason"),
    [
        ("wayhome_owner", "wayhome_owner owns tables"),
        ("wayhome_definer", "wayhome_definer owns definer functions"),
        ("wayhome_owner", "wayhome_owner can become wayhome_definer, which owns definer functions"),
    ],
)
def test_whoever_owns_something_can_get_round(role, reason):
    assert reason in checks.ways_round_row_security(role)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ("ALTER ROLE {} SUPERUSER", "is a superuser"),
        ("ALTER ROLE {} BYPASSRLS", "may bypass row security"),
        ("GRANT wayhome_owner TO {}", "can become wayhome_owner, which owns tables"),
    ],
)
def test_a_role_with_a_way_round_is_found(owner, made, reason):
    name = f"unsafe_{os.getpid()}"
    owner.execute(SQL("CREATE ROLE {}").format(Identifier(name)))
    try:
        owner.execute(SQL(made).format(Identifier(name)))
        assert f"{name} {reason}" in checks.ways_round_row_security(name)
    finally:
        owner.execute(SQL("DROP ROLE {}").format(Identifier(name)))


def test_nothing_is_served_where_row_security_does_not_bind_the_owner(owner):
    refuse_unsafe()
    owner.execute("ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(UnsafeConnection, match=r"people_person .*FORCE is missing"):
        refuse_unsafe()


def test_nothing_is_served_before_there_is_a_database(django_db_setup, monkeypatch):
    monkeypatch.setenv("WAYHOME_DATABASE", "wayhome_not_there")
    with pytest.raises(NotSetUp, match="wayhome migrate"):
        refuse_unprepared()


def test_nothing_is_served_from_an_older_database(owner, live_database, monkeypatch):
    monkeypatch.setenv("WAYHOME_DATABASE", live_database)
    refuse_unprepared()
    owner.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    with pytest.raises(NotUpToDate, match="wayhome migrate"):
        refuse_unprepared()


def test_nothing_is_served_when_nobody_said_who_may_see_which_rows(owner, live_database, monkeypatch):
    monkeypatch.setenv("WAYHOME_DATABASE", live_database)
    owner.execute("COMMENT ON SCHEMA public IS 'rows of some other version'")
    with pytest.raises(NotUpToDate):
        refuse_unprepared()


@pytest.mark.django_db
def test_the_template_has_the_rows_of_this_version():
    assert rows_are_applied()


def test_what_was_changed_by_hand_is_told_and_mended(owner, live_database):
    owner.execute("CREATE POLICY by_hand ON people_person TO wayhome_app USING (true)")
    owner.execute("GRANT DELETE ON audit_entry TO wayhome_app")
    code, out, _ = run_product("check", "--json", database=live_database)
    drift = json.loads(out)["rights and policies are those of the files"]
    assert code == 1
    assert any(fact.startswith("- policy by_hand on people_person") for fact in drift)
    assert any("audit_entry" in fact for fact in drift)
    assert run_product("migrate", "--quiet", database=live_database)[0] == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('wayhome_app', 'audit_entry', 'DELETE')")
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM pg_policies WHERE policyname = 'by_hand'")
        assert cursor.fetchone() == (0,)
