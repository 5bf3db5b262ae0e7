"""The test database is what tests rely on, so it is tested itself."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from wayhome.config.testing import as_worker, connected_as

ROLES = "SELECT current_user, session_user"


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


@pytest.mark.django_db
def test_a_test_is_the_application():
    assert ask(ROLES) == ("wayhome_app", "wayhome_test")


@pytest.mark.django_db
def test_a_test_arranges_as_the_worker_and_is_the_application_again():
    with as_worker():
        assert ask(ROLES)[0] == "wayhome_worker"
    assert ask(ROLES)[0] == "wayhome_app"


@pytest.mark.django_db
def test_a_failed_arrangement_leaves_the_application():
    with pytest.raises(ZeroDivisionError), as_worker():
        raise ZeroDivisionError
    assert ask(ROLES)[0] == "wayhome_app"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["wayhome_owner", "wayhome_definer", "postgres"])
def test_a_test_cannot_become_anybody_else(role):
    with pytest.raises(ProgrammingError, match="permission denied to set role"), transaction.atomic():
        ask(f"SET ROLE {role}")


@pytest.mark.django_db
def test_the_application_creates_nothing():
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ask("CREATE TABLE mine (id int)")


def leave_a_session(key):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES (%s, '', '2030-01-01')", [key])


@pytest.mark.parametrize("key", ["one", "two"])
def test_what_a_test_commits_is_gone_for_the_next(live_database, key):
    assert ask("SELECT count(*) FROM django_session") == (0,)
    leave_a_session(key)
    with connected_as("wayhome_app") as other:
        assert other.execute("SELECT session_key FROM django_session").fetchall() == [(key,)]


def test_production_roles_log_in_with_their_own_password(live_database):
    with connected_as("wayhome_app") as application:
        assert application.execute(ROLES).fetchone() == ("wayhome_app", "wayhome_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SET ROLE wayhome_worker")
