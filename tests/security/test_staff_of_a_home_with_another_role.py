"""Somebody of a home who has another role as well: most of the record is kept from them, and work on it.

Without the record they would write beside it, close what is unanswered, or merge and leave half of it behind.
"""

from datetime import timedelta

import pytest

from tests.personas import ARRANGER, NOW, a_child, an_episode
from tests.security.test_by_a_report_alone import ANSWER, outcome_of, undone, work_on
from wayhome.access import commands as access
from wayhome.access.roles import Scope
from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import NotAllowed
from wayhome.missing import commands as missing
from wayhome.missing.commands.close import DutiesUnanswered
from wayhome.missing.models import DutyAnswer, Episode
from wayhome.missing.tests.pages import client_of
from wayhome.missing.tests.stages import BACK, analysed, heard
from wayhome.people import commands as people

OTHERS = (Scope.PRACTITIONER, Scope.RETURN_INTERVIEWER, Scope.POLICE_DESK, Scope.COORDINATOR)


@pytest.fixture
def hal(cast):
    """Staff of a home who has every other role that works with children."""
    with as_worker():
        for scope in OTHERS:
            access.give_scope(user_id=cast.users["Hal"].pk, scope=scope, viewer=ARRANGER, now=NOW)
    return cast.users["Hal"]


def of_another_home(cast):
    """A child whom Hal's team knows, but who does not live in the home."""
    child = a_child(cast, known_to=("Sal", "Hal", "Cora", "Ines", "Pat"))
    with as_worker():
        people.add_address(
            person_id=child,
            kind="home",
            lines="7 Hidden Lane",
            postcode="",
            since=NOW.date(),
            is_masked=True,
            viewer=ARRANGER,
            now=NOW,
        )
        people.add_known_place(
            person_id=child, judging=people.Judging(place="The Refuge"), viewer=ARRANGER, now=NOW
        )
    return child


def back(cast, child):
    episode = an_episode(cast, child)
    with cast.seen_by("Pat") as pat:
        missing.record_returned(
            episode_id=episode,
            returned_at=BACK,
            returned_to="",
            return_method="RETURNED_SELF",
            viewer=pat,
            now=NOW,
        )
    return episode


@pytest.mark.parametrize("stage", [an_episode, back, heard, analysed])
def test_no_command_fails_in_another_way_than_by_a_refusal(cast, hal, stage):
    child = of_another_home(cast)
    episode = stage(cast, child)
    said = {}
    for name, command in work_on(child, episode).items():
        with undone(), cast.seen_by("Hal") as viewer:
            said[name] = outcome_of(command, viewer)
    kept = ("answer_duty", "close", "set_aside", "merge", "split", "check", "choose")
    assert {name: said[name] for name in kept} == dict.fromkeys(kept, "NotAllowed")
    of_the_interview = ("offer", "offer_after_no", "add_after_no", "hold", "settle")
    assert "done" not in {said[name] for name in of_the_interview}
    if stage is back:
        assert {said[name] for name in ("offer", "settle")} == {"NotAllowed"}
        assert said["hold"] == "NotForHomes"


def test_they_are_not_asked_for_an_hour_of_typing(cast, hal):
    episode = back(cast, of_another_home(cast))
    form = client_of(cast, "Hal").get(f"/missing/episodes/{episode}/interview")
    assert form.status_code == 403
    assert "kept from staff of a home" in form.content.decode()


def test_they_are_shown_no_form_on_which_to_offer_the_interview(cast, hal):
    episode = back(cast, of_another_home(cast))
    client = client_of(cast, "Hal")
    for page in ("offer", "no-interview"):
        assert client.get(f"/missing/episodes/{episode}/{page}").status_code == 403, page
    assert "Offer the return interview" not in client.get(f"/missing/episodes/{episode}").content.decode()


def test_they_close_no_episode_whose_duties_they_do_not_see(cast, hal):
    child = of_another_home(cast)
    episode = analysed(cast, child)
    with as_worker():
        Episode.objects.filter(pk=episode).update(last_seen_at=BACK - timedelta(hours=60))
    with cast.seen_by("Cora") as cora, pytest.raises(DutiesUnanswered):
        missing.close_episode(episode_id=episode, viewer=cora, now=NOW)
    with cast.seen_by("Hal") as viewer, pytest.raises(NotAllowed):
        missing.close_episode(episode_id=episode, viewer=viewer, now=NOW)


def test_they_merge_no_episodes_of_whose_record_half_would_stay_behind(cast, hal):
    child = of_another_home(cast)
    double = an_episode(
        cast,
        child,
        last_seen_at=NOW - timedelta(hours=60),
        reported_at=NOW - timedelta(hours=59),
        noticed_at=None,
    )
    with cast.seen_by("Cora") as cora:
        missing.answer_duty(episode_id=double, duty="senior_notice", answer=ANSWER, viewer=cora, now=NOW)
        missing.record_returned(
            episode_id=double,
            returned_at=NOW - timedelta(hours=30),
            returned_to="",
            return_method="RETURNED_SELF",
            viewer=cora,
            now=NOW,
        )
    kept = an_episode(cast, child)
    with cast.seen_by("Hal") as viewer, pytest.raises(NotAllowed):
        missing.merge_episodes(double_id=double, into_id=kept, reason="One", viewer=viewer, now=NOW)
    with as_worker():
        assert DutyAnswer.objects.get().episode_id == double
