"""`make bench`: build the world if it is not there, measure each row beside its peer, print one table."""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("WAYHOME_HOME", str(ROOT / ".build" / "bench"))
os.environ["DJANGO_SETTINGS_MODULE"] = "wayhome.config.tests.settings"

import django  # noqa: E402 -- the environment has to be set before

from wayhome.config import memory, testing  # noqa: E402
from wayhome.config.home import home  # noqa: E402
from wayhome.config.postgres import administrator, database_name, drop_database, server  # noqa: E402

FULL_SCALE = 1_000_000
# Rows in the order they are printed; each module has measure().
WORK = ("finding", "pages", "assessment", "row_security", "measures", "import_903", "board_pack")


def main() -> int:
    """Exit code 1 if a limit does not hold."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--people", type=int, default=FULL_SCALE, help="how many people (limits are for the default)"
    )
    parser.add_argument("--work", nargs="*", choices=WORK, default=list(WORK), help="only these rows")
    args = parser.parse_args()
    with server(durable=False):
        build_world(args.people)
        with administrator() as admin:
            testing.admit_tester(admin, database_name())
        django.setup()
        memory.settle()
        return measure(args.work)


def build_world(people: int) -> None:
    """Fill the database, unless it holds this very world already."""
    mark = home() / "world"
    wanted = fingerprint(people)
    if mark.exists() and mark.read_text() == wanted:
        return
    print(f"Building {people:,} people...", flush=True)
    began = time.perf_counter()
    mark.unlink(missing_ok=True)
    drop_database()
    own = [sys.executable, "-m"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "wayhome.config.settings"}
    subprocess.run([*own, "wayhome.config.command_line", "migrate", "--quiet"], check=True, env=environment)
    subprocess.run(
        [*own, "bench.world", "--people", str(people)],
        check=True,
        env=environment | {"WAYHOME_ROLE": "worker"},
    )
    mark.write_text(wanted)
    print(f"Built in {time.perf_counter() - began:.0f} s.", flush=True)


def fingerprint(people: int) -> str:
    """Changes with whatever shapes the world."""
    files = [*Path(__file__).parent.glob("*.py"), *ROOT.glob("src/wayhome/*/migrations/*.py")]
    files += ROOT.glob("src/wayhome/*/rows.sql")
    total = hashlib.sha256(str(people).encode())
    for file in sorted(files):
        total.update(file.read_bytes())
    return total.hexdigest()


def measure(work: list[str]) -> int:
    """Print the table; 1 if a limit does not hold."""
    from importlib import import_module  # noqa: PLC0415

    from bench.measure import show  # noqa: PLC0415 -- once Django is set up

    rows = []
    for name in work:
        print(f"Measuring {name}...", flush=True)
        rows += import_module(f"bench.rows.{name}").measure()
    show(rows)
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
