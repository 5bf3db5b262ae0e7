"""Whoever runs the home where a child lives does not hear the child. Statutory guidance 2014: an independent person."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.personas import ARRANGER, NOW, a_child

from wayhome.access import commands as access
from wayhome.access.models import User
from wayhome.access.roles import Scope
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotAllowed
from wayhome.kernel.viewer import Viewer
from wayhome.missing import commands
from wayhome.missing.rules.independence import NotIndependent, RunBy, is_independent, not_independent
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.stages import an_account, file_of, returned
from wayhome.people.commands import NewCareEpisode, begin_care_episode, end_care_episode

HOME, OTHER_HOME, OFFICE = UUID(int=1), UUID(int=2), UUID(int=3)
PROVIDER, COUNCIL, CHARITY = UUID(int=11), UUID(int=12), UUID(int=13)


def somebody(agency_id: UUID | None, *teams: UUID) -> Viewer:
    return Viewer(UUID(int=99), "Sam Sample", agency_id=agency_id, team_ids=frozenset(teams))


@pytest.mark.parametrize(
    ("viewer", "home", "independent"),
    [
        (somebody(CHARITY, OFFICE), RunBy(HOME, PROVIDER, False), True),
        (somebody(PROVIDER, HOME), RunBy(HOME, PROVIDER, False), False),
        # Another home of the same provider answers to the same people.
        (somebody(PROVIDER, OTHER_HOME), RunBy(HOME, PROVIDER, False), False),
        (somebody(PROVIDER), RunBy(HOME, PROVIDER, False), False),
        # Lent to the home's team, whoever employs them.
        (somebody(CHARITY, HOME), RunBy(HOME, PROVIDER, False), False),
        # A council has homes and much else.
        (somebody(COUNCIL, OFFICE), RunBy(HOME, COUNCIL, True), True),
        (somebody(COUNCIL, HOME), RunBy(HOME, COUNCIL, True), False),
        (somebody(None), RunBy(HOME, PROVIDER, False), True),
    ],
)
def test_who_is_independent_of_a_home(viewer, home, independent):
    assert is_independent(viewer, [home]) is independent
    assert is_independent(viewer, [])


def test_the_refusal_says_who_can_do_it():
    words = not_independent(["Return Interviews, Listening Ear, 01632 960001"]).message
    assert words.endswith("Return Interviews, Listening Ear, 01632 960001 can hold it.")
    assert not_independent([]).message.endswith("Ask the coordinators who can hold it.")


def lives_in_lantern_house(cast, child, *, ended_on=None):
    with as_worker():
        care = begin_care_episode(
            person_id=child,
            new=NewCareEpisode(
                started_on=date(2026, 1, 5),
                start_reason="S",
                legal_status="C2",
                placement="K2",
                home_team_id=cast.team_of("Hal"),
            ),
            viewer=ARRANGER,
            now=NOW,
        )
        if ended_on:
            end_care_episode(
                care_episode_id=care, ended_on=ended_on, end_reason="E8", viewer=ARRANGER, now=NOW
            )


def also_interviews(cast, name):
    """One of the cast is given the role of a return interviewer as well."""
    with as_worker():
        access.give_scope(
            user_id=cast.users[name].pk, scope=Scope.RETURN_INTERVIEWER, viewer=ARRANGER, now=NOW
        )
    cast.users[name] = User.objects.select_related("agency").get(pk=cast.users[name].pk)


def works_at_lantern_house_too(cast, name):
    with as_worker():
        user_id = cast.users[name].pk
        access.join_team(user_id=user_id, team_id=cast.team_of("Hal"), viewer=ARRANGER, now=NOW)
    cast.users[name] = User.objects.select_related("agency").get(pk=user_id)


def test_an_interview_recorded_by_the_home_itself_is_refused_and_nothing_is_kept(cast):
    child = a_child(cast)
    lives_in_lantern_house(cast, child)
    episode = returned(cast, child)
    also_interviews(cast, "Hal")
    with cast.seen_by("Hal") as hal, pytest.raises(NotIndependent) as refused:
        commands.hold_interview(episode_id=episode, account=an_account(), viewer=hal, now=NOW)
    assert "Return Interviews, Listening Ear, 01632 960001 can hold it." in refused.value.message
    assert file_of(cast, episode).interview is None


def test_nor_does_the_home_say_that_the_child_did_not_want_one(cast):
    child = a_child(cast)
    lives_in_lantern_house(cast, child)
    episode = returned(cast, child)
    also_interviews(cast, "Hal")
    with cast.seen_by("Hal") as hal, pytest.raises(NotAllowed, match="staff of a home"):
        commands.settle_without_interview(
            episode_id=episode, outcome="declined_child", reason="Said no.", viewer=hal, now=NOW
        )


def test_staff_of_a_home_without_that_role_are_not_let_in_at_all(cast):
    child = a_child(cast)
    lives_in_lantern_house(cast, child)
    episode = returned(cast, child)
    with cast.seen_by("Hal") as hal, pytest.raises(NotAllowed):
        commands.hold_interview(episode_id=episode, account=an_account(), viewer=hal, now=NOW)


def test_a_home_the_child_has_left_since_going_missing_counts_too(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    lives_in_lantern_house(cast, child, ended_on=london_day(NOW - timedelta(hours=5)))
    episode = returned(cast, child)
    also_interviews(cast, "Hal")
    with cast.seen_by("Hal") as hal, pytest.raises(NotIndependent):
        commands.hold_interview(episode_id=episode, account=an_account(), viewer=hal, now=NOW)


def test_an_interviewer_lent_to_the_home_is_not_independent_of_it(cast):
    child = a_child(cast)
    lives_in_lantern_house(cast, child)
    episode = returned(cast, child)
    works_at_lantern_house_too(cast, "Ines")
    with cast.seen_by("Ines") as ines, pytest.raises(NotIndependent):
        commands.hold_interview(episode_id=episode, account=an_account(), viewer=ines, now=NOW)


def test_a_home_the_child_had_left_before_does_not_count(cast):
    child = a_child(cast)
    lives_in_lantern_house(cast, child, ended_on=date(2026, 2, 1))
    episode = returned(cast, child)
    works_at_lantern_house_too(cast, "Ines")
    with cast.seen_by("Ines") as ines:
        commands.hold_interview(episode_id=episode, account=an_account(), viewer=ines, now=NOW)
    assert file_of(cast, episode).interview.independent_as == "outside"


def test_who_runs_the_home_is_told_before_an_hour_of_typing(cast):
    child = a_child(cast)
    lives_in_lantern_house(cast, child)
    episode = returned(cast, child)
    also_interviews(cast, "Hal")
    page = client_of(cast, "Hal").get(f"/missing/episodes/{episode}/interview")
    assert "This interview is for others to hold" in text_of(page)
    assert "Listening Ear, 01632 960001 can hold it" in text_of(page)
    assert "own_words" not in page.content.decode()


def test_who_says_that_they_work_for_the_home_is_refused_at_that_question(cast):
    episode = returned(cast, a_child(cast))
    answers = {"place": "Park", "own_words": "Nothing.", "in_part": "no", "independent_as": "placement"}
    page = sent(
        client_of(cast, "Ines"),
        f"/missing/episodes/{episode}/interview",
        **answers,
        **typed("held_at", NOW),
    )
    assert 'href="#id_independent_as' in page.content.decode()
    assert "not for those who run it" in text_of(page)
