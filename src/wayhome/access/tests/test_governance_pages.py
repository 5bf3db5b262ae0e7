"""The pages of governance, played from an empty partnership to a gap and an overlap."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW

from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.partnership.models import Body, BodyMeeting, BodySeat, Post, PostHolder

TODAY = london_day(NOW)
BACKEND = "wayhome.access.signed_in.Backend"


def signed_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name], backend=BACKEND)
    return client


@pytest.fixture
def cora(cast) -> Client:
    return signed_in(cast, "Cora")


def day(name: str, value) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def send(client: Client, name: str, /, *args: object, **typed: object):
    answer = client.post(reverse(name, args=args), {"submission_key": str(new_id()), **typed})
    assert answer.status_code == 303, answer.content.decode()
    return answer


def text_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def newest(model):
    with as_worker():
        return model.objects.order_by("-pk").first()


def test_from_nothing_to_a_gap(cast, cora):
    assert "No group yet" in text_of(cora, "governance")
    assert "No gap is known" in text_of(cora, "membership_gaps")
    assert "No panel yet" in text_of(cora, "panel_register")
    assert "No post yet" in text_of(cora, "posts")
    send(cora, "open_noun", "body", name="Harbour Panel", **day("opened_on", TODAY - timedelta(days=90)))
    body = newest(Body)
    assert "No seat yet" in text_of(cora, "body", body.pk)
    send(cora, "change_body", body.pk, kind="panel", purpose="To look after lanterns", meets="Monthly")
    send(
        cora,
        "agree_terms",
        body.pk,
        text="The terms",
        cohort="Children who met a lantern",
        **day("agreed_on", TODAY),
    )
    health = str(cast.agencies["Saltmere Health"])
    send(
        cora, "open_post", title="Head of Lanterns", agency=health, **day("since", TODAY - timedelta(days=90))
    )
    post = newest(Post)
    send(
        cora,
        "add_seat",
        body.pk,
        agency=health,
        post=str(post.pk),
        role="chair",
        required="yes",
        **day("since", TODAY - timedelta(days=90)),
    )
    assert "Nobody holds the post." in text_of(cora, "membership_gaps")
    send(
        cora,
        "appoint",
        post.pk,
        name="Jo Bloggs",
        email="jo@health.example",
        **day("since", TODAY - timedelta(days=60)),
    )
    assert "No gap is known" in text_of(cora, "membership_gaps")
    register = text_of(cora, "panel_register")
    for words in ("Harbour Panel", "Jo Bloggs", "Children who met a lantern", "To look after lanterns"):
        assert words in register
    send(cora, "leave_post", post.pk, **day("on", TODAY))
    assert "Vacant" in text_of(cora, "posts")
    send(cora, "end_seat", newest(BodySeat).pk, **day("on", TODAY))
    assert "Former seats" in text_of(cora, "body", body.pk)


def test_a_meeting_is_planned_held_and_cancelled(cast, cora):
    send(cora, "open_noun", "body", name="Harbour Group", **day("opened_on", TODAY - timedelta(days=90)))
    body = newest(Body)
    health = str(cast.agencies["Saltmere Health"])
    send(
        cora,
        "add_seat",
        body.pk,
        agency=health,
        role="member",
        required="no",
        **day("since", TODAY - timedelta(days=90)),
    )
    seat = newest(BodySeat)
    send(cora, "plan_meeting", body.pk, starts_at="9.30", place="Town hall", **day("held_on", TODAY))
    meeting = newest(BodyMeeting)
    assert "09:30" in text_of(cora, "body", body.pk)
    assert "Saltmere Health" in text_of(cora, "attendance", meeting.pk)
    send(
        cora,
        "attendance",
        meeting.pk,
        **{f"kind_{seat.pk.hex}": "present", f"name_{seat.pk.hex}": "Jo Bloggs"},
    )
    assert "1 of 1 seats came" in text_of(cora, "body", body.pk)
    assert "Jo Bloggs" in text_of(cora, "attendance", meeting.pk)
    send(cora, "plan_meeting", body.pk, **day("held_on", TODAY + timedelta(days=30)))
    send(cora, "cancel_meeting", newest(BodyMeeting).pk, because="Snow")
    assert "Snow" in text_of(cora, "body", body.pk)


def test_a_holder_with_an_account_is_named_by_it(cast, cora):
    send(cora, "open_post", title="Head of the Desk", agency="", **day("since", TODAY))
    post = newest(Post)
    send(cora, "appoint", post.pk, account=str(cast.users["Pat"].pk), **day("since", TODAY))
    with as_worker():
        holder = post.holders.get()
    assert (holder.name, holder.user_id) == (cast.users["Pat"].name, cast.users["Pat"].pk)


def test_a_time_that_is_none_is_told(cora):
    send(cora, "open_noun", "body", name="Harbour Group", **day("opened_on", TODAY))
    path = reverse("plan_meeting", args=[newest(Body).pk])
    typed = {"submission_key": str(new_id()), "starts_at": "25:99", **day("held_on", TODAY)}
    assert "hours and minutes" in cora.post(path, typed).content.decode()


@pytest.mark.parametrize("name", ["Otto", "Lena", "Ana", "Ivo"])
def test_everyone_reads_it_and_only_who_manages_writes(cast, cora, name):
    send(cora, "open_noun", "body", name="Harbour Group", **day("opened_on", TODAY))
    body, client = newest(Body), signed_in(cast, name)
    assert "Plan a meeting" not in text_of(client, "body", body.pk)
    for page in ("change_body", "agree_terms", "add_seat", "plan_meeting"):
        assert client.post(reverse(page, args=[body.pk])).status_code == 403


def many_of_each(cast, body: Body, number: int) -> None:
    """A post that is held, with a seat on this body and on a panel of its own, and a meeting of both."""
    us, health = cast.partnership_id, cast.agencies["Saltmere Health"]
    always = DateRange(TODAY - timedelta(days=90), None)
    with as_worker():
        post = Post.objects.create(
            partnership_id=us, agency_id=health, title=f"Keeper {number}", valid=always
        )
        PostHolder.objects.create(post=post, name="Pat Desk", user_id=cast.users["Pat"].pk, valid=always)
        panel = Body.objects.create(partnership_id=us, name=f"Panel {number}", kind="panel", valid=always)
        for place in (body, panel):
            BodySeat.objects.create(body=place, agency_id=health, post=post, valid=always)
            BodyMeeting.objects.create(body=place, held_on=TODAY + timedelta(days=number))
            BodyMeeting.objects.create(body=place, held_on=TODAY - timedelta(days=number))


def test_its_pages_take_as_many_queries_for_many_rows_as_for_one(cast, cora):
    send(cora, "open_noun", "body", name="Harbour Group", **day("opened_on", TODAY - timedelta(days=90)))
    body, counts = newest(Body), []
    for numbers in ([1], range(2, 8)):
        for number in numbers:
            many_of_each(cast, body, number)
        asked = []
        for name in ("governance", "membership_gaps", "panel_register", "posts", "body"):
            with CaptureQueriesContext(connection) as made:
                text_of(cora, name, *([body.pk] if name == "body" else []))
            asked.append(len(made))
        counts.append(asked)
    assert counts[0] == counts[1]
