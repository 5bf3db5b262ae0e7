"""What an error, a constraint or the planner might tell of rows one cannot see."""

import pytest

from tests.personas import NOW
from tests.security.asking import NOT_ALLOWED, ask, error_of
from wayhome.kernel.ids import new_id

PERSON = (
    "INSERT INTO people_person (id, given_name, family_name, birth_precision, sex, gender, ethnicity, language,"
    " needs_interpreter, pronunciation, version, created_at)"
    " VALUES (%s, 'A', 'B', 'unknown', '', '', '', '', false, '', 1, now())"
)
EPISODE = (
    "INSERT INTO missing_episode (id, person_id, kind, last_seen_at, recorded_at, is_date_only)"
    " VALUES (%s, %s, 'M', %s, now(), false)"
)


def test_a_hidden_id_and_a_free_one_are_refused_alike(world):
    with world.seen_by("Otto"):
        assert error_of(PERSON, world.children["Alder"]) == error_of(PERSON, new_id()) == NOT_ALLOWED


def test_an_overlap_with_a_hidden_episode_is_not_told(world):
    with world.seen_by("Otto"):
        overlapping = error_of(EPISODE, new_id(), world.children["Alder"], NOW)
        unknown = error_of(EPISODE, new_id(), new_id(), NOW)
    assert overlapping == unknown == NOT_ALLOWED


@pytest.mark.parametrize(
    "condition",
    [
        "family_name::int = 1",
        "1 / (length(given_name) - 5) = 1",
        "to_tsvector(given_name)::text::int = 1",
        "('x' || given_name)::uuid IS NULL",
        "pg_sleep(length(given_name) * 0.0) IS NOT NULL AND given_name::date IS NULL",
    ],
)
def test_a_condition_that_fails_is_not_tried_on_hidden_rows(world, condition):
    with world.seen_by("Otto"):
        assert error_of(f"SELECT 1 FROM people_person WHERE {condition}") == ""
        assert error_of(f"SELECT 1 FROM people_name WHERE {condition}") == ""


def test_statistics_of_tables_with_row_security_are_not_shown(world):
    with world.seen_by("Otto"):
        shown = ask("SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public'")
    protected = {name for (name,) in ask("SELECT relname FROM pg_class WHERE relrowsecurity")}
    assert not protected & {name for (name,) in shown}


def test_counting_counts_only_what_one_sees(world):
    with world.seen_by("Hal"):
        counts = ask(
            "SELECT (SELECT count(*) FROM people_person), (SELECT count(*) FROM missing_returninterview)"
        )
    assert counts == [(1, 0)]


def test_a_row_cannot_be_moved_to_a_hidden_child(world):
    with world.seen_by("Sal"):
        move = "UPDATE missing_report SET person_id = %s"
        assert error_of(move, world.children["Birch"]) == NOT_ALLOWED
        assert error_of("UPDATE people_name SET person_id = %s", world.children["Birch"]) == NOT_ALLOWED


def test_a_report_cannot_be_put_under_the_episode_of_a_hidden_child(world):
    with world.seen_by("Sal"):
        moved = error_of("UPDATE missing_report SET episode_id = %s", world.episodes["Birch"])
    assert moved.startswith(("23", "42"))


def test_locking_a_hidden_row_locks_nothing(world):
    with world.seen_by("Otto"):
        assert ask("SELECT id FROM people_person FOR UPDATE NOWAIT") == []
