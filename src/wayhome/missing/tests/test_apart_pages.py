"""The pages on which a merge or a split is undone, and on which somebody chooses between sources."""

import re
from datetime import timedelta

from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.config.testing import as_worker
from wayhome.missing.models import ChosenFact, Episode, Report
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.test_taking_apart import (
    chosen,
    earlier,
    heard_together,
    merged,
    reports_of,
    returned,
    two_agencies,
    two_nights,
)
from wayhome.missing.vocabulary import TakenFrom


def address(name, episode):
    return reverse(name, args=[episode])


def test_a_merge_is_undone_from_the_page_of_the_kept_one(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child), an_episode(cast, child)
    merged(cast, double, kept)
    cora = client_of(cast, "Cora")
    assert "was merged into this one" in text_of(cora.get(address("episode", kept)))
    assert "Take them apart" in text_of(cora.get(address("episode", double)))
    done = sent(cora, address("unmerge_episodes", kept), double=str(double), reason="Two nights")
    assert done.headers["Location"] == address("episode", double)
    assert "two episodes again" in text_of(cora.get(done.headers["Location"]))
    assert "Nothing was merged into this episode" in text_of(cora.get(address("unmerge_episodes", kept)))


def test_the_last_sight_is_that_of_who_told_it_also_after_a_merge(cast):
    child = a_child(cast, known_to=("Sal", "Pat"))
    double, kept = earlier(cast, child), an_episode(cast, child, by="Pat")
    merged(cast, double, kept)
    shown = text_of(client_of(cast, "Cora").get(address("episode", kept)))
    assert re.search(r"Last seen, Saltmere bus station Pat Police Desk", shown)
    assert not re.search(r"Last seen, Saltmere bus station Sal Practitioner", shown)


def test_a_merge_that_cannot_be_undone_says_why_and_what_to_do(cast):
    double, kept = heard_together(cast)
    page = sent(
        client_of(cast, "Cora"), address("unmerge_episodes", kept), double=str(double), reason="Two nights"
    )
    assert "about both" in text_of(page)
    assert "gets an episode of its own" in text_of(page)


def test_a_merge_that_waits_for_a_choice_or_a_return_leads_to_where_it_is_made(cast):
    child = a_child(cast)
    double, kept = earlier(cast, child), an_episode(cast, child)
    merged(cast, double, kept)
    told = {each.merged_from_id: each for each in reports_of(cast, kept)}
    chosen(cast, kept, told[double], TakenFrom.LAST_SEEN_AT)
    cora, asked = client_of(cast, "Cora"), {"double": str(double), "reason": "Two nights"}
    page = sent(cora, address("unmerge_episodes", kept), **asked)
    assert f'href="{address("choose_fact", kept)}">Choose which report counts' in page.content.decode()
    assert address("correct_return", kept) not in page.content.decode()
    chosen(cast, kept, told[None], TakenFrom.LAST_SEEN_AT)
    with as_worker():
        Episode.objects.filter(pk=kept).update(last_seen_at=NOW - timedelta(hours=12), noticed_at=None)
        Report.objects.filter(pk=told[None].pk).update(last_seen_at=NOW - timedelta(hours=12))
    page = sent(cora, address("unmerge_episodes", kept), **asked)
    assert f'href="{address("correct_return", kept)}"' in page.content.decode()


def test_reports_are_split_off_and_put_back(cast):
    _, episode, late = two_nights(cast)
    returned(cast, episode, ago=30)
    cora = client_of(cast, "Cora")
    assert "Some of its reports are of another time" in text_of(cora.get(address("episode", episode)))
    answers = {
        "reports": str(late.pk),
        "is_back": "yes",
        "return_method": "FOUND_POLICE",
        "reason": "Another night",
        **typed("returned_at", NOW - timedelta(hours=5), certainty="exact"),
    }
    split = sent(cora, address("split_episode", episode), **answers)
    assert split.status_code == 303, text_of(split)
    other = split.headers["Location"].rpartition("/")[2]
    assert "It was split off from the episode" in text_of(cora.get(split.headers["Location"]))
    assert "were split off" in text_of(cora.get(address("episode", episode)))
    assert "It cannot be put back" in text_of(cora.get(address("undo_split", other)))
    back = sent(cora, address("undo_split", other), reason="One night after all")
    assert back.headers["Location"] == address("episode", episode)
    assert "one episode again" in text_of(cora.get(back.headers["Location"]))


def test_a_split_that_overlaps_says_what_to_do(cast):
    _, episode, late = two_nights(cast)
    page = sent(
        client_of(cast, "Cora"),
        address("split_episode", episode),
        reports=str(late.pk),
        is_back="no",
        reason="Another night",
    )
    assert "record or correct its return first" in text_of(page)
    with cast.seen_by("Cora"):
        assert Episode.objects.filter(split_from=episode).count() == 0


def test_where_sources_differ_is_said_and_one_is_chosen(cast):
    _, episode, home = two_agencies(cast)
    cora = client_of(cast, "Cora")
    shown = text_of(cora.get(address("episode", episode)))
    assert "differ about when the child was last seen and when the absence was noticed" in shown
    done = sent(
        cora,
        address("choose_fact", episode),
        choice=f"last_seen_at {home.pk}",
        reason="The home has a camera",
    )
    assert done.status_code == 303, text_of(done)
    after = text_of(cora.get(address("episode", episode)))
    assert "Chosen between sources" in after
    assert "The home has a camera" in after
    assert "Choose which counts" not in text_of(client_of(cast, "Sal").get(address("episode", episode)))
    with cast.seen_by("Cora"):
        assert ChosenFact.objects.filter(episode_id=episode).count() == 1


def test_a_choice_made_while_a_colleague_wrote_is_shown_what_changed(cast):
    _, episode, home = two_agencies(cast)
    cora = client_of(cast, "Cora")
    cora.get(address("choose_fact", episode))
    sent(cora, address("choose_fact", episode), choice=f"last_seen_at {home.pk}", reason="Camera")
    late = cora.post(
        address("choose_fact", episode),
        {"version": "1", "choice": f"noticed_at {home.pk}", "reason": "Shift log", "submission_key": "x"},
    )
    assert "A colleague wrote to this episode" in text_of(late)
