"""Addresses and hidden fields that no page of ours makes: answered in words, never with a fault."""

import pytest
from django.urls import reverse
from tests.personas import a_child

from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.people.models import CareEpisode, Involvement
from wayhome.web.forms.reading import read_number

BACKEND = "wayhome.access.signed_in.Backend"
STRANGE = ["²", "٣", "", "-1", "0", "1_0", "9" * 5000]


@pytest.fixture
def child(cast):
    return a_child(cast, known_to=("Sal", "Hal"))


@pytest.fixture
def as_user(cast, client):
    def signed_in(name):
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


@pytest.mark.parametrize("typed", ["²", "٣", "", " ", "-1", "1_0", "12345"])
def test_only_a_few_plain_digits_are_a_number(typed):
    assert read_number(typed) is None


@pytest.mark.parametrize("typed", STRANGE)
def test_a_page_that_is_no_number_is_the_first(child, as_user, typed):
    sal = as_user("Sal")
    assert sal.get(reverse("reads", args=[child]), {"page": typed}).status_code == 200
    for name in ("board", "board_rows"):
        assert sal.get(reverse(name), {"page": typed}).status_code in (200, 403)
    assert as_user("Ivo").get(reverse("access_log"), {"page": typed}).status_code == 200


@pytest.mark.parametrize("typed", STRANGE)
def test_a_version_that_is_no_number_is_an_old_one(child, as_user, typed):
    sent = {"given_name": "Robin", "family_name": "Testchild", "sex": "9", "version": typed}
    page = as_user("Sal").post(reverse("edit_person", args=[child]), sent | {"submission_key": str(new_id())})
    assert page.status_code == 200


@pytest.mark.parametrize("typed", ["²", "9" * 5000])
def test_a_year_that_is_no_number_is_asked_for_again(as_user, typed):
    assert as_user("Sal").post(reverse("find"), {"q": "wren", "year": typed}).status_code == 200


def test_what_is_another_childs_cannot_be_ended_through_this_child(cast, child, as_user):
    other = a_child(cast, given_name="Wren", known_to=("Sal",))
    with as_worker():
        works = Involvement.objects.filter(person_id=other).first()
        care = CareEpisode(person_id=other, started_on="2024-01-01", start_reason="S", legal_status="C2")
        care.placement, care.placement_provider = "U1", "PR1"
        care.save()
    sal, on = as_user("Sal"), {"on-day": "1", "on-month": "2", "on-year": "2024"}
    for name, thing in (("end_involvement", works.pk), ("end_care", care.pk)):
        crossed = reverse(name, args=[child, thing])
        assert sal.get(crossed).status_code == 404
        assert sal.post(crossed, on | {"submission_key": str(new_id())}).status_code == 404
        assert sal.get(reverse(name, args=[other, thing])).status_code == 200
    with as_worker():
        assert Involvement.objects.get(pk=works.pk).valid.upper is None
