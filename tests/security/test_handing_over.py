"""What is handed over reaches somebody who sees it: an item about a child hidden from them would be lost."""

import pytest

from tests.personas import NOW, a_child, an_episode
from wayhome.access import commands as access
from wayhome.kernel.refusal import NotAllowed
from wayhome.missing import commands
from wayhome.missing.commands.handover import NotOpenToThem


def handed(cast, name, episode):
    with cast.seen_by(name) as viewer:
        return commands.hand_over(
            team_id=cast.team_of(name), notes={episode: "Ring at eight"}, viewer=viewer, now=NOW
        )


def test_what_is_open_to_the_team_is_handed_to_it(cast):
    assert handed(cast, "Cora", an_episode(cast, a_child(cast, known_to=("Sal", "Cora"))))


def test_a_restricted_child_is_not_handed_to_a_team_from_which_it_is_held_back(cast):
    child = a_child(cast, known_to=("Sal", "Cora"))
    episode = an_episode(cast, child)
    with cast.seen_by("Cora") as cora:
        access.restrict(
            person_id=child,
            named=frozenset({cora.user_id}),
            reason="A colleague's child",
            viewer=cora,
            now=NOW,
        )
    with pytest.raises(NotOpenToThem):
        handed(cast, "Cora", episode)


def test_who_sees_a_child_by_a_report_alone_hands_nothing_over(cast):
    episode = an_episode(cast, a_child(cast), by="Otto")
    with pytest.raises(NotAllowed):
        handed(cast, "Otto", episode)
