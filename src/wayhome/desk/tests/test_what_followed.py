"""What followed from a child's episodes, told in the chronology: one line for each act, and who wrote it."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from wayhome.audit.queries import Deed
from wayhome.desk.rules.chronology import LABELS, Kind
from wayhome.desk.tests.lines import NOON, hours
from wayhome.desk.tests.telling import THING, WRITER, all_told, told

SECOND = UUID(int=3)


def an_answer(**said):
    usual = {
        "duty": "senior_notice",
        "outcome": "done",
        "done_at": NOON,
        "with_whom": "The head of service",
        "note": "Told by phone",
        "received_at": None,
        "received_by": "",
        "recorded_at": hours(1),
        "recorded_by_id": WRITER,
        "episode_id": THING,
    }
    return SimpleNamespace(**(usual | said))


def a_mark(kind, **said):
    usual = {
        "interview_id": SECOND,
        "kind": kind,
        "quote": "I want to stay with my aunt.",
        "note": "",
        "state": "waiting",
        "state_note": "",
        "marked_at": NOON,
        "marked_by_id": WRITER,
    }
    return SimpleNamespace(**(usual | said))


def a_hit(trigger, **said):
    usual = {
        "trigger": trigger,
        "hit_at": NOON,
        "answer": "",
        "answer_note": "",
        "answered_at": None,
        "answered_by_id": None,
        "episode_id": THING,
    }
    return SimpleNamespace(**(usual | said))


def an_invitation(invited, **said):
    seminar = SimpleNamespace(held_at=hours(72), place="Harbour library", cancelled_at=None)
    usual = {
        "seminar_id": SECOND,
        "seminar": seminar,
        "invited": invited,
        "invited_at": NOON,
        "attended": None,
        "invited_by_id": WRITER,
        "episode_id": THING,
    }
    return SimpleNamespace(**(usual | said))


def a_deed(verb, at=NOON, **detail):
    return Deed(at, "Hal Sample", "Porchlight Homes", verb, detail)


@pytest.mark.parametrize(
    ("said", "title", "text", "is_done"),
    [
        ({}, "Tell a senior manager: done", "With: The head of service. Told by phone.", True),
        (
            {"received_at": hours(2), "received_by": "Their deputy"},
            "Tell a senior manager: done",
            "With: The head of service. Told by phone. Received Wednesday 3 June 2026 at 3pm by Their deputy.",
            True,
        ),
        (
            {
                "duty": "strategy_discussion",
                "outcome": "not_needed",
                "with_whom": "",
                "note": "One plan runs",
            },
            "Strategy discussion: decided that it is not needed",
            "One plan runs.",
            False,
        ),
    ],
)
def test_a_duty_that_was_answered_says_with_whom_and_what(said, title, text, is_done):
    only = told(duty_answers=an_answer(**said))
    assert (only.title, only.text, only.is_done, only.at) == (title, text, is_done, NOON)
    assert (only.kind, only.writer, only.episode_id) == (Kind.DUTY, "Pat Sample, Saltmere Police", THING)


@pytest.mark.parametrize(
    ("duty", "title"),
    [
        ("safe_and_well", "Not done in time: safe and well check"),
        ("host_notice", "Not done in time: tell the authority the child is placed in"),
    ],
)
def test_a_duty_that_was_late_stands_where_its_time_ran_out_with_why(duty, title):
    breach = SimpleNamespace(
        duty=duty,
        due_at=NOON,
        reason="No officer was free",
        written_at=hours(5),
        written_by_id=WRITER,
        episode_id=THING,
    )
    only = told(breach_reasons=breach)
    assert (only.title, only.text) == (title, "No officer was free.")
    assert (only.at, only.written_at, only.is_done) == (NOON, hours(5), False)


@pytest.mark.parametrize(
    ("kind", "state", "text"),
    [
        ("plan_change", {}, "Waiting to be taken up."),
        ("plan_change", {"note": "Ask the aunt"}, "Ask the aunt. Waiting to be taken up."),
        (
            "intelligence",
            {"state": "taken_up", "state_note": "Sent to the desk"},
            "Taken up: Sent to the desk.",
        ),
    ],
)
def test_a_sentence_that_calls_for_action_is_told_with_the_childs_words(kind, state, text):
    interview = SimpleNamespace(
        pk=SECOND,
        outcome="completed",
        held_at=NOON,
        settled_at=NOON,
        own_words="",
        answered_in_id=None,
        reason_not_held="",
        interviewer_id=WRITER,
        episode_id=THING,
    )
    found = all_told(interviews=[interview], marks=[a_mark(kind, **state)])
    mark = next(each for each in found if each.kind == Kind.MARK)
    assert mark.title.startswith("Marked in the return interview: ")
    assert (mark.text, mark.words, mark.episode_id) == (text, "I want to stay with my aunt.", THING)


def test_all_that_an_interview_mentions_is_one_line_without_the_numbers_themselves():
    kinds = ("phone", "place", "place", "person")
    marks = [a_mark(kind, marked_at=hours(number)) for number, kind in enumerate(kinds)]
    (only,) = all_told(marks=marks)
    assert only.title == "Marked in the return interview: a place (2), a person, a phone number"
    assert (only.words, only.text, only.at) == ("", "", hours(3))


@pytest.mark.parametrize("state", ["withdrawn", "dismissed"])
def test_a_mark_that_does_not_stand_is_not_told(state):
    assert all_told(marks=[a_mark("plan_change", state=state), a_mark("phone", state=state)]) == []


def test_the_reasons_to_look_at_one_return_again_are_one_line_until_somebody_decides():
    (only,) = all_told(triggers=[a_hit("3_in_90_days"), a_hit("over_24_hours")])
    assert only.title == "To be looked at again: 3 times in 90 days, missing for more than 24 hours"
    assert (only.text, only.is_done, only.writer) == (
        "Nobody has decided yet.",
        False,
        "Counted by this system",
    )


def test_what_was_decided_about_a_return_says_who_decided_and_why():
    decided = {"answer": "plan", "answer_note": "The plan has it", "answered_at": hours(3)}
    (only,) = all_told(triggers=[a_hit("first_ever", answered_by_id=WRITER, **decided)])
    assert only.text == "Dealt with in the child's plan: The plan has it."
    assert (only.writer, only.written_at) == ("Pat Sample, Saltmere Police", hours(3))


@pytest.mark.parametrize(
    ("child", "parents", "text"),
    [
        (None, None, "The child: invited. Parents or carers: invited."),
        (True, False, "The child came. Parents or carers did not come."),
    ],
)
def test_one_seminar_is_one_line_for_the_child_and_the_parents(child, parents, text):
    asked = [an_invitation("parents", attended=parents), an_invitation("child", attended=child)]
    (only,) = all_told(invitations=asked)
    assert only.title == "Invited to the first-time seminar"
    assert only.text == f"Saturday 6 June 2026 at 1pm, Harbour library. {text}"


def test_a_seminar_that_was_cancelled_says_so_and_not_who_came():
    cancelled = SimpleNamespace(held_at=hours(72), place="Harbour library", cancelled_at=NOON)
    (only,) = all_told(invitations=[an_invitation("child", seminar=cancelled)])
    assert only.text.endswith("Harbour library. It was cancelled.")


@pytest.mark.parametrize(
    ("detail", "text"),
    [
        ({"purpose": "search", "with_masked_places": False}, "To look for the child."),
        (
            {"purpose": "search", "with_masked_places": True},
            "To look for the child. With the places that are kept hidden.",
        ),
        ({"purpose": "of an older release"}, ""),
    ],
)
def test_a_printed_pack_says_what_for(detail, text):
    (only,) = all_told(pack=[a_deed("print", **detail)])
    assert (only.title, only.text) == ("Missing pack printed", text)
    assert (only.writer, only.agency) == ("Hal Sample, Porchlight Homes", "Porchlight Homes")


def test_what_one_person_changed_in_a_pack_in_a_day_is_one_line_without_what_stands_in_it():
    day = [
        a_deed("describe"),
        a_deed("describe", at=hours(1)),
        a_deed("add photo", at=hours(2)),
        a_deed("check description", at=hours(3)),
        a_deed("describe", at=NOON + timedelta(days=1)),
    ]
    first, second = sorted(all_told(pack=day), key=lambda each: each.at)
    assert (first.title, first.text) == ("Missing pack changed", "How to know the child. The picture.")
    assert (first.at, second.text) == (hours(3), "How to know the child.")


def test_a_pack_that_was_only_read_through_says_that():
    (only,) = all_told(pack=[a_deed("check description")])
    assert (only.title, only.text) == ("Missing pack read through and found right", "")


def test_every_kind_has_words_for_the_filter():
    assert set(LABELS) == set(Kind)
