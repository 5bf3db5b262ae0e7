"""Sent twice, done once; what was typed is kept for the one who typed it."""

import threading
import time
from uuid import uuid4

import pytest
from django.db import connections, transaction
from tests.personas import NOW

from wayhome.access.viewing import open_for
from wayhome.audit import commands, queries
from wayhome.database.reading import answered
from wayhome.kernel.refusal import Refusal


def test_a_repeat_gets_the_first_answer(cast):
    key, done = uuid4(), []
    with cast.seen_by("Sal") as sal:
        for _ in range(2):
            answer = commands.once(
                key=key, viewer=sal, now=NOW, form="report", do=lambda: done.append(1) or "/there"
            )
            assert answer == "/there"
        assert queries.was_sent(key)
    assert done == [1]


def test_after_a_refusal_the_same_form_can_be_sent_again(cast):
    key = uuid4()

    def refuse():
        raise Refusal("Not like this.")

    with cast.seen_by("Sal") as sal:
        with pytest.raises(Refusal):
            commands.once(key=key, viewer=sal, now=NOW, form="report", do=refuse)
        assert not queries.was_sent(key)
        assert commands.once(key=key, viewer=sal, now=NOW, form="report", do=lambda: "/there") == "/there"


def test_two_at_the_same_moment_are_one(live_cast):
    key, done, answers = uuid4(), [], []
    both_are_here = threading.Barrier(2, timeout=10)

    def do():
        done.append(1)
        return f"/made-{len(done)}"

    def send():
        try:
            with transaction.atomic():
                viewer = live_cast.viewer("Sal")
                open_for(viewer)
                both_are_here.wait()
                answers.append(commands.once(key=key, viewer=viewer, now=NOW, form="report", do=do))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert done == [1]
    assert answers == ["/made-1", "/made-1"]


def test_a_draft_that_is_on_its_way_while_its_form_is_sent_waits_and_knows_it(live_cast):
    key, order = uuid4(), []
    is_being_sent, draft_is_here = threading.Event(), threading.Event()

    def do():
        is_being_sent.set()
        draft_is_here.wait(10)
        time.sleep(0.2)
        order.append("sent")
        return "/there"

    def as_sal(what):
        try:
            with transaction.atomic():
                viewer = live_cast.viewer("Sal")
                open_for(viewer)
                what(viewer)
        finally:
            connections.close_all()

    def send(viewer):
        commands.once(key=key, viewer=viewer, now=NOW, form="report", do=do)

    def keep_draft(_):
        is_being_sent.wait(10)
        draft_is_here.set()
        commands.wait_for_form(key)
        order.append(queries.was_sent(key))

    threads = [threading.Thread(target=as_sal, args=[what]) for what in (send, keep_draft)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert order == ["sent", True]


def test_a_draft_is_kept_read_listed_and_forgotten(cast):
    where = {"form": "report", "subject": "one"}
    with cast.seen_by("Sal") as sal:
        commands.save_draft(viewer=sal, now=NOW, data={"typed": "a=1"}, **where)
        commands.save_draft(viewer=sal, now=NOW, data={"typed": "a=2"}, **where)
        assert queries.draft(viewer=sal, **where) == ({"typed": "a=2"}, NOW)
        assert [draft.form for draft in answered(queries.unfinished(sal))] == ["report"]
    with cast.seen_by("Pat") as pat:
        assert queries.draft(viewer=pat, **where) is None
        assert not answered(queries.unfinished(pat))
    with cast.seen_by("Pat"):
        assert queries.draft(viewer=cast.viewer("Sal"), **where) is None
    with cast.seen_by("Sal") as sal:
        commands.discard_draft(viewer=sal, **where)
        assert queries.draft(viewer=sal, **where) is None
