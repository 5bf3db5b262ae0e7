"""From report to closure through the pages, each as the person whose work it is."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.kernel.clock import london
from wayhome.missing import queries
from wayhome.missing.forms.report import STEPS
from wayhome.missing.rules import Clocks
from wayhome.missing.vocabulary import Stage

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


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
    return client.post(address, {**hidden, **answers})


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


def report(client, person_id, **changed):
    """Answer every question of a report, and send it."""
    for step in STEPS:
        answers = ANSWERS[step] | changed.get(step.replace("-", "_"), {})
        response = client.post(reverse("report_step", args=[person_id, step]), answers)
        assert response.status_code == 303, text_of(response)
    return sent(client, reverse("report_check", args=[person_id]))


def test_a_child_is_reported_found_seen_safe_and_heard_through_the_pages(cast):
    child = a_child(cast)
    sal, pat, ines = (client_of(cast, name) for name in ("Sal", "Pat", "Ines"))
    assert sal.get(reverse("report_missing", args=[child])).status_code == 200
    answer = report(sal, child)
    assert answer.status_code == 303, text_of(answer)
    confirmation = sal.get(answer.headers["Location"])
    assert "Missing Desk" in text_of(confirmation)
    with cast.seen_by("Pat"):
        episode = queries.open_episode_of(child)
    assert episode.last_seen_certainty == "about"

    def at(name):
        return reverse(name, args=[episode.pk])

    assert "Judge the risk" in text_of(pat.get(at("episode")))
    done = [
        sent(pat, at("judge_risk"), level="medium", reason="Fourth time this month."),
        sent(
            pat,
            at("record_located"),
            **typed("located_at", NOW - timedelta(hours=2), certainty="exact"),
            place="Pier",
        ),
        sent(
            pat,
            at("record_returned"),
            **typed("returned_at", NOW - timedelta(hours=1), certainty="exact"),
            return_method="FOUND_POLICE",
            returned_to="Home",
        ),
        sent(
            pat,
            at("record_safe_and_well"),
            outcome="seen_safe",
            **typed("checked_at", NOW - timedelta(minutes=30)),
            checked_by="PC Example",
        ),
        sent(
            ines,
            at("offer_interview"),
            **typed("offered_at", NOW - timedelta(minutes=25)),
            channel="phone",
            answer="accepted",
        ),
        sent(
            ines,
            at("hold_interview"),
            **typed("held_at", NOW - timedelta(minutes=10)),
            place="Youth café",
            independence="Works for Listening Ear, not for the home",
            own_words="I wanted to see my sister.",
            pull_reasons=["FAMILY"],
            in_part="no",
        ),
        sent(
            sal,
            at("analyse_return"),
            text="Contact with the sister is what is missing.",
            plan_effect="plan_changed",
            changed="Sister visits every Saturday.",
        ),
    ]
    assert [answer.status_code for answer in done] == [303] * 7, [
        text_of(answer) for answer in done if answer.status_code != 303
    ]
    assert "I wanted to see my sister." in text_of(sal.get(at("episode")))
    assert sent(sal, at("close_episode")).status_code == 303
    with cast.seen_by("Cora"):
        assert queries.episode_file(episode.pk, Clocks()).stage == Stage.CLOSED
    assert "The episode is closed." in text_of(sal.get(at("episode")))


@pytest.mark.parametrize("name", ["Otto"])
def test_a_stranger_gets_the_page_of_what_is_not_there(cast, name):
    episode = an_episode(cast, a_child(cast))
    client = client_of(cast, name)
    for page in ("episode", "record_located", "record_returned", "offer_interview", "analyse_return"):
        answer = client.get(reverse(page, args=[episode]))
        assert answer.status_code == 404
        assert "Robin" not in text_of(answer)
