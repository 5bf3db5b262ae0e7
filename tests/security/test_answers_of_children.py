"""What a page for a child opens to who does not have its address: nothing, also by SQL."""

from datetime import timedelta

import pytest

from tests.personas import CAST, NOW
from tests.security.asking import NOT_ALLOWED, ask, ask_one, error_of
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id

ANSWER = "SELECT exploitation_answer(%s, %s, %s, %s, %s, %s)"
TABLES = ("exploitation_childpage", "exploitation_childanswer", "exploitation_safetyplan")
STRANGERS = ("Otto", "Ana", "nobody")


def answered(digest, *, words="x", fits=None, talk=False, key=None):
    return ask_one(ANSWER, key or new_id(), new_id(), digest, words, fits, talk)


@pytest.fixture
def page(world):
    """The page of Alder, with an address that can be answered at."""
    with as_worker():
        found = ask_one("SELECT id FROM exploitation_childpage WHERE person_id = %s", world.children["Alder"])
        ask(
            "UPDATE exploitation_childpage SET token = 'of alder', opens_until = %s, given_at = %s WHERE id = %s",
            NOW + timedelta(days=3),
            NOW,
            found,
        )
    return found


def answers():
    with as_worker():
        return ask(
            "SELECT person_id, page_id, own_words FROM exploitation_childanswer WHERE channel = 'link'"
        )


@pytest.mark.parametrize("name", [*CAST, "nobody"])
@pytest.mark.parametrize("digest", ["", "another", None])
def test_a_page_without_an_address_is_neither_asked_for_nor_answered(world, page, name, digest):
    with world.seen_by(name):
        assert ask_one("SELECT exploitation_asks(%s)", digest) is None
        assert not answered(digest)
        assert answers() == []


@pytest.mark.parametrize("name", STRANGERS)
def test_who_has_the_address_learns_how_the_page_is_written_and_no_more(world, page, name):
    with world.seen_by(name):
        assert ask("SELECT * FROM exploitation_asks('of alder')") == [("plain",)]
        for table in TABLES:
            assert ask(f"SELECT id FROM {table}") == []
        assert answered("of alder") is True
        assert ask("SELECT id FROM exploitation_childanswer") == []
        assert ask("SELECT id FROM audit_entry WHERE verb = 'answer page'") == []
        assert [(child, of) for child, of, _ in answers()] == [(world.children["Alder"], page)]


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_adds_or_changes_an_answer_by_hand(world, page, name):
    alder = world.children["Alder"]
    with world.seen_by(name):
        by_hand = (
            "INSERT INTO exploitation_childanswer (id, person_id, page_id, channel, own_words, wants_to_talk,"
            " answered_at) VALUES (%s, %s, %s, 'link', 'x', false, now())"
        )
        assert error_of(by_hand, new_id(), alder, page) == NOT_ALLOWED
        assert error_of("UPDATE exploitation_childanswer SET own_words = 'x'") == NOT_ALLOWED
        entry = (
            "INSERT INTO audit_entry (id, at, actor, agency, verb, subject_kind, person_id, outcome, reason, purpose,"
            " request_id, detail) VALUES (%s, now(), 'the child''s own page', '', 'answer page', 'childanswer', %s,"
            " 'done', '', '', '', '{}')"
        )
        assert error_of(entry, new_id(), alder) == NOT_ALLOWED


def test_an_address_that_ran_out_is_one_that_never_was(world, page):
    with as_worker():
        ask("UPDATE exploitation_childpage SET opens_until = now() - interval '1 second' WHERE id = %s", page)
    with world.seen_by("nobody"):
        assert ask_one("SELECT exploitation_asks('of alder')") is None
        assert not answered("of alder")


def test_what_is_too_long_too_often_or_not_one_of_five_is_not_taken_down(world, page):
    with world.seen_by("nobody"):
        assert not answered("of alder", words="x" * 5001)
        assert error_of(ANSWER, new_id(), new_id(), "of alder", "x", 6, False) != ""
        assert error_of(ANSWER, new_id(), new_id(), "of alder", "", None, False) != ""
        key = new_id()
        assert answered("of alder", words="first", key=key)
        assert answered("of alder", words="second", key=key)
        for _ in range(19):
            assert answered("of alder")
        assert not answered("of alder")
        said = [words for _, _, words in answers()]
        assert (len(said), said.count("first"), said.count("second")) == (20, 1, 0)


@pytest.mark.parametrize("name", ["Sal", "Hal", "Cora"])
def test_what_was_said_and_made_is_not_rewritten_by_those_who_see_it(world, page, name):
    with world.seen_by(name):
        for statement in (
            "UPDATE exploitation_childanswer SET own_words = 'better'",
            "UPDATE exploitation_childpage SET what_we_agreed = 'less'",
            "UPDATE exploitation_safetyplan SET own_words = 'theirs'",
            "UPDATE exploitation_planreview SET what_was_said = 'nothing'",
            "UPDATE exploitation_planactionupdate SET note = 'done'",
            "DELETE FROM exploitation_childanswer",
        ):
            assert error_of(statement) == NOT_ALLOWED, statement
