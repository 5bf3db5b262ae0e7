"""Reviewers are told of broken glass by mail, at once and without a child's name."""

from django.core import mail
from tests.personas import NOW, a_child

from wayhome.access import commands
from wayhome.config.testing import as_worker
from wayhome.events import outbox
from wayhome.events.models import OutboxEvent


def test_the_reviewers_get_a_mail_without_a_name(cast, settings):
    child = a_child(cast)
    with cast.seen_by("Otto") as otto:
        commands.break_glass(
            person_id=child, reason_code="court", reason="Robin is in court now", viewer=otto, now=NOW
        )
    with as_worker():
        event = OutboxEvent.objects.get(name="GlassBroken")
        outbox.dispatch(event.pk, now=NOW)
    assert [message.to for message in mail.outbox] == [["cora@wayhome.example"], ["ivo@wayhome.example"]]
    body = mail.outbox[0].body
    assert cast.users["Otto"].name in body
    assert "A court asks" in body
    assert settings.WAYHOME_ADDRESS in body
    assert "Robin" not in body
    assert "Testchild" not in body
    assert str(child) not in body


def test_who_broke_it_is_not_told_of_it(cast):
    child = a_child(cast)
    with cast.seen_by("Cora") as cora:
        commands.break_glass(
            person_id=child, reason_code="on_call", reason="I am on call tonight", viewer=cora, now=NOW
        )
    with as_worker():
        outbox.dispatch(OutboxEvent.objects.get(name="GlassBroken").pk, now=NOW)
    assert [message.to for message in mail.outbox] == [["ivo@wayhome.example"]]
