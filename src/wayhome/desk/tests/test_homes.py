"""The pages of homes: the manager's own, the link worker's as far as grants go, nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.journeys.stage import lives_in
from tests.personas import ARRANGER, NOW, OPENED, a_child, an_episode

from wayhome.access import commands as access
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.desk.tests.arranged import a_return
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.partnership import commands as partnership
from wayhome.partnership.models import HomeLink
from wayhome.partnership.vocabulary import TeamKind

BACKEND = "wayhome.access.signed_in.Backend"
LONG_AGO = london_day(NOW) - timedelta(days=200)


@pytest.fixture
def as_user(cast, client):
    def signed_in(name):
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


@pytest.fixture
def resident(cast):
    child = a_child(cast, known_to=("Sal",))
    lives_in(cast, "Hal", child)
    return child


@pytest.fixture
def linked(cast):
    with as_worker():
        return access.link_to_home(
            home_id=cast.team_of("Hal"),
            user_id=cast.users["Ines"].pk,
            since=LONG_AGO,
            viewer=ARRANGER,
            now=NOW,
        )


@pytest.fixture
def another_home(cast):
    """A second home, managed by one who manages nothing else."""
    with as_worker():
        return partnership.open_team(
            agency_id=cast.agencies["Porchlight Homes"],
            name="Beacon House",
            kind=TeamKind.HOME,
            opened_on=OPENED,
            viewer=ARRANGER,
            now=NOW,
        )


def home_page(client, cast, home=None):
    return client.get(reverse("home", args=[home or cast.team_of("Hal")]))


class TestTheManager:
    def test_sees_who_is_missing_before_who_is_back(self, cast, as_user):
        for given_name, add in (("Wren", a_return), ("Finch", an_episode)):
            child = a_child(cast, given_name=given_name, known_to=("Sal",))
            lives_in(cast, "Hal", child)
            add(cast, child)
        shown = home_page(as_user("Hal"), cast).content.decode()
        assert shown.index("Finch Testchild</a>") < shown.index("Wren Testchild</a>")

    def test_sees_who_lives_there_and_whose_pack_is_not_written(self, cast, as_user, resident):
        shown = home_page(as_user("Hal"), cast).content.decode()
        assert "Robin Testchild" in shown
        assert "Pack not written yet" in shown
        assert reverse("report_missing", args=[resident]) in shown

    def test_sees_who_is_missing_and_their_clocks(self, cast, as_user, resident):
        episode = an_episode(cast, resident, by="Hal")
        shown = home_page(as_user("Hal"), cast).content.decode()
        assert reverse("episode", args=[episode]) in shown
        assert "Your reports of the last two weeks" in shown

    def test_sees_no_other_home(self, cast, as_user, another_home):
        assert home_page(as_user("Hal"), cast, another_home).status_code == 404
        listed = as_user("Hal").get(reverse("homes")).content.decode()
        assert "Lantern House" in listed
        assert "Beacon House" not in listed


class TestTheLinkWorker:
    def test_sees_the_home_they_are_linked_to_and_no_other(self, cast, as_user, linked, another_home):
        assert home_page(as_user("Ines"), cast).status_code == 200
        assert home_page(as_user("Ines"), cast, another_home).status_code == 404

    def test_sees_only_the_children_their_grants_allow(self, cast, as_user, linked, resident):
        shown = home_page(as_user("Ines"), cast).content.decode()
        assert "Robin" not in shown
        known = a_child(cast, given_name="Wren", known_to=("Sal", "Ines"))
        lives_in(cast, "Hal", known)
        shown = home_page(as_user("Ines"), cast).content.decode()
        assert "Wren" in shown
        assert "Robin" not in shown

    def test_sees_nothing_before_the_link_and_after_it(self, cast, as_user, linked):
        with as_worker():
            access.end_home_link(link_id=linked, on=london_day(NOW), viewer=ARRANGER, now=NOW)
        assert home_page(as_user("Ines"), cast).status_code == 404


def test_otto_and_the_police_see_no_home(cast, as_user, resident):
    assert home_page(as_user("Otto"), cast).status_code == 404
    assert home_page(as_user("Pat"), cast).status_code == 403
    assert "No home is yours to see" in as_user("Otto").get(reverse("homes")).content.decode()


def test_coordinators_see_every_home_and_who_is_linked(cast, as_user, linked, another_home):
    shown = as_user("Cora").get(reverse("homes")).content.decode()
    for words in (
        "Lantern House",
        "Beacon House",
        "Ines Return Interviewer",
        "Nobody is linked to this home",
    ):
        assert words in shown


def test_that_a_home_was_opened_is_on_the_record(cast, as_user, resident):
    home_page(as_user("Hal"), cast)
    with as_worker():
        entry = Entry.objects.filter(user_id=cast.users["Hal"].pk, verb="read list").latest("pk")
    assert entry.detail["found"] == 1


def test_a_home_of_many_takes_no_more_queries_than_one_of_few(cast, as_user, resident):
    an_episode(cast, resident, by="Hal")
    client = as_user("Hal")
    home_page(client, cast)
    with CaptureQueriesContext(connection) as few:
        home_page(client, cast)
    for name in ("Wren", "Jay", "Kit"):
        child = a_child(cast, given_name=name, known_to=("Sal",))
        lives_in(cast, "Hal", child)
        an_episode(cast, child, by="Hal")
    with CaptureQueriesContext(connection) as many:
        home_page(client, cast)
    assert len(many) == len(few), f"{len(few)} and {len(many)}"


class TestLinking:
    def link(self, client, cast, who="Ines", **sent):
        boxes = {"since-day": "1", "since-month": "9", "since-year": "2026"}
        told = {"user_id": str(cast.users[who].pk), "submission_key": str(new_id())} | boxes | sent
        return client.post(reverse("link_to_home", args=[cast.team_of("Hal")]), told)

    def test_is_done_by_coordinators_and_kept_on_the_record(self, cast, as_user):
        answer = self.link(as_user("Cora"), cast)
        assert answer["Location"] == reverse("home", args=[cast.team_of("Hal")])
        with as_worker():
            assert HomeLink.objects.get().user_id == cast.users["Ines"].pk
            assert Entry.objects.filter(verb="link to home").count() == 1

    def test_is_done_once(self, cast, as_user, linked):
        assert "linked to the home already" in self.link(as_user("Cora"), cast).content.decode()

    def test_is_for_those_who_see_children(self, cast, as_user):
        assert "never sees a child" in self.link(as_user("Cora"), cast, who="Ana").content.decode()

    def test_is_not_for_the_home_itself(self, cast, as_user):
        assert self.link(as_user("Hal"), cast).status_code == 403

    def test_leads_administrators_to_the_partnership(self, cast, as_user):
        assert self.link(as_user("Ada"), cast)["Location"] == reverse("partnership")

    def test_ends_on_a_day_not_before_it_began(self, cast, as_user, linked):
        address = reverse("end_home_link", args=[cast.team_of("Hal"), linked])
        boxes = {"on-day": "1", "on-month": "1", "on-year": "2020", "submission_key": str(new_id())}
        assert "before the link began" in as_user("Cora").post(address, boxes).content.decode()
