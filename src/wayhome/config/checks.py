"""Before anything is served: can this connection get round the row policies, is the database up to date."""

from typing import Any

from django.core import checks
from django.db import ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from wayhome.config.postgres import database_exists
from wayhome.config.rows import rows_are_applied, rows_drift
from wayhome.kernel.refusal import Refusal

# A proxy in front of us redirects to https and answers for the domain.
LEFT_TO_THE_PROXY = ("security.W005", "security.W008", "security.W021")

# What a role can do itself, and what it could do by becoming another role of which it is a member.
BYPASSES = """
WITH found AS (
  SELECT r.rolname AS name, r.rolname = %(role)s AS is_itself,
    CASE WHEN r.rolsuper THEN 'is a superuser'
         WHEN r.rolbypassrls THEN 'may bypass row security'
         WHEN EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')
                      AND c.relnamespace = 'public'::regnamespace) THEN 'owns tables'
         WHEN EXISTS (SELECT FROM pg_proc p WHERE p.proowner = r.oid AND p.prosecdef
                      AND p.pronamespace = 'public'::regnamespace) THEN 'owns definer functions'
    END AS fault
  FROM pg_roles r WHERE pg_has_role(%(role)s, r.oid, 'MEMBER'))
SELECT CASE WHEN is_itself THEN format('%%s %%s', name, fault)
            ELSE format('%%s can become %%s, which %%s', %(role)s::text, name, fault) END
FROM found WHERE fault IS NOT NULL ORDER BY is_itself DESC, name
"""

UNFORCED = """
SELECT format('row security of the table %s does not bind its owner (FORCE is missing)', relname)
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND NOT relforcerowsecurity ORDER BY relname
"""


class NotSetUp(Refusal):
    """There is no database yet. Run `wayhome migrate`."""


class NotUpToDate(Refusal):
    """The database is older than this version of Wayhome. Run `wayhome migrate`."""


class UnsafeConnection(Refusal):
    """This connection could get round the row policies, so nothing is served."""


def refuse_unprepared() -> None:
    """Raise unless there is a database of this version."""
    if not database_exists():
        raise NotSetUp
    if not is_up_to_date():
        raise NotUpToDate


def is_up_to_date() -> bool:
    """True if every migration and every rows.sql of this version has been applied."""
    try:
        return rows_are_applied() and not pending_migrations()
    except ProgrammingError:  # nobody may ask before the first rows.sql has been applied
        return False


def refuse_unsafe() -> None:
    """Raise if the role we are connected as, or one it can become, is not held by the row policies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
    for reason in ways_round_row_security(role):
        raise UnsafeConnection(f"Nothing is served: {reason}.")


def ways_round_row_security(role: str) -> list[str]:
    """Each way in which this role could see rows that no policy gives it."""
    return _texts(BYPASSES, {"role": role}) + _texts(UNFORCED)


def pending_migrations() -> list[str]:
    """Migrations that are in this version and not in the database."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name} is not applied" for migration, _ in plan]


def installation() -> dict[str, list[str]]:
    """Everything that can be checked here, with what is wrong. Asked as the owner."""
    return {
        "settings": _settings(),
        "migrations": pending_migrations(),
        "wayhome_app is held by row security": ways_round_row_security("wayhome_app"),
        "rights and policies are those of the files": rows_drift(),
    }


def _settings() -> list[str]:
    found = checks.run_checks(include_deployment_checks=True)
    return [
        str(message) for message in found if not message.is_silenced() and message.id not in LEFT_TO_THE_PROXY
    ]


def _texts(query: str, parameters: dict[str, Any] | None = None) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [text for (text,) in cursor.fetchall()]
