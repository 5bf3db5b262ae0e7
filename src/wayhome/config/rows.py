"""Applies every module's rows.sql: who may touch which table, which rows. They are the whole truth."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

PACKAGE = Path(__file__).resolve().parent.parent

# What is in no rows.sql must not linger from an earlier one. Routines are open to our own roles only: those
# that look past row security belong to the definer and decide inside. Functions of extensions are not ours.
CLOSE_EVERYTHING = """
DO $$
DECLARE it record;
BEGIN
  FOR it IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP POLICY %I ON %I', it.policyname, it.tablename);
  END LOOP;
  FOR it IN
    SELECT p.oid::regprocedure AS name, r.rolname AS owner
    FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
    WHERE p.pronamespace = 'public'::regnamespace AND r.rolname IN ('wayhome_owner', 'wayhome_definer')
  LOOP
    IF it.owner = 'wayhome_definer' THEN
      EXECUTE format('DROP ROUTINE %s', it.name);
    ELSE
      EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', it.name);
      EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO wayhome_app, wayhome_worker, wayhome_definer', it.name);
    END IF;
  END LOOP;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, wayhome_app, wayhome_worker, wayhome_definer;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, wayhome_app, wayhome_worker, wayhome_definer;
"""

# Everything that rows.sql files decide, as text that can be compared.
PRESENT_TRUTH = """
SELECT format('policy %s on %s: %s %s for %s using (%s) check (%s)',
  policyname, tablename, permissive, cmd, roles, qual, with_check) AS fact
FROM pg_policies WHERE schemaname = 'public'
UNION ALL
SELECT format('row security of %s: on=%s forced=%s rights=%s', relname, relrowsecurity, relforcerowsecurity,
  (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(relacl) a))
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
UNION ALL
SELECT format('routine %s of %s: definer=%s rights=%s body=%s', p.oid::regprocedure, r.rolname, prosecdef,
  (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(proacl) a), md5(prosrc))
FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
WHERE pronamespace = 'public'::regnamespace AND r.rolname IN ('wayhome_owner', 'wayhome_definer')
"""


def rows_files() -> Iterator[Path]:
    """The rows.sql of each module that has one, lower modules first."""
    for module in settings.MODULES:
        file = PACKAGE / module.removeprefix("wayhome.") / "rows.sql"
        if file.exists():
            yield file


def apply_rows() -> None:
    """Make the database's rights and policies what the files say, all or nothing. As the owner."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLOSE_EVERYTHING)
        # Loads the library of trigrams: PostgreSQL lets nobody set a parameter of a library it has not met.
        cursor.execute("SELECT show_limit()")
        # access/rows.sql keeps the key with which the database checks who is looking.
        cursor.execute("SELECT set_config('wayhome.viewer_key', %s, true)", [settings.VIEWER_KEY])
        for file in rows_files():
            _apply(cursor, file)
        cursor.execute(f"COMMENT ON SCHEMA public IS '{_fingerprint()}'")


def rows_are_applied() -> bool:
    """True if the files that were applied last are the files of this version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return bool(cursor.fetchone() == (_fingerprint(),))


def rows_drift() -> list[str]:
    """Each right or policy that is in the database and not in the files (-), or the other way round (+)."""
    with transaction.atomic():
        before = _present_truth()
        apply_rows()
        after = _present_truth()
        transaction.set_rollback(True)
    return sorted([f"- {fact}" for fact in before - after] + [f"+ {fact}" for fact in after - before])


def _fingerprint() -> str:
    total = hashlib.sha256(CLOSE_EVERYTHING.encode() + settings.VIEWER_KEY.encode())
    for file in rows_files():
        total.update(file.read_bytes())
    return f"rows {total.hexdigest()}"


def _present_truth() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(PRESENT_TRUTH)
        return {fact for (fact,) in cursor.fetchall()}


def _apply(cursor: CursorWrapper, file: Path) -> None:
    text = file.read_text()
    try:
        cursor.execute(text)
    except DatabaseError as error:
        error.add_note(f"in {file}, line {_line_of(error, text)}")
        raise


def _line_of(error: BaseException, text: str) -> int:
    cause = error.__cause__
    position = cause.diag.statement_position if isinstance(cause, psycopg.Error) else None
    return text.count("\n", 0, int(position or 1) - 1) + 1
