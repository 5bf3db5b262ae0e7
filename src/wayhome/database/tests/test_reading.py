"""Readings side by side find what each finds alone, in as few ways to the database as the longest has steps."""

import pytest
from django.db import DataError, connection, transaction
from psycopg.pq import PipelineStatus

from wayhome.database.reading import (
    Going,
    Question,
    abreast,
    answered,
    meanwhile,
    reading_of,
    rows_of,
)

TEN, SUM = "SELECT %s * 10", "SELECT %s + 1"


def one_step(number):
    ((found,),) = yield from reading_of(TEN, number)
    return found


def two_steps(number):
    first = yield from one_step(number)
    ((found,),) = yield from reading_of(SUM, first)
    return found


def nothing_asked():
    return "known"
    yield


def is_open_way():
    return connection.connection.pgconn.pipeline_status != PipelineStatus.OFF


def test_what_several_ask_next_travels_together():
    going = Going(abreast(one_step(1), two_steps(2), nothing_asked()))
    assert going.asks == [Question(TEN, (1,)), Question(TEN, (2,))]
    going.go_on([[(10,)], [(20,)]])
    assert going.asks == [Question(SUM, (20,))]
    with pytest.raises(ValueError, match="not over"):
        going.found  # noqa: B018
    going.go_on([[(21,)]])
    assert going.found == (10, 21, "known")


def test_groups_of_readings_are_readings_too():
    going = Going(abreast(abreast(one_step(1), one_step(2)), abreast(nothing_asked(), one_step(3))))
    assert [each.parameters for each in going.asks] == [(1,), (2,), (3,)]
    going.go_on([[(10,)], [(20,)], [(30,)]])
    assert going.found == ((10, 20), ("known", 30))


def test_nobody_asked_is_answered_without_asking():
    assert answered(abreast()) == ()
    assert answered(nothing_asked()) == "known"


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 2, 30])
def test_the_database_answers_each_in_its_place(many):
    for _ in range(5):  # so often that the server keeps the plans
        found = answered(abreast(*(two_steps(number) for number in range(many))))
        assert found == tuple(number * 10 + 1 for number in range(many))
    assert not is_open_way()


@pytest.mark.django_db
def test_queries_are_counted_one_by_one(django_assert_num_queries):
    with django_assert_num_queries(5):
        assert answered(abreast(two_steps(1), two_steps(2), one_step(3))) == (11, 21, 30)


@pytest.mark.django_db
def test_the_answer_is_there_when_the_block_is_over():
    with meanwhile(abreast(one_step(1), two_steps(2))) as rest:
        assert is_open_way()
        with pytest.raises(ValueError, match="not over"):
            rest.found  # noqa: B018
    assert rest.found == (10, 21)
    assert not is_open_way()


@pytest.mark.django_db
def test_a_block_beside_nothing_is_a_block():
    with meanwhile(nothing_asked()) as rest:
        pass
    assert rest.found == "known"


@pytest.mark.django_db
def test_who_asks_inside_the_block_all_the_same_waits_and_is_answered():
    with meanwhile(abreast(one_step(1), one_step(2))) as rest:
        assert rows_of(TEN, 7) == [(70,)]
        assert answered(abreast(one_step(8), two_steps(9))) == (80, 91)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 5")
            assert cursor.fetchall() == [(5,)]
    assert rest.found == (10, 20)


@pytest.mark.django_db
def test_an_error_in_the_block_leaves_the_way_open_to_others():
    with pytest.raises(KeyError, match="of the block"), meanwhile(one_step(1)):
        raise KeyError("of the block")
    assert not is_open_way()
    assert rows_of(TEN, 2) == [(20,)]


def beside_nothing(reading):
    with meanwhile(reading) as rest:
        pass
    return rest.found


def too_much():
    return (yield from reading_of("SELECT 1 / (%s - 1)", 1))


@pytest.mark.django_db
@pytest.mark.parametrize("ask", [answered, beside_nothing])
def test_what_the_database_refuses_is_an_error_as_any_other(ask):
    asked = abreast(one_step(1), too_much(), one_step(2))
    with pytest.raises(DataError, match="division by zero"), transaction.atomic():
        ask(asked)
    assert not is_open_way()
    assert answered(abreast(one_step(1), one_step(2))) == (10, 20)
