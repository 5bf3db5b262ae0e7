"""Finding a child; and learning that a child is known when their record is closed to the one who asks."""

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.access.commands import restrict
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.desk.tests.conftest import words

ASKED = {
    "by": "name",
    "name": "Samplewood Wren",
    "born_on-day": "5",
    "born_on-month": "6",
    "born_on-year": "2011",
    "number": "",
}


@pytest.fixture
def wren(cast):
    return a_child(cast, given_name="Wren", family_name="Samplewood")


@pytest.mark.parametrize("typed", ["Wren Samplewood", "samplewood wren", "ren samplwood", "sampl"])
def test_a_child_is_found_and_what_to_do_is_offered(cast, as_user, wren, typed):
    page = as_user("Sal").get("/find", {"q": typed, "year": "2011"})
    assert "One child found" in words(page)
    assert f'href="/children/{wren}"' in page.content.decode()
    assert f'href="/missing/report/{wren}"' in page.content.decode()


def test_who_is_missing_now_leads_to_the_episode(cast, as_user, wren):
    episode = an_episode(cast, wren)
    page = as_user("Sal").get("/find", {"q": "wren"}).content.decode()
    assert f'href="/missing/episodes/{episode}"' in page
    assert "/missing/report/" not in page


def test_before_a_search_nothing_is_offered_to_create(cast, as_user):
    assert "Create a record" not in words(as_user("Sal").get("/find"))


@pytest.mark.parametrize(("name", "offered"), [("Sal", True), ("Hal", False)])
def test_after_a_search_a_record_can_be_created_with_the_name_typed(cast, as_user, name, offered):
    page = as_user(name).get("/find", {"q": "Nobody  Known"})
    assert "Nobody found" in words(page)
    assert ("/people/new?name=Nobody+Known" in page.content.decode()) is offered
    assert "/find/index?name=Nobody+Known" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": ""}, "Enter a name or a number"),
        ({"q": "wren", "year": "11"}, "Year of birth must be 1900 or more"),
        ({"q": "wren", "year": "x"}, "must be a whole number"),
        ({"q": "w\x00ren"}, "Null characters are not allowed"),
    ],
)
def test_a_search_that_cannot_be_made_says_what_to_do(cast, as_user, query, said):
    assert said in words(as_user("Sal").get("/find", query))


def test_otto_finds_nobody(cast, as_user, wren):
    page = words(as_user("Otto").get("/find", {"q": "wren samplewood", "year": "2011"}))
    assert "Nobody found" in page


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo"])
@pytest.mark.parametrize("address", ["/find?q=wren", "/find/index"])
def test_who_may_not_look_for_children_is_told_why(cast, as_user, wren, name, address):
    response = as_user(name).get(address)
    assert response.status_code == 403
    assert "does not let you find a child" in words(response)


def test_otto_learns_that_the_child_is_known_and_whom_to_ring_and_no_more(cast, as_user, wren):
    page = as_user("Otto").post("/find/index", ASKED)
    said, raw = words(page), page.content.decode()
    assert "This child is known" in said
    assert "Known to Youth Team, Saltmere Council . Ring 01632 960001" in said
    assert f'href="/access/children/{wren}/break-glass"' in raw
    assert f'href="/missing/report/{wren}"' in raw
    for content in ("Child in need", f'/children/{wren}"', "Sal Practitioner"):
        assert content not in raw.replace("/access/children/", "/access/")
    with as_worker():
        assert Entry.objects.filter(verb="ask index", person_id=wren).count() == 1


def test_one_who_sees_the_child_is_led_to_the_record(cast, as_user, wren):
    page = as_user("Sal").post("/find/index", ASKED).content.decode()
    assert f'href="/children/{wren}"' in page
    assert "break-glass" not in page


def test_a_home_is_not_offered_to_break_glass(cast, as_user, wren):
    page = as_user("Hal").post("/find/index", ASKED)
    assert "This child is known" in words(page)
    assert "break-glass" not in page.content.decode()


def test_a_restricted_record_is_not_known_to_anyone(cast, as_user):
    child = a_child(cast, given_name="Wren", family_name="Samplewood", known_to=("Sal", "Cora"))
    with cast.seen_by("Cora") as cora:
        restrict(
            person_id=child,
            named=frozenset({cast.users["Cora"].pk}),
            reason="A colleague’s own child",
            viewer=cora,
            now=NOW,
        )
    page = words(as_user("Otto").post("/find/index", ASKED))
    assert "No record found" in page
    assert "This child is known" not in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"by": "name", "name": "Wren Samplewood"}, "Enter date of birth"),
        (ASKED | {"name": "Wren"}, "Enter their given name and their family name"),
        ({}, "Choose what you know about the child"),
        ({"by": "number"}, "Enter an NHS number or UPN"),
        (ASKED | {"born_on-month": "13"}, "must be a real date"),
    ],
)
def test_a_question_that_is_too_wide_is_not_answered(cast, as_user, wren, asked, said):
    page = words(as_user("Otto").post("/find/index", asked))
    assert said in page
    assert "This child is known" not in page
    with as_worker():
        assert not Entry.objects.filter(verb="ask index").exists()
