"""The first page: for each role what it needs, and for nobody a dead end."""

import re
from datetime import timedelta

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.access.commands import break_glass
from wayhome.audit.commands import save_draft
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.desk.first_page import TASKS
from wayhome.desk.tests.arranged import a_hearing, a_return, some_children
from wayhome.desk.tests.conftest import words
from wayhome.exploitation.commands.assessing import begin_assessment
from wayhome.exploitation.models import Pathway
from wayhome.exploitation.tests.arranging import forms, on_the_pathway


def test_the_police_desk_sees_what_the_police_have_to_do(cast, as_user):
    a_return(cast, a_child(cast, given_name="Wren"), hours_ago=30)
    an_episode(cast, a_child(cast, given_name="Finch"))
    page = words(as_user("Pat").get("/"))
    assert "Due for you 2, 1 late" in page
    assert page.index("1 missing now") < page.index("Due for you")
    assert "Police missing desk can still act" in page
    assert "Set the risk level" in page


def test_the_interviewer_sees_interviews_and_the_worker_the_analysis(cast, as_user):
    heard = a_child(cast, given_name="Hazel")
    a_hearing(cast, a_return(cast, heard))
    a_return(cast, a_child(cast, given_name="Aspen"))
    interviewer, worker = words(as_user("Ines").get("/")), words(as_user("Sal").get("/"))
    assert "Aspen Testchild" in interviewer
    assert "Offer a return interview" in interviewer
    assert "Analysis of the return" in worker
    assert "You lead the work with this child." in worker


def test_what_is_due_comes_in_pages_and_nothing_is_lost_between_them(cast, as_user):
    some_children(cast, 18)
    client = as_user("Pat")
    pages = [client.get(f"/?page={number}") for number in (1, 2, 99)]
    shown = [re.findall(r"/missing/episodes/[0-9a-f-]{36}", page.content.decode()) for page in pages]
    assert [len(rows) for rows in shown] == [TASKS, 3, 3]
    assert len({*shown[0], *shown[1]}) == 18
    assert shown[1] == shown[2]
    assert all("Due for you 18" in words(page) for page in pages)
    assert 'href="/?page=2"' in pages[0].content.decode()


def test_what_was_reported_lately_leads_to_its_episode(cast, as_user):
    episode = an_episode(cast, a_child(cast, given_name="Linden"), by="Sal")
    page = as_user("Sal").get("/")
    assert f'href="/missing/episodes/{episode}"' in page.content.decode()
    assert "You reported" in words(page)
    assert "You reported" not in words(as_user("Pat").get("/"))


def test_an_unfinished_form_leads_back_to_where_it_was_typed(cast, as_user):
    child = a_child(cast, given_name="Linden")
    with cast.seen_by("Sal") as sal:
        data = {"typed": "x=1", "page": f"/missing/report/{child}"}
        save_draft(viewer=sal, now=NOW, form="report_missing", subject=str(child), data=data)
        save_draft(viewer=sal, now=NOW, form="create_person", subject="", data={"typed": ""})
    page = as_user("Sal").get("/")
    assert f'href="/missing/report/{child}">Report missing: Linden Testchild</a>' in page.content.decode()
    assert "Create person" in words(page)
    assert "Begun and not sent" not in words(as_user("Pat").get("/"))


def test_an_unfinished_form_about_a_piece_of_the_pathway_names_the_child(cast, as_user):
    child, form = on_the_pathway(cast, given_name="Linden"), forms()["exploitation_screen"]
    with cast.seen_by("Sal") as sal:
        begun = begin_assessment(person_id=child, instrument_id=form.pk, viewer=sal, now=NOW)
        for name, subject in {"assess": str(begun), "judge_level": f"{child}-criminal"}.items():
            save_draft(viewer=sal, now=NOW, form=name, subject=subject, data={"typed": "", "page": "/there"})
    page = words(as_user("Sal").get("/"))
    assert "Assess: Linden Testchild" in page
    assert "Judge level: Linden Testchild" in page


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("Ana", ["Roles", "Glossary"]),
        ("Lena", ["What the partnership promised", "Roles", "Glossary"]),
        ("Ada", ["/access/accounts"]),
        ("Ivo", ["/access/log", "/access/broken-glass"]),
    ],
)
def test_a_role_without_children_is_led_on(cast, as_user, name, offered):
    a_return(cast, a_child(cast), hours_ago=100)
    page = as_user(name).get("/")
    assert "Testchild" not in words(page)
    assert "Your role shows no child" in words(page)
    for each in offered:
        assert each in page.content.decode()


def test_broken_glass_waits_on_the_reviewers_first_page(cast, as_user):
    child = a_child(cast)
    with cast.seen_by("Otto") as otto:
        break_glass(
            person_id=child, reason_code="immediate_safety", reason="Seen on the bridge", viewer=otto, now=NOW
        )
    assert "One record was opened by emergency access" in words(as_user("Ivo").get("/"))
    assert "emergency access" not in words(as_user("Pat").get("/"))


def test_otto_sees_nobody_and_is_told_what_would_show(cast, as_user):
    an_episode(cast, a_child(cast))
    page = words(as_user("Otto").get("/"))
    assert "Testchild" not in page
    assert "Nothing is due for you" in page


def test_that_a_list_of_children_was_shown_is_on_the_record(cast, as_user):
    an_episode(cast, a_child(cast))
    as_user("Pat").get("/")
    with as_worker():
        entry = Entry.objects.get(verb="read list", user_id=cast.users["Pat"].pk)
    assert entry.detail == {"page": "today", "found": 1}


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get("/").status_code == 302


def test_nothing_is_due_is_not_said_above_what_is_late(cast, as_user):
    child = on_the_pathway(cast)
    assert "Nothing is due for you" in words(as_user("Sal").get("/"))
    with as_worker():
        Pathway.objects.filter(person_id=child).update(assess_by=NOW - timedelta(days=3))
    page = words(as_user("Sal").get("/"))
    assert "Nothing is due for you" not in page
    assert page.index("Nothing about a child who is or was missing") < page.index("Finish an assessment")
