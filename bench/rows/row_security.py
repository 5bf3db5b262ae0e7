"""What row security costs: the same query with the same filter written by hand."""

from collections.abc import Callable

from django.db import connection

from bench.ids import TEAMS, person_id
from bench.measure import Row, alternating, median
from bench.sessions import as_viewer, as_worker_role, the_viewer

REPEATS = 101
LIMIT = 1.3

# The filter as one would write it by hand, on the column that names the person.
BY_HAND = """EXISTS (SELECT FROM access_grant g WHERE g.person_id = {person} AND g.holder = ANY (%(holders)s::uuid[])
    AND g.valid @> now() AND NOT g.held_back)"""

# What the product says of its own accord where row security would look through a list whole (is_one_of_those_seen): the
# policy is asked all the same. The filter by hand stands in its place.
FROM_THE_GRANTS = " AND e.person_id = ANY (ARRAY(SELECT u.person_id FROM access_grant u))"

ONE_PERSON = (
    "SELECT id, given_name, family_name, date_of_birth FROM people_person p WHERE id = %(id)s{and_mine}"
)
OPEN_EPISODES = """
    SELECT e.id, e.last_seen_at, e.risk, p.given_name, p.family_name
    FROM missing_episode e JOIN people_person p ON p.id = e.person_id
    WHERE e.closed_at IS NULL AND e.cancelled_at IS NULL{and_mine} ORDER BY e.last_seen_at"""
A_MONTH = """
    SELECT count(*), count(DISTINCT e.person_id) FROM missing_episode e
    WHERE e.last_seen_at >= now() - interval '180 days' AND e.last_seen_at < now() - interval '150 days'{and_mine}"""


def measure() -> list[Row]:
    """One row for each of the three queries of the architecture."""
    ids = [person_id(n * TEAMS) for n in range(REPEATS)]
    return [
        _row("one person by id", ONE_PERSON, "p.id", [{"id": i} for i in ids]),
        _row("open episodes joined to people", OPEN_EPISODES, "e.person_id", [{}] * REPEATS, FROM_THE_GRANTS),
        _row("a month's count", A_MONTH, "e.person_id", [{}] * 21),
    ]


def _row(work: str, query: str, person: str, parameters: list[dict[str, object]], asked: str = "") -> Row:
    viewer = the_viewer()
    holders = [viewer.user_id, *viewer.team_ids]
    by_hand = query.format(and_mine=f" AND {BY_HAND.format(person=person)}")

    def run(sql: str, given: dict[str, object]) -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()

    def secured(given: dict[str, object]) -> Callable[[], object]:
        return lambda: run(query.format(and_mine=asked), given)

    def written(given: dict[str, object]) -> Callable[[], object]:
        return lambda: run(by_hand, given | {"holders": holders})

    times: dict[str, list[float]] = {"ours": [], "other": []}
    # Round by round in one transaction each, so that setting the viewer is not part of the query's time.
    for start in range(0, len(parameters), 20):
        batch = parameters[start : start + 20]
        with as_viewer():
            mine, _ = alternating([secured(g) for g in batch], [secured(g) for g in batch])
        with as_worker_role():
            theirs, _ = alternating([written(g) for g in batch], [written(g) for g in batch])
        times["ours"] += mine
        times["other"] += theirs
    return Row(
        f"row security: {work}, median",
        "ms",
        median(times["ours"]),
        "filter by hand",
        median(times["other"]),
        None,
        LIMIT,
    )
