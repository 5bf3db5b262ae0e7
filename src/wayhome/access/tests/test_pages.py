"""The pages of access: drafts, roles, broken glass, the log, accounts."""

import pytest
from django.core import mail
from django.urls import reverse
from tests.personas import a_child

from wayhome.access.models import BreakGlass, HeldScope, Membership, User
from wayhome.audit.models import Draft
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def as_user(cast, client):
    def signed_in(name):
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


def key():
    return {"submission_key": str(new_id())}


def row(model, **where):
    with as_worker():
        return model.objects.get(**where)


@pytest.mark.parametrize("name", ["Pat", "Hal", "Ana", "Ivo", "Otto"])
def test_everyone_reads_the_roles(cast, as_user, name):
    page = as_user(name).get(reverse("roles")).content.decode()
    assert "Police missing desk" in page
    assert "Your role" in page


def test_who_was_signed_out_while_writing_gets_back_what_they_wrote(cast, client):
    page = client.post(reverse("break_glass", args=[new_id()]), {"reason": "She rang me just now"})
    assert page.status_code == 403
    assert "She rang me just now" in page.content.decode()


class TestDrafts:
    def test_are_kept_and_come_back(self, cast, as_user):
        child = a_child(cast)
        client = as_user("Otto")
        saved = client.post(reverse("draft", args=["break_glass", child]), {"reason": "She rang me"} | key())
        assert saved.json()["saved_at"]
        assert "She rang me" in client.get(reverse("break_glass", args=[child])).content.decode()

    def test_of_one_are_closed_to_others(self, cast, as_user):
        as_user("Otto").post(reverse("draft", args=["report"]), {"reason": "mine"})
        with cast.seen_by("Otto"):
            assert Draft.objects.count() == 1
        with cast.seen_by("Pat"):
            assert Draft.objects.count() == 0

    def test_are_only_written_by_post_and_by_those_signed_in(self, cast, client, as_user):
        assert client.post(reverse("draft", args=["report"])).status_code == 403
        assert as_user("Otto").get(reverse("draft", args=["report"])).status_code == 405

    def test_too_long_for_one_are_refused_in_words(self, cast, as_user):
        answer = as_user("Otto").post(reverse("draft", args=["report"]), {"reason": "x" * 200_001})
        assert answer.status_code == 413
        assert "200,000" in answer.json()["message"]

    def test_on_their_way_when_the_form_was_sent_are_not_kept(self, cast, as_user):
        child = a_child(cast)
        client = as_user("Otto")
        sent = {"reason_code": "on_call", "reason": "She rang me just now"} | key()
        client.post(reverse("break_glass", args=[child]), sent)
        client.post(reverse("draft", args=["break_glass", child]), sent)
        with cast.seen_by("Otto"):
            assert Draft.objects.count() == 0


class TestBreakingGlass:
    SENT = {"reason_code": "immediate_safety", "reason": "She rang me just now"}

    def test_opens_the_record_and_waits_for_an_answer(self, cast, as_user):
        child = a_child(cast, known_to=("Sal", "Cora"))
        client = as_user("Otto")
        assert client.get(reverse("break_glass", args=[child])).status_code == 200
        page = client.post(reverse("break_glass", args=[child]), self.SENT | key())
        assert page["Location"] == reverse("child", args=[child])
        assert client.get(reverse("break_glass", args=[child])).url == reverse("child", args=[child])
        broken = row(BreakGlass, person_id=child)
        cora = as_user("Cora").get(reverse("glass")).content.decode()
        assert "She rang me just now" in cora
        assert reverse("child", args=[child]) in cora
        ivo = as_user("Ivo").get(reverse("glass")).content.decode()
        assert cast.users["Otto"].name in ivo
        assert str(child) not in ivo
        assert "Testchild" not in ivo
        review = reverse("review_glass", args=[broken.pk])
        assert as_user("Ivo").get(review).status_code == 200
        done = as_user("Ivo").post(review, {"outcome": "justified", "note": "Rang the desk."} | key())
        assert done["Location"] == reverse("glass")
        assert as_user("Ivo").get(review).status_code == 404
        assert "It was right" in as_user("Ivo").get(reverse("glass")).content.decode()

    def test_says_the_same_of_an_unknown_and_a_restricted_record(self, cast, as_user):
        child = a_child(cast, known_to=("Sal", "Cora"))
        client = as_user("Cora")
        client.post(reverse("restrict", args=[child]), {"reason": "Child of a colleague"} | key())
        client = as_user("Otto")
        pages = []
        for person_id in (child, new_id()):
            assert client.get(reverse("break_glass", args=[person_id])).status_code == 200
            page = client.post(reverse("break_glass", args=[person_id]), self.SENT | {"submission_key": ""})
            page = client.post(reverse("break_glass", args=[person_id]), self.SENT | key())
            summary = page.content.decode().split("error-summary__body")[1].split("</ul>")[0]
            pages.append((page.status_code, summary))
        assert pages[0] == pages[1]
        assert "Ring the coordinator" in pages[0][1]

    def test_needs_a_sentence(self, cast, as_user):
        page = as_user("Otto").post(
            reverse("break_glass", args=[a_child(cast)]),
            {"reason_code": "on_call", "reason": "urgent"} | key(),
        )
        assert "Say in a sentence" in page.content.decode()

    def test_is_not_for_homes(self, cast, as_user):
        assert as_user("Hal").get(reverse("break_glass", args=[a_child(cast)])).status_code == 403

    def test_is_reviewed_by_reviewers_only(self, cast, as_user):
        assert as_user("Otto").get(reverse("glass")).status_code == 403


class TestTheLog:
    def test_says_who_did_what_and_names_no_child(self, cast, as_user):
        child = a_child(cast)
        as_user("Sal").get(reverse("who_sees", args=[child]))
        page = as_user("Ivo").get(reverse("access_log"), {"who": "sal", "verb": "read"}).content.decode()
        assert cast.users["Sal"].name in page
        assert "Testchild" not in page
        assert str(child)[-6:] in page

    def test_can_be_narrowed_to_one_child_and_one_day(self, cast, as_user):
        child, other = a_child(cast), a_child(cast, given_name="Other")
        as_user("Sal").get(reverse("who_sees", args=[child]))
        as_user("Sal").get(reverse("who_sees", args=[other]))
        page = as_user("Ivo").get(reverse("access_log"), {"child": child, "verb": "read"}).content.decode()
        assert f"Child {str(child)[-6:]}" in page
        assert f"Child {str(other)[-6:]}" not in page
        long_ago = {"day-day": "1", "day-month": "1", "day-year": "2001"}
        page = as_user("Ivo").get(reverse("access_log"), long_ago).content.decode()
        assert "No entry fits" in page

    def test_leaves_restricted_records_out(self, cast, as_user):
        child = a_child(cast, known_to=("Sal", "Cora"))
        client = as_user("Cora")
        client.post(reverse("restrict", args=[child]), {"reason": "Child of a colleague"} | key())
        page = as_user("Ivo").get(reverse("access_log"), {"child": child}).content.decode()
        assert "No entry fits" in page

    def test_is_turned_page_by_page(self, cast, as_user):
        client = as_user("Ivo")
        for _ in range(51):
            client.get(reverse("access_log"))
        first = client.get(reverse("access_log")).content.decode()
        assert "Older" in first
        second = client.get(reverse("access_log"), {"page": "2"}).content.decode()
        assert "Newer" in second

    def test_a_page_that_is_no_number_is_the_first(self, cast, as_user):
        assert as_user("Ivo").get(reverse("access_log"), {"page": "-1"}).status_code == 200

    @pytest.mark.parametrize("name", ["Cora", "Sal", "Ada", "Otto"])
    def test_is_for_information_governance(self, cast, as_user, name):
        assert as_user(name).get(reverse("access_log")).status_code == 403

    def test_reading_it_is_in_it(self, cast, as_user):
        client = as_user("Ivo")
        client.get(reverse("access_log"))
        assert "Access log" in client.get(reverse("access_log")).content.decode()


class TestAccounts:
    def test_an_account_is_opened_with_a_link_to_choose_a_password(self, cast, as_user):
        client = as_user("Ada")
        sent = {
            "name": "Nia Newworker",
            "email": "Nia@wayhome.example",
            "agency": str(cast.agencies["Saltmere Council"]),
        }
        assert client.get(reverse("open_account")).status_code == 200
        page = client.post(reverse("open_account"), sent | key())
        made = row(User, email="nia@wayhome.example")
        assert page["Location"].startswith(reverse("account", args=[made.pk]))
        assert "on its way" in client.get(page["Location"]).content.decode()
        assert mail.outbox[0].to == ["nia@wayhome.example"]
        taken = client.post(reverse("open_account"), sent | key()).content.decode()
        assert "There is already an account" in taken

    def test_teams_and_roles_are_given_and_ended(self, cast, as_user):
        client, otto = as_user("Ada"), cast.users["Otto"]
        assert otto.name in client.get(reverse("accounts"), {"name": "otto"}).content.decode()
        sent = {"team": str(cast.team_of("Sal")), "last_day-day": "1", "last_day-month": "1"}
        page = client.post(reverse("join_team", args=[otto.pk]), sent | {"last_day-year": "2095"} | key())
        assert page.status_code == 303
        place = row(Membership, user=otto, team_id=cast.team_of("Sal"))
        assert place.valid.upper.year == 2095
        page = reverse("leave_team", args=[otto.pk, place.pk])
        assert client.get(page).status_code == 200
        assert client.post(page, key()).status_code == 303
        held = row(HeldScope, user=otto)
        page = reverse("end_scope", args=[otto.pk, held.pk])
        assert client.get(page).status_code == 200
        assert client.post(page, key()).status_code == 303
        page = client.post(reverse("give_scope", args=[otto.pk]), {"scope": "police_desk"} | key())
        assert page.status_code == 303
        clash = client.post(reverse("give_scope", args=[otto.pk]), {"scope": "analyst"} | key())
        assert "cannot be held together" in clash.content.decode()

    def test_joining_a_team_twice_is_refused_in_words(self, cast, as_user):
        client, otto = as_user("Ada"), cast.users["Otto"]
        sent = {"team": str(cast.team_of("Otto"))} | key()
        assert (
            "in this team already" in client.post(reverse("join_team", args=[otto.pk]), sent).content.decode()
        )
        held = {"scope": "practitioner"} | key()
        assert (
            "this role already" in client.post(reverse("give_scope", args=[otto.pk]), held).content.decode()
        )

    def test_ones_own_account_is_for_another_administrator(self, cast, as_user):
        client, ada = as_user("Ada"), cast.users["Ada"]
        page = client.get(reverse("account", args=[ada.pk])).content.decode()
        assert "another administrator" in page
        refused = client.post(reverse("join_team", args=[ada.pk]), {"team": str(cast.team_of("Sal"))} | key())
        assert "You cannot change your own" in refused.content.decode()

    def test_an_account_is_closed_and_its_holder_is_out(self, cast, as_user, client):
        otto = cast.users["Otto"]
        sent = {"name": otto.name, "is_active": "no"} | key()
        page = reverse("change_account", args=[otto.pk])
        assert as_user("Ada").get(page).status_code == 200
        assert as_user("Ada").post(page, sent).status_code == 303
        assert as_user("Otto").get(reverse("roles")).status_code == 302

    def test_the_second_step_and_a_new_link(self, cast, as_user):
        client, otto = as_user("Ada"), cast.users["Otto"]
        assert client.post(reverse("remove_second_step", args=[otto.pk])).status_code == 303
        assert client.post(reverse("password_link", args=[otto.pk])).status_code == 303
        assert mail.outbox[0].to == [otto.email]

    def test_an_account_that_is_not_there(self, cast, as_user):
        assert as_user("Ada").get(reverse("account", args=[new_id()])).status_code == 404

    @pytest.mark.parametrize("page", ["accounts", "open_account"])
    def test_are_for_administrators(self, cast, as_user, page):
        assert as_user("Otto").get(reverse(page)).status_code == 403

    def test_the_list_takes_as_many_queries_however_long_it_is(
        self, cast, as_user, django_assert_max_num_queries
    ):
        client = as_user("Ada")
        with django_assert_max_num_queries(12):
            client.get(reverse("accounts"))
