"""Find a child by a misspelt name, swapped names, or part of a name with the year of birth."""

import random
from collections.abc import Callable

from django.db import connection

from bench.measure import Row, alternating, p95
from bench.sessions import as_viewer, as_worker_role
from wayhome.kernel.clock import london_day, utc_now
from wayhome.people.queries import search
from wayhome.people.rules import name_words

QUESTIONS = 200

# The best we know to write by hand, without row security: the same list of distinct words, joined exactly.
PLAIN = """
WITH meant AS MATERIALIZED (
    SELECT q.place, near.token, max(near.nearness) AS nearness
    FROM unnest(%(words)s::text[]) WITH ORDINALITY AS q(word, place)
    CROSS JOIN LATERAL (
        (SELECT t.token, 0.9 AS nearness FROM people_nametoken t
         WHERE t.token ~>=~ q.word AND t.token ~<~ (q.word || U&'\\+10FFFF') ORDER BY length(t.token) LIMIT 60)
        UNION ALL
        SELECT t.token, 0.8 FROM people_nametoken t WHERE t.shortenings && people_shortenings(q.word)
        UNION ALL
        SELECT t.token, 0.5 FROM people_nametoken t WHERE t.sound = dmetaphone(q.word)) near
    GROUP BY q.place, near.token)
SELECT p.id, p.given_name, p.family_name, p.date_of_birth FROM (
    SELECT pt.person_id, sum(m.nearness) AS nearness
    FROM meant m JOIN people_persontoken pt ON pt.token = m.token
    WHERE (%(year)s::int IS NULL OR pt.born_year = %(year)s)
    GROUP BY pt.person_id HAVING count(DISTINCT m.place) = cardinality(%(words)s::text[])
    ORDER BY 2 DESC LIMIT 30) found JOIN people_person p ON p.id = found.person_id
"""

Question = tuple[str, int | None]


def measure() -> list[Row]:
    """Three rows, one for each way of asking."""
    people = _people_of_viewer()
    return [
        _row("find a child: misspelt name", [(f"{_misspelt(g)} {_misspelt(f)}", None) for g, f, _ in people]),
        _row("find a child: swapped names", [(f"{f} {g}", None) for g, f, _ in people]),
        _row("find a child: part of a name and year", [(f[: max(4, len(f) - 2)], y) for _, f, y in people]),
    ]


def _row(work: str, questions: list[Question]) -> Row:
    on = london_day(utc_now())
    found = 0

    def ours(question: Question) -> Callable[[], object]:
        def ask() -> None:
            nonlocal found
            with as_viewer():
                found += bool(search(question[0], year=question[1], on=on))

        return ask

    def plain(question: Question) -> Callable[[], object]:
        def ask() -> None:
            with as_worker_role(), connection.cursor() as cursor:
                cursor.execute(PLAIN, {"words": name_words(question[0]), "year": question[1]})
                cursor.fetchall()

        return ask

    mine, theirs = alternating([ours(q) for q in questions], [plain(q) for q in questions])
    assert found > len(questions) * 0.9, f"only {found} of {len(questions)} questions found anybody"
    return Row(f"{work}, p95", "ms", p95(mine), "plain SQL without row security", p95(theirs), 20, 1.5)


def _people_of_viewer() -> list[tuple[str, str, int]]:
    """Children the viewer may see, drawn by seed."""
    with as_viewer(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT given_name, family_name, extract(year FROM date_of_birth)::int FROM people_person ORDER BY id"
        )
        return random.Random(7).sample(cursor.fetchall(), QUESTIONS)


def _misspelt(name: str) -> str:
    """Two neighbouring letters swapped, after the first."""
    middle = len(name) // 2
    return (
        name[:middle] + name[middle + 1 : middle + 2] + name[middle] + name[middle + 2 :]
        if len(name) > 3
        else name
    )
