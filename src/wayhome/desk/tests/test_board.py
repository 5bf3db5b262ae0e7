"""The duty board and its fragment: the same rows for the same viewer, and nothing for others."""

from datetime import timedelta

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.config.testing import as_worker
from wayhome.desk.tests.arranged import a_hearing, a_return
from wayhome.desk.tests.conftest import words
from wayhome.kernel.viewer import machine
from wayhome.missing.commands import judge_risk
from wayhome.missing.models import Episode
from wayhome.missing.tests.stages import analysed
from wayhome.people.commands import NewCareEpisode, begin_care_episode

ADDRESSES = ("/board", "/board/rows")


@pytest.fixture
def children(cast):
    """One missing with high risk, one away, one back for long, one heard."""
    missing = an_episode(cast, a_child(cast, given_name="Wren"))
    with cast.seen_by("Pat") as pat:
        judge_risk(episode_id=missing, level="high", reason="Went with a stranger.", viewer=pat, now=NOW)
    an_episode(cast, a_child(cast, given_name="Clover"), kind="A")
    a_return(cast, a_child(cast, given_name="Rowan"), hours_ago=80)
    a_hearing(cast, a_return(cast, a_child(cast, given_name="Hazel")))
    return missing


@pytest.mark.parametrize("address", ADDRESSES)
def test_everything_due_stands_in_its_section(cast, as_user, children, address):
    page = words(as_user("Cora").get(address))
    for said in (
        "Missing now 2",
        "Safe and well checks due 1, 1 late",
        "Return interviews due 1, 1 late",
        "Analyses due and ready to close 1",
        "Wren Testchild , 15 years",
        "High risk",
        "Away without authorisation",
        "Risk not set yet",
        "Return interviewers can still act",
        "; last seen at Saltmere pier. Led by Youth Team.",
        "Why am I seeing this?",
    ):
        assert said in page, said


@pytest.mark.parametrize("address", [*ADDRESSES, "/"])
def test_an_episode_with_a_notice_in_the_way_is_not_called_ready_to_close(cast, as_user, address):
    episode = analysed(cast, a_child(cast, given_name="Hazel"))
    client = as_user("Sal")
    assert ("Close the episode" if address == "/" else "Ready to close") in words(client.get(address))
    with as_worker():
        Episode.objects.filter(pk=episode).update(last_seen_at=NOW - timedelta(hours=60))
    page = words(client.get(address))
    assert "Before it can be closed: " in page
    assert "senior manager" in page
    assert ("Close the episode" if address == "/" else "Ready to close") not in page
    assert " late " in page


def test_the_page_holds_its_own_fragment(cast, as_user, children):
    page = as_user("Cora").get("/board?kind=M&late=yes").content.decode()
    assert 'data-board="/board/rows?kind=M&amp;late=yes"' in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("kind=A", "Clover", "Wren"),
        ("risk=high", "Wren", "Clover"),
        ("late=yes", "Rowan", "Wren"),
        ("section=analysis", "Hazel", "Wren"),
    ],
)
@pytest.mark.parametrize("address", ADDRESSES)
def test_filters_are_kept_in_the_address(cast, as_user, children, address, query, shown, hidden):
    page = words(as_user("Cora").get(f"{address}?{query}"))
    assert f"{shown} Testchild" in page
    assert f"{hidden} Testchild" not in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_name_is_looked_for_and_stands_in_no_address(cast, as_user, children, address):
    cora = as_user("Cora")
    answer = cora.post("/board", {"name": " wre ", "kind": "M", "risk": "", "team": ""})
    assert answer.status_code == 303
    assert "wre" not in answer.headers["Location"].lower()
    query = answer.headers["Location"].partition("?")[2]
    assert query.startswith("kind=M&called=")
    page = cora.get(f"{address}?{query}")
    assert "Wren Testchild" in words(page)
    assert "Rowan Testchild" not in words(page)
    if address == "/board":
        assert 'value="wre"' in page.content.decode()
    everyone = words(as_user("Pat").get(f"{address}?{query}"))
    assert "Wren Testchild" in everyone
    assert 'value="wre"' not in everyone


@pytest.mark.parametrize(
    "query", ["page=0", "section=none&page=x", "risk=%00", "team=1", "called=" + "x" * 500, "called=%00"]
)
def test_an_address_with_nonsense_in_it_is_still_a_board(cast, as_user, children, query):
    assert as_user("Cora").get(f"/board?{query}").status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_otto_sees_nobody_and_no_count(cast, as_user, children, address):
    page = words(as_user("Otto").get(address))
    assert "Testchild" not in page
    assert "Missing now 0" in page


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_who_may_not_see_the_board_is_told_why(cast, as_user, children, address, name):
    response = as_user(name).get(address, headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert "Your role does not let you see the duty board." in words(response)
    assert "Testchild" not in words(response)


@pytest.mark.parametrize("address", ADDRESSES)
def test_home_staff_see_their_own_residents_only(cast, as_user, children, address):
    resident = a_child(cast, given_name="Sorrel")
    home = cast.team_of("Hal")
    with as_worker():
        placed = NewCareEpisode(
            started_on=NOW.date(), start_reason="S", legal_status="C2", placement="K2", home_team_id=home
        )
        begin_care_episode(person_id=resident, new=placed, viewer=machine("a test"), now=NOW)
    an_episode(cast, resident)
    page = words(as_user("Hal").get(address))
    assert "Sorrel Testchild" in page
    assert "Missing now 1" in page
    assert "Wren" not in page


def test_a_stranger_gets_no_fragment(client, db):
    assert client.get("/board/rows").status_code == 302


@pytest.mark.parametrize(("name", "leaves"), [("Hal", True), ("Pat", False), ("Cora", False)])
def test_only_staff_of_a_home_can_leave_a_list_at_once(cast, as_user, name, leaves):
    """A young person may look over their shoulder; on pages about one child everybody can."""
    for address in ("/", "/board", "/find", "/find/index"):
        assert ("Exit this page" in words(as_user(name).get(address))) is leaves, address
    child = a_child(cast, known_to=("Sal", "Hal", "Pat", "Cora"))
    assert "Exit this page" in words(as_user(name).get(f"/children/{child}"))
