"""A form that is sent again with other words under the same key: nothing that was typed is lost."""

import hashlib
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from tests.personas import a_child

from wayhome.audit.models import Entry, Submission
from wayhome.audit.vocabulary import Outcome
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.people.models import Relationship

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def child(cast):
    return a_child(cast)


@pytest.fixture
def sal(cast, client):
    client.force_login(cast.users["Sal"], backend=BACKEND)
    return client


def told(name, key):
    return {"kind": "friend", "name": name, "phone": "", "note": "", "submission_key": key}


def friends(child):
    with as_worker():
        return sorted(Relationship.objects.filter(person_id=child).values_list("name", flat=True))


def key_on(page):
    return re.search(r'<input[^>]*name="submission_key"[^>]*value="([^"]+)"', page.content.decode())[1]


def test_the_second_words_are_shown_kept_and_recorded_when_they_are_sent_again(child, sal):
    address, key = reverse("add_to_person", args=[child, "someone"]), str(new_id())
    assert sal.post(address, told("Quill Samplefriend", key)).status_code == 303
    again = sal.post(address, told("Fern Samplefriend", key))
    assert again.status_code == 200
    assert "You have sent this form before, with other words" in again.content.decode()
    assert "Fern Samplefriend" in again.content.decode()
    assert friends(child) == ["Quill Samplefriend"]
    assert "Fern Samplefriend" in sal.get(address).content.decode()
    assert key_on(again) != key
    assert sal.post(address, told("Fern Samplefriend", key_on(again))).status_code == 303
    assert friends(child) == ["Fern Samplefriend", "Quill Samplefriend"]
    assert "Fern Samplefriend" not in sal.get(address).content.decode()


def test_a_repeat_leaves_alone_what_was_typed_since(child, sal):
    address, key = reverse("add_to_person", args=[child, "someone"]), str(new_id())
    first = told("Quill Samplefriend", key)
    sal.post(address, first)
    draft = reverse("draft", args=["add_someone", str(child)])
    assert sal.post(draft, told("Fern Samplefriend", key)).status_code == 200
    assert sal.post(address, first).status_code == 303
    assert "Fern Samplefriend" in sal.get(address).content.decode()
    assert friends(child) == ["Quill Samplefriend"]


def test_the_order_of_the_fields_makes_no_other_words(child, sal):
    address, key = reverse("add_to_person", args=[child, "someone"]), str(new_id())
    first = told("Quill Samplefriend", key)
    sal.post(address, first)
    assert sal.post(address, dict(reversed(first.items()))).status_code == 303
    assert friends(child) == ["Quill Samplefriend"]


def test_a_refused_form_is_on_the_record_of_the_child(cast, child, sal):
    address = reverse("add_to_person", args=[child, "number"])
    page = sal.post(
        address, {"type": "NHS Number", "value": "1", "issuer": "", "submission_key": str(new_id())}
    )
    assert page.status_code == 200
    assert refusals_about(child) == ["add_number"]


def test_a_refused_page_is_on_the_record_of_the_child(cast, child, client):
    client.force_login(cast.users["Otto"], backend=BACKEND)
    assert client.get(reverse("child", args=[child])).status_code == 404
    assert refusals_about(child) == ["open page"]
    client.force_login(cast.users["Sal"], backend=BACKEND)
    assert "Otto" in client.get(reverse("reads", args=[child])).content.decode()


def refusals_about(child):
    with as_worker():
        found = Entry.objects.filter(person_id=child, outcome=Outcome.REFUSED)
        return list(found.values_list("verb", flat=True))


def test_what_was_typed_cannot_be_tried_out_on_what_is_kept_of_it(cast, child, sal):
    key = str(new_id())
    sent = told("Quill Samplefriend", key)
    sal.post(reverse("add_to_person", args=[child, "someone"]), sent)
    with as_worker():
        kept = Submission.objects.get(pk=key).said
    words = sorted((name, value) for name, value in sent.items() if name != "submission_key")
    assert len(kept) == 64
    assert kept != hashlib.sha256(urlencode(words).encode()).hexdigest()
