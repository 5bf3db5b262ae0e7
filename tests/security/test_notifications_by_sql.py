"""What was told stays as it was told, and is about its own child, whatever SQL is smuggled in."""

import pytest

from tests.personas import a_child
from tests.security.asking import NOT_ALLOWED, ask_one, error_of
from wayhome.kernel.ids import new_id
from wayhome.missing.tests.told import written


@pytest.mark.parametrize(
    "column",
    ["name_told", "circumstances", "sender_reference", "source", "received_at", "recorded_by_id", "id"],
)
def test_nobody_changes_what_was_told(cast, column):
    note = written(cast)
    with cast.seen_by("Cora"):
        change = f"UPDATE missing_notification SET {column} = {column} WHERE id = %s"
        assert error_of(change, note) == NOT_ALLOWED


def test_who_does_not_decide_by_their_role_changes_nothing(cast):
    note = written(cast, about=a_child(cast, known_to=("Sal", "Pat")))
    change = (
        "WITH done AS (UPDATE missing_notification SET outcome = 'not_a_child', decided_at = now()"
        " WHERE id = %s RETURNING 1) SELECT count(*) FROM done"
    )
    for name, count in (("Sal", 0), ("Pat", 1)):
        with cast.seen_by(name):
            assert ask_one(change, note) == count


def test_a_message_repeats_none_of_another_child_nor_one_that_is_hidden(cast):
    robin = a_child(cast, known_to=("Pat",))
    wren = a_child(cast, given_name="Wren", known_to=("Pat",))
    hidden = written(cast, by="Sal", about=a_child(cast, given_name="Rowan", known_to=("Sal",)))
    note, other, nobodys = written(cast, about=robin), written(cast, about=wren), written(cast)
    repeats = "UPDATE missing_notification SET repeats_id = %s WHERE id = %s"
    with cast.seen_by("Pat"):
        assert error_of(repeats, other, note) == NOT_ALLOWED
        assert error_of(repeats, hidden, note) == error_of(repeats, new_id(), note) == NOT_ALLOWED
        assert error_of(repeats, nobodys, note) == ""
