"""A place kept from view is shown to staff of a home by no way round, nor do they replace what they cannot see."""

import pytest
from django.urls import reverse

from tests.personas import NOW, a_child
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed
from wayhome.people.commands import Judging, add_known_place, end_known_place, judge_known_place
from wayhome.people.models import KnownPlace

BACKEND = "wayhome.access.signed_in.Backend"
HIDDEN = "The Refuge, Hill Street"


@pytest.fixture
def child(cast):
    return a_child(cast, known_to=("Sal", "Hal"))


def judged(cast, child, *, over=None, by="Sal", **judging):
    with cast.seen_by(by) as viewer:
        if over is None:
            return add_known_place(person_id=child, judging=Judging(**judging), viewer=viewer, now=NOW)
        return judge_known_place(place_id=over, judging=Judging(**judging), viewer=viewer, now=NOW)


def sent(cast, client, name, child, place, **more):
    client.force_login(cast.users[name], backend=BACKEND)
    told = {"place": "The skate park", "why": "Friends", "safety": "not_assessed", "is_masked": "no"}
    address = reverse("judge_known_place", args=[child, place])
    return client.post(address, told | {"submission_key": str(new_id())} | more)


def reveals(place):
    with as_worker():
        return Entry.objects.filter(verb="reveal place", subject_id=place).count()


def stale(cast, child):
    """A place that was open to all, and judged again since: its words are kept from view now."""
    first = judged(cast, child, place="The skate park")
    return first, judged(
        cast, child, over=first, place=HIDDEN, why="Their mother hides there", is_masked=True
    )


def test_a_judgement_over_one_that_is_hidden_by_now_does_not_tell_its_words(cast, client, child):
    first, hidden = stale(cast, child)
    shown = sent(cast, client, "Hal", child, first).content.decode()
    assert "Kept from view" in shown
    assert HIDDEN not in shown
    assert "Their mother" not in shown
    assert reveals(hidden) == 0


def test_who_may_see_it_is_shown_both_and_that_is_on_the_record(cast, client, child):
    first, hidden = stale(cast, child)
    assert HIDDEN in sent(cast, client, "Sal", child, first).content.decode()
    assert reveals(hidden) == 1


def test_what_somebody_may_not_see_they_neither_replace_nor_take_off(cast, client, child):
    open_one = judged(cast, child, place="The skate park")
    hidden = judged(cast, child, place=HIDDEN, is_masked=True)
    assert sent(cast, client, "Hal", child, open_one, over=str(hidden)).status_code == 403
    with cast.seen_by("Hal") as hal, pytest.raises(NotAllowed):
        end_known_place(place_id=hidden, viewer=hal, now=NOW)
    with as_worker():
        assert KnownPlace.objects.get(pk=hidden).valid.upper is None
