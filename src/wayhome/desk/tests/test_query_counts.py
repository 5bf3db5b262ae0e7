"""Pages with one row and with twenty ask the database as often."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW, a_child

from wayhome.audit.commands import save_draft
from wayhome.config.testing import as_worker
from wayhome.desk.tests.arranged import a_hearing, a_return, some_children
from wayhome.desk.tests.conftest import words
from wayhome.kernel.viewer import machine
from wayhome.missing.commands import (
    Answer,
    answer_duty,
    explain_late,
    invite_to_seminar,
    look_for_repeats,
    plan_seminar,
)
from wayhome.missing.commands.marks import NewMark, mark_sentence
from wayhome.missing.commands.pack import print_pack
from wayhome.people.commands import (
    NewCareEpisode,
    add_address,
    add_relationship,
    begin_care_episode,
    end_care_episode,
)
from wayhome.people.commands.places import Judging, add_known_place
from wayhome.people.commands.plans import begin_plan
from wayhome.people.vocabulary import PlanKind


def asked_by(client, address):
    """The queries of one page, after one that filled what is cached."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"].split("FROM")[-1][:80] for query in queries]


@pytest.mark.parametrize(
    "address", ["/", "/board", "/board/rows", "/board?section=interview", "search for robin"]
)
@pytest.mark.parametrize("name", ["Cora", "Sal", "Pat"])
def test_a_list_costs_the_same_for_one_and_for_twenty(cast, as_user, name, address):
    some_children(cast, 2, known_to=("Sal", "Cora"))
    client = as_user(name)
    if address == "search for robin":
        address = client.post("/find", {"q": "robin"}).headers["Location"]
    few = asked_by(client, address)
    some_children(cast, 20, known_to=("Sal", "Cora"))
    assert len(asked_by(client, address)) == len(few)


def test_drafts_cost_the_same_for_one_and_for_many(cast, as_user):
    def begin(children):
        with cast.seen_by("Sal") as sal:
            for child in children:
                save_draft(
                    viewer=sal, now=NOW, form="report_missing", subject=str(child), data={"page": "/find"}
                )

    client = as_user("Sal")
    begin([a_child(cast)])
    few = asked_by(client, "/")
    begin([a_child(cast) for _ in range(12)])
    assert len(asked_by(client, "/")) == len(few)


def test_a_child_with_a_long_past_costs_as_much_as_one_with_a_short_one(cast, as_user):
    short, long = (a_child(cast, given_name=name) for name in ("Short", "Long"))
    live(cast, short, times=1)
    live(cast, long, times=8)
    client = as_user("Sal")
    few = asked_by(client, f"/children/{short}")
    assert len(asked_by(client, f"/children/{long}")) == len(few)


def live(cast, child, *, times):
    """So many returns, placements, addresses, people around a child, and what followed from each."""
    by = {"viewer": machine("a test"), "now": NOW}
    for time in reversed(range(times)):
        episode = a_return(cast, child, hours_ago=1 + time * 24)
        a_hearing(cast, episode)
        what_follows(cast, child, episode, seminars=times if time == times - 1 else 0)
    with as_worker():
        for time in range(times):
            since = date(2020, 1, 1) + timedelta(days=time * 30)
            add_relationship(person_id=child, kind="friend", name=f"Friend {time}", **by)
            add_address(person_id=child, kind="other", lines=f"{time} Street", postcode="", since=since, **by)
            care = NewCareEpisode(started_on=since, start_reason="S", legal_status="C2", placement="U1")
            made = begin_care_episode(person_id=child, new=care, **by)
            ended = since + timedelta(days=20)
            end_care_episode(care_episode_id=made, ended_on=ended, end_reason="E8", **by)
        for kind in PlanKind.values[:times]:
            begin_plan(person_id=child, kind=kind, since=date(2020, 1, 1), **by)


def what_follows(cast, child, episode, *, seminars):
    """A duty answered and one explained, sentences marked, seminars, a pack changed and printed, a trigger met."""
    with cast.seen_by("Cora") as cora:
        told = Answer(outcome="done", done_at=NOW, with_whom="Their manager", note="Told.")
        answer_duty(episode_id=episode, duty="senior_notice", answer=told, viewer=cora, now=NOW)
        later = NOW + timedelta(days=30)
        explain_late(episode_id=episode, duty="analysis", reason="Off sick.", viewer=cora, now=later)
        look_for_repeats(episode_id=episode, viewer=cora, now=NOW)
    with cast.seen_by("Ines") as ines:
        for kind in ("plan_change", "place", "phone"):
            new = NewMark(field="own_words", start=0, end=4, kind=kind)
            mark_sentence(episode_id=episode, new=new, viewer=ines, now=NOW)
        for week in range(seminars):
            held_at = NOW + timedelta(days=7 * (week + 1))
            seminar = plan_seminar(held_at=held_at, place="Library", viewer=ines, now=NOW)
            asked = {"invited": ("child", "parents"), "channel": "phone"}
            invite_to_seminar(episode_id=episode, seminar_id=seminar, viewer=ines, now=NOW, **asked)
    with cast.seen_by("Sal") as sal:
        judging = Judging(place=f"The pier, {episode}")
        add_known_place(person_id=child, judging=judging, viewer=sal, now=NOW)
        print_pack(person_id=child, purpose="meeting", viewer=sal, now=NOW)


def test_everything_that_followed_is_in_the_chronology_and_a_home_reads_nothing_the_child_told(cast, as_user):
    child = a_child(cast, given_name="Wren", known_to=("Sal", "Hal"))
    live(cast, child, times=1)
    page = words(as_user("Sal").get(f"/children/{child}"))
    for said in (
        "Tell a senior manager: done",
        "Not done in time: analysis of the return",
        "Marked in the return interview: a change to the plan",
        "Marked in the return interview: a place, a phone number",
        "To be looked at again: missing for the first time",
        "Invited to the first-time seminar",
        "Missing pack changed",
        "Missing pack printed",
        "Child protection plan began",
    ):
        assert said in page, said
    assert "Writer not known" not in page
    seen_by_the_home = words(as_user("Hal").get(f"/children/{child}"))
    assert "Missing pack printed" in seen_by_the_home
    for hidden in ("Marked in", "To be looked at", "Off sick", "Tell a senior manager", "seminar"):
        assert hidden not in seen_by_the_home, hidden
