"""Search finds misspelt, swapped and partial names, aliases and numbers, and only what is open to the viewer."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.personas import ARRANGER, NOW, a_child

from wayhome.access.commands import restrict
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.people import commands, queries
from wayhome.people.rules import name_words
from wayhome.people.vocabulary import IdentifierType, NameKind

TODAY = NOW.date()
NAMES = [
    ("Siobhán", "Ó Néill-O'Brien", date(2011, 6, 5)),
    ("Łukasz", "Przykładowski", date(2010, 1, 2)),
    ("Jørgen", "Testesen", date(2012, 3, 4)),
    ("Mohammed", "Al-Sample", date(2011, 9, 9)),
    ("Wren", "Samplechild", date(2013, 5, 5)),
    ("Robin", "Testchild", date(2011, 6, 5)),
    ("Жанна", "Примерова", date(2011, 2, 3)),
]


@pytest.fixture
def known(cast):
    return {given: a_child(cast, given_name=given, family_name=family, born=b) for given, family, b in NAMES}


def found(cast, typed, year=None, name="Sal"):
    with cast.seen_by(name):
        return [card.name for card in queries.search(typed, year=year, on=TODAY)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Robin Testchild", "Robin Testchild"),
        ("testchild robin", "Robin Testchild"),
        ("robyn testchild", "Robin Testchild"),
        ("robin tetschild", "Robin Testchild"),
        ("rob test", "Robin Testchild"),
        ("Siobhan ONeill", "Siobhán Ó Néill-O'Brien"),
        ("shivaun obrien", None),
        ("siobhan o’brien", "Siobhán Ó Néill-O'Brien"),
        ("SIOBHÁN NEILL", "Siobhán Ó Néill-O'Brien"),
        ("lukasz przykladowski", "Łukasz Przykładowski"),
        ("łukasz", "Łukasz Przykładowski"),
        ("jorgen testesen", "Jørgen Testesen"),
        ("muhammad al sample", "Mohammed Al-Sample"),
        ("mohamed", "Mohammed Al-Sample"),
        ("жанна", "Жанна Примерова"),
        ("nobody whatever", None),
        ("   ", None),
        ("!?", None),
    ],
)
def test_what_is_typed_finds_whom_it_means(cast, known, typed, first):
    names = found(cast, typed)
    if first is None:
        assert "Robin Testchild" not in names
    else:
        assert names[0] == first


def test_a_year_of_birth_leaves_the_others_out(cast, known):
    assert "Robin Testchild" in found(cast, "test", year=2011)
    assert "Robin Testchild" not in found(cast, "test", year=2012)


def test_former_names_and_aliases_count(cast, known):
    with cast.seen_by("Sal") as sal:
        commands.add_name(
            person_id=known["Wren"],
            kind=NameKind.ALIAS,
            given_name="Ziggy",
            family_name="",
            source="A friend",
            viewer=sal,
            now=NOW,
        )
    assert found(cast, "zigy") == ["Wren Samplechild"]
    assert found(cast, "ziggy samplechild") == ["Wren Samplechild"]


def test_a_number_finds_its_owner_with_and_without_spaces(cast, known):
    with as_worker():
        commands.add_identifier(
            person_id=known["Wren"],
            type_=IdentifierType.NHS_NUMBER,
            value="999 000 0018",
            viewer=ARRANGER,
            now=NOW,
        )
    assert found(cast, "9990000018") == ["Wren Samplechild"]
    assert found(cast, "999 000 0018")[0] == "Wren Samplechild"
    assert found(cast, "9990000018", name="Otto") == []


@pytest.mark.parametrize("typed", ["Robin Testchild", "rob", "testchild robyn", "Wren"])
def test_otto_finds_nobody(cast, known, typed):
    assert found(cast, typed, name="Otto") == []


def test_a_search_is_on_the_record_with_how_many_were_found(cast, known):
    with cast.seen_by("Sal") as sal:
        commands.find(typed="robin", year=2011, viewer=sal, now=NOW)
    with as_worker():
        entry = Entry.objects.get(verb="search")
    assert entry.detail["found"] == 1
    assert entry.actor == cast.users["Sal"].name


class TestTheIndexCard:
    def ask(self, cast, name="Otto", typed="Robin Testchild", born=date(2011, 6, 5), number=""):
        with cast.seen_by(name) as viewer:
            return commands.ask_index(name=typed, born=born, number=number, viewer=viewer, now=NOW)

    def test_says_whom_to_ring_for_a_whole_name_and_date_of_birth(self, cast, known):
        [card] = self.ask(cast)
        assert [(team.name, team.agency) for team in card.teams] == [("Youth Team", "Saltmere Council")]
        assert self.ask(cast, typed="testchild ROBIN")

    @pytest.mark.parametrize("typed", ["Robin", "Robyn Testchild", "Rob Test", ""])
    def test_says_nothing_for_less_than_a_whole_name(self, cast, known, typed):
        assert self.ask(cast, typed=typed) == []

    def test_says_nothing_for_another_date_of_birth_or_none(self, cast, known):
        assert self.ask(cast, born=date(2011, 6, 6)) == []
        assert self.ask(cast, born=None) == []

    def test_says_nothing_of_a_restricted_record(self, cast):
        from_cora = a_child(cast, known_to=("Sal", "Cora"))
        assert self.ask(cast)
        with cast.seen_by("Cora") as cora:
            restrict_to_themselves(from_cora, cora)
        assert self.ask(cast) == []

    def test_asking_is_on_the_record_even_if_nobody_is_known(self, cast, known):
        self.ask(cast)
        self.ask(cast, typed="Nobody Whatever")
        with as_worker():
            asked = Entry.objects.filter(verb="ask index").order_by("pk")
            assert [entry.person_id for entry in asked] == [known["Robin"], None]


def restrict_to_themselves(person_id, viewer):
    restrict(
        person_id=person_id,
        named=frozenset({viewer.known_user_id}),
        reason="Child of a colleague",
        viewer=viewer,
        now=NOW,
    )


# Letters of European languages, and what stands between them.
LETTERS = [chr(code) for code in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x180))]
LETTERS = [letter for letter in LETTERS if letter.isalpha()]


@given(st.text(alphabet=[*LETTERS, " ", "-", "'", "’", "1", "."], max_size=30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_are_the_same_in_the_database_and_in_the_rules(db, names):
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(word) FROM people_words(%s) word", [names])
        assert sorted(cursor.fetchone()[0] or []) == sorted(name_words(names))


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("Ó Néill-O'Brien", ["o", "neill", "obrien"]),
        ("Anne-Marie Anne", ["anne", "marie"]),
        ("Straße", ["strasse"]),
        ("", []),
        ("R2-D2", ["r", "d"]),
    ],
)
def test_the_words_of_a_name(names, words):
    assert name_words(names) == words
