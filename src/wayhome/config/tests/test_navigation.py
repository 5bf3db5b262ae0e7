"""The navigation fits in one row for every role, and every page it knows is two clicks away at the most."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import CAST, a_child

from wayhome.access.roles import BY_SCOPE
from wayhome.config.navigation import ITEMS
from wayhome.desk.tests.arranged import a_return
from wayhome.web.navigation import at_the_top

# Letters on a desk 1280 wide, where the space between two entries is as wide as three.
ONE_ROW = 110
ABOVE = {
    "Cora": ["Today", "Duty board", "Clock wall", "Find or report", "Pathway", "Lists", "Measures", "More"],
    "Pat": ["Today", "Duty board", "Clock wall", "Find or report", "Pathway", "Lists"],
    "Ines": ["Today", "Duty board", "Clock wall", "Find or report", "Pathway", "Lists"],
    "Sal": ["Today", "Duty board", "Clock wall", "Find or report", "Pathway", "Lists"],
    "Hal": ["Today", "Duty board", "Clock wall", "Find or report", "My worries", "Homes"],
    "Ada": ["Today", "Accounts"],
    "Ivo": ["Today", "Access log", "Emergency access"],
}


@pytest.fixture
def as_user(cast):
    def signed_in(name):
        client = Client()
        client.force_login(cast.users[name], backend="wayhome.access.signed_in.Backend")
        return client

    return signed_in


def open_to(name):
    """The entries whose pages a member of the cast may open."""
    scope = CAST[name][0]
    return [item for item in ITEMS if item.scopes is None or scope in item.scopes]


@pytest.mark.parametrize("name", sorted(ABOVE))
def test_each_role_has_the_entries_of_its_work_above_every_page(as_user, name):
    shown = [item.label for item in at_the_top(open_to(name)) if item.section != "strategy"]
    assert shown == ABOVE[name]


@pytest.mark.parametrize("scope", sorted(BY_SCOPE))
def test_no_role_has_more_than_one_row(scope):
    items = [item for item in ITEMS if item.scopes is None or scope in item.scopes]
    labels = [item.label for item in at_the_top(items)]
    assert sum(map(len, labels)) + 3 * (len(labels) - 1) <= ONE_ROW, labels


@pytest.mark.parametrize("name", sorted(CAST))
def test_every_page_of_the_navigation_is_two_clicks_from_every_other(as_user, name):
    client = as_user(name)
    above = at_the_top(open_to(name))
    pages = [client.get(reverse("glossary")), *(client.get(item.href) for item in above if item.gathers)]
    linked = "".join(page.content.decode() for page in pages)
    for item in open_to(name):
        if not item.gathers:
            assert f'href="{item.href}"' in linked, item.label


@pytest.mark.parametrize(
    ("address", "active"), [("repeat", "Lists"), ("marks", "Lists"), ("imports", "More"), ("lists", "Lists")]
)
def test_a_page_behind_a_gathering_marks_it(as_user, address, active):
    page = as_user("Cora").get(reverse(address)).content.decode()
    marked = page.split("govuk-service-navigation__item--active")[1]
    assert active in marked[:600]


def test_the_lists_say_what_waits_in_each_and_nothing_to_who_sees_nobody(cast, as_user):
    a_return(cast, a_child(cast, given_name="Wren"))
    page = as_user("Cora").get(reverse("lists")).content.decode()
    assert "1 child not invited yet, in 90 days" in page
    assert "Wren" not in page
    assert "child not invited" not in as_user("Otto").get(reverse("lists")).content.decode()


def test_the_lists_cost_the_same_for_one_and_for_many(cast, as_user):
    client = as_user("Cora")

    def asked():
        client.get(reverse("lists"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("lists"))
        return len(queries)

    a_return(cast, a_child(cast))
    few = asked()
    for _ in range(5):
        a_return(cast, a_child(cast))
    assert asked() == few
