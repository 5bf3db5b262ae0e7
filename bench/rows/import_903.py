"""A return of two hundred thousand rows, from the folder to the record, beside COPY of what it became.

COPY gets the easier part: the same rows in tables of the same columns, without a key, an index, a constraint or a
policy, and nothing to read, check or compare. Both are undone.
"""

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction
from psycopg.sql import SQL, Identifier

from bench.measure import Row
from bench.sessions import as_worker_role
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import machine
from wayhome.partnership.commands import open_team
from wayhome.partnership.queries import the_partnership
from wayhome.partnership.vocabulary import TeamKind
from wayhome.statutory.commands import import_903

# About 200,000 rows in the proportions of a large authority's children in care over some years.
CHILDREN = 56_000
AS_AT = date(2026, 3, 31)
WRITTEN = (
    "people_person",
    "people_name",
    "people_identifier",
    "people_careepisode",
    "missing_episode",
    "missing_report",
    "access_grant",
)


def measure() -> list[Row]:
    """Rows of the return in a second."""
    with tempfile.TemporaryDirectory() as folder:
        rows = write_folder(Path(folder))
        with as_worker_role():
            _someone_to_open_to()
            before = {table: _count(table) for table in WRITTEN}
            ours = _seconds_of_import(Path(folder), rows)
            other = sum(_seconds_of_copy(table, before[table]) for table in WRITTEN)
            transaction.set_rollback(True)
    return [
        Row(
            f"import of a 903 return of {rows:,} rows",
            "rows/s",
            rows / ours,
            "COPY into bare tables",
            rows / other,
            limit=20_000,
            ratio_limit=0.2,
            more_is_better=True,
        )
    ]


def _someone_to_open_to() -> None:
    """A team of coordinators, and the worker's patience: this connection came as the application's."""
    partnership = the_partnership()
    assert partnership is not None
    agency = partnership.agencies.first()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    open_team(
        agency_id=agency.pk,
        name="Coordinators of the return",
        kind=TeamKind.COORDINATION,
        opened_on=AS_AT,
        viewer=machine("the bench"),
        now=utc_now(),
    )


def _seconds_of_import(folder: Path, rows: int) -> float:
    began = time.perf_counter()
    report = import_903(
        folder=folder,
        as_at=AS_AT,
        dry_run=False,
        viewer=machine("the bench"),
        now=utc_now(),
        progress=lambda _: None,
    )
    with connection.cursor() as cursor:
        # What a commit would check.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    taken = time.perf_counter() - began
    assert report.accepted == report.rows == rows, f"{report.rejected} of {report.rows} rows were rejected"
    return taken


def _seconds_of_copy(table: str, before: int) -> float:
    """The newest rows of a table, as values, copied into a table that has nothing but its columns."""
    bare = Identifier(f"bare_{table}")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position"
        )
        columns = SQL(", ").join(Identifier(name) for (name,) in cursor.fetchall())
        cursor.execute(
            SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                bare, columns, Identifier(table)
            )
        )
        cursor.execute(SQL("SELECT {} FROM {} OFFSET {}").format(columns, Identifier(table), before))
        rows = cursor.fetchall()
        began = time.perf_counter()
        with cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(bare, columns)) as copy:
            for row in rows:
                copy.write_row(row)
        return time.perf_counter() - began


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        count: int = cursor.fetchone()[0]
    return count


def write_folder(folder: Path) -> int:
    """A return of invented children, right in every row. Returns how many rows it has."""
    chooser, rows = random.Random(903), 0
    with (
        (folder / "header.csv").open("w") as header,
        (folder / "episodes.csv").open("w") as episodes,
        (folder / "missing.csv").open("w") as missing,
    ):
        header.write("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n")
        episodes.write(
            "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        )
        missing.write("CHILD,DOB,MISSING,MIS_START,MIS_END\n")
        for number in range(CHILDREN):
            born = date(2009, 4, 1) + timedelta(chooser.randrange(2500))
            sex = chooser.choice("MF")
            header.write(
                f"{number + 900000},{sex},{_day(born)},WBRI,{_upn(number)},{'0' if sex == 'F' else ''},\n"
            )
            care, times = list(_care(chooser)), list(_times(chooser))
            episodes.writelines(f"{number + 900000},{line}\n" for line in care)
            missing.writelines(f"{number + 900000},{_day(born)},{line}\n" for line in times)
            rows += 1 + len(care) + len(times)
    return rows


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _upn(number: int) -> str:
    digits = f"801{number:09d}"
    total = sum((place + 2) * int(digit) for place, digit in enumerate(digits))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + digits


def _care(chooser: random.Random) -> Iterator[str]:
    """One to three placements, each from the day the one before ended; the last is open."""
    start = date(2024, 4, 1) + timedelta(chooser.randrange(300))
    moves = chooser.choice([0, 1, 1, 2])
    for move in range(moves + 1):
        reason, place = ("S" if move == 0 else "P"), ("U4", "K2", "U6")[move]
        end = start + timedelta(chooser.randrange(30, 120))
        ended = "" if move == moves else _day(end)
        why = ",X1,CARPL" if ended else ",,"
        yield f"{_day(start)},{reason},C2,N1,{place},PR4,{ended}{why},HU17 9BA,YO16 4LZ,9900201"
        start = end


def _times(chooser: random.Random) -> Iterator[str]:
    """Times missing in the year, mostly none."""
    start = date(2025, 4, 2)
    for _ in range(chooser.choice([0, 0, 0, 1, 1, 2])):
        start += timedelta(chooser.randrange(3, 90))
        end = start + timedelta(chooser.randrange(4))
        yield f"{chooser.choice('MMMA')},{_day(start)},{_day(end)}"
        start = end
