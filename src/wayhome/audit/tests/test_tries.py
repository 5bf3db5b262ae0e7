"""Tries to sign in are counted for all processes together, and nothing that could be run is kept."""

import hashlib
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import ProgrammingError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wayhome.audit.commands import forget_tries
from wayhome.audit.models import Tried as Row
from wayhome.audit.tried import Tried
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import utc_now


def test_another_process_sees_what_is_counted(cast):
    cache.set("tries", [1.5, 2.5], 60)
    assert Tried("", {}).get("tries") == [1.5, 2.5]
    assert settings.CACHES["default"]["BACKEND"] == "wayhome.audit.tried.Tried"


def kept():
    with as_worker():
        return list(Row.objects.values_list("key", "value"))


def test_a_failed_sign_in_is_counted_in_the_database_without_saying_whose(cast, client):
    client.post(reverse("account_login"), {"login": "pat@wayhome.example", "password": "not the one"})
    rows = [f"{key} {value}" for key, value in kept()]
    assert rows
    assert not [row for row in rows if "pat" in row or "127.0.0.1" in row]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM audit_tried",
        "DELETE FROM audit_tried",
        "TRUNCATE audit_tried",
        "UPDATE audit_tried SET value = '[]'",
        "INSERT INTO audit_tried VALUES ('x', '[]', now())",
    ],
)
def test_sql_neither_finds_a_count_nor_empties_them(cast, sql):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_count_is_not_reached_by_a_digest_that_anybody_can_make(cast):
    cache.set("tries", [1.0], 60)
    made_by_anybody = hashlib.sha256(cache.make_key("tries").encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_tried_get(%s), audit_tried_forget(%s)", [made_by_anybody] * 2)
        assert cursor.fetchone() == (None, False)
    assert cache.get("tries") == [1.0]


def test_of_many_wrong_passwords_at_once_no_more_are_tried_than_of_one_after_the_other(live_cast):
    all_are_here, answers = threading.Barrier(8, timeout=20), []

    def sign_in():
        try:
            sent = {"login": "pat@wayhome.example", "password": "not the one"}
            all_are_here.wait()
            answers.append(Client().post(reverse("account_login"), sent).content.decode())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign_in) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(answers) == 8
    assert 0 < sum("One of them is not right" in answer for answer in answers) <= 5


def test_what_has_run_out_is_not_there_and_is_cleared(cast):
    cache.set("old", "x", -1)
    cache.set("new", "x", 60)
    assert cache.get("old") is None
    assert cache.add("old", "y", -1) is True
    with as_worker():
        assert forget_tries(now=utc_now() + timedelta(seconds=5)) == 1
        assert Row.objects.count() == 1


def test_kept_longer_and_deleted(cast):
    cache.set("a", 1, 60)
    assert cache.touch("a", -1) is True
    assert cache.get("a", "gone") == "gone"
    assert cache.touch("b") is False
    cache.set("b", 1, None)
    assert (cache.delete("b"), cache.delete("b")) == (True, False)
    with pytest.raises(NotImplementedError):
        cache.clear()


def test_only_what_json_can_say_is_kept(cast):
    with pytest.raises(TypeError):
        cache.set("a", object())


def test_of_two_at_the_same_moment_one_is_first(live_cast):
    both_are_here, firsts = threading.Barrier(2, timeout=10), []

    def add():
        try:
            both_are_here.wait()
            firsts.append(cache.add("lock", True, 10))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(firsts) == [False, True]


def test_no_ordinary_page_asks_for_them(cast, client):
    client.force_login(cast.users["Sal"], backend="wayhome.access.signed_in.Backend")
    with CaptureQueriesContext(connection) as asked:
        for page in ("today", "find", "own_account"):
            assert client.get(reverse(page)).status_code == 200
    assert not [query for query in asked if "audit_tried" in query["sql"]]
