"""Why a child was not heard in time may be about the home: its staff do not read it."""

from datetime import timedelta

from django.urls import reverse

from tests.personas import NOW, a_child, an_episode
from wayhome.missing import commands
from wayhome.missing.tests.pages import client_of, text_of
from wayhome.missing.vocabulary import Duty

WHY = "Robin is afraid of the night staff and would not speak in the house."


def explained(cast):
    """An interview that is late, and why."""
    seen = NOW - timedelta(days=6)
    child = a_child(cast, known_to=("Sal", "Hal", "Ines"))
    episode = an_episode(
        cast, child, last_seen_at=seen, noticed_at=seen, reported_at=seen + timedelta(hours=1)
    )
    with cast.seen_by("Pat") as pat:
        commands.record_returned(
            episode_id=episode,
            returned_at=NOW - timedelta(days=5),
            returned_to="Home",
            return_method="RETURNED_SELF",
            viewer=pat,
            now=NOW,
        )
    with cast.seen_by("Ines") as ines:
        commands.explain_late(episode_id=episode, duty=Duty.INTERVIEW, reason=WHY, viewer=ines, now=NOW)
    return episode


def test_staff_of_a_home_do_not_read_why_a_child_was_not_heard(cast):
    episode = explained(cast)
    for name, reads in (("Ines", True), ("Sal", True), ("Hal", False)):
        client = client_of(cast, name)
        for address in (reverse("wall"), reverse("episode", args=[episode])):
            page = client.get(address)
            assert page.status_code == 200
            assert (WHY in text_of(page)) is reads, (name, address)
    assert "Nobody has written why" not in text_of(
        client_of(cast, "Hal").get(reverse("episode", args=[episode]))
    )
