"""The pages of a cycle: asking, reminding, withdrawing, and making a link that is shown once and sent by mail."""

import re
import socketserver
import threading
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from tests.personas import NOW

from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.strategy.models import OwnerLink, UpdateRequest
from wayhome.strategy.tests.cycling import Cycle, a_cycle, a_link

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def cycle(cast) -> Cycle:
    return a_cycle(cast)


@pytest.fixture
def cora(cast) -> Client:
    client = Client()
    client.force_login(cast.users["Cora"], backend=BACKEND)
    return client


def page(cycle: Cycle) -> str:
    return f"/strategy/plans/{cycle.plan.pk}/updates"


def post(client: Client, path: str, data: dict[str, object] | None = None):
    return client.post(path, {"submission_key": str(new_id())} | (data or {}))


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def link_form(cycle: Cycle, **more: str) -> dict[str, object]:
    return {
        "owners": [str(cycle.jos.pk)],
        "name": "Jo Bloggs",
        "email": "jo.bloggs@health.example",
        "days": "21",
        **more,
    }


def test_owners_are_asked_and_reminded_by_a_button(cycle, cora):
    assert "Not asked yet" in text_of(cora, page(cycle))
    assert post(cora, f"{page(cycle)}/ask").status_code == 303
    text = text_of(cora, page(cycle))
    assert "3 owners are asked." in text
    assert "Reaches nobody" in text
    again = post(cora, f"{page(cycle)}/ask")
    assert again.status_code == 200
    assert "has been asked for this meeting" in again.content.decode()
    assert "has answered, or was reminded today" in post(cora, f"{page(cycle)}/remind").content.decode()


def test_a_request_is_withdrawn_on_a_page(cycle, cora):
    post(cora, f"{page(cycle)}/ask")
    with as_worker():
        asked = UpdateRequest.objects.get(owner=cycle.pats)
    path = f"/strategy/requests/{asked.pk}/withdraw"
    assert "Say why" in post(cora, path, {"because": ""}).content.decode()
    assert post(cora, path, {"because": "On leave until May"}).status_code == 303
    assert "On leave until May" in text_of(cora, page(cycle))


def test_today_tells_an_owner_what_is_asked_of_them(cast, cycle, cora):
    post(cora, f"{page(cycle)}/ask")
    pat = Client()
    pat.force_login(cast.users["Pat"], backend=BACKEND)
    text = text_of(pat, "/")
    assert "Lantern 1" in text
    assert "Lantern 2" not in text
    assert "Updates asked of you" not in text_of(cora, "/")


def test_a_link_is_shown_once_with_a_mail_to_send(cycle, cora):
    path = f"/strategy/plans/{cycle.plan.pk}/links/new"
    begun = text_of(cora, f"{path}?for={cycle.jos.pk}")
    assert 'value="Jo Bloggs"' in begun
    assert 'value="jo.bloggs@health.example"' in begun
    made = post(cora, path, link_form(cycle, send="self"))
    text = made.content.decode()
    (address,) = set(re.findall(r"/strategy/update/[\w-]{65}", text))
    assert "Dear Jo Bloggs" in text
    assert mail.outbox == []
    assert address not in text_of(cora, page(cycle))
    assert "Lantern 2" in text_of(Client(), address)


def test_a_form_sent_twice_makes_one_link_and_does_not_show_it_again(cycle, cora):
    path = f"/strategy/plans/{cycle.plan.pk}/links/new"
    sent = link_form(cycle, send="self", submission_key=str(new_id()))
    assert post(cora, path, sent).status_code == 200
    assert post(cora, path, sent).status_code == 303
    assert "end it and make another" in text_of(cora, page(cycle))
    with as_worker():
        assert OwnerLink.objects.filter(plan=cycle.plan).count() == 1


def test_a_link_is_ended_on_a_page(cast, cycle, cora):
    link = a_link(cast, cycle)
    assert post(cora, f"/strategy/links/{link.id}/end").status_code == 303
    assert "Ended" in text_of(cora, page(cycle))
    assert Client().get(f"/strategy/update/{link.token}").status_code == 404


def test_the_mail_goes_out_through_djangos_backend(cycle, cora):
    post(cora, f"/strategy/plans/{cycle.plan.pk}/links/new", link_form(cycle, send="mail"))
    (sent,) = mail.outbox
    assert sent.to == ["jo.bloggs@health.example"]
    assert sent.subject == "Your update for Safe Home plan"
    assert re.search(r"http://127.0.0.1:8000/strategy/update/[\w-]{65}\n", sent.body)


class Post(socketserver.StreamRequestHandler):
    """As much of a mail server as a mail needs (RFC 5321)."""

    ANSWERS = {"EHLO": "250 here", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", "QUIT": "221 bye"}

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in iter(self.rfile.readline, b""):
            verb = line[:4].decode().upper()
            self.wfile.write(f"{self.ANSWERS.get(verb, '502 no')}\r\n".encode())
            if verb == "DATA":
                self.server.taken = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                self.wfile.write(b"250 taken\r\n")
            if verb == "QUIT":
                return


@pytest.fixture
def mail_server(settings) -> Iterator[socketserver.TCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


def test_the_mail_goes_out_by_smtp(cycle, cora, mail_server):
    made = post(cora, f"/strategy/plans/{cycle.plan.pk}/links/new", link_form(cycle, send="mail"))
    assert "on its way" in made.content.decode()
    assert "To: jo.bloggs@health.example" in mail_server.taken
    assert "Subject: Your update for Safe Home plan" in mail_server.taken
    (address,) = set(re.findall(r"/strategy/update/[\w-]{65}", made.content.decode()))
    assert address in mail_server.taken.replace("=\r\n", "")


def test_a_mail_server_that_is_away_is_told_and_the_link_is_there_to_send(cycle, cora, settings, mail_server):
    settings.EMAIL_PORT = 1
    text = post(
        cora, f"/strategy/plans/{cycle.plan.pk}/links/new", link_form(cycle, send="mail")
    ).content.decode()
    assert "did not take the mail" in text
    assert "/strategy/update/" in text


def test_where_no_mail_is_set_up_nothing_offers_to_send_one(cycle, cora, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    path = f"/strategy/plans/{cycle.plan.pk}/links/new"
    assert "Wayhome sends it" not in text_of(cora, path)
    assert "/strategy/update/" in post(cora, path, link_form(cycle)).content.decode()


@pytest.mark.parametrize("name", ["Pat", "Otto"])
def test_who_does_not_see_plans_sees_none_of_it(cast, cycle, name):
    client = Client()
    client.force_login(cast.users[name], backend=BACKEND)
    assert client.get(page(cycle)).status_code == 403


def test_who_reads_plans_sees_the_list_and_no_buttons(cast, cycle):
    ana = Client()
    ana.force_login(cast.users["Ana"], backend=BACKEND)
    text = text_of(ana, page(cycle))
    assert "Not asked yet" in text
    assert "Ask now" not in text
    assert post(ana, f"{page(cycle)}/ask").status_code == 403
    assert NOW
