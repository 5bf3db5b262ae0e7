"""The pages about the partnership: open to all who sign in, changed by coordinators and administrators."""

import pytest
from django.urls import reverse

from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.partnership.models import Agency, Body, Team

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def as_user(cast, client):
    def signed_in(name):
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


def key():
    return {"submission_key": str(new_id())}


def on(name, day="1", month="5", year="2026"):
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def page(client):
    return client.get(reverse("partnership")).content.decode()


def test_everyone_sees_whom_to_ring(cast, as_user):
    for name in ("Otto", "Ana", "Hal"):
        text = page(as_user(name))
        assert "Missing Desk" in text
        assert "tel:01632960001" in text
        assert "Rename" not in text


def test_an_agency_with_its_team_is_opened(cast, as_user):
    client = as_user("Cora")
    sent = {"name": "Tidewell Trust", "kind": "voluntary"} | on("opened_on")
    assert client.get(reverse("open_noun", args=["agency"])).status_code == 200
    assert client.post(reverse("open_noun", args=["agency"]), sent | key()).status_code == 303
    taken = client.post(reverse("open_noun", args=["agency"]), sent | key()).content.decode()
    assert "There is one with this name already" in taken
    with as_worker():
        agency = Agency.objects.get(name="Tidewell Trust")
    sent = {"agency_id": str(agency.pk), "name": "Night Shelter", "kind": "other", "phone": "01632 960777"}
    assert client.get(reverse("open_noun", args=["team"])).status_code == 200
    assert client.post(reverse("open_noun", args=["team"]), sent | on("opened_on") | key()).status_code == 303
    assert "Night Shelter" in page(client)


def test_a_group_stands_under_the_one_it_reports_to(cast, as_user):
    client = as_user("Ada")
    add = reverse("open_noun", args=["body"])
    assert client.get(add).status_code == 200
    client.post(add, {"name": "Saltmere Board"} | on("opened_on") | key())
    with as_worker():
        board = Body.objects.get(name="Saltmere Board")
    sent = {"name": "Exploitation Group", "reports_to": str(board.pk), "purpose": "Looks at the pattern."}
    client.post(add, sent | on("opened_on") | key())
    assert "Report to Saltmere Board" in page(client)


def test_a_team_is_renamed_from_a_day_on_and_keeps_its_earlier_name(cast, as_user):
    client, team = as_user("Cora"), cast.team_of("Sal")
    rename = reverse("rename_noun", args=["team", team])
    assert client.get(rename).status_code == 200
    assert client.post(rename, {"name": "Young People’s Team"} | on("on") | key()).status_code == 303
    text = page(client)
    assert "Young People’s Team" in text
    assert "Until 1 May 2026: Youth Team" in text
    early = client.post(rename, {"name": "Another"} | on("on", year="2020") | key()).content.decode()
    assert "It already had another name on that day" in early


def test_phones_change(cast, as_user):
    client, team = as_user("Cora"), cast.team_of("Sal")
    phones = reverse("change_phones", args=["team", team])
    assert "01632 960001" in client.get(phones).content.decode()
    client.post(phones, {"phone": "01632 960555", "out_of_hours_phone": "01632 960556"} | key())
    assert "01632 960556" in page(client)
    agency = reverse("change_phones", args=["agency", cast.agencies["Saltmere Police"]])
    assert "out of hours" not in client.get(agency).content.decode()
    assert client.post(agency, {"phone": "01632 960557"} | key()).status_code == 303


def test_a_team_is_closed_from_a_day_on(cast, as_user):
    client, team = as_user("Ada"), cast.team_of("Otto")
    close = reverse("close_noun", args=["team", team])
    assert client.get(close).status_code == 200
    early = client.post(close, on("on", year="1999") | key()).content.decode()
    assert "cannot be before the first day" in early
    assert client.post(close, on("on") | key()).status_code == 303
    assert "School Nurses" not in page(client)
    with as_worker():
        assert Team.objects.filter(pk=team).exists()


@pytest.mark.parametrize("name", ["Otto", "Pat", "Ivo", "Hal"])
def test_others_change_nothing(cast, as_user, name):
    client, team = as_user(name), cast.team_of("Sal")
    assert client.get(reverse("open_noun", args=["agency"])).status_code == 403
    assert client.post(reverse("rename_noun", args=["team", team]), {"name": "Mine"}).status_code == 403


def test_what_is_not_there_is_not_found(cast, as_user):
    client = as_user("Cora")
    assert client.get(reverse("rename_noun", args=["team", new_id()])).status_code == 404
    assert client.get(reverse("open_noun", args=["planet"])).status_code == 404
    assert client.get(reverse("change_phones", args=["body", new_id()])).status_code == 404


def test_the_page_takes_as_many_queries_however_many_teams_there_are(
    cast, as_user, django_assert_max_num_queries
):
    client = as_user("Otto")
    with django_assert_max_num_queries(12):
        page(client)
