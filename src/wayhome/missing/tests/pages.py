"""How the tests use the pages: signed in as one of the cast, typing what people type."""

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from tests.personas import NOW

from wayhome.kernel.clock import london
from wayhome.kernel.ids import new_id
from wayhome.missing.forms.report import STEPS

BACKEND = "wayhome.access.signed_in.Backend"


def client_of(cast, name):
    client = Client()
    client.force_login(cast.users[name], backend=BACKEND)
    return client


def typed(name, instant, **more):
    """An instant as it is typed into a form."""
    shown = london(instant)
    boxes = {"day": shown.day, "month": shown.month, "year": shown.year, "time": f"{shown:%H:%M}"}
    boxes["round"] = "second" if shown.fold else "first"
    return {f"{name}-{part}": str(value) for part, value in (boxes | more).items()}


def sent(client, address, **answers):
    """Open a form, and send it with these answers and what was hidden in it."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code, page.content.decode()[-3000:])
    hidden = dict(
        re.findall(r'<input type="hidden" name="([\w]+)"[^>]*? value="([^"]*)"', page.content.decode())
    )
    # A page that was open before things changed had a key; one opened now has no form any more.
    return client.post(address, {"submission_key": str(new_id()), **hidden, **answers})


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


ANSWERS = {
    "kind": {"kind": "M"},
    "last-seen": typed("last_seen_at", NOW - timedelta(hours=5), certainty="about"),
    "noticed": {
        **typed("noticed_at", NOW - timedelta(hours=4), certainty="exact"),
        **typed("reported_at", NOW - timedelta(hours=3)),
    },
    "place": {"missing_from": "home", "last_seen_place": "Saltmere bus station"},
    "what-happened": {
        "circumstances": "Left after tea and did not come back.",
        "companions": "",
        "police_reference": "",
    },
    "source": {"source": "professional", "told_by": "Sal", "contact": "01632 960001"},
    "back": {"is_back": "no"},
}


def answer_all(client, person_id, **changed):
    """Answer every question of a report. `changed`: other answers by step."""
    for step in STEPS:
        address = reverse("report_step", args=[person_id, step])
        response = client.post(address, ANSWERS[step] | changed.get(step, {}))
        assert response.status_code == 303, text_of(response)


def report(client, person_id, **changed):
    """Answer every question of a report, and send it."""
    answer_all(client, person_id, **changed)
    return sent(client, reverse("report_check", args=[person_id]))
