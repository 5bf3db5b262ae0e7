"""What a comparison of two states of a plan says."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.strategy.rules import comparing
from wayhome.strategy.rules.comparing import Moved, compare
from wayhome.strategy.rules.comparing_parts import ListChange
from wayhome.strategy.rules.plan_file import (
    ActionFact,
    CommitmentFact,
    EvidenceFact,
    GroupingFact,
    MeasureFact,
    ObjectiveFact,
    OwnerFact,
    PlanFile,
    RatingFact,
    ResourceFact,
)
from wayhome.strategy.rules.word_by_word import PUT_IN, SAME, TAKEN_OUT, Piece, word_by_word
from wayhome.strategy.tests.cycling import a_small_plan

WHEN = datetime(2026, 5, 1, tzinfo=UTC)


def action(number: int, **told: object) -> ActionFact:
    usual = {
        "id": UUID(int=number),
        "reference": f"1.{number}",
        "title": "",
        "text": "Offer every child an interview.",
        "evidence": "",
        "objective_id": None,
        "priority_id": None,
        "section_id": None,
        "ambition_id": None,
        "four_p": (),
        "level": "strategic",
        "state": "in_progress",
        "ended_because": "",
        "due_kind": "date",
        "due_on": date(2026, 9, 30),
        "frequency": "",
        "review_body": "",
        "due_words": "",
        "owner_words": "",
    }
    return ActionFact(**(usual | told))


def rated(*ratings: str) -> dict[str, object]:
    return {"ratings": tuple(RatingFact(each, "r", "e", "", WHEN, "Lena", "page") for each in ratings)}


def plan(*actions: ActionFact, **told: object) -> PlanFile:
    return replace(a_small_plan(), actions=actions, **told)


def owner(name: str, holder: str = "") -> OwnerFact:
    return OwnerFact(UUID(int=9), "lead", "post", name, holder, "in_progress", None)


def test_a_plan_is_the_same_as_itself():
    same = plan(action(1), action(2, **rated("green")))
    found = compare(same, same)
    assert not found.is_any
    assert found.same == 2


def test_what_came_and_what_went():
    found = compare(plan(action(1), action(2)), plan(action(2), action(3)))
    assert [each.reference for each in found.added] == ["1.3"]
    assert [each.reference for each in found.ended] == ["1.1"]
    assert found.same == 1


@pytest.mark.parametrize("state", ["cancelled", "superseded"])
def test_an_action_that_was_ended_since_is_told_as_ended_and_not_as_changed(state):
    found = compare(plan(action(1)), plan(action(1, state=state, ended_because="Done elsewhere")))
    assert [each.ended_because for each in found.ended] == ["Done elsewhere"]
    assert found.changed == ()


def test_the_last_rating_counts_and_an_action_without_one_is_not_rated():
    found = compare(plan(action(1)), plan(action(1, **rated("amber", "green"))))
    (change,) = found.rated
    assert change.rating == Moved("Not rated", "Green")
    assert {each.rating: (each.before, each.after) for each in found.counts} == {
        "blue": (0, 0),
        "green": (0, 1),
        "amber": (0, 0),
        "red": (0, 0),
        "not_rated": (1, 0),
    }


def test_a_rating_given_again_did_not_move():
    assert not compare(plan(action(1, **rated("red"))), plan(action(1, **rated("red", "red")))).is_any


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"due_on": date(2026, 12, 1)}, "1 December 2026"),
        ({"due_kind": "month", "due_on": date(2026, 9, 30)}, "End of September 2026"),
        (
            {"due_kind": "recurring", "due_on": None, "frequency": "quarterly", "review_body": "The Board"},
            "Reviewed by The Board: quarterly",
        ),
        ({"due_kind": "open", "due_on": None}, "No date"),
        ({"due_kind": "open", "due_on": None, "due_words": "soon"}, "No date (soon)"),
    ],
)
def test_a_date_that_moved_is_told_in_words(told, words):
    (change,) = compare(plan(action(1)), plan(action(1, **told))).redated
    assert change.due == Moved("30 September 2026", words)


def test_owners_who_went_and_came_and_a_post_with_another_holder():
    before = plan(action(1, owners=(owner("Head of Early Help", "Jo Bloggs"),)))
    after = plan(action(1, owners=(owner("Head of Early Help", "Al Bloggs"),)))
    (change,) = compare(before, after).changed
    assert change.owners_gone == ("Lead: Head of Early Help (Jo Bloggs)",)
    assert change.owners_come == ("Lead: Head of Early Help (Al Bloggs)",)


def test_a_text_is_told_word_by_word():
    assert word_by_word("Offer every child a talk", "Offer each child a talk soon") == (
        Piece(SAME, "Offer "),
        Piece(TAKEN_OUT, "every "),
        Piece(PUT_IN, "each "),
        Piece(SAME, "child a "),
        Piece(TAKEN_OUT, "talk"),
        Piece(PUT_IN, "talk soon"),
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_word_of_either_text_is_lost(before, after):
    pieces = word_by_word(before, after)
    assert "".join(piece.words for piece in pieces if piece.how != PUT_IN) == before
    assert "".join(piece.words for piece in pieces if piece.how != TAKEN_OUT) == after


def test_commitments_made_and_dropped():
    kept, dropped, new = (
        CommitmentFact(UUID(int=number), None, text, (), "")
        for number, text in ((1, "A"), (2, "B"), (3, "C"))
    )
    found = compare(
        plan(commitments=(kept, dropped)),
        plan(commitments=(kept, replace(dropped, dropped_because="x"), new)),
    )
    assert (found.promised, found.no_longer_promised) == (("C",), ("B",))


def test_the_title_of_the_plan_is_compared_too():
    found = compare(plan(), plan(title="Safer Home plan"))
    assert [each.name for each in found.titles] == ["Title of the plan"]
    assert comparing.Comparison.is_any.fget(found)


HARBOUR = GroupingFact(UUID(int=21), "section", "2", "Safe harbours", "Boats come home", "", "")
QUAY = ObjectiveFact(UUID(int=31), "2.a", "Every quay has a lamp", None, UUID(int=21))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {"groupings": (HARBOUR,)}, [("Section 2 Safe harbours", "added")]),
        ({"groupings": (HARBOUR,)}, {}, [("Section 2 Safe harbours", "gone")]),
        ({}, {"objectives": (QUAY,)}, [("Objective 2.a Every quay has a lamp", "added")]),
        ({"objectives": (QUAY,)}, {}, [("Objective 2.a Every quay has a lamp", "gone")]),
    ],
)
def test_headings_and_objectives_that_came_and_went(before, after, told):
    found = compare(plan(**before), plan(**after))
    assert [(each.name, each.how) for each in found.parts] == told
    assert found.is_any


@pytest.mark.parametrize("field", ["title", "aim", "approach", "lead"])
def test_a_heading_is_told_word_by_word(field):
    other = replace(HARBOUR, **{field: "Bright harbours"})
    found = compare(plan(groupings=(HARBOUR,)), plan(groupings=(other,)))
    (part,) = found.parts
    assert part.how == "changed"
    assert "Bright" in "".join(piece.words for piece in part.texts[0].pieces if piece.how == PUT_IN)


def test_an_objective_is_told_word_by_word():
    found = compare(
        plan(objectives=(QUAY,)), plan(objectives=(replace(QUAY, text="Every quay has two lamps"),))
    )
    (part,) = found.parts
    assert (part.name, part.how) == ("Objective 2.a Every quay has two lamps", "changed")
    assert "two lamps" in "".join(piece.words for piece in part.texts[0].pieces if piece.how == PUT_IN)


MEASURE = MeasureFact("done-in-time", "up", date(2026, 4, 1), None, (), None)


@pytest.mark.parametrize(
    ("told", "name", "words"),
    [
        (
            {"resources": (ResourceFact("Lamp keeper", "Harbour Trust", "funded", ""),)},
            "Needs",
            "Lamp keeper: funded, Harbour Trust",
        ),
        ({"links": ("Care plan: action 4.2",)}, "Hangs on", "Care plan: action 4.2"),
        ({"measures": (MEASURE,)}, "Judged by", "return interviews done in time: should go up"),
        (
            {"evidence_items": (EvidenceFact("Rota", "Folder 4", "Half full", date(2026, 5, 1)),)},
            "Documents and findings",
            "Rota, 1 May 2026, Folder 4, Half full",
        ),
    ],
)
def test_what_hangs_on_an_action_is_compared(told, name, words):
    bare, full = plan(action(1)), plan(action(1, **told))
    assert compare(bare, full).changed[0].lists == (ListChange(name, (), (words,)),)
    assert compare(full, bare).changed[0].lists == (ListChange(name, (words,), ()),)
    assert not compare(full, full).is_any


def test_an_action_that_stands_under_another_heading_or_objective():
    parts = {"groupings": (HARBOUR,), "objectives": (QUAY,)}
    found = compare(
        plan(action(1), **parts), plan(action(1, section_id=HARBOUR.id, objective_id=QUAY.id), **parts)
    )
    assert found.changed[0].lists == (
        ListChange("Stands under", (), ("Section 2 Safe harbours", "Objective 2.a Every quay has a lamp")),
    )


def test_a_measure_that_was_counted_again_is_no_change():
    again = replace(MEASURE, as_at=WHEN)
    assert not compare(plan(action(1, measures=(MEASURE,))), plan(action(1, measures=(again,)))).is_any
