"""Who sees a child by a report alone does not make more of it."""

import pytest
from django.urls import reverse

from tests.personas import NOW, a_child
from tests.security.asking import NOT_ALLOWED, ask, error_of
from wayhome.kernel.ids import new_id
from wayhome.missing.commands.deciding import name_child, settle
from wayhome.missing.tests.pages import client_of, text_of
from wayhome.missing.tests.told import written

BY_REPORT = "SELECT access_open_by_report(gen_random_uuid(), gen_random_uuid(), %s, 'reported')"
OPEN = "SELECT access_open_grant(%s, %s, %s, %s, 'involvement', 'a reason', now() + interval '1 hour')"


@pytest.mark.parametrize("to", ["Otto", "Sal"])
def test_a_report_is_not_turned_into_a_grant_that_shows_what_the_child_told(world, to):
    birch, cast = world.children["Birch"], world.cast
    with world.seen_by("Otto"):
        ask(BY_REPORT, birch)
        assert error_of(OPEN, new_id(), birch, cast.team_of(to), None) == NOT_ALLOWED
        assert error_of(OPEN, new_id(), birch, None, cast.users[to].pk) == NOT_ALLOWED
        assert error_of(OPEN, new_id(), birch, cast.team_of("Pat"), None) == ""


def test_broken_glass_beside_a_report_is_passed_on_no_longer_than_it_lasts(world):
    birch, cast = world.children["Birch"], world.cast
    with world.seen_by("Otto"):
        ask(BY_REPORT, birch)
        ask("SELECT access_break_glass(%s, %s, %s, 'on_call', 'on call')", new_id(), new_id(), birch)
        assert error_of(OPEN, new_id(), birch, None, cast.users["Otto"].pk) == ""
        longer = OPEN.replace("1 hour", "2 days")
        assert error_of(longer, new_id(), birch, None, cast.users["Otto"].pk) == NOT_ALLOWED


def test_who_wrote_a_message_down_does_not_read_what_others_say_of_a_child_they_do_not_see(cast):
    child = a_child(cast, known_to=("Pat",), given_name="Wren")
    note = written(cast, by="Hal", name_told="A girl in a red coat")
    with cast.seen_by("Pat") as pat:
        name_child(notification_id=note, person_id=child, viewer=pat, now=NOW)
        settle(
            notification_id=note,
            outcome="not_missing",
            reason="Wren is at Hill Street",
            viewer=pat,
            now=NOW,
        )
    seen = text_of(client_of(cast, "Hal").get(reverse("notification", args=[note])))
    assert "A girl in a red coat" in seen
    assert "Wren" not in seen
    assert "Hill Street" not in seen
    assert "Hill Street" in text_of(client_of(cast, "Pat").get(reverse("notification", args=[note])))
