"""The database of a test run: migrated once into a template, copied and peopled for each process.

Tests log in as `wayhome_test`, which has no rights of its own and can be the application or the worker. It
starts as the application, so every query of a test meets the row policies.
"""

import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.db import connection, connections, transaction
from psycopg.sql import SQL, Identifier, Literal

from wayhome.config.home import CHECKOUT, home, secrets
from wayhome.config.locks import locked
from wayhome.config.postgres import APP, WORKER, administrator, drop_database, make_database, server
from wayhome.config.processes import command

TESTER = "wayhome_test"
SOURCE = Path(__file__).resolve().parent.parent
KEPT_TEMPLATES = 3
Connection = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Databases:
    """The two of this process: one that tests are run on, and its origin, which nothing touches once it is peopled."""

    used: str
    origin: str
    copies: list[str] = field(default_factory=list)

    def renew(self) -> None:
        """Make the used one what its origin is, whatever was in it."""
        connections.close_all()
        _copy(self.origin, self.used)

    @contextmanager
    def with_nobody(self) -> Iterator[None]:
        """In this block the used one has its tables and nobody in them."""
        connections.close_all()
        with locked(home() / "template.lock"):
            _copy(_template(), self.used)
        yield
        self.renew()

    @contextmanager
    def elsewhere(self, named: str) -> Iterator[str]:
        """In this block tests are run on another copy of the origin: made when it is first asked for, and kept."""
        name = f"{self.used}_{named}"
        if name not in self.copies:
            _copy(self.origin, name)
            self.copies.append(name)
        connections.close_all()
        connections["default"].settings_dict["NAME"] = name
        yield name
        connections.close_all()
        connections["default"].settings_dict["NAME"] = self.used


@contextmanager
def test_databases(people: Callable[[], T]) -> Iterator[tuple[Databases, T]]:
    """Databases for this process with the server running meanwhile, and what `people` said when it filled them."""
    made = Databases(used=f"wayhome_test_{os.getpid()}", origin=f"wayhome_test_origin_{os.getpid()}")
    with server(durable=False):
        with locked(home() / "template.lock"):
            _copy(_template(), made.origin)
        try:
            connections["default"].settings_dict["NAME"] = made.origin
            peopled = people()
            made.renew()
            connections["default"].settings_dict["NAME"] = made.used
            yield made, peopled
        finally:
            connections.close_all()
            for name in (*made.copies, made.used, made.origin):
                drop_database(name)


def _copy(template: str, name: str) -> None:
    drop_database(name)
    with administrator() as admin:
        make_database(admin, name, template=template)
        admit_tester(admin, name)


@contextmanager
def as_worker() -> Iterator[None]:
    """Arrange data as the worker, whom the policies let through; then be the application again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SQL("SET LOCAL ROLE {}").format(Identifier(WORKER)))
        yield
        cursor.execute(SQL("SET LOCAL ROLE {}").format(Identifier(APP)))


@contextmanager
def connected_as(role: str) -> Iterator[Connection]:
    """A connection of its own, logged in as this role with its password. It sees committed rows only."""
    place = {key.lower(): connection.settings_dict[key] for key in ("HOST", "PORT")}
    with psycopg.connect(
        **place, dbname=connection.settings_dict["NAME"], user=role, password=secrets().password(role)
    ) as made:
        yield made


def _template() -> str:
    """The name of the database with today's migrations and policies, made if nobody has made it yet."""
    name = f"wayhome_template_{_fingerprint()}"
    with administrator() as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        _clear_away(admin)
        _migrate(f"{name}_unfinished")
        admin.execute(
            SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(f"{name}_unfinished"), Identifier(name))
        )
    return name


def product_environment(database: str) -> dict[str, str]:
    """For the product's own command in a process of its own, on a test database."""
    return os.environ | {"WAYHOME_DATABASE": database, "DJANGO_SETTINGS_MODULE": "wayhome.config.settings"}


def _migrate(name: str) -> None:
    """With the product's own command, in a process that is the owner."""
    done = subprocess.run(  # noqa: S603 (our own command)
        command("migrate", "--quiet"),
        env=product_environment(name),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"wayhome migrate failed in the test database:\n{done.stdout}{done.stderr}")


def _fingerprint() -> str:
    """Changes when anything that shapes the database does."""
    files = [
        *SOURCE.glob("*/migrations/*.py"),
        *SOURCE.glob("*/rows.sql"),
        *CHECKOUT.glob("requirements-dev.lock"),
    ]
    files += [SOURCE / "config" / name for name in ("settings.py", "postgres.py", "rows.py")]
    total = hashlib.sha256(secrets().viewer_key.encode())
    for file in sorted(files):
        total.update(str(file).encode() + file.read_bytes())
    return total.hexdigest()[:12]


def _clear_away(admin: Connection) -> None:
    """Drop what ended runs left behind, and all but the newest templates."""
    names = [n for (n,) in admin.execute("SELECT datname FROM pg_database ORDER BY oid DESC").fetchall()]
    templates = [n for n in names if n.startswith("wayhome_template_")]
    ended = [n for n in names if n.startswith("wayhome_test_") and not _is_alive(n)]
    unfinished = [n for n in templates if n.endswith("_unfinished")]
    whole = [n for n in templates if n not in unfinished]
    for name in ended + unfinished + whole[KEPT_TEMPLATES:]:
        drop_database(name)


def _is_alive(database: str) -> bool:
    """Whether the process that made it, whose number it carries, still runs."""
    numbers = [part for part in database.split("_") if part.isdigit()]
    return not numbers or Path(f"/proc/{numbers[0]}").exists()


def admit_tester(admin: Connection, name: str) -> None:
    """Let `wayhome_test` into this database, as the application or the worker.

    One process at a time: roles belong to the whole server, which refuses to change one twice at once.
    """
    with locked(home() / "tester.lock"):
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [TESTER]).fetchone():
            admin.execute(SQL("CREATE ROLE {} NOINHERIT").format(Identifier(TESTER)))
        password = Literal(secrets().password(TESTER))
        admin.execute(SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(Identifier(TESTER), password))
        for role in (APP, WORKER):
            grant = SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE")
            admin.execute(grant.format(Identifier(role), Identifier(TESTER)))
        admin.execute(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(Identifier(name), Identifier(TESTER)))
