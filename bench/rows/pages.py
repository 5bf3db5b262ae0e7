"""The most used pages, from request to answer in the server, beside the SQL they need."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

from bench.ids import TEAMS, person_id
from bench.measure import Row, alternating, p95
from bench.sessions import as_viewer, the_viewer
from wayhome.access.models import User

REPEATS = 60
Statement = tuple[str, Any]


def measure() -> list[Row]:
    """Worklist, clock wall, duty board, child overview with its chronology, the list of who is on the exploitation
    pathway, and the lists of repeat missing.
    """
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        User.objects.get(pk=the_viewer().known_user_id), "allauth.account.auth_backends.AuthenticationBackend"
    )
    children = [f"/children/{person_id(n * TEAMS)}" for n in range(REPEATS)]
    return [
        _row("worklist", client, ["/"] * REPEATS),
        _row("clock wall", client, ["/wall"] * REPEATS),
        _row("duty board", client, ["/board"] * REPEATS),
        _row("child overview with chronology", client, children),
        _row("pathway list of 5,000 live children", client, ["/exploitation/"] * REPEATS),
        _row("children missing together in 90 days", client, ["/missing/together?days=90"] * REPEATS),
        _row("first times in 90 days", client, ["/missing/first-time?days=90"] * REPEATS),
    ]


def _row(work: str, client: Client, addresses: list[str]) -> Row:
    def page(address: str) -> Callable[[], object]:
        def ask() -> None:
            answer = client.get(address)
            assert answer.status_code == 200, f"{address} answers {answer.status_code}"

        return ask

    pages = [page(address) for address in addresses]
    queries = [_replay(_reads_of(ask)) for ask in pages]
    mine, theirs = alternating(pages, queries)
    return Row(f"{work}, p95", "ms", p95(mine), "its bare SQL", p95(theirs), 60, 3)


def _reads_of(ask: Callable[[], object]) -> list[Statement]:
    """What a page asks of the database, writes left out."""
    statements: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("(").startswith("SELECT") and "set_config" not in sql:
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    return statements


def _replay(statements: list[Statement]) -> Callable[[], object]:
    def run() -> None:
        with as_viewer(), connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                cursor.fetchall()

    return run
