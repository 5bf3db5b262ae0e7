"""Finding a child; and learning that a child is known when their record is closed to the one who asks."""

import re
from datetime import timedelta

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.access.commands import restrict
from wayhome.audit.models import Change, Draft, Entry
from wayhome.config.testing import as_worker
from wayhome.desk.tests.conftest import searched, words
from wayhome.people.commands import keep_search
from wayhome.people.queries import kept_search

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
    page = searched(as_user("Sal"), q=typed, year="2011")
    assert "One child found" in words(page)
    assert f'href="/children/{wren}"' in page.content.decode()
    assert f'href="/missing/report/{wren}"' in page.content.decode()


def test_those_less_like_what_was_typed_stand_under_a_heading_of_their_own(cast, as_user, wren):
    a_child(cast, given_name="Wrenna", family_name="Samplewood")
    page = words(searched(as_user("Sal"), q="Wren Samplewood"))
    assert page.index("Wren Samplewood", page.index("2 children found")) < page.index(
        "Less like what you typed"
    )
    assert page.index("Less like what you typed") < page.index("Wrenna Samplewood")


def test_those_equally_like_it_are_not_parted(cast, as_user, wren):
    a_child(cast, given_name="Wren", family_name="Samplewood")
    assert "Less like" not in words(searched(as_user("Sal"), q="Wren Samplewood"))


def test_who_is_missing_now_leads_to_the_episode(cast, as_user, wren):
    episode = an_episode(cast, wren)
    page = searched(as_user("Sal"), q="wren").content.decode()
    assert f'href="/missing/episodes/{episode}"' in page
    assert "/missing/report/" not in page


def test_before_a_search_nothing_is_offered_to_create(cast, as_user):
    assert "Create a record" not in words(as_user("Sal").get("/find"))


@pytest.mark.parametrize(("name", "offered"), [("Sal", True), ("Hal", False)])
def test_after_a_search_a_record_can_be_created_with_the_name_typed(cast, as_user, name, offered):
    page = searched(as_user(name), q="Nobody  Known")
    assert "Nobody found" in words(page)
    search = page.request["PATH_INFO"].rpartition("/")[2]
    assert (f"/people/new?search={search}" in page.content.decode()) is offered
    asked = as_user(name).get(f"/find/index?search={search}").content.decode()
    assert 'value="Nobody Known"' in asked
    if offered:
        created = as_user(name).get(f"/people/new?search={search}").content.decode()
        assert 'value="Known"' in created


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
    assert said in words(as_user("Sal").post("/find", query))


def test_otto_finds_nobody(cast, as_user, wren):
    page = words(searched(as_user("Otto"), q="wren samplewood", year="2011"))
    assert "Nobody found" in page


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo"])
@pytest.mark.parametrize("address", ["/find", "/find/index"])
def test_who_may_not_look_for_children_is_told_why(cast, as_user, wren, name, address):
    response = as_user(name).post(address, {"q": "wren"})
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


def test_no_name_stands_in_an_address(cast, as_user, wren):
    page = searched(as_user("Sal"), q="Wren Samplewood")
    assert "wren" not in page.request["PATH_INFO"].lower() + page.request["QUERY_STRING"].lower()
    leads_to = re.findall(r'(?:href|action)="([^"]*)"', page.content.decode())
    assert len(leads_to) > 10
    assert not [
        address for address in leads_to if "wren" in address.lower() or "samplewood" in address.lower()
    ]
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_a_search_is_its_own_and_is_kept_for_half_a_day(cast, as_user, wren):
    address = searched(as_user("Sal"), q="Wren Samplewood").request["PATH_INFO"]
    assert as_user("Hal").get(address).headers["Location"] == "/find"
    with cast.seen_by("Sal") as sal:
        search = address.rpartition("/")[2]
        assert kept_search(search, viewer=sal, now=NOW + timedelta(hours=11)).q == "Wren Samplewood"
        assert kept_search(search, viewer=sal, now=NOW + timedelta(hours=13)) is None
        keep_search(typed="Else", viewer=sal, now=NOW + timedelta(hours=13))
        assert Draft.objects.count() == 1
    assert "Search" not in words(as_user("Sal").get("/")).partition("Unfinished")[2]


def test_what_was_searched_for_is_on_the_record_and_nobody_reads_it(cast, as_user, wren):
    searched(as_user("Sal"), q="Wren Samplewood")
    as_user("Sal").post("/board", {"name": "Samplewood"})
    with as_worker():
        entries = Entry.objects.filter(verb__in=("search", "read list"))
        assert entries.exists()
        assert "amplewood" not in str([[entry.detail, entry.reason] for entry in entries])
        assert Change.objects.get(field="searched for").after == {"typed": "Wren Samplewood", "year": None}
    for name in ("Sal", "Ivo", "Cora"):
        with cast.seen_by(name):
            assert not Change.objects.filter(field="searched for").exists()
