"""The pages on which a record is made and changed: each works, refuses well, and shows Otto nothing."""

import re

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.people.commands import keep_search
from wayhome.people.models import Address, CareEpisode, Identifier, Involvement, Name, Person, Relationship

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def child(cast):
    return a_child(cast, known_to=("Sal", "Cora", "Hal"))


@pytest.fixture
def as_user(cast, client):
    def signed_in(name):
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


def born(day="5", month="6", year="2011"):
    return {"born-day": day, "born-month": month, "born-year": year}


def key():
    return {"submission_key": str(new_id())}


def row(model, **where):
    with as_worker():
        return model.objects.get(**where)


def on_record(verb):
    with as_worker():
        return Entry.objects.filter(verb=verb).count()


class TestCreating:
    def test_comes_after_a_search(self, cast, as_user):
        assert as_user("Sal").get(reverse("create_person")).url == reverse("find")

    def test_begins_with_what_was_searched_for(self, cast, as_user):
        with cast.seen_by("Sal") as sal:
            search = keep_search(typed="wren marie samplechild", viewer=sal, now=NOW)
        page = as_user("Sal").get(reverse("create_person"), {"search": search})
        assert 'value="samplechild"' in page.content.decode()
        assert 'value="wren marie"' in page.content.decode()

    def test_opens_the_record_to_the_team_and_leads_to_it(self, cast, as_user):
        sent = {"given_name": "Wren", "family_name": "Samplechild", **born(), **key()}
        page = as_user("Sal").post(reverse("create_person"), sent)
        made = row(Person, given_name="Wren")
        assert page["Location"] == reverse("child", args=[made.pk])
        with cast.seen_by("Sal"):
            assert Person.objects.filter(pk=made.pk).exists()
        with cast.seen_by("Otto"):
            assert not Person.objects.filter(pk=made.pk).exists()

    def test_asks_whether_it_is_one_already_known(self, cast, child, as_user):
        client = as_user("Sal")
        sent = {"given_name": "Robyn", "family_name": "Testchild", **born(), **key()}
        page = client.post(reverse("create_person"), sent).content.decode()
        assert "Is it one of these?" in page
        assert "Robin Testchild" in page
        looked_at = re.search(r'name="looked_at"[^>]*value="([^"]*)"', page).group(1)
        page = client.post(reverse("create_person"), sent | {"looked_at": looked_at})
        assert page.status_code == 303
        assert row(Person, given_name="Robyn")

    def test_says_whom_to_ring_if_others_know_the_child(self, cast, child, as_user):
        sent = {"given_name": "Robin", "family_name": "Testchild", **born(), **key()}
        page = as_user("Otto").post(reverse("create_person"), sent).content.decode()
        assert "A child with this name and date of birth is known" in page
        assert "Youth Team" in page
        assert str(child) not in page

    def test_refuses_a_birth_in_the_future_and_keeps_what_was_typed(self, cast, as_user):
        sent = {"given_name": "Wren", "family_name": "Samplechild", **born(year="2095"), **key()}
        page = as_user("Sal").post(reverse("create_person"), sent).content.decode()
        assert "There is a problem" in page
        assert 'value="Samplechild"' in page

    def test_takes_a_year_alone_as_an_estimate(self, cast, as_user):
        sent = {"given_name": "Wren", **born("", "", "2012"), "is_estimate": "estimate", **key()}
        as_user("Sal").post(reverse("create_person"), sent)
        assert row(Person, given_name="Wren").birth_precision == "estimated"

    def test_is_not_for_homes_or_analysts(self, cast, as_user):
        for name in ("Hal", "Ana"):
            assert as_user(name).get(reverse("create_person")).status_code == 403


class TestEditing:
    def sent(self, version=1, **typed):
        return (
            {"given_name": "Robin", "family_name": "Testchild", **born(), "version": version} | typed | key()
        )

    def test_saves_and_keeps_the_former_name(self, cast, child, as_user):
        client = as_user("Sal")
        assert client.get(reverse("edit_person", args=[child])).status_code == 200
        page = client.post(reverse("edit_person", args=[child]), self.sent(given_name="Rowan"))
        assert page["Location"] == reverse("child", args=[child])
        assert row(Person, pk=child).given_name == "Rowan"
        assert row(Name, person_id=child, kind="former").given_name == "Robin"

    def test_shows_both_versions_of_a_stale_edit_then_saves(self, cast, child, as_user):
        client = as_user("Sal")
        client.post(reverse("edit_person", args=[child]), self.sent(given_name="Rowan"))
        page = client.post(reverse("edit_person", args=[child]), self.sent(given_name="Robyn"))
        text = page.content.decode()
        assert "In the record now" in text
        assert "Rowan" in text
        assert 'value="Robyn"' in text
        version = re.search(r'name="version"[^>]*value="(\d+)"', text).group(1)
        page = client.post(
            reverse("edit_person", args=[child]), self.sent(given_name="Robyn", version=version)
        )
        assert page.status_code == 303
        assert row(Person, pk=child).given_name == "Robyn"

    def test_shows_otto_nothing(self, cast, child, as_user):
        assert as_user("Otto").get(reverse("edit_person", args=[child])).status_code == 404

    def test_is_on_the_record_as_a_read_too(self, cast, child, as_user):
        before = on_record("read")
        as_user("Sal").get(reverse("edit_person", args=[child]))
        assert on_record("read") == before + 1


class TestAdding:
    def add(self, client, child, noun, **sent):
        assert client.get(reverse("add_to_person", args=[child, noun])).status_code == 200
        return client.post(reverse("add_to_person", args=[child, noun]), sent | key())

    def since(self, name="since", day="1", month="3", year="2026"):
        return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}

    def test_another_name_makes_the_child_findable_by_it(self, cast, child, as_user):
        self.add(as_user("Sal"), child, "name", kind="alias", given_name="Ziggy", family_name="")
        page = as_user("Sal").post(reverse("find"), {"q": "ziggy"}, follow=True)
        assert "Robin Testchild" in page.content.decode()

    def test_a_name_needs_letters(self, cast, child, as_user):
        page = self.add(as_user("Sal"), child, "name", kind="alias")
        assert "Enter at least a given name or a family name" in page.content.decode()

    def test_a_number_with_a_wrong_check_digit_is_refused_in_a_sentence(self, cast, child, as_user):
        client = as_user("Sal")
        page = self.add(client, child, "number", type="NHS Number", value="999 000 0000")
        assert "This NHS number is not valid" in page.content.decode()
        self.add(client, child, "number", type="NHS Number", value="999 000 0018")
        assert row(Identifier, person_id=child).value == "9990000018"

    def test_a_masked_address(self, cast, child, as_user):
        sent = {"kind": "home", "lines": "1 Example Street", "postcode": "ZZ99 3CZ", "is_masked": "yes"}
        self.add(as_user("Sal"), child, "address", **sent, **self.since())
        assert row(Address, person_id=child).is_masked

    def test_a_half_postcode_is_refused(self, cast, child, as_user):
        sent = {"kind": "home", "lines": "1 Example Street", "postcode": "ZZ99", "is_masked": "no"}
        page = self.add(as_user("Sal"), child, "address", **sent, **self.since())
        assert "Enter a full postcode" in page.content.decode()

    def test_someone_around_the_child(self, cast, child, as_user):
        self.add(as_user("Sal"), child, "someone", kind="mother", name="Mo Testparent", phone="01632 960123")
        assert row(Relationship, person_id=child).name == "Mo Testparent"

    def test_a_team_with_a_worker_who_leads_from_now_on(self, cast, child, as_user):
        otto, team = cast.users["Otto"], cast.team_of("Otto")
        sent = {"who": f"{team} {otto.pk}", "service": "School nurse", "is_lead": "yes"}
        page = self.add(as_user("Sal"), child, "team", **sent, **self.since())
        assert page.status_code == 303
        assert row(Involvement, person_id=child, is_lead=True, valid__upper_inf=True).worker_id == otto.pk
        assert as_user("Otto").get(reverse("edit_person", args=[child])).status_code == 200

    def test_a_team_stops_and_stops_seeing(self, cast, child, as_user):
        ended = row(Involvement, person_id=child, team_id=cast.team_of("Hal"))
        page = reverse("end_involvement", args=[child, ended.pk])
        assert as_user("Sal").get(page).status_code == 200
        late = as_user("Sal").post(page, self.since("on", year="2090") | key()).content.decode()
        assert "That day is still to come" in late
        assert as_user("Sal").post(page, self.since("on") | key()).status_code == 303
        assert as_user("Hal").get(reverse("who_sees", args=[child])).status_code == 404

    def test_a_placement_begins_and_ends(self, cast, child, as_user):
        client = as_user("Sal")
        care = {"start_reason": "S", "legal_status": "C2", "placement": "K2", "placement_provider": "PR4"}
        care |= {"home_team_id": str(cast.team_of("Hal"))} | self.since("started_on")
        assert self.add(client, child, "placement", **care).status_code == 303
        again = self.add(client, child, "placement", **care)
        assert "A placement is still open" in again.content.decode()
        made = row(CareEpisode, person_id=child)
        page = reverse("end_care", args=[child, made.pk])
        assert client.get(page).status_code == 200
        sent = {"end_reason": "X1", "placement_change_reason": "CARPL"} | self.since("ended_on", day="2")
        assert client.post(page, sent | key()).status_code == 303
        assert row(CareEpisode, person_id=child).ended_on.day == 2

    def test_a_thing_that_is_not_there(self, cast, child, as_user):
        assert as_user("Sal").get(reverse("add_to_person", args=[child, "wings"])).status_code == 404


class TestWhoSees:
    def test_says_who_and_why(self, cast, child, as_user):
        page = as_user("Sal").get(reverse("who_sees", args=[child])).content.decode()
        assert "Lantern House" in page
        assert "Works with the child" in page
        assert "Why you see it" in page

    def test_shows_otto_nothing(self, cast, child, as_user):
        assert as_user("Otto").get(reverse("who_sees", args=[child])).status_code == 404
        assert as_user("Otto").get(reverse("reads", args=[child])).status_code == 404

    def test_says_who_opened_the_record(self, cast, child, as_user):
        as_user("Sal").get(reverse("who_sees", args=[child]))
        page = as_user("Cora").get(reverse("reads", args=[child])).content.decode()
        assert cast.users["Sal"].name in page

    def test_a_coordinator_restricts_and_lifts(self, cast, child, as_user):
        client = as_user("Cora")
        page = reverse("restrict", args=[child])
        assert cast.users["Sal"].name in client.get(page).content.decode()
        sent = {"named": [str(cast.users["Sal"].pk)], "reason": "Child of a colleague"} | key()
        assert client.post(page, sent).status_code == 303
        shown = client.get(reverse("who_sees", args=[child])).content.decode()
        assert "This record is restricted" in shown
        assert "Held back" in shown
        assert as_user("Sal").get(reverse("who_sees", args=[child])).status_code == 200
        assert as_user("Hal").get(reverse("who_sees", args=[child])).status_code == 404
        client = as_user("Cora")
        assert client.get(reverse("lift_restriction", args=[child])).status_code == 200
        client.post(reverse("lift_restriction", args=[child]), {"reason": "No longer needed"} | key())
        assert as_user("Hal").get(reverse("who_sees", args=[child])).status_code == 200

    def test_only_a_coordinator_may_restrict(self, cast, child, as_user):
        assert as_user("Sal").get(reverse("restrict", args=[child])).status_code == 403
