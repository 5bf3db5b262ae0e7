"""A query written once answers as the one that Django puts together each time."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from tests.personas import NOW

from wayhome.access.models import User
from wayhome.audit.models import Draft
from wayhome.config.testing import as_worker
from wayhome.database.reading import answered, rows_of
from wayhome.database.written_once import SOME_IDS, SOMEBODY, Ids, WrittenOnce, is_one_of

pytestmark = pytest.mark.django_db


def named(ids: Ids, name: str) -> QuerySet[User]:
    return User.objects.filter(is_one_of("pk", ids), name=name).values_list("email")


def test_it_answers_for_each_call_anew(cast):
    one, other = cast.users["Cora"], cast.users["Pat"]
    ask = WrittenOnce(named, SOME_IDS, "some name")
    both = Ids.of([one.pk, other.pk])
    assert ask(both, one.name) == [(one.email,)]
    assert ask(both, other.name) == [(other.email,)]
    assert ask(Ids.of([one.pk]), other.name) == []
    assert ask(Ids.of([]), one.name) == []


def test_a_parameter_that_would_not_be_asked_for_is_refused():
    forgets = WrittenOnce(lambda who: User.objects.values_list("name"), SOMEBODY)
    with pytest.raises(ValueError, match="not in the query"):
        forgets(SOMEBODY)


def test_values_that_django_reads_in_its_own_way_are_refused():
    drafts = WrittenOnce(lambda: Draft.objects.values_list("data"))
    with pytest.raises(ValueError, match="read by Django"):
        drafts()


def test_it_counts_without_reading(cast):
    ask = WrittenOnce(named, SOME_IDS, "some name")
    everybody = Ids.of([each.pk for each in cast.users.values()])
    assert answered(ask.count(everybody, cast.users["Cora"].name)) == 1
    assert answered(ask.count(everybody, "Nobody of this name")) == 0


def test_where_there_can_be_no_row_nothing_is_asked(django_assert_num_queries):
    nobody = WrittenOnce(
        lambda name: User.objects.filter(pk__in=(), name=name).values_list("pk"), "some name"
    )
    with django_assert_num_queries(0):
        assert nobody("Cora") == []
        assert answered(nobody.count("Cora")) == 0


def test_what_else_stands_in_the_query_may_be_of_any_kind(cast):
    one = cast.users["Cora"].pk
    with as_worker():
        Draft.objects.create(user_id=one, form="report", data={"page": {"is": "/here"}}, saved_at=NOW)
    ask = WrittenOnce(
        lambda who: Draft.objects.filter(data__page__is="/here", user_id=who).values_list("form"), SOMEBODY
    )
    with cast.seen_by("Cora"):
        assert ask(one) == [("report",)]
        assert ask(cast.users["Pat"].pk) == []


def test_what_the_application_asks_is_planned_once_however_much_is_asked_between(cast):
    ask, others = WrittenOnce(named, SOME_IDS, "some name"), 150
    for nth in range(3):
        ask(Ids.of([cast.users["Cora"].pk]), "Cora")
        for n in range(others):
            list(User.objects.filter(name=f"{nth} {n}"))
            rows_of(f"SELECT {n}")
    planned = [text for (text,) in rows_of("SELECT statement FROM pg_prepared_statements")]
    assert len([text for text in planned if 'SELECT "access_user"."email"' in text]) == 1
    assert sum(text.startswith("SELECT ") and text[7:].isdigit() for text in planned) == others


def test_it_goes_on_after_the_connection_was_lost(cast):
    name = cast.users["Cora"].name
    ask = WrittenOnce(lambda name: User.objects.filter(name=name).values_list("name"), "some name")
    kept = connection.prepared().cursor
    kept.close()
    assert ask(name) == [(name,)]
    assert connection.prepared().cursor is not kept
