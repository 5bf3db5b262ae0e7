"""From report to closure through the pages, each as the person whose work it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.missing import queries
from wayhome.missing.rules import Clocks
from wayhome.missing.tests.pages import client_of, report, sent, text_of, typed
from wayhome.missing.vocabulary import Stage


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
            independent_as="outside",
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
