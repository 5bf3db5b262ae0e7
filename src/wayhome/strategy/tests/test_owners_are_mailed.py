"""Owners who are asked or reminded get one mail each, from the worker, with a title and a link in it and no more."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW

from wayhome.config.testing import as_worker
from wayhome.events import outbox
from wayhome.events.models import OutboxEvent
from wayhome.strategy.commands.asking import ask_for_updates, chase, keep_asking, withdraw_request
from wayhome.strategy.models import Action, UpdateRequest
from wayhome.strategy.queries.mailing import to_mail
from wayhome.strategy.tests.arranging import a_post, an_action, an_owner
from wayhome.strategy.tests.cycling import Cycle, a_cycle, a_link

SECRET = "Nobody outside the group should read this"


@pytest.fixture
def cycle(cast) -> Cycle:
    found = a_cycle(cast)
    an_owner(an_action(found.plan, "1.4", title="Lantern 4"), post=found.pats.post)
    with as_worker():
        Action.objects.update(text=SECRET)
    return found


def asked(cast, cycle: Cycle) -> None:
    with cast.seen_by("Cora") as viewer:
        ask_for_updates(plan_id=cycle.plan.pk, viewer=viewer, now=NOW)


def mails(now=NOW) -> dict[str, str]:
    """What the worker sends of all that waits: the text by address."""
    mail.outbox.clear()
    with as_worker():
        for event in OutboxEvent.objects.filter(name="UpdatesAsked", handled_at=None).order_by("pk"):
            outbox.dispatch(event.pk, now=now)
    assert all(len(sent.to) == 1 for sent in mail.outbox)
    return {sent.to[0]: f"{sent.subject}\n{sent.body}" for sent in mail.outbox}


def test_one_mail_says_how_many_actions_wait_and_nothing_of_what_is_in_them(cast, cycle, settings):
    asked(cast, cycle)
    sent = mails()
    assert set(sent) == {"pat@wayhome.example"}
    text = sent["pat@wayhome.example"]
    assert text.startswith("Your update for Safe Home plan\n")
    assert "2 actions of Safe Home plan wait for an update" in text
    assert f"{settings.WAYHOME_ADDRESS}/" in text
    assert "Lantern" not in text
    assert SECRET not in text
    assert mails() == {}


def test_who_was_sent_a_link_is_told_to_open_it_and_the_mail_does_not_hold_it(cast, cycle):
    link = a_link(cast, cycle)
    asked(cast, cycle)
    text = mails()["jo.bloggs@health.example"]
    assert "Dear Jo Bloggs" in text
    assert "One action of Safe Home plan waits" in text
    assert "Open the link that you were sent" in text
    assert link.token not in text
    assert "/strategy/update/" not in text


def test_a_link_that_ended_and_a_holder_who_left_get_no_mail(cast, cycle):
    a_link(cast, cycle, days=1)
    asked(cast, cycle)
    with as_worker():
        holder = cycle.pats.post.holders.get()
        holder.valid = (holder.valid.lower, NOW.date())
        holder.save()
    assert mails(NOW + timedelta(days=2)) == {}


def test_an_account_that_was_closed_gets_no_mail(cast, cycle):
    asked(cast, cycle)
    with as_worker():
        pat = cast.users["Pat"]
        pat.is_active = False
        pat.save(update_fields=["is_active"])
    assert mails() == {}


def test_a_reminder_by_hand_and_one_in_the_morning_are_mailed_and_say_so(cast, cycle):
    asked(cast, cycle)
    mails()
    later = NOW + timedelta(days=1)
    with cast.seen_by("Cora") as viewer:
        chase(plan_id=cycle.plan.pk, viewer=viewer, now=later)
    assert mails(later)["pat@wayhome.example"].startswith("Reminder: your update for Safe Home plan\n")
    with as_worker():
        UpdateRequest.objects.update(chased_at=None, times_chased=0)
        keep_asking(now=NOW + timedelta(days=7))
    assert "Reminder" in mails(NOW + timedelta(days=7))["pat@wayhome.example"]


def test_who_need_not_answer_any_more_by_the_time_of_the_mail_gets_none(cast, cycle):
    asked(cast, cycle)
    with as_worker():
        theirs = list(UpdateRequest.objects.filter(owner__post=cycle.pats.post).values_list("pk", flat=True))
    with cast.seen_by("Cora") as viewer:
        for each in theirs:
            withdraw_request(request_id=each, because="On leave", viewer=viewer, now=NOW)
    assert mails() == {}


def test_a_title_of_two_lines_does_not_break_the_mail(cast, cycle):
    with as_worker():
        cycle.plan.title = "Safe Home\nBcc: everyone@wayhome.example"
        cycle.plan.save(update_fields=["title"])
    asked(cast, cycle)
    text = mails()["pat@wayhome.example"]
    assert text.startswith("Your update for Safe Home Bcc: everyone@wayhome.example\n")


def test_a_mail_costs_as_many_queries_for_many_owners_as_for_one(cast, cycle):
    from_one = _queries_of(cast, cycle)
    for number in range(5, 9):
        post = a_post(cast, f"Head {number}", held_by="Sal" if number % 2 else "Ines")
        an_owner(an_action(cycle.plan, f"1.{number}", title=f"Lantern {number}"), post=post)
    assert _queries_of(cast, cycle) == from_one


def _queries_of(cast, cycle: Cycle) -> int:
    asked(cast, cycle)
    with as_worker(), CaptureQueriesContext(connection) as made:
        found = list(UpdateRequest.objects.values_list("pk", flat=True))
        to_mail(found, now=NOW)
    return len(made)
