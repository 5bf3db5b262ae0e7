"""Rows about a person, as Django's own query gives them."""

import pytest
from tests.personas import a_child

from wayhome.access.about import about, about_each, by_id
from wayhome.access.models import BreakGlass
from wayhome.audit.models import Entry
from wayhome.people.models import Involvement, Name, Person


def test_they_are_the_rows_of_the_usual_query(cast):
    child, _ = a_child(cast), a_child(cast, given_name="Alex")
    with cast.seen_by("Sal"):
        for kind in (Name, Involvement):
            usual = list(kind.objects.filter(person_id=child))
            assert about(kind, child) == usual != []
            assert [vars(row) | {"_state": None} for row in about(kind, child)] == [
                vars(row) | {"_state": None} for row in usual
            ]
        assert about(Name, child)[0].person == Person.objects.get(pk=child)


def test_of_several_tables_each_has_its_own_rows(cast):
    child = a_child(cast)
    with cast.seen_by("Sal"):
        names, none, involvements = about_each((Name, BreakGlass, Involvement), child)
        assert (names, none, involvements) == (about(Name, child), [], about(Involvement, child))
        assert names
        assert involvements


def test_who_does_not_see_the_person_gets_none(cast):
    child = a_child(cast)
    with cast.seen_by("Otto"):
        assert about(Name, child) == []


def test_a_table_with_columns_to_convert_is_refused(cast):
    with cast.seen_by("Ivo"), pytest.raises(TypeError, match="detail"):
        about(Entry, a_child(cast))


def test_a_table_without_rows_gives_none(cast):
    with cast.seen_by("Sal"):
        assert about(BreakGlass, a_child(cast)) == []


def test_a_column_may_be_left_where_it_is(cast):
    child = a_child(cast)
    with cast.seen_by("Sal"):
        (name,) = [each for each in about(Name, child, left=("kind",)) if each.family_name]
        assert name.get_deferred_fields() == {"kind"}
        assert name.kind == Name.objects.get(pk=name.pk).kind


def test_one_row_by_its_id_for_who_sees_it(cast):
    child = a_child(cast)
    with cast.seen_by("Sal"):
        assert by_id(Person, child) == Person.objects.get(pk=child)
    with cast.seen_by("Otto"):
        assert by_id(Person, child) is None
