"""What ended between two clicks is ended at the second: nothing is remembered from the first."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.personas import ARRANGER, NOW, Cast, a_child, an_episode
from wayhome.access import commands as access
from wayhome.access.models import HeldScope, Membership
from wayhome.access.vocabulary import Basis
from wayhome.config.testing import as_worker

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def child(cast: Cast):
    return a_child(cast, given_name="Yew", family_name="Testyew")


@pytest.fixture
def sal(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.users["Sal"], backend=BACKEND)
    return client


def status(client: Client, path: str) -> int:
    return client.get(path).status_code


def end_involvement(cast: Cast, child) -> None:
    with as_worker():
        access.end_grants(
            person_id=child, holder=cast.team_of("Sal"), basis=Basis.INVOLVEMENT, viewer=ARRANGER, now=NOW
        )


def test_a_grant(cast, child, sal):
    assert status(sal, f"/children/{child}") == 200
    end_involvement(cast, child)
    assert status(sal, f"/children/{child}") == 404


def test_a_grant_while_one_writes(cast, child, sal):
    episode = an_episode(cast, child)
    assert status(sal, f"/missing/episodes/{episode}/returned") == 200
    end_involvement(cast, child)
    sent = sal.post(f"/missing/episodes/{episode}/returned", {"returned_to": "Home, she says"})
    assert sent.status_code == 404
    assert "Testyew" not in sent.content.decode()


def test_a_place_in_a_team(cast, child, sal):
    assert status(sal, f"/children/{child}") == 200
    with as_worker():
        (place,) = Membership.objects.filter(user=cast.users["Sal"])
        access.leave_team(membership_id=place.pk, viewer=ARRANGER, now=NOW - timedelta(minutes=1))
    assert status(sal, f"/children/{child}") == 404


def test_a_role(cast, child, sal):
    assert status(sal, "/board") == 200
    with as_worker():
        (held,) = HeldScope.objects.filter(user=cast.users["Sal"])
        access.end_scope(held_scope_id=held.pk, viewer=ARRANGER, now=NOW - timedelta(minutes=1))
    assert status(sal, "/board") == 403
    assert status(sal, f"/children/{child}") == 403


def test_a_role_that_sees_no_child_beside_one_that_does(cast, child, sal):
    with as_worker():
        HeldScope.objects.create(user=cast.users["Sal"], scope="administrator", valid=(NOW, None))
    assert status(sal, f"/children/{child}") == 404


def test_an_account(cast, child, sal):
    user = cast.users["Sal"]
    with as_worker():
        access.change_account(
            user_id=user.pk, name=user.name, job_title="", phone="", is_active=False, viewer=ARRANGER, now=NOW
        )
    answer = sal.get(f"/children/{child}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_record_that_was_open(cast, child, sal):
    an_episode(cast, child)
    assert "Testyew" in sal.get("/board").content.decode()
    search = sal.post("/find", {"q": "Yew Testyew"})["Location"]
    assert str(child) in sal.get(search).content.decode()
    with cast.seen_by("Cora") as cora:
        access.restrict(
            person_id=child, named=frozenset({cora.user_id}), reason="A colleague's", viewer=cora, now=NOW
        )
    for path in ("/", "/board", "/board/rows", search):
        assert str(child) not in sal.get(path).content.decode(), path
    assert status(sal, f"/children/{child}") == 404


def test_a_draft_stays_with_who_typed_it(cast, child, sal):
    sal.post(f"/access/drafts/worry/{child}", {"story": "Half a story about Yew"})
    otto = Client()
    otto.force_login(cast.users["Otto"], backend=BACKEND)
    assert "Half a story" not in otto.get("/").content.decode()
