"""Children placed across a border: two queues, what each authority does, and who has the notice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import ARRANGER, NOW, a_child, an_episode

from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.missing.models import DutyAnswer
from wayhome.missing.rules.areas import Side, notice_due, shares
from wayhome.missing.vocabulary import DutyOutcome, WallDuty
from wayhome.people.commands import NewCareEpisode, begin_care_episode

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def as_user(cast, client):
    def signed_in(name):
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


def placed(cast, name, **where):
    child = a_child(cast, given_name=name, known_to=("Sal", "Cora"))
    with as_worker():
        begin_care_episode(
            person_id=child,
            new=NewCareEpisode(
                started_on=london_day(NOW) - timedelta(days=60),
                start_reason="S",
                legal_status="C2",
                placement="K2",
                **where,
            ),
            viewer=ARRANGER,
            now=NOW - timedelta(days=60),
        )
    return child


def shown(client):
    return client.get(reverse("out_of_area")).content.decode()


@pytest.mark.parametrize(
    ("side", "notice"),
    [(Side.PLACED_HERE, WallDuty.PLACING_NOTICE), (Side.PLACED_ELSEWHERE, WallDuty.HOST_NOTICE)],
)
def test_each_side_tells_the_other(side, notice):
    assert notice_due(side) == notice
    assert {share.is_ours for share in shares(side)} == {True, False}


def test_what_is_ours_on_one_side_is_theirs_on_the_other():
    ours = {share.words for share in shares(Side.PLACED_HERE) if share.is_ours}
    theirs = {share.words for share in shares(Side.PLACED_ELSEWHERE) if not share.is_ours}
    assert ours == theirs


class TestTheQueues:
    def test_are_two(self, cast, as_user):
        placed(cast, "Wren", placed_by="Northdale Council")
        placed(cast, "Jay", placed_in="Southfen Council")
        placed(cast, "Kit")
        here, elsewhere = shown(as_user("Cora")).split("Ours, placed elsewhere")
        assert "Wren" in here
        assert "Northdale Council" in here
        assert "Jay" in elsewhere
        assert "Southfen Council" in elsewhere
        assert "Kit" not in here + elsewhere

    def test_say_who_was_not_told(self, cast, as_user):
        an_episode(cast, placed(cast, "Wren", placed_by="Northdale Council"))
        page = shown(as_user("Cora"))
        assert "Not told yet" in page
        assert "Tell the authority that placed the child" in page

    def test_say_who_was_told_and_who_has_it(self, cast, as_user):
        child = placed(cast, "Wren", placed_by="Northdale Council")
        episode = an_episode(cast, child)
        with as_worker():
            given = DutyAnswer.objects.create(
                episode_id=episode,
                person_id=child,
                duty=WallDuty.PLACING_NOTICE,
                outcome=DutyOutcome.DONE,
                done_at=NOW,
                with_whom="Emergency duty team",
                note="Rang and sent the pack.",
                recorded_at=NOW,
            )
        page = shown(as_user("Cora"))
        assert "Not told yet" not in page
        assert "No receipt yet" in page
        with as_worker():
            DutyAnswer.objects.filter(pk=given.pk).update(received_at=NOW, received_by="Duty manager")
        page = shown(as_user("Cora"))
        assert "No receipt yet" not in page
        assert "Duty manager" in page

    def test_take_no_more_queries_for_many(self, cast, as_user):
        an_episode(cast, placed(cast, "Wren", placed_by="Northdale Council"))
        client = as_user("Cora")
        shown(client)
        with CaptureQueriesContext(connection) as few:
            shown(client)
        for name in ("Jay", "Kit", "Lark"):
            an_episode(cast, placed(cast, name, placed_in="Southfen Council"))
        with CaptureQueriesContext(connection) as many:
            shown(client)
        assert len(many) == len(few)

    def test_are_for_coordinators(self, as_user):
        assert as_user("Hal").get(reverse("out_of_area")).status_code == 403


def test_the_overview_says_where_a_child_is_placed_and_by_whom(cast, as_user):
    child = placed(cast, "Wren", placed_by="Northdale Council")
    page = as_user("Cora").get(reverse("child", args=[child])).content.decode()
    assert "Placed here by Northdale Council" in page
