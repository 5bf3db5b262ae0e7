"""Where a child is placed out of view, no page tells the home to one who may not know: by name, number or address."""

from datetime import date

import pytest
from django.urls import reverse

from tests.personas import ARRANGER, NOW, a_child, an_episode
from tests.security.pages import every_address, path_about
from tests.security.world import World
from wayhome.config.testing import as_worker
from wayhome.kernel.viewer import machine
from wayhome.missing.commands import record_returned
from wayhome.missing.commands.pack import open_pack
from wayhome.missing.commands.repeat import look_for_repeats
from wayhome.missing.pack import unmasked
from wayhome.missing.print.sheet import sheet
from wayhome.missing.tests.pages import client_of
from wayhome.missing.vocabulary import PrintPurpose
from wayhome.partnership.models import HomeLink, Team
from wayhome.people import commands as people
from wayhome.people.models import Address, Involvement
from wayhome.people.vocabulary import AddressKind

NAME, PHONE, NIGHT, STREET = "Lantern House", "01632 960717", "01632 960718", "7 Hidden Lane"
TELLING = (NAME, PHONE, PHONE.replace(" ", ""), NIGHT, NIGHT.replace(" ", ""), STREET)
# The directory, and forms that offer every home there is: nothing in them is about the child.
OF_ALL_HOMES = {"partnership", "add_to_person", "create_person"}
# What only somebody who may not see the child's places sees of this child: a return interviewer, and one who reported.
WITHOUT_THE_RIGHT = ("Ines", "Otto")


@pytest.fixture
def placed(cast):
    """A missing child who lives in the home, where nobody is to know of it; their names, and a world of this child."""
    child = a_child(cast, given_name="Wren", family_name="Hiddenchild", known_to=("Sal", "Ines"))
    home, common = cast.team_of("Hal"), {"viewer": ARRANGER, "now": NOW}
    with as_worker():
        Team.objects.filter(pk=home).update(phone=PHONE, out_of_hours_phone=NIGHT)
        care = people.NewCareEpisode(
            started_on=date(2025, 3, 1),
            start_reason="S",
            legal_status="C2",
            placement="K2",
            placed_in="Westmere",
            home_team_id=home,
        )
        people.begin_care_episode(person_id=child, new=care, **common)
        people.begin_involvement(
            person_id=child,
            team_id=home,
            worker_id=cast.users["Hal"].pk,
            service="Key work",
            since=date(2025, 3, 1),
            is_lead=False,
            **common,
        )
        people.add_address(
            person_id=child,
            kind=AddressKind.PLACEMENT,
            lines=STREET,
            postcode="",
            since=date(2025, 3, 1),
            is_masked=True,
            **common,
        )
        HomeLink.objects.create(home_id=home, user_id=cast.users["Ines"].pk, valid=(date(2024, 1, 1), None))
    episode = an_episode(cast, child, by="Otto")
    return World(cast, children={"Wren": child}, episodes={"Wren": episode})


def pages(world, name, only=()):
    """Every page that this persona gets, by its name; or those of these names."""
    client = client_of(world.cast, name)
    for address in every_address():
        if only and address.name not in only:
            continue
        shown = client.get(path_about(world, address, "Wren"))
        if shown.status_code == 200:
            content = shown.getvalue() if shown.streaming else shown.content
            yield address.name, content.decode(errors="replace")


@pytest.mark.parametrize("name", WITHOUT_THE_RIGHT)
def test_no_page_tells_the_home(placed, name):
    seen = dict(pages(placed, name))
    assert {"child", "episode", "who_sees", "board", "wall"} <= set(seen)
    about_the_child = seen.keys() - OF_ALL_HOMES - {"homes", "home"}
    told = {page: [each for each in TELLING if each in seen[page]] for page in about_the_child}
    assert {page: found for page, found in told.items() if found} == {}


def test_no_page_of_the_home_tells_who_lives_there(placed):
    seen = dict(pages(placed, "Ines", only=("homes", "home")))
    for page in ("homes", "home"):
        assert NAME in seen[page]
        assert "Hiddenchild" not in seen[page]
        assert str(placed.children["Wren"]) not in seen[page]
    assert 'Who lives here <span class="wh-quiet">0</span>' in seen["home"]


@pytest.mark.parametrize("name", ["Sal", "Cora", "Hal"])
def test_who_may_know_is_told(placed, name):
    seen = dict(pages(placed, name, only=("child", "board", "home")))
    assert NAME in seen["child"]
    assert NAME in seen["board"]
    if name != "Sal":
        assert "Hiddenchild" in seen["home"]


@pytest.mark.parametrize("name", ["Ines", "Otto", "Sal", "Cora", "Pat", "Hal"])
def test_the_pack_which_is_carried_about_tells_it_to_nobody(placed, name):
    shown = client_of(placed.cast, name).get(reverse("missing_pack", args=[placed.children["Wren"]]))
    assert [each for each in TELLING if each in shown.content.decode()] == []


@pytest.mark.parametrize("name", ["Ines", "Otto", "Hal"])
def test_the_address_is_shown_to_nobody_without_the_right_who_asks(placed, name):
    child = placed.children["Wren"]
    with as_worker():
        address = Address.objects.get(person_id=child, is_masked=True).pk
    asked = client_of(placed.cast, name).post(reverse("masked_address", args=[child, address]))
    assert asked.status_code == 403
    assert STREET not in asked.content.decode()


def printed(placed, name, *, with_masked):
    with placed.cast.seen_by(name) as viewer:
        pack = open_pack(person_id=placed.children["Wren"], viewer=viewer, now=NOW)
        pack = unmasked(pack) if with_masked else pack
        told = sheet(pack, None, purpose="search", number="1", viewer=viewer, now=NOW)
    return str(told)


def test_a_print_tells_it_only_where_that_was_asked_for(placed):
    assert [each for each in TELLING if each in printed(placed, "Sal", with_masked=False)] == []
    assert NAME in printed(placed, "Sal", with_masked=True)
    assert PHONE in printed(placed, "Sal", with_masked=True)


@pytest.mark.parametrize(("name", "answer"), [("Hal", 403), ("Otto", 403), ("Sal", 200)])
def test_what_is_hidden_is_printed_for_those_alone_who_may_see_it(placed, name, answer):
    sent = {"purpose": PrintPurpose.values[0], "masked": "masked"}
    client = client_of(placed.cast, name)
    assert (
        client.post(reverse("print_missing_pack", args=[placed.children["Wren"]]), sent).status_code == answer
    )


def test_a_home_that_leads_is_not_told_in_the_lists_of_repeat_and_first_times(placed):
    """Both lists name who leads the work with each child."""
    child, episode = placed.children["Wren"], placed.episodes["Wren"]
    with placed.cast.seen_by("Pat") as pat:
        returned = {"returned_at": NOW, "returned_to": "", "return_method": "RETURNED_SELF"}
        record_returned(episode_id=episode, **returned, viewer=pat, now=NOW)
    with as_worker():
        work = Involvement.objects.filter(person_id=child)
        work.update(is_lead=False)
        work.filter(team_id=placed.cast.team_of("Hal")).update(is_lead=True)
        look_for_repeats(episode_id=episode, viewer=machine("a test"), now=NOW)
    with_the_right = {name: NAME in lists_of(placed, name) for name in ("Sal", "Cora", "Ines")}
    assert with_the_right == {"Sal": True, "Cora": True, "Ines": False}


def lists_of(placed, name):
    client = client_of(placed.cast, name)
    shown = [client.get(reverse(page)).content.decode() for page in ("repeat", "first_time")]
    assert all("Hiddenchild" in page for page in shown)
    return " ".join(shown)


@pytest.mark.parametrize("is_told", [True, False])
def test_the_form_to_restrict_names_staff_of_the_home_to_those_alone_who_may_know_it(
    cast, placed, monkeypatch, is_told
):
    """Today whoever may restrict a record may see its places: the form holds also where that is parted."""
    monkeypatch.setattr("wayhome.people.masked.may", lambda *_: is_told)
    shown = client_of(cast, "Cora").get(reverse("restrict", args=[placed.children["Wren"]])).content.decode()
    assert (cast.users["Hal"].name in shown) is is_told
