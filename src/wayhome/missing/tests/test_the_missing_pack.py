"""The missing pack: opened to the police by a report, printed on one page, and every print on the record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.people.commands import Describing, Judging, add_known_place, describe

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def as_user(cast, client):
    def signed_in(name):
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


@pytest.fixture
def child(cast):
    return a_child(cast, known_to=("Sal", "Cora", "Hal", "Pat"))


@pytest.fixture
def kept(cast, child):
    with cast.seen_by("Hal") as hal:
        describe(
            person_id=child,
            version=0,
            words=Describing(hair="Short, dyed blue", medicines="Insulin, four times a day"),
            viewer=hal,
            now=NOW - timedelta(days=3),
        )
    with cast.seen_by("Sal") as sal:
        judging = Judging(
            place="12 Harbour Row", safety="unsafe", safety_reason="The man there was warned off"
        )
        add_known_place(person_id=child, judging=judging, viewer=sal, now=NOW)
        hidden = Judging(place="The Refuge, Hill Street", why="Their mother", is_masked=True)
        add_known_place(person_id=child, judging=hidden, viewer=sal, now=NOW)
    return child


def page(client, child):
    return client.get(reverse("missing_pack", args=[child]))


class TestOnTheScreen:
    def test_shows_who_it_is_about_and_what_is_kept(self, as_user, kept):
        shown = page(as_user("Hal"), kept).content.decode()
        for words in (
            "Robin Testchild",
            "Short, dyed blue",
            "Insulin",
            "12 Harbour Row",
            "Not safe for the child",
        ):
            assert words in shown
        assert "Not reported missing" in shown

    def test_reads_the_live_part_off_the_open_episode(self, cast, as_user, kept):
        an_episode(cast, kept, police_reference="SM-77")
        shown = page(as_user("Hal"), kept).content.decode()
        assert "Saltmere bus station" in shown
        assert "SM-77" in shown

    def test_keeps_masked_places_from_everybody_until_they_ask(self, as_user, kept):
        for name in ("Hal", "Sal"):
            shown = page(as_user(name), kept).content.decode()
            assert "A place kept from view" in shown
            assert "Refuge" not in shown
            assert "Their mother" not in shown

    def test_opens_to_the_police_with_a_report_only(self, cast, as_user, kept):
        assert page(as_user("Pat"), kept).status_code == 403
        an_episode(cast, kept)
        assert page(as_user("Pat"), kept).status_code == 200

    def test_is_not_there_for_otto(self, as_user, kept):
        assert page(as_user("Otto"), kept).status_code == 404


def printed(client, child, **sent):
    return client.post(reverse("print_missing_pack", args=[child]), {"purpose": "search", **sent})


class TestPrinted:
    def test_is_a_pdf_that_no_cache_keeps_and_whose_name_says_nothing(self, as_user, kept):
        answer = printed(as_user("Hal"), kept)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"] == "no-store"
        assert answer.content.startswith(b"%PDF")
        assert "robin" not in answer["Content-Disposition"].lower()

    def test_is_on_the_record_with_what_it_is_for(self, cast, as_user, kept):
        printed(as_user("Hal"), kept)
        with as_worker():
            entry = Entry.objects.get(verb="print", person_id=kept)
        assert entry.user_id == cast.users["Hal"].pk
        assert entry.detail == {"purpose": "search", "with_masked_places": False}

    def test_asks_what_it_is_for(self, as_user, kept):
        answer = as_user("Hal").post(reverse("print_missing_pack", args=[kept]), {})
        assert "Answer the question" in answer.content.decode()
        with as_worker():
            assert not Entry.objects.filter(verb="print").exists()

    def test_prints_masked_places_for_those_who_may(self, as_user, kept):
        assert printed(as_user("Sal"), kept, masked=["masked"]).status_code == 200
        with as_worker():
            assert Entry.objects.get(verb="print").detail["with_masked_places"] is True

    def test_prints_none_for_a_home_whatever_it_sends(self, as_user, kept):
        assert printed(as_user("Hal"), kept, masked=["masked"]).status_code == 403
        with as_worker():
            assert not Entry.objects.filter(verb="print").exists()
