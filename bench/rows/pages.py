"""The most used pages, from request to answer in the server, beside the SQL they need."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.test import Client

from bench.ids import TEAMS, person_id
from bench.measure import Row, alternating, p95
from bench.sessions import as_viewer, the_desk, the_viewer
from wayhome.access.models import User
from wayhome.database.reading import rows_of
from wayhome.kernel.viewer import Viewer

REPEATS = 60
# The text, what stands in its places, and whether the server keeps its plan.
Statement = tuple[str, Any, bool]


def measure() -> list[Row]:
    """Worklist, clock wall, duty board, child overview with its chronology, the list of who is on the exploitation
    pathway, and the lists of repeat missing.

    The first page and the wall are a desk's: ten thousand children, two hundred of them missing or just back, of whom
    one in two hundred teams has its share on the pathway. They are asked once more of somebody who leads the work with
    all five thousand children on it, which no desk does: to see how they grow.
    """
    desk, vera = the_desk(), the_viewer()
    children = [f"/children/{person_id(n * TEAMS)}" for n in range(REPEATS)]
    return [
        _row("worklist", desk, ["/"] * REPEATS),
        _row("clock wall", desk, ["/wall"] * REPEATS),
        _row("duty board", desk, ["/board"] * REPEATS),
        _row("child overview with chronology", vera, children),
        _row("pathway list of 5,000 live children", vera, ["/exploitation/"] * REPEATS),
        _row("worklist of who leads 5,000 children", vera, ["/"] * REPEATS, limit=500),
        _row("clock wall of who leads 5,000 children", vera, ["/wall"] * REPEATS, limit=500),
        _row("children missing together in 90 days", vera, ["/missing/together?days=90"] * REPEATS),
        _row("first times in 90 days", vera, ["/missing/first-time?days=90"] * REPEATS),
    ]


def _row(work: str, viewer: Viewer, addresses: list[str], limit: int = 60) -> Row:
    client = Client(SERVER_NAME="127.0.0.1")
    user = User.objects.get(pk=viewer.known_user_id)
    client.force_login(user, "wayhome.access.signed_in.Backend")

    def page(address: str) -> Callable[[], object]:
        def ask() -> None:
            answer = client.get(address)
            assert answer.status_code == 200, f"{address} answers {answer.status_code}"

        return ask

    pages = [page(address) for address in addresses]
    queries = [_replay(_reads_of(ask), viewer) for ask in pages]
    mine, theirs = alternating(pages, queries)
    return Row(f"{work}, p95", "ms", p95(mine), "its bare SQL", p95(theirs), limit, 3)


def _reads_of(ask: Callable[[], object]) -> list[Statement]:
    """What a page asks of the database, writes left out."""
    statements: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("(").startswith("SELECT") and "set_config" not in sql:
            is_kept = isinstance(context["cursor"].cursor, ServerBindingCursor)
            statements.append((sql, params, is_kept))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    return statements


def _replay(statements: list[Statement], viewer: Viewer | None = None) -> Callable[[], object]:
    """The same, asked in the same way: a query whose plan the server keeps for us is not planned anew beside us."""

    def run() -> None:
        with as_viewer(viewer), connection.cursor() as cursor:
            for sql, params, is_kept in statements:
                if is_kept:
                    rows_of(sql, *params)
                else:
                    cursor.execute(sql, params)
                    cursor.fetchall()

    return run
