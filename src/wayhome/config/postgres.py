"""Which PostgreSQL we use, as whom, and what has to be in it before the first migration.

Four roles: `wayhome_owner` owns the tables and migrates, `wayhome_app` serves pages, `wayhome_worker` runs
jobs and imports, `wayhome_definer` cannot log in and owns the few functions that look past row security.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier, Literal

from wayhome.config.embedded import ADMIN, PORT, EmbeddedServer, socket_folder
from wayhome.config.home import home, secrets
from wayhome.kernel.refusal import Refusal

OWNER, APP, WORKER, DEFINER = "wayhome_owner", "wayhome_app", "wayhome_worker", "wayhome_definer"
LOGIN_ROLES = (OWNER, APP, WORKER)
EXTENSIONS = ("pg_trgm", "btree_gist", "fuzzystrmatch", "unaccent")
OLDEST_SERVER = 160000
# A page that takes longer has gone wrong: its reader gets an answer, and the others get the server back.
PAGE_LIMIT = "15s"
BOOTSTRAP_LOCK = 7_410_903
DEMO = "An invented partnership, made by `wayhome demo`"


class ServerUnreachable(Refusal):
    """The PostgreSQL server named in DATABASE_URL does not answer."""


class ServerTooOld(Refusal):
    """The PostgreSQL server named in DATABASE_URL is older than version 16."""


def database_name() -> str:
    """The database of this installation; tests and several installations on one server name their own."""
    return os.environ.get("WAYHOME_DATABASE", "wayhome")


def connection_parameters(role: str) -> dict[str, Any]:
    """Django's settings for the database as `app`, `worker` or `owner`. Starts nothing."""
    user = f"wayhome_{role}"
    server = _administrator()
    elsewhere = {name: value for name, value in server.items() if name not in _NAMED}
    limits = f"-c timezone=UTC -c idle_in_transaction_session_timeout=10min{_page_limit(role)}"
    options: dict[str, Any] = elsewhere | {"options": limits, "application_name": f"wayhome {role}"}
    if role == "app":
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {
        "ENGINE": "wayhome.database",
        "NAME": database_name(),
        "USER": user,
        "PASSWORD": secrets().password(user),
        "HOST": server.get("host", ""),
        "PORT": server.get("port", ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }


_NAMED = {"host", "port", "user", "password", "dbname", "options", "application_name"}


def _page_limit(role: str) -> str:
    return f" -c statement_timeout={PAGE_LIMIT}" if role == "app" else ""


def _administrator() -> dict[str, Any]:
    """How to reach the server as one who may create roles and databases."""
    if url := os.environ.get("DATABASE_URL"):
        try:
            return {"dbname": "postgres"} | conninfo_to_dict(url)
        except psycopg.ProgrammingError as error:
            raise ServerUnreachable(f"DATABASE_URL cannot be read: {_first_line(error)}") from error
    return {
        "host": str(socket_folder(home())),
        "port": PORT,
        "user": ADMIN,
        "password": secrets().password(ADMIN),
        "dbname": "postgres",
    }


@contextmanager
def server(*, durable: bool = True) -> Iterator[None]:
    """PostgreSQL answers in this block: that of DATABASE_URL, or the embedded one."""
    if os.environ.get("DATABASE_URL"):
        with administrator():
            pass
        yield
        return
    embedded = EmbeddedServer(home(), secrets().password(ADMIN), durable=durable)
    embedded.start()
    try:
        yield
    finally:
        embedded.stop()


@contextmanager
def administrator(database: str | None = None) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A connection that may create roles and databases, outside any transaction."""
    parameters = _administrator() | {"connect_timeout": 10} | ({"dbname": database} if database else {})
    try:
        connection = psycopg.connect(**parameters, autocommit=True)
    except psycopg.OperationalError as error:
        raise ServerUnreachable(f"PostgreSQL does not answer: {_first_line(error)}") from error
    with connection:
        if connection.info.server_version < OLDEST_SERVER:
            found = connection.info.server_version // 10000
            raise ServerTooOld(f"Wayhome needs PostgreSQL 16 or newer; DATABASE_URL names version {found}.")
        yield connection


def bootstrap(database: str | None = None) -> None:
    """Make the roles, the database and what only an administrator can put into it. Safe to repeat."""
    name = database or database_name()
    with administrator() as admin:
        # Two that start at once take turns; the lock goes with the connection.
        admin.execute("SELECT pg_advisory_lock(%s)", [BOOTSTRAP_LOCK])
        make_roles(admin)
        make_database(admin, name)
        with administrator(name) as inside:
            prepare_database(inside, name)


def make_roles(admin: psycopg.Connection[Any]) -> None:
    """Roles that cannot see past row security; only the owner can become another, the definer."""
    for role in LOGIN_ROLES:
        _make_role(admin, role)
        password = Literal(secrets().password(role))
        admin.execute(SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(Identifier(role), password))
        _hide_queries(admin, role)
    _make_role(admin, DEFINER)
    admin.execute(SQL("GRANT {} TO {}").format(Identifier(DEFINER), Identifier(OWNER)))
    admin.execute(SQL("GRANT {} TO CURRENT_USER").format(Identifier(OWNER)))


def _hide_queries(admin: psycopg.Connection[Any], role: str) -> None:
    """What a role asks, with the names and words in it, is not shown to its other connections.

    Some hosted servers allow this to nobody but the host; there it is their setting `track_activities`.
    """
    with suppress(psycopg.errors.InsufficientPrivilege):
        admin.execute(SQL("ALTER ROLE {} SET track_activities = off").format(Identifier(role)))


def _make_role(admin: psycopg.Connection[Any], role: str) -> None:
    if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        admin.execute(
            SQL("CREATE ROLE {} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB").format(Identifier(role))
        )


def make_database(admin: psycopg.Connection[Any], name: str, *, template: str = "template0") -> None:
    """A database of the owner's, if there is none of this name."""
    if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        statement = SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE {}")
        admin.execute(statement.format(Identifier(name), Identifier(OWNER), Identifier(template)))
    admit_roles(admin, name)


def database_exists() -> bool:
    """True if `wayhome migrate` has made this installation's database."""
    with administrator() as admin:
        return bool(
            admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database_name()]).fetchone()
        )


def drop_database(name: str | None = None) -> None:
    """Throw a database away with everything in it, and whoever is connected to it out."""
    with administrator() as admin:
        found = Identifier(name or database_name())
        admin.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(found))


def mark_as_demo() -> None:
    """Say on the database itself that all in it is invented, so that it may be thrown away."""
    with administrator() as admin:
        admin.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(database_name()), Literal(DEMO)))


def is_demo() -> bool:
    """True if this database was made for the demo."""
    with administrator() as admin:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        return admin.execute(query, [database_name()]).fetchone() == (DEMO,)


def admit_roles(admin: psycopg.Connection[Any], name: str) -> None:
    """Who may connect. Said per database, since a copy of a database does not inherit it."""
    database = Identifier(name)
    admin.execute(SQL("SET ROLE {}").format(Identifier(OWNER)))
    admin.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    admin.execute(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, Identifier(APP)))
    admin.execute(SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, Identifier(WORKER)))
    admin.execute("RESET ROLE")


def prepare_database(inside: psycopg.Connection[Any], name: str) -> None:
    """Extensions and the schema's rights. Tables are closed until rows.sql opens them."""
    inside.execute(SQL("SET ROLE {}").format(Identifier(OWNER)))
    for extension in EXTENSIONS:
        inside.execute(SQL("CREATE EXTENSION IF NOT EXISTS {}").format(Identifier(extension)))
    inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    inside.execute(f"GRANT USAGE ON SCHEMA public TO {APP}, {WORKER}, {DEFINER}")
    # A function's owner must be able to create in its schema.
    inside.execute(f"GRANT CREATE ON SCHEMA public TO {DEFINER}")
    inside.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC")
    inside.execute(f"ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON ROUTINES TO {APP}, {WORKER}, {DEFINER}")
    inside.execute("RESET ROLE")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
