"""The child overview: who reads what of it, and that reading it is on the record."""

import re
from datetime import date
from uuid import uuid4

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.access.commands import break_glass, restrict
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.desk.tests.arranged import OWN_WORDS, a_hearing, a_return
from wayhome.desk.tests.conftest import searched, words
from wayhome.kernel.viewer import machine
from wayhome.people.commands import add_address, add_identifier, add_name, add_relationship
from wayhome.people.vocabulary import IdentifierType

BY_A_TEST = {"viewer": machine("a test"), "now": NOW}
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def wren(cast):
    """A child with a past, known to the council and to their home."""
    child = a_child(cast, given_name="Wren", family_name="Samplewood", known_to=("Sal", "Hal"))
    with as_worker():
        add_name(
            person_id=child, kind="alias", given_name="Wrenny", family_name="", source="School", **BY_A_TEST
        )
        add_address(
            person_id=child,
            kind="home",
            lines="12 Lamp Street",
            postcode="ZZ1 1AA",
            since=LONG_AGO,
            **BY_A_TEST,
        )
        add_address(
            person_id=child,
            kind="parent",
            lines="4 Hidden Row",
            postcode="ZZ1 1AB",
            since=LONG_AGO,
            is_masked=True,
            **BY_A_TEST,
        )
        add_relationship(
            person_id=child, kind="trusted_adult", name="Coach Mockford", phone="01632 960124", **BY_A_TEST
        )
    a_hearing(cast, a_return(cast, child, hours_ago=40))
    return child


def test_the_page_tells_who_the_child_is_and_who_is_around_them(cast, as_user, wren):
    page = words(as_user("Sal").get(f"/children/{wren}"))
    for said in (
        "Wren Samplewood",
        "15 years",
        "5 June 2011",
        "Wrenny",
        "Sal Practitioner, Youth Team, Saltmere Council",
        "01632 960001",
        "12 Lamp Street",
        "Coach Mockford",
        "Trusted adult",
        "Analysis of the return",
        OWN_WORDS,
        "Ines Return Interviewer, Listening Ear",
        "Who can see this record?",
        "Report missing",
    ):
        assert said in page, said


def test_a_child_missing_now_leads_to_the_episode_instead_of_a_second_report(cast, as_user):
    child = a_child(cast)
    episode = an_episode(cast, child)
    page = as_user("Sal").get(f"/children/{child}").content.decode()
    assert f'href="/missing/episodes/{episode}"' in page
    assert f'href="/missing/report/{child}"' not in page


def test_opening_the_record_is_on_the_record(cast, as_user, wren):
    as_user("Sal").get(f"/children/{wren}")
    with as_worker():
        entry = Entry.objects.filter(person_id=wren, verb="read").latest("at")
    assert (entry.actor, entry.detail) == ("Sal Practitioner", {"page": "overview"})


def test_the_home_reads_nothing_of_the_interview_and_finds_no_trace_of_it_in_the_counts(cast, as_user, wren):
    page = words(as_user("Hal").get(f"/children/{wren}"))
    assert "Wren Samplewood" in page
    assert OWN_WORDS not in page
    assert "Return interview (" not in page
    assert "Safe and well check (" not in page
    assert "Listening Ear" not in page
    assert "Missing or away (1)" in page


def without_reference(response):
    """A page's words without the number that tells requests apart."""
    return re.sub(r"[0-9a-f]{32}", "", words(response))


@pytest.mark.parametrize("name", ["Otto", "Ines"])
def test_one_without_a_grant_cannot_tell_the_child_from_none(cast, as_user, name):
    child = a_child(cast)
    real, none = as_user(name).get(f"/children/{child}"), as_user(name).get(f"/children/{uuid4()}")
    assert (real.status_code, none.status_code) == (404, 404)
    assert without_reference(real) == without_reference(none)


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo"])
def test_a_role_without_children_is_refused(cast, as_user, wren, name):
    response = as_user(name).get(f"/children/{wren}")
    assert response.status_code == 403
    assert "Samplewood" not in words(response)


def test_a_masked_address_is_shown_to_who_asks_and_that_is_kept(cast, as_user, wren):
    sal = as_user("Sal")
    page = sal.get(f"/children/{wren}").content.decode()
    assert "4 Hidden Row" not in page
    address = page.partition("/addresses/")[2].partition('"')[0]
    asked = f"/children/{wren}/addresses/{address}"
    assert sal.get(asked).status_code == 405
    assert "4 Hidden Row" in words(sal.post(asked))
    fragment = words(sal.post(asked, headers={"HX-Request": "true"}))
    assert "4 Hidden Row" in fragment
    assert "Wayhome" not in fragment
    with as_worker():
        assert Entry.objects.filter(verb="reveal address", person_id=wren).count() == 2


def test_a_masked_address_is_not_shown_to_who_does_not_see_the_child(cast, as_user, wren):
    page = as_user("Sal").get(f"/children/{wren}").content.decode()
    address = page.partition("/addresses/")[2].partition('"')[0]
    assert as_user("Otto").post(f"/children/{wren}/addresses/{address}").status_code == 404
    other = a_child(cast, given_name="Else")
    assert as_user("Sal").post(f"/children/{other}/addresses/{address}").status_code == 404


def test_broken_glass_says_when_it_closes(cast, as_user, wren):
    with cast.seen_by("Otto") as otto:
        break_glass(
            person_id=wren, reason_code="immediate_safety", reason="Seen on the bridge", viewer=otto, now=NOW
        )
    assert "You broke glass to open this record." in words(as_user("Otto").get(f"/children/{wren}"))
    assert "You broke glass" not in words(as_user("Sal").get(f"/children/{wren}"))


def test_a_restricted_record_says_so_to_those_named_and_is_not_there_for_others(cast, as_user):
    child = a_child(cast, known_to=("Cora", "Sal"))
    with cast.seen_by("Cora") as cora:
        restrict(
            person_id=child,
            named=frozenset({cast.users["Cora"].pk}),
            reason="A colleague’s own child",
            viewer=cora,
            now=NOW,
        )
    assert "This record is restricted" in words(as_user("Cora").get(f"/children/{child}"))
    assert as_user("Sal").get(f"/children/{child}").status_code == 404


def test_somebody_around_the_child_whose_record_is_closed_is_not_counted(cast, as_user, wren):
    stranger = a_child(cast, given_name="Closed", family_name="Record", known_to=("Otto",))
    with as_worker():
        add_relationship(person_id=wren, kind="sibling", name="", other_id=stranger, **BY_A_TEST)
    page = words(as_user("Sal").get(f"/children/{wren}"))
    assert "Closed Record" not in page
    assert "Brother or sister" not in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("kind=interview", OWN_WORDS, "Safe and well check: seen"),
        ("agency=Listening+Ear", OWN_WORDS, "Left after tea"),
        ("kind=check&kind=report", "Left after tea", OWN_WORDS),
        ("agency=Nobody", "Nothing matches your filters", OWN_WORDS),
        ("period=all&page=99", OWN_WORDS, "Nothing matches"),
    ],
)
def test_the_chronology_is_filtered_by_kind_and_agency(cast, as_user, wren, query, shown, hidden):
    page = words(as_user("Sal").get(f"/children/{wren}?{query}"))
    assert shown in page
    assert hidden not in page


def test_everything_in_the_chronology_says_who_wrote_it(cast, as_user, wren):
    page = words(as_user("Sal").get(f"/children/{wren}"))
    assert "Writer not known" not in page
    assert "Pat Police Desk, Saltmere Police, written today" in page


def test_numbers_are_called_what_practitioners_call_them(cast, as_user, wren):
    with cast.seen_by("Sal") as sal:
        for type_, value in (("LA Child ID", "7001"), ("NHS Number", "999 000 0018")):
            add_identifier(person_id=wren, type_=type_, value=value, viewer=sal, now=NOW)
    page = words(as_user("Sal").get(f"/children/{wren}"))
    assert "LA child ID 7001" in page
    assert "NHS number 9990000018" in page
    assert {"NHS number", "UPN", "LA child ID", "YOT number", "Home Office registration"} < set(
        IdentifierType.labels
    )


@pytest.mark.parametrize(("born", "said"), [(None, "Age not known"), (date(2011, 6, 5), "15 years")])
def test_an_age_is_told_as_far_as_it_is_known(cast, as_user, born, said):
    child = a_child(cast, born=born)
    assert said in words(as_user("Sal").get(f"/children/{child}"))


def test_someone_over_eighteen_is_not_reported_missing_here(cast, as_user):
    grown = a_child(cast, given_name="Elder", born=date(2000, 1, 1))
    page = as_user("Sal").get(f"/children/{grown}")
    assert "a missing adult is reported to the police" in words(page)
    assert "/missing/report/" not in page.content.decode()
    assert "/missing/report/" not in searched(as_user("Sal"), q="elder").content.decode()
