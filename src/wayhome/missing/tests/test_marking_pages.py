"""The pages of marking, without scripts: choose the answer, the sentence, and what it is; take it up later."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW, a_child

from wayhome.config.testing import as_worker
from wayhome.missing import commands
from wayhome.missing.commands.marks import NewMark, mark_sentence
from wayhome.missing.models import Mark, ReturnInterview
from wayhome.missing.tests.pages import client_of, sent, text_of
from wayhome.missing.tests.stages import an_account, checked, heard, returned
from wayhome.people.commands import add_relationship

WORDS = "I went to Danny's flat. He drives AB12 CDE.\r\nRing 07700 900123 if you must."
AGAIN = "It was AB12CDE, and Danny."


@pytest.fixture
def told(cast):
    """An interview with three sentences."""
    child = a_child(cast)
    episode = checked(cast, child)
    with cast.seen_by("Ines") as ines:
        commands.hold_interview(
            episode_id=episode, account=an_account(own_words=WORDS, during=AGAIN), viewer=ines, now=NOW
        )
    with cast.seen_by("Sal") as sal:
        add_relationship(person_id=child, kind="friend", name="Danny Testman", viewer=sal, now=NOW)
    return episode


def text(client, episode):
    return client.get(reverse("interview_text", args=[episode]))


def mark(client, episode, where, answer="own_words", **said):
    address = f"{reverse('mark_sentence', args=[episode])}?answer={answer}"
    return sent(client, address, **({"where": where, "kind": "plan_change", "value": "", "note": ""} | said))


def test_a_sentence_is_chosen_from_those_of_the_answer_and_shown_in_its_place(cast, told):
    ines = client_of(cast, "Ines")
    page = ines.get(f"{reverse('mark_sentence', args=[told])}?answer=own_words")
    assert re.findall(r'name="where" type="radio" value="([\d-]+)"', page.content.decode()) == [
        "0-23",
        "24-43",
        "45-75",
    ]
    answered = mark(ines, told, "24-43", kind="vehicle", value="AB12CDE", note="Seen twice")
    assert answered.status_code == 303
    assert "#mark-" in answered.headers["Location"]
    shown = text_of(text(ines, told))
    assert "[mark 1 begins] He drives AB12 CDE. mark 1 A vehicle" in shown
    assert "Seen twice" in shown
    assert "AB12CDE" in shown


def test_first_it_is_asked_which_answer(cast, told):
    page = client_of(cast, "Ines").get(reverse("mark_sentence", args=[told]))
    assert "Which answer is it in?" in text_of(page)


def test_words_chosen_by_hand_are_offered_first(cast, told):
    page = client_of(cast, "Ines").get(
        f"{reverse('mark_sentence', args=[told])}?answer=own_words&words=34-42"
    )
    assert re.search(r'value="34-42" checked', page.content.decode())
    assert mark(client_of(cast, "Ines"), told, "34-42", kind="vehicle").status_code == 303
    with cast.seen_by("Ines"):
        assert Mark.objects.get().quote == "AB12 CDE"


@pytest.mark.parametrize("where", ["", "x", "1-", "-1-5", "0-999", "44-45", "9" * 30 + "-1"])
def test_words_that_are_not_there_are_asked_for_again(cast, told, where):
    answered = mark(client_of(cast, "Ines"), told, where)
    assert answered.status_code == 200
    assert "Choose the words you mean" in text_of(answered)


def test_overlapping_marks_are_both_in_place(cast, told):
    ines = client_of(cast, "Ines")
    mark(ines, told, "0-23", kind="place")
    mark(ines, told, "10-30", kind="person")
    shown = text_of(text(ines, told))
    assert (
        "[mark 1 begins] I went to [mark 2 begins] Danny&#39;s flat. mark 1 A place He dri mark 2 A person"
        in shown
    )


def test_a_quote_is_shown_when_the_text_was_corrected_since(cast, told):
    ines = client_of(cast, "Ines")
    mark(ines, told, "0-23")
    with cast.seen_by("Ines"):
        ReturnInterview.objects.filter(episode_id=told).update(own_words="I went out.")
    shown = text_of(text(ines, told))
    assert (
        "The text was corrected since mark 1 was made. The words were: “I went to Danny&#39;s flat.”" in shown
    )


def test_what_the_rules_find_is_kept_or_set_aside_by_a_person(cast, told):
    ines = client_of(cast, "Ines")
    assert "3 numbers, places or names were found" in text_of(text(ines, told))
    address = reverse("interview_mentions", args=[told])
    names = set(
        re.findall(
            r'name="((?:person|vehicle|phone)-[\w-]+?)(?:-value)?"', ines.get(address).content.decode()
        )
    )
    person, phone, vehicle = sorted(names)
    answers = {person: "keep", f"{person}-value": "Danny Testman", phone: "later", vehicle: "none"}
    assert sent(ines, address, **answers).status_code == 303
    with cast.seen_by("Ines"):
        assert sorted(Mark.objects.values_list("kind", "state", "quote", "value")) == [
            ("person", "waiting", "Danny", "Danny Testman"),
            ("vehicle", "dismissed", "AB12 CDE", "AB12CDE"),
        ]
    shown = text_of(text(ines, told))
    assert "One number, place or name was found" in shown
    assert "mark 1 A person" in shown
    assert "Not what it looked like" not in shown


def test_a_mark_is_taken_up_with_a_note(cast, told):
    mark(client_of(cast, "Ines"), told, "0-23")
    with cast.seen_by("Sal"):
        address = reverse("answer_mark", args=[Mark.objects.get().pk])
    sal = client_of(cast, "Sal")
    assert sent(sal, address, state="taken_up", note="").status_code == 200
    assert sent(sal, address, state="taken_up", note="Danny is visited.").status_code == 303
    shown = text_of(sal.get(address))
    assert "Taken up today" in shown
    assert "Danny is visited." in shown


def test_the_list_leads_back_to_the_sentence(cast, told):
    mark(client_of(cast, "Ines"), told, "0-23")
    page = client_of(cast, "Cora").get(reverse("marks")).content.decode()
    there = re.search(r'href="([^"]+)#(text-[\w-]+)"', page)
    assert f'id="{there[2]}"' in client_of(cast, "Cora").get(there[1]).content.decode()


def test_filters_that_say_nothing_are_left_out(cast, told):
    page = client_of(cast, "Cora").get(reverse("marks") + "?kind=x&state=y&child=z&page=no")
    assert "Nothing is marked yet" in text_of(page)


def test_before_the_child_was_heard_there_is_nothing_to_mark(cast):
    page = text(client_of(cast, "Ines"), returned(cast, a_child(cast)))
    assert page.status_code == 409
    assert "There are no words of a return interview" in text_of(page)


@pytest.mark.parametrize("address", ["interview_text", "marks"])
def test_a_page_costs_the_same_for_one_mark_and_for_many(cast, told, address):
    cora = client_of(cast, "Cora")
    page = reverse(address, args=[told] if address == "interview_text" else [])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert cora.get(page).status_code == 200
        return len(asked)

    def marked(times):
        for name in ("Ines", "Sal") * times:
            with cast.seen_by(name) as viewer:
                new = NewMark(field="own_words", start=0, end=23, kind="plan_change")
                mark_sentence(episode_id=told, new=new, viewer=viewer, now=NOW)

    marked(1)
    cora.get(page)
    few = cost()
    marked(10)
    if address == "marks":
        with as_worker():
            assert Mark.objects.count() == 22
        mark(client_of(cast, "Ines"), heard_of_another(cast), "0-26")
    assert cost() == few


def heard_of_another(cast):
    return heard(cast, a_child(cast, given_name="Wren"))


def test_the_analysis_takes_up_what_is_ticked_and_leaves_the_rest_waiting(cast, told):
    ines = client_of(cast, "Ines")
    mark(ines, told, "0-23", note="Visits")
    mark(ines, told, "24-43")
    sal = client_of(cast, "Sal")
    address = reverse("analyse_return", args=[told])
    page = sal.get(address)
    assert "“I went to Danny&#39;s flat.” Visits (Ines Return Interviewer)" in text_of(page)
    first = re.search(r'name="takes_up" type="checkbox" value="([\w-]+)"', page.content.decode())[1]
    said = {"text": "Danny matters.", "plan_effect": "plan_changed", "changed": "Danny is visited."}
    assert sent(sal, address, takes_up=first, **said).status_code == 303
    with cast.seen_by("Sal"):
        assert sorted(Mark.objects.values_list("state", "state_note")) == [
            ("taken_up", "Danny is visited."),
            ("waiting", ""),
        ]


def test_who_leads_sees_changes_to_the_plan_on_their_first_page_until_they_are_taken_up(cast, told):
    mark(client_of(cast, "Ines"), told, "0-23")
    today = text_of(client_of(cast, "Sal").get("/"))
    assert "Marked as changes to the plan 1" in today
    assert "I went to Danny&#39;s flat." in today
    assert "Marked as changes to the plan" not in text_of(client_of(cast, "Ines").get("/"))


def test_staff_of_a_home_see_no_mark_anywhere(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    episode = heard(cast, child)
    mark(client_of(cast, "Ines"), episode, "0-26", kind="intelligence", note="A flat above the shop")
    hal = client_of(cast, "Hal")
    for address in ("/", reverse("child", args=[child]), reverse("episode", args=[episode])):
        shown = text_of(hal.get(address))
        assert "my sister" not in shown
        assert "ntelligence" not in shown
        assert "From what the child said" not in shown
    assert text(hal, episode).status_code == 403
    assert hal.get(reverse("marks")).status_code == 403


def test_the_overview_of_the_child_lists_what_was_marked(cast, told):
    mark(client_of(cast, "Ines"), told, "0-23", value="Danny's flat", kind="place")
    with cast.seen_by("Sal"):
        child = Mark.objects.get().person_id
    shown = text_of(client_of(cast, "Sal").get(reverse("child", args=[child])))
    assert "From what the child said A place : Danny&#39;s flat Waiting to be taken up" in shown
