"""A substance-use screening after a return: done, declined or not needed; and what comes of a referral."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW, a_child, an_episode

from wayhome.kernel.refusal import NotAllowed
from wayhome.missing import rules
from wayhome.missing.commands.screening import (
    InstrumentMissing,
    NothingReferred,
    ReferredToNobody,
    Screen,
    ScreenOutcomeMissing,
    follow_referral,
    record_screen,
)
from wayhome.missing.queries.screening import screen_of
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.recorded import last_entry
from wayhome.missing.tests.stages import BACK, analysed, checked, returned

REFERRED = {"referral": "made", "referred_to": "Young people's drug and alcohol team"}


def screened(cast, episode, name="Ines", **told):
    usual = {"outcome": "done", "instrument": "The local tool", "screened_at": NOW}
    with cast.seen_by(name) as viewer:
        record_screen(episode_id=episode, screen=Screen(**(usual | told)), viewer=viewer, now=NOW)


def followed(cast, episode, referral, name="Sal", **told):
    with cast.seen_by(name) as viewer:
        follow_referral(episode_id=episode, referral=referral, at=NOW, viewer=viewer, now=NOW, **told)


def found(cast, episode, name="Cora"):
    with cast.seen_by(name):
        return screen_of(episode)


def test_a_screening_is_kept_with_its_tool_and_its_referral(cast):
    child = a_child(cast)
    episode = returned(cast, child)
    screened(cast, episode, **REFERRED)
    kept = found(cast, episode)
    assert (kept.instrument, kept.referral, kept.referral_at) == ("The local tool", "made", NOW)
    entry, changes = last_entry(child, "record screening")
    assert entry.detail == {"outcome": "done", "referral": "made"}
    assert changes["referred_to"] == (None, "Young people's drug and alcohol team")


@pytest.mark.parametrize(
    ("told", "refusal", "field"),
    [
        ({"outcome": "perhaps"}, ScreenOutcomeMissing, "outcome"),
        ({"instrument": " "}, InstrumentMissing, "instrument"),
        ({"referral": "offered"}, ReferredToNobody, "referred_to"),
        ({"screened_at": BACK - timedelta(minutes=1)}, rules.BeforeReturn, "screened_at"),
        ({"screened_at": NOW + timedelta(minutes=1)}, rules.InTheFuture, "screened_at"),
    ],
)
def test_a_screening_that_says_too_little_or_cannot_have_been_is_refused(cast, told, refusal, field):
    episode = returned(cast, a_child(cast))
    with pytest.raises(refusal) as refused:
        screened(cast, episode, **told)
    assert refused.value.field == field


@pytest.mark.parametrize("outcome", ["declined", "not_needed"])
def test_a_no_is_an_answer_too_and_needs_no_tool(cast, outcome):
    episode = returned(cast, a_child(cast))
    screened(cast, episode, outcome=outcome, instrument="")
    assert found(cast, episode).outcome == outcome


def test_nothing_is_screened_before_the_return(cast):
    episode = an_episode(cast, a_child(cast, known_to=("Sal", "Ines")))
    with pytest.raises(rules.NotBackYet):
        screened(cast, episode)


def test_what_came_of_a_referral_is_written_to_a_finished_episode_too(cast):
    episode = analysed(cast, a_child(cast))
    screened(cast, episode, **REFERRED, note="Wanted to go alone.")
    followed(cast, episode, "attended", note="Went twice.")
    kept = found(cast, episode)
    assert (kept.referral, kept.note) == ("attended", "Wanted to go alone.\nWent twice.")


@pytest.mark.parametrize("referral", ["none", "forgotten"])
def test_an_outcome_has_to_be_one(cast, referral):
    episode = returned(cast, a_child(cast))
    screened(cast, episode, **REFERRED)
    with pytest.raises(NothingReferred):
        followed(cast, episode, referral)


def test_without_a_referral_nothing_comes_of_it(cast):
    episode = returned(cast, a_child(cast))
    screened(cast, episode)
    with pytest.raises(NothingReferred):
        followed(cast, episode, "attended")


def test_home_and_police_do_neither_write_nor_read_it(cast):
    episode = returned(cast, a_child(cast, known_to=("Sal", "Hal")))
    screened(cast, episode)
    for name in ("Hal", "Pat"):
        with pytest.raises(NotAllowed):
            screened(cast, episode, name)
    assert found(cast, episode, "Hal") is None
    assert "Alcohol and drugs" not in text_of(client_of(cast, "Hal").get(f"/missing/episodes/{episode}"))


def test_the_pages_write_and_show_it(cast):
    episode = checked(cast, a_child(cast))
    ines = client_of(cast, "Ines")
    address = f"/missing/episodes/{episode}/screening"
    answers = {"outcome": "done", "instrument": "The local tool", "has_referral": "yes"} | REFERRED
    answer = sent(ines, address, **answers, **typed("screened_at", NOW - timedelta(minutes=5)))
    assert answer.status_code == 303, text_of(answer)
    shown = text_of(ines.get(f"/missing/episodes/{episode}"))
    assert "Young people" in shown
    assert "Write down what came of the referral" in shown
    assert 'value="The local tool"' in ines.get(address).content.decode()
    followed_up = sent(
        ines, f"{address}/referral", referral="attended", **typed("at", NOW - timedelta(minutes=1))
    )
    assert followed_up.status_code == 303, text_of(followed_up)
    assert "Referred and attended" in text_of(ines.get(f"/missing/episodes/{episode}"))


def test_the_list_holds_what_has_no_outcome_and_costs_the_same_for_many(cast):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            shown = text_of(client_of(cast, "Cora").get("/missing/referrals"))
        return len(captured), shown

    one = returned(cast, a_child(cast, given_name="Ash"))
    screened(cast, one, **REFERRED)
    few, shown = queries()
    assert "Ash Testchild" in shown
    for count in range(5):
        screened(cast, returned(cast, a_child(cast, given_name=f"Kit{count}")), **REFERRED)
    many, _ = queries()
    assert many == few
    followed(cast, one, "not_attended")
    assert "Ash Testchild" not in queries()[1]
