"""Personas x tables x verbs, on the real PostgreSQL, as the web application."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.personas import CAST
from tests.security.table_matrix import TABLES, Class, Line, Persona, Row, Rule
from tests.security.world import World
from wayhome.config.testing import as_worker

PERSONAS = [*CAST, "nobody"]
NOT_ALLOWED = "42501"
# So many of a table's rows are tried one by one; reading compares all of them.
TRIED_ROWS = 12


@dataclass(frozen=True)
class Columns:
    """A table's columns: its key, those that can be written, and those the application may read and change."""

    key: str
    written: list[str]
    readable: list[str]
    changeable: list[str]


def ask(sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def columns(world: World) -> dict[str, Columns]:
    found = ask(
        """
        SELECT a.attrelid::regclass::text, a.attname, a.attgenerated <> '' OR a.attidentity = 'a',
               coalesce(a.attnum = ANY (i.indkey), false),
               has_column_privilege('wayhome_app', a.attrelid, a.attnum, 'SELECT'),
               has_column_privilege('wayhome_app', a.attrelid, a.attnum, 'UPDATE')
        FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm') AND a.attnum > 0
              AND NOT a.attisdropped
        ORDER BY a.attnum
        """
    )
    return {
        table: Columns(
            key=next(row[1] for row in found if row[0] == table and row[3]),
            written=[row[1] for row in found if row[0] == table and not row[2]],
            readable=[row[1] for row in found if row[0] == table and row[4]],
            changeable=[row[1] for row in found if row[0] == table and row[5] and not row[2]],
        )
        for table in {row[0] for row in found}
    }


@pytest.fixture(scope="module")
def rows(world: World, columns: dict[str, Columns]) -> dict[str, list[Row]]:
    """All rows of every table: as the worker sees them, or, where it may not look, as each of the cast does."""
    found: dict[str, list[Row]] = {}
    for table in TABLES:
        if may_read("wayhome_worker", table):
            with as_worker():
                found[table] = list(every_row(table, world))
        elif may_read("wayhome_app", table):
            found[table] = list(every_row_of_the_cast(table, world))
    return found


def may_read(role: str, table: str) -> bool:
    return bool(ask("SELECT has_table_privilege(%s, %s, 'SELECT')", [role, table])[0][0])


def every_row_of_the_cast(table: str, world: World) -> Iterator[Row]:
    known: set[str] = set()
    for name in CAST:
        with world.seen_by(name):
            for row in every_row(table, world):
                if row["as_json"] not in known:
                    yield row
                known.add(row["as_json"])


def every_row(table: str, world: World) -> Iterator[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t.*, to_jsonb(t)::text AS as_json FROM {table} t ORDER BY 1")
        names = [column.name for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            yield row | {"is_restricted": world.name_of(row.get("person_id")) == "Rowan"}


def expected(rule: Rule, persona: Persona, rows: list[Row]) -> list[Row]:
    return [row for row in rows if rule is not None and rule(persona, row)]


def attempt(sql: str, parameters: list[Any] | None = None) -> int:
    """How many rows a statement touched; 0 if it is not allowed; 1 if only a constraint stood against it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.rowcount
    except IntegrityError:
        return 1
    except ProgrammingError as error:
        if error.__cause__.sqlstate != NOT_ALLOWED:
            raise
        return 0


def attempt_each(sql: str, key: str, rows: list[Row], line: Line) -> int:
    """How many rows a statement reaches: in one go; or row by row, where one that is not allowed stops it."""
    if line.kind is not Class.ACCOUNTS:
        return attempt(sql)
    return sum(attempt(f"{sql} WHERE {key} = %s", [row[key]]) for row in rows)


def test_every_table_has_its_line(columns):
    assert set(columns) == set(TABLES), "a new table needs its line in table_matrix.py (and rows.sql)"


@pytest.mark.parametrize("table", [table for table, line in TABLES.items() if not line.empty])
def test_every_table_holds_a_row_for_these_tests(rows, table):
    if table == "access_viewerkey":
        pytest.skip("nobody reads it")
    assert rows[table], f"make one in world.py: without a row in {table} these tests prove nothing"


@pytest.mark.parametrize("child", ["Alder", "Birch", "Rowan"])
@pytest.mark.parametrize(
    "table", [t for t, line in TABLES.items() if line.kind is Class.CHILD and t != "people_nametoken"]
)
def test_every_child_has_a_row_in_every_table_about_children(world, rows, table, child):
    if table in ("access_restriction", "access_breakglass", "statutory_importbatch", "missing_possiblematch"):
        pytest.skip("for one of them")
    key = "id" if table == "people_person" else "person_id"
    assert any(row[key] == world.children[child] for row in rows[table])


@pytest.fixture(scope="module")
def personas(world: World) -> list[Persona]:
    return [Persona.of(world, name) for name in PERSONAS]


@pytest.mark.parametrize("table", TABLES)
def test_reading_gives_exactly_the_rows_that_are_ones_to_see(world, columns, rows, personas, table):
    rule, key = TABLES[table].select, columns[table].key
    for persona in personas:
        with world.seen_by(persona.name):
            seen = read_keys(table, key, key in columns[table].readable)
        assert rule is not None or seen == set()
        if table in rows:
            assert seen == {row[key] for row in expected(rule, persona, rows[table])}, persona.name


def read_keys(table: str, key: str, readable: bool) -> set[Any]:
    if not readable:
        assert attempt(f"SELECT * FROM {table}") == 0
        return set()
    return {found for (found,) in ask(f"SELECT {key} FROM {table}")}


@pytest.mark.parametrize("table", TABLES)
def test_changing_reaches_exactly_the_rows_that_are_ones_to_change(world, columns, rows, personas, table):
    line, changeable = TABLES[table], columns[table].changeable or columns[table].written
    change = line.change or f"{changeable[0]} = {changeable[0]}"
    for persona in personas:
        with world.seen_by(persona.name):
            changed = attempt_each(
                f"UPDATE {table} SET {change}", columns[table].key, rows.get(table, []), line
            )
        assert changed == len(expected(line.update, persona, rows.get(table, []))), persona.name


@pytest.mark.parametrize("table", TABLES)
def test_adding_works_for_exactly_the_rows_that_are_ones_to_add(world, columns, rows, personas, table):
    rule, names = TABLES[table].insert, ", ".join(f'"{name}"' for name in columns[table].written)
    copy = f"INSERT INTO {table} ({names}) SELECT {names} FROM jsonb_populate_record(NULL::{table}, %s)"
    for persona in personas:
        with world.seen_by(persona.name):
            for row in rows.get(table, [])[:TRIED_ROWS]:
                may = rule is not None and rule(persona, row)
                assert attempt(copy, [row["as_json"]]) == may, (persona.name, row)


@pytest.mark.parametrize("table", TABLES)
def test_removing_reaches_exactly_the_rows_that_are_ones_to_remove(world, columns, rows, personas, table):
    rule = TABLES[table].delete
    for persona in personas:
        with world.seen_by(persona.name):
            removed = attempt_each(
                f"DELETE FROM {table}", columns[table].key, rows.get(table, []), TABLES[table]
            )
            assert attempt(f"TRUNCATE {table} CASCADE") == 0
        assert removed == len(expected(rule, persona, rows.get(table, []))), persona.name


def lines(kind: Class) -> list[str]:
    return [table for table, line in TABLES.items() if line.kind is kind]


@pytest.mark.parametrize("table", [*lines(Class.CHILD), *lines(Class.OWN), "audit_entry", "audit_change"])
def test_row_security_is_on_and_forced_where_a_child_is_spoken_of(world, table):
    found = ask("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
    assert found == [(True, True)]
