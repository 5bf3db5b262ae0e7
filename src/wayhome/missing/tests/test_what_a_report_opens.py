"""A report opens what the episode needs, to the one who reports, and reviewers see that it did."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, a_report, an_episode

from wayhome.access.models import BreakGlass, Grant
from wayhome.access.queries import glass_to_review, sees
from wayhome.audit.models import Change
from wayhome.config.testing import as_worker
from wayhome.missing import commands
from wayhome.missing.models import Report
from wayhome.missing.tests.pages import client_of, report, sent, text_of
from wayhome.missing.tests.stages import analysed, file_of, heard

pytestmark = pytest.mark.django_db


def opened_by_report(person_id):
    """Who holds a record because of a report now."""
    with as_worker():
        held = Grant.objects.filter(person_id=person_id, basis="report", valid__endswith__gt=NOW)
        return set(held.values_list("user_id", "team_id"))


def to_review():
    return [(each.user.name.split()[0], each.get_reason_code_display()) for each in glass_to_review()]


def add_report(cast, name, child, episode):
    with cast.seen_by(name) as viewer:
        return commands.add_report(
            episode_id=episode, person_id=child, new=a_report(), viewer=viewer, now=NOW + timedelta(minutes=1)
        )


def test_a_report_opens_the_record_to_the_reporter_and_not_to_their_team(cast):
    child = a_child(cast)
    an_episode(cast, child, by="Otto")
    assert opened_by_report(child) == {(cast.users["Otto"].pk, None)}


@pytest.mark.parametrize("reviewer", ["Cora", "Ivo"])
def test_what_a_report_opened_stands_on_the_reviewers_list(cast, reviewer):
    an_episode(cast, a_child(cast), by="Otto")
    with cast.seen_by(reviewer):
        assert to_review() == [("Otto", "Opened by a report")]
    assert "Opened by a report" in text_of(client_of(cast, reviewer).get(reverse("glass")))


def test_the_report_of_one_who_sees_the_child_is_not_listed(cast):
    an_episode(cast, a_child(cast), by="Sal")
    with cast.seen_by("Cora"):
        assert to_review() == []


def test_who_sees_by_a_report_alone_does_not_read_what_the_child_told_before(cast):
    child = a_child(cast)
    told = heard(cast, child)
    with cast.seen_by("Otto") as otto:
        now = a_report(last_seen_at=NOW - timedelta(minutes=5), noticed_at=None, reported_at=NOW)
        commands.report_missing(person_id=child, new=now, viewer=otto, now=NOW)
    file = file_of(cast, told, "Otto")
    assert file.episode.interview_held_at
    assert (file.interview, file.checks, file.offers, file.analysis) == (None, [], [], None)
    assert file_of(cast, told, "Sal").interview.own_words
    with cast.seen_by("Otto"):
        assert not Change.objects.filter(person_id=child).exists()


def test_a_report_to_a_closed_episode_is_kept_and_opens_nothing(cast):
    child = a_child(cast)
    episode = analysed(cast, child)
    with cast.seen_by("Sal") as sal:
        commands.close_episode(episode_id=episode, viewer=sal, now=NOW)
    add_report(cast, "Otto", child, episode)
    with as_worker():
        assert Report.objects.filter(episode_id=episode).count() == 2
    with cast.seen_by("Otto"):
        assert not sees(child)


def test_who_adds_to_a_closed_episode_is_not_led_to_a_page_that_is_shut(cast):
    child = a_child(cast)
    episode = analysed(cast, child)
    with cast.seen_by("Sal") as sal:
        commands.close_episode(episode_id=episode, viewer=sal, now=NOW)
    client = client_of(cast, "Otto")
    assert "already" in report(client, child)["Location"]
    added = sent(client, reverse("report_already", args=[child, episode]))
    assert "Your report is added" in text_of(client.get(added["Location"]))


def test_a_report_to_an_episode_that_is_not_closed_opens_it_to_who_reports(cast):
    child = a_child(cast)
    add_report(cast, "Otto", child, an_episode(cast, child))
    with cast.seen_by("Otto"):
        assert sees(child)
    with cast.seen_by("Cora"):
        assert to_review() == [("Otto", "Opened by a report")]


def set_aside(cast, episode, by="Pat"):
    with cast.seen_by(by) as viewer:
        commands.set_aside_episode(episode_id=episode, reason="The wrong child", viewer=viewer, now=NOW)


@pytest.mark.parametrize("by", ["Pat", "Cora"])
def test_setting_an_episode_aside_ends_what_it_opened(cast, by):
    child = a_child(cast)
    set_aside(cast, an_episode(cast, child, by="Otto"), by)
    for name in ("Otto", "Pat", "Cora"):
        with cast.seen_by(name):
            assert not sees(child), name
    with cast.seen_by("Sal"):
        assert sees(child)
    with as_worker():
        assert BreakGlass.objects.get().expires_at < NOW + timedelta(days=1)


def test_who_told_of_another_episode_and_the_coordinators_see_the_child_on(cast):
    child = a_child(cast)
    first = an_episode(cast, child, by="Otto")
    with cast.seen_by("Pat") as pat:
        commands.record_returned(
            episode_id=first,
            returned_at=NOW - timedelta(hours=2),
            returned_to="Home",
            return_method="RETURNED_SELF",
            viewer=pat,
            now=NOW,
        )
    again = {"last_seen_at": NOW - timedelta(hours=1), "noticed_at": None, "reported_at": NOW}
    set_aside(cast, an_episode(cast, child, by="Otto", **again))
    for name in ("Otto", "Pat", "Cora"):
        with cast.seen_by(name):
            assert sees(child), name


def test_a_closed_episode_is_reason_enough_for_the_coordinators_and_not_for_the_desk(cast):
    child = a_child(cast)
    first = analysed(cast, child)
    with cast.seen_by("Sal") as sal:
        commands.close_episode(episode_id=first, viewer=sal, now=NOW)
    again = {"last_seen_at": NOW - timedelta(hours=1), "noticed_at": None, "reported_at": NOW}
    set_aside(cast, an_episode(cast, child, **again), "Cora")
    with cast.seen_by("Cora"):
        assert sees(child)
    with cast.seen_by("Pat"):
        assert not sees(child)
