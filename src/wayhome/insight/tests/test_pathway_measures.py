"""The measures of the exploitation pathway: they are those of the record, and small ones are held back."""

import html
import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW, a_child

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.exploitation.models import Assessment, ChildPlan, Judgement, Pathway
from wayhome.exploitation.tests.arranging import forms
from wayhome.insight.commands import open_children_behind, open_pathway_measures
from wayhome.insight.queries.pathway import pathway_measures
from wayhome.insight.rules.behind import Figure
from wayhome.insight.tests.on_the_pathway import (
    MONTH,
    THEN,
    UNTIL,
    a_contact,
    a_worry,
    judged,
    on_the_pathway,
    planned,
)
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.refusal import NotAllowed

BACKEND = "wayhome.access.signed_in.Backend"


def measured(cast, name):
    with cast.seen_by(name) as viewer:
        return pathway_measures(UNTIL, viewer, NOW).found


@pytest.fixture
def a_year(cast):
    """Twelve worries about six children; five on the pathway, judged beside a form, planned, reviewed and arrested."""
    children = [a_child(cast, family_name=f"Worry{place}", known_to=("Cora",)) for place in range(6)]
    for place in range(12):
        a_worry(
            cast,
            children[place % 6],
            thresholds="pathway" if place < 6 else "early_help child_in_need",
            late=place < 5,
            kinds=["criminal", "sexual"] if place < 6 else ["criminal"],
        )
    pathways = on_the_pathway(cast, 5)
    for place, pathway in enumerate(pathways):
        judged(pathway, level="significant", tool="emerging")
        planned(pathway, reviewed_after=5 if place < 5 else 50)
        a_contact(pathway)
    return pathways


@pytest.mark.parametrize("name", ["Ana", "Lena", "Cora"])
def test_the_counts_are_those_of_the_record(cast, a_year, name):
    found = measured(cast, name)
    assert (dict(found.months)[MONTH], found.told, found.told_children) == (12, 12, 6)
    assert found.thresholds.lines == [("Child in need (section 17)", [6]), ("Exploitation pathway", [6])]
    assert [(each.whole, each.in_time) for each in found.times] == [(12, 7), (12, 12), (0, 0), (5, 5)]
    assert found.times[0].half == timedelta(days=1)
    assert found.levels.lines == [("Criminal exploitation", [0, 0, 0, 0, 5])]
    assert found.moved.lines == [("Not judged then", [0, 0, 0, 0, 5])]
    assert found.reviews == (5, 5)
    assert found.beside["team"].lines == [("Youth Team", [0, 5, 0])]
    assert (found.on_pathway, found.justice_children, found.justice.lines) == (5, 5, [("Arrested", [5, 0])])
    assert found.kinds == [("Sexual exploitation", [6, 6]), ("Criminal exploitation", [6, 12])]


@pytest.mark.parametrize("name", ["Pat", "Ines", "Sal", "Hal", "Ada", "Ivo", "Otto"])
def test_nobody_else_gets_a_count_even_by_sql(cast, a_year, name):
    with cast.seen_by(name) as viewer:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM insight_pathway('{}', '{}', '{}')")
            assert cursor.fetchall() == []
        with pytest.raises(NotAllowed):
            open_pathway_measures(viewer=viewer, now=NOW)


def test_who_sees_children_counts_those_they_see(cast, a_year):
    for pathway in on_the_pathway(cast, 3, known_to=("Sal",)):
        judged(pathway)
    assert measured(cast, "Cora").on_pathway == 5
    assert measured(cast, "Ana").on_pathway == 8


def test_one_who_judged_otherwise_is_not_told_of_to_who_sees_no_child(cast, a_year):
    with as_worker():
        Judgement.objects.filter(pathway=a_year[0]).update(tool_level="significant")
    assert measured(cast, "Cora").beside["team"].lines == [("Youth Team", [1, 4, 0])]
    assert {each.total for each in measured(cast, "Ana").beside.values()} == {None}


def test_a_level_moves_from_where_it_stood_when_the_time_began(cast):
    (pathway,) = on_the_pathway(cast, 1)
    before, after = THEN - timedelta(days=500), THEN + timedelta(days=1)
    judged(pathway, level="vulnerable", at=before, replaced_at=after)
    judged(pathway, level="significant", at=after)
    assert measured(cast, "Cora").moved.lines == [("Vulnerable", [0, 0, 0, 0, 1])]


def test_a_review_after_its_day_is_late(cast):
    (pathway,) = on_the_pathway(cast, 1)
    judged(pathway, review_on=THEN.date() + timedelta(days=7))
    planned(pathway, reviewed_after=5)
    assert measured(cast, "Cora").reviews == (1, 0)


def test_a_plan_at_the_end_of_the_time_has_the_days_after_it(cast):
    (pathway,) = on_the_pathway(cast, 1)
    ended = start_of_day(UNTIL) - timedelta(days=2)
    with as_worker():
        Pathway.objects.update(opened_at=ended, assess_by=ended + timedelta(days=14))
        planned(pathway, reviewed_after=5)
        ChildPlan.objects.update(opened_at=ended + timedelta(days=1))
    found = measured(cast, "Cora").times[3]
    assert (found.whole, found.in_time) == (1, 1)


@pytest.mark.parametrize(("form", "expected"), [("exploitation_screen", 0), ("exploitation_assessment", 1)])
def test_a_finished_screen_is_no_assessment(cast, form, expected):
    (pathway,) = on_the_pathway(cast, 1)
    instrument = forms()[form]
    with as_worker():
        Assessment.objects.create(
            person_id=pathway.person_id,
            pathway=pathway,
            instrument=instrument,
            started_at=pathway.opened_at,
            state="finished",
            summary="Read.",
            finished_at=pathway.opened_at + timedelta(days=1),
        )
    assert measured(cast, "Cora").times[2].whole == expected


def test_what_is_written_now_shows_next_month_only(cast, a_year):
    before, just_now = measured(cast, "Ana"), NOW - timedelta(seconds=1)
    a_worry(cast, a_year[0].person_id, at=THEN, recorded_at=just_now, answered_at=just_now, answer="Thanks.")
    found = measured(cast, "Ana")
    assert (found.told, found.times[1]) == (before.told, before.times[1])
    assert measured(cast, "Cora").told == 13


def page(cast, client, name):
    client.force_login(cast.users[name], backend=BACKEND)
    return client.get(reverse("measure_exploitation"))


def test_the_page_shows_counts_and_no_child(cast, client, a_year):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(cast, client, "Ana").content.decode()))
    assert "As at the start of 1 " in text or "as at the start of 1 " in text
    assert "58%: 7 of 12 decisions about a worry" in text
    assert "Testchild" not in text
    assert "held back" in text
    open_text = page(cast, client, "Cora").content.decode()
    assert "These are the children you see" in open_text
    assert page(cast, client, "Sal").status_code == 403


def figures(text):
    """The figures of a page that lead to children, each with where it leads."""
    found = re.findall(r'href="([^"]+/children[^"]*)">([0-9,]+)<', text)
    return {html.unescape(address): int(count.replace(",", "")) for address, count in found}


def test_every_figure_leads_to_the_children_who_make_it_up(cast, client, a_year):
    led = figures(page(cast, client, "Cora").content.decode())
    assert len(led) > 30
    with cast.seen_by("Cora") as viewer:
        for address, count in led.items():
            asked = dict(parse_qsl(urlsplit(address).query))
            behind = open_children_behind(Figure(**asked), viewer=viewer, now=NOW)
            assert behind.total == count, address
            assert sum(times for _, times in behind.children) == count, address
    (section_47,) = (address for address in led if "part=threshold" in address and "section%2017" in address)
    shown = client.get(section_47).content.decode()
    assert "Decisions about worries: Child in need (section 17)" in shown
    assert "6 in all, about 6 children you see" in shown


def test_who_is_not_named_yet_is_counted_and_nobody_hidden_is(cast, a_year):
    a_worry(cast, None)
    for pathway in on_the_pathway(cast, 3, known_to=("Sal",)):
        a_worry(cast, pathway.person_id)
    with cast.seen_by("Cora") as viewer:
        behind = open_children_behind(Figure("told"), viewer=viewer, now=NOW)
    assert (behind.total, behind.children_total, behind.unnamed) == (13, 6, 1)


def test_who_sees_counts_only_is_led_to_no_child(cast, client, a_year):
    for name in ("Ana", "Lena"):
        assert figures(page(cast, client, name).content.decode()) == {}
        assert client.get(reverse("measure_children") + "?part=told").status_code == 403
    client.force_login(cast.users["Otto"], backend=BACKEND)
    assert client.get(reverse("measure_children") + "?part=told").status_code == 403


def test_an_address_that_names_nothing_says_nothing_back(cast, client, a_year):
    client.force_login(cast.users["Cora"], backend=BACKEND)
    shown = client.get(reverse("measure_children") + "?part=told&line=Wren+is+there").content.decode()
    assert "No child you see is behind this" in shown
    assert "Wren is there" not in shown
    assert client.get(reverse("measure_children") + "?part=names").status_code == 404


def test_a_list_of_children_behind_a_figure_is_on_the_record(cast, a_year):
    with cast.seen_by("Cora") as viewer:
        open_children_behind(Figure("review", col="In time"), viewer=viewer, now=NOW)
    with as_worker():
        (entry,) = Entry.objects.filter(verb="read list", user_id=viewer.user_id)
    assert entry.detail == {
        "page": "measure exploitation",
        "found": 5,
        "figure": "Reviews of plans held: In time",
    }


def test_a_list_of_many_children_asks_as_often_as_one_of_one(cast):
    asked = []
    for more in (1, 4):
        on_the_pathway(cast, more)
        with cast.seen_by("Cora") as viewer, transaction.atomic(), CaptureQueriesContext(connection) as ran:
            open_children_behind(Figure("on_pathway"), viewer=viewer, now=NOW)
        asked.append(len(ran))
    assert asked[0] == asked[1]


def test_looking_is_on_the_record(cast):
    with cast.seen_by("Lena") as viewer:
        open_pathway_measures(viewer=viewer, now=NOW)
    with as_worker():
        (entry,) = Entry.objects.filter(verb="read", subject_kind="measures", user_id=viewer.user_id)
    assert entry.detail == {"measure": "exploitation"}


def test_an_empty_year_is_nought(cast, client):
    found = measured(cast, "Ana")
    assert (found.told, found.on_pathway, found.kinds, found.thresholds.is_empty) == (0, 0, [], True)
    assert "Nothing in this time." in page(cast, client, "Ana").content.decode()


def test_two_queries_however_much_there_is(cast, a_year):
    with cast.seen_by("Cora") as viewer, transaction.atomic(), CaptureQueriesContext(connection) as ran:
        pathway_measures(UNTIL, viewer, NOW)
    assert len(ran) == 2
