"""Pages with one row and with twenty ask the database as often."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW, a_child

from wayhome.audit.commands import save_draft
from wayhome.config.testing import as_worker
from wayhome.desk.tests.arranged import a_hearing, a_return, some_children
from wayhome.kernel.viewer import machine
from wayhome.people.commands import (
    NewCareEpisode,
    add_address,
    add_relationship,
    begin_care_episode,
    end_care_episode,
)


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
    """So many returns, placements, addresses and people around a child."""
    by = {"viewer": machine("a test"), "now": NOW}
    for time in reversed(range(times)):
        a_hearing(cast, a_return(cast, child, hours_ago=1 + time * 24))
    with as_worker():
        for time in range(times):
            since = date(2020, 1, 1) + timedelta(days=time * 30)
            add_relationship(person_id=child, kind="friend", name=f"Friend {time}", **by)
            add_address(person_id=child, kind="other", lines=f"{time} Street", postcode="", since=since, **by)
            care = NewCareEpisode(started_on=since, start_reason="S", legal_status="C2", placement="U1")
            made = begin_care_episode(person_id=child, new=care, **by)
            ended = since + timedelta(days=20)
            end_care_episode(care_episode_id=made, ended_on=ended, end_reason="E8", **by)
