import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from wayhome.config import postgres
from wayhome.config.postgres import (
    ServerTooOld,
    ServerUnreachable,
    administrator,
    bootstrap,
    connection_parameters,
    is_demo,
    mark_as_demo,
    server,
)
from wayhome.config.testing import connected_as

ELSEWHERE = "postgresql://admin:word@db.example:6543/postgres?sslmode=require&options=-c%20jit%3Doff"


@pytest.fixture
def elsewhere(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", ELSEWHERE)


@pytest.mark.parametrize("role", ["app", "worker", "owner"])
def test_each_role_logs_in_as_itself(role, elsewhere):
    parameters = connection_parameters(role)
    assert (parameters["USER"], parameters["HOST"], parameters["PORT"]) == (
        f"wayhome_{role}",
        "db.example",
        "6543",
    )
    assert parameters["OPTIONS"]["sslmode"] == "require"
    assert "timezone=UTC" in parameters["OPTIONS"]["options"]


def test_only_pages_have_a_time_limit_and_a_pool(elsewhere):
    app, worker = connection_parameters("app")["OPTIONS"], connection_parameters("worker")["OPTIONS"]
    assert "statement_timeout=15s" in app["options"]
    assert "statement_timeout" not in worker["options"]
    assert "pool" in app
    assert "pool" not in worker


def test_the_administrators_password_reaches_no_role(elsewhere):
    assert "word" not in str(connection_parameters("app").values())


@pytest.mark.parametrize("url", ["what is this", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_server_that_cannot_be_reached_is_one_clear_line(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ServerUnreachable) as refusal, server():
        pass
    assert "\n" not in refusal.value.message


def test_an_old_server_is_one_clear_line(django_db_setup, monkeypatch):
    monkeypatch.setattr(postgres, "OLDEST_SERVER", 990000)
    with pytest.raises(ServerTooOld, match="PostgreSQL 16 or newer"), administrator():
        pass


def test_bootstrapping_again_changes_nothing(django_db_setup):
    with administrator(django_db_setup) as admin:
        query = "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcanlogin FROM pg_roles ORDER BY rolname"
        before = admin.execute(query).fetchall()
        bootstrap(django_db_setup)
        assert admin.execute(query).fetchall() == before


def test_no_role_of_ours_has_power_over_the_server(django_db_setup):
    with administrator() as admin:
        powers = "rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"
        found = admin.execute(
            f"SELECT rolname FROM pg_roles WHERE rolname LIKE 'wayhome%' AND ({powers})"
        ).fetchall()
    assert found == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SET ROLE wayhome_owner",
        "SET ROLE wayhome_worker",
        "SET ROLE wayhome_definer",
        "ALTER ROLE wayhome_app BYPASSRLS",
        "SELECT * FROM pg_authid",
        "COPY pg_class TO '/tmp/everything'",
    ],
)
def test_the_application_cannot_help_itself(live_database, statement):
    with connected_as("wayhome_app") as application, pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement)


def test_a_stranger_does_not_get_in(django_db_setup):
    with administrator() as admin:
        stranger = Identifier(f"stranger_of_{django_db_setup}")
        admin.execute(SQL("CREATE ROLE {}").format(stranger))
        try:
            query = "SELECT has_database_privilege(%s, %s, 'CONNECT')"
            answer = admin.execute(query, [stranger.as_string().strip('"'), django_db_setup]).fetchone()
        finally:
            admin.execute(SQL("DROP ROLE {}").format(stranger))
    assert answer == (False,)


def test_a_database_is_a_demo_only_if_it_was_said_of_this_one(live_database, monkeypatch):
    monkeypatch.setenv("WAYHOME_DATABASE", live_database)
    assert not is_demo()
    mark_as_demo()
    assert is_demo()
    monkeypatch.setenv("WAYHOME_DATABASE", "postgres")
    assert not is_demo()
