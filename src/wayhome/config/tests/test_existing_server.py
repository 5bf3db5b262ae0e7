"""A server that somebody else runs, where we are no superuser: as managed PostgreSQL gives it."""

import psycopg
import pytest

from wayhome.config.embedded import ADMIN, PORT, EmbeddedServer, socket_folder
from wayhome.config.postgres import EXTENSIONS, bootstrap, connection_parameters, server

WORD = "word"


@pytest.fixture
def existing_server(server_folder, monkeypatch):
    theirs = EmbeddedServer(server_folder, WORD, durable=False)
    theirs.start()
    place = f"host={socket_folder(server_folder)} port={PORT} dbname=postgres"
    with psycopg.connect(place, user=ADMIN, password=WORD, autocommit=True) as superuser:
        superuser.execute(f"CREATE ROLE manager LOGIN CREATEROLE CREATEDB PASSWORD '{WORD}'")
    monkeypatch.setenv("DATABASE_URL", f"{place} user=manager password={WORD}")
    monkeypatch.setenv("WAYHOME_HOME", str(server_folder / "ours"))
    monkeypatch.delenv("WAYHOME_DATABASE", raising=False)
    yield
    theirs.stop()


def log_in(role):
    parameters = connection_parameters(role)
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    return psycopg.connect(**{name: parameters[key] for key, name in names.items()})


def test_a_manager_of_roles_and_databases_is_enough(existing_server):
    with server():
        bootstrap()
        bootstrap()
        with log_in("owner") as owner:
            present = {name for (name,) in owner.execute("SELECT extname FROM pg_extension").fetchall()}
            assert present.issuperset(EXTENSIONS)
            owner.execute("CREATE TABLE theirs (id int)")
        with log_in("app") as application, pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SELECT * FROM theirs")
