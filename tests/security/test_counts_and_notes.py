"""Counts, and notes about several children at once, tell nothing of those whom the reader does not see."""

from datetime import timedelta

import pytest

from tests.personas import NOW, a_child, an_episode
from tests.security.asking import NOT_ALLOWED, ask, ask_one, error_of
from wayhome.access.commands import restrict
from wayhome.config.testing import as_worker
from wayhome.database.reading import answered
from wayhome.insight.queries.notifications import _shown
from wayhome.missing import commands
from wayhome.missing.commands.seminar import CameAlready
from wayhome.missing.models import Seminar, SeminarInvitation
from wayhome.missing.queries.handover import waiting
from wayhome.missing.rules.accuracy import Accuracy, Delay
from wayhome.missing.tests.pages import client_of

ABOUT_ALL = "Robin and Rowan ran off together: ring both mothers"


def restricted(cast, child):
    """To Cora alone."""
    with cast.seen_by("Cora") as cora:
        named = frozenset({cora.user_id})
        restrict(person_id=child, named=named, reason="A colleague's child", viewer=cora, now=NOW)


@pytest.fixture
def handed(cast):
    """Two children handed over within Sal's team, of whom one is restricted to Cora afterwards."""
    children = [a_child(cast, given_name=name, known_to=("Sal", "Cora")) for name in ("Robin", "Rowan")]
    episodes = [an_episode(cast, child) for child in children]
    with cast.seen_by("Sal") as sal:
        made = commands.hand_over(
            team_id=cast.team_of("Sal"),
            notes=dict.fromkeys(episodes, "Ring at eight"),
            note=ABOUT_ALL,
            viewer=sal,
            now=NOW,
        )
    return made, children


def told(cast, name):
    with cast.seen_by(name) as viewer:
        return {each.name.split()[0]: each.about_all for each in answered(waiting(viewer, NOW))}


def test_a_note_about_all_of_a_handover_is_read_by_who_sees_every_child_on_it(cast, handed):
    made, (_, rowan) = handed
    assert told(cast, "Sal") == told(cast, "Cora") == {"Robin": ABOUT_ALL, "Rowan": ABOUT_ALL}
    restricted(cast, rowan)
    assert told(cast, "Sal") == {"Robin": ""}
    assert told(cast, "Cora") == {"Robin": ABOUT_ALL, "Rowan": ABOUT_ALL}
    for page in ("/handovers", "/board", "/wall", "/"):
        assert "both mothers" not in client_of(cast, "Sal").get(page).content.decode(), page
    with cast.seen_by("Sal"):
        assert error_of("SELECT note FROM missing_handover") == NOT_ALLOWED
        assert ask("SELECT * FROM missing_handover_notes(%s)", [made]) == []
    with as_worker():
        assert ask_one("SELECT note FROM missing_handover WHERE id = %s", made) == ABOUT_ALL


def test_an_item_goes_under_no_handover_of_somebody_else(cast, handed):
    made, (robin, _) = handed
    with cast.seen_by("Cora"):
        episode = ask_one("SELECT id FROM missing_episode WHERE person_id = %s", robin)
        add = (
            "INSERT INTO missing_handoveritem (id, handover_id, episode_id, person_id, open_duties, note)"
            " VALUES (gen_random_uuid(), %s, %s, %s, '', 'Mine')"
        )
        assert error_of(add, made, episode, robin) == NOT_ALLOWED


def test_a_seminar_is_not_cancelled_over_one_who_came_and_is_hidden(cast):
    hidden = a_child(cast, given_name="Rowan", known_to=("Sal", "Cora"))
    episode = an_episode(cast, hidden)
    restricted(cast, hidden)
    with as_worker():
        yesterday = NOW - timedelta(days=1)
        seminar = Seminar.objects.create(
            partnership_id=cast.partnership_id, held_at=yesterday, place="Library", planned_at=yesterday
        ).pk
        SeminarInvitation.objects.create(
            seminar_id=seminar,
            episode_id=episode,
            person_id=hidden,
            invited="child",
            channel="phone",
            invited_at=yesterday,
            attended=True,
        )
    with cast.seen_by("Ines") as ines:
        assert not SeminarInvitation.objects.exists()
        with pytest.raises(CameAlready):
            commands.cancel_seminar(seminar_id=seminar, viewer=ines, now=NOW)
        cancel = "UPDATE missing_seminar SET cancelled_at = now() WHERE id = %s"
        assert error_of(cancel, seminar) == NOT_ALLOWED
    with cast.seen_by("Sal"):
        assert ask_one("SELECT missing_somebody_came(%s)", seminar) is False


@pytest.mark.parametrize(("decided", "is_told"), [(20, True), (19, False), (16, False), (15, True)])
def test_how_few_nobody_has_decided_about_is_not_read_off(decided, is_told):
    nobody = Delay(0, None, None)
    counted = Accuracy("police", 20, 0, 20, nobody, nobody, decided, 0, 0, 0)
    shown = _shown(counted, is_open=False)
    assert (shown.messages, shown.decided) == (20, decided if is_told else None)
