"""A query written once answers as the one that Django puts together each time."""

import pytest
from django.db.models import QuerySet

from wayhome.access.models import User
from wayhome.audit.models import Draft
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
