"""Two at the same moment, each in a transaction of their own."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.personas import NOW, a_child, a_report, an_episode

from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import Refusal
from wayhome.missing import commands
from wayhome.missing.commands import AlreadyMissing
from wayhome.missing.commands.interview import InterviewSettledAlready
from wayhome.missing.models import Episode, Report, ReturnInterview
from wayhome.missing.tests.pages import ANSWERS, BACKEND
from wayhome.missing.tests.stages import an_account, returned


def at_once(*doings):
    """Do several things at the same moment; each one's answer, or why it was refused."""
    barrier = Barrier(len(doings))

    def run(doing):
        barrier.wait()
        try:
            return doing()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))


def test_of_two_reports_at_once_one_opens_the_episode_and_the_other_is_told(live_cast):
    child = a_child(live_cast, known_to=("Sal", "Hal"))

    def report(name):
        def doing():
            with live_cast.seen_by(name) as viewer:
                return commands.report_missing(person_id=child, new=a_report(), viewer=viewer, now=NOW)

        return doing

    answers = at_once(report("Sal"), report("Hal"), report("Otto"))
    refused = [each for each in answers if isinstance(each, AlreadyMissing)]
    opened = [each for each in answers if not isinstance(each, Refusal)]
    assert len(opened) == 1
    assert [each.episode_id for each in refused] == opened * 2
    with as_worker():
        assert Episode.objects.filter(person_id=child).count() == 1


def test_of_two_interviewers_at_once_one_settles_and_the_other_is_told(live_cast):
    episode = returned(live_cast, a_child(live_cast))

    def hold():
        with live_cast.seen_by("Ines") as ines:
            return commands.hold_interview(episode_id=episode, account=an_account(), viewer=ines, now=NOW)

    answers = at_once(hold, hold)
    assert sum(isinstance(each, InterviewSettledAlready) for each in answers) == 1
    with as_worker():
        assert ReturnInterview.objects.filter(episode_id=episode).count() == 1


def test_two_who_merge_both_ways_at_once_end_with_one_episode(live_cast):
    child = a_child(live_cast)
    first = returned(live_cast, child)
    second = an_episode(
        live_cast, child, last_seen_at=NOW.replace(second=0), noticed_at=None, reported_at=NOW
    )

    def merge(double, into):
        def doing():
            with live_cast.seen_by("Pat") as pat:
                commands.merge_episodes(
                    double_id=double, into_id=into, reason="One and the same", viewer=pat, now=NOW
                )

        return doing

    answers = at_once(merge(first, second), merge(second, first))
    assert sum(each is None for each in answers) == 1
    with as_worker():
        assert Episode.objects.filter(person_id=child, cancelled_at=None).count() == 1
        assert Report.objects.filter(person_id=child, episode__cancelled_at=None).count() == 2


def test_a_double_click_makes_one_episode_and_gets_one_answer_twice(live_cast):
    child = a_child(live_cast)
    client = Client()
    client.force_login(live_cast.users["Sal"], backend=BACKEND)
    for step, answers in ANSWERS.items():
        client.post(reverse("report_step", args=[child, step]), answers)
    address = reverse("report_check", args=[child])
    key = re.search(r'name="submission_key"[^>]*value="([^"]+)"', client.get(address).content.decode())[1]
    cookies = client.cookies

    def click():
        twin = Client()
        twin.cookies = cookies
        return twin.post(address, {"submission_key": key})

    answers = at_once(click, click)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    with as_worker():
        assert Episode.objects.filter(person_id=child).count() == 1
