"""Two children of one incident have one number: the message about the second must not be filed as the first again."""

import pytest

from tests.personas import a_child
from wayhome.missing.commands.notification import NumberOfAnotherChild
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
