"""Two children of one incident have one number: the message about the second must not be filed as the first again."""

import pytest
from django.urls import reverse

from tests.personas import NOW, a_child
from wayhome.access.commands import restrict
from wayhome.missing.commands.deciding import settle
from wayhome.missing.commands.notification import NumberOfAnotherChild
from wayhome.missing.tests.pages import client_of, text_of
from wayhome.missing.tests.told import note_of, written

NUMBER = {"source": "police", "sender_reference": "INC-1"}


def test_a_message_about_another_child_is_not_taken_for_the_same_one(cast):
    robin = a_child(cast, known_to=("Pat", "Cora"))
    wren = a_child(cast, given_name="Wren", known_to=("Pat", "Cora"))
    written(cast, about=robin, **NUMBER)
    with pytest.raises(NumberOfAnotherChild):
        written(cast, about=wren, name_told="Wren Testchild", **NUMBER)
    second = written(cast, about=wren, source="police", sender_reference="INC-1 b")
    assert note_of(cast, second).outcome == "waiting"


def test_nor_where_nobody_has_said_yet_who_they_are(cast):
    written(cast, name_told="Robin Testchild", **NUMBER)
    with pytest.raises(NumberOfAnotherChild):
        written(cast, name_told="Wren Testchild", **NUMBER)


def test_the_same_message_is_still_the_same(cast):
    written(cast, name_told="Robin Testchild", **NUMBER)
    again = written(cast, name_told="robin  testchild", **NUMBER)
    assert note_of(cast, again).outcome == "repeated"


@pytest.fixture
def hidden(cast):
    """A message about a child whom the desk does not see and one coordinator does."""
    child = a_child(cast, given_name="Rowan", known_to=("Sal", "Cora"))
    with cast.seen_by("Cora") as cora:
        named = frozenset({cast.users["Sal"].pk, cora.user_id})
        restrict(person_id=child, named=named, reason="A colleague's child", viewer=cora, now=NOW)
    return written(cast, by="Sal", about=child, name_told="Rowan Testchild", **NUMBER)


def facts_of(cast, note, by):
    """All that is written down of a notification, but for what is its own."""
    kept = vars(note_of(cast, note, by=by))
    return {name: value for name, value in kept.items() if name not in ("_state", "id", "sender_reference")}


@pytest.mark.parametrize("told", ["Rowan Testchild", "Wren Testchild", ""])
def test_one_whose_number_a_hidden_one_has_waits_and_tells_the_writer_nothing(cast, hidden, told):
    fresh = written(cast, name_told=told, source="police", sender_reference="INC-9")
    again = written(cast, name_told=told, **NUMBER)
    assert note_of(cast, again, by="Pat").outcome == "waiting"
    assert facts_of(cast, again, "Pat") == facts_of(cast, fresh, "Pat")
    pages = [
        page.replace("INC-9", "INC-1") for page in (page_of(cast, "Pat", each) for each in (fresh, again))
    ]
    assert pages[0] == pages[1]
    assert str(hidden) not in log_of(cast, "Pat")


def test_who_sees_both_has_it_among_those_that_wait_and_is_shown_the_other(cast, hidden):
    again = written(cast, name_told="", **NUMBER)
    log = log_of(cast, "Cora")
    assert str(again) in log
    assert str(hidden) in log
    assert str(hidden) in client_of(cast, "Cora").get(reverse("notification", args=[again])).content.decode()
    with cast.seen_by("Cora") as cora:
        settle(notification_id=again, outcome="repeated", repeats_id=hidden, viewer=cora, now=NOW)
    assert note_of(cast, again).repeats_id == hidden


def page_of(cast, name, note):
    return text_of(client_of(cast, name).get(reverse("notification", args=[note])))


def log_of(cast, name):
    return client_of(cast, name).get(reverse("notifications")).content.decode()
