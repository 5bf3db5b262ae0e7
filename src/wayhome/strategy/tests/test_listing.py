"""A plan as a list: which rows are asked for, under which headings, and which need somebody first."""

from dataclasses import replace
from datetime import date

import pytest

from wayhome.kernel.ids import new_id
from wayhome.strategy.rules.listing import Asked, agencies_of, by_need, listing_of
from wayhome.strategy.rules.plan_file import ActionFact, GroupingFact, ObjectiveFact, PlanFile
from wayhome.strategy.rules.standing import standing_of
from wayhome.strategy.rules.summary import Stood
from wayhome.strategy.tests.facts import LEAD, PREVENTION, TODAY, action_fact, plan_of, rated

HEARD = GroupingFact(new_id(), "section", "S1", "Being heard", "", "", "")


def stood_in(plan: PlanFile) -> list[Stood]:
    return [Stood(action, standing_of(action, plan, TODAY)) for action in plan.actions]


def references(plan: PlanFile, **said: str) -> list[str]:
    listing = listing_of(plan, stood_in(plan), Asked.of(said))
    return [row.action.reference for block in listing.blocks for part in block.parts for row in part.rows]


def test_rows_stand_under_the_chosen_headings_and_objectives() -> None:
    objective = ObjectiveFact(new_id(), "O1", "Children are heard.", None, None)
    plan = plan_of(
        action_fact(reference="1.1", section_id=HEARD.id),
        action_fact(reference="1.2", priority_id=None, objective_id=objective.id),
        groupings=(PREVENTION, HEARD),
        objectives=(objective,),
    )
    by_priority = listing_of(plan, stood_in(plan), Asked())
    assert by_priority.axis == "priority"
    assert [(each.grouping, each.count) for each in by_priority.blocks] == [(PREVENTION, 1), (None, 1)]
    assert by_priority.blocks[1].parts[0].objective == objective
    by_section = listing_of(plan, stood_in(plan), Asked.of({"by": "section"}))
    assert [(each.grouping, each.count) for each in by_section.blocks] == [(HEARD, 1), (None, 1)]
    assert listing_of(plan, stood_in(plan), Asked.of({"by": "ambition"})).axis == "priority"


def test_a_heading_without_rows_is_shown_unless_rows_are_left_out() -> None:
    plan = plan_of()
    assert len(listing_of(plan, [], Asked()).blocks) == 1
    assert listing_of(plan, [], Asked.of({"rating": "red"})).blocks == ()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, ["late", "stale", "silent", "wrong", "nobody"]),
        ({"rating": "green"}, ["late", "stale", "silent", "nobody"]),
        ({"rating": "blue"}, ["wrong"]),
        ({"rating": "not_rated"}, []),
        ({"overdue": "yes"}, ["late"]),
        ({"stale": "yes"}, ["stale"]),
        ({"stalled": "yes"}, ["silent"]),
        ({"unresolved": "yes"}, ["nobody"]),
        ({"agency": "Saltmere Police"}, ["wrong"]),
        ({"agency": "Saltmere Police", "rating": "green"}, []),
        ({"rating": "purple"}, ["late", "stale", "silent", "wrong", "nobody"]),
    ],
)
def test_every_filter_has_to_agree(said: dict[str, str], found: list[str]) -> None:
    plan = plan_of(
        action_fact(reference="late", due_kind="date", due_on=date(2026, 6, 1)),
        action_fact(reference="stale", ratings=(rated(days_ago=200),)),
        action_fact(reference="silent", updates=()),
        action_fact(
            reference="wrong",
            ratings=(rated("blue"),),
            owners=(replace(LEAD, agency="Saltmere Police"),),
        ),
        action_fact(reference="nobody", owners=()),
    )
    assert references(plan, **said) == found
    assert agencies_of(plan) == ["Saltmere Police"]


def test_the_address_says_what_was_asked() -> None:
    asked = Asked.of({"by": "section", "rating": "red", "agency": "A & B", "stale": "yes", "other": "x"})
    assert asked.query() == "by=section&rating=red&agency=A+%26+B&stale=yes"
    assert asked.query(by="priority").startswith("by=priority&")
    assert asked.is_filtered
    assert not Asked.of({"by": "section"}).is_filtered


def test_ended_actions_stand_apart() -> None:
    over = action_fact(reference="1.2", state="cancelled", ended_because="Over.")
    plan = plan_of(action_fact(), over)
    listing = listing_of(plan, stood_in(plan), Asked())
    assert ([each.action for each in listing.ended], listing.total) == ([over], 1)


def test_what_is_gravest_comes_first_and_what_goes_well_not_at_all() -> None:
    late = {"due_kind": "date", "due_on": date(2026, 6, 1)}
    actions: list[ActionFact] = [
        action_fact(reference="well"),
        action_fact(reference="silent", updates=()),
        action_fact(reference="late", **late),
        action_fact(reference="late and unrated", ratings=(), **late),
        action_fact(reference="over", state="cancelled", ended_because="Over.", ratings=()),
    ]
    found = [each.action.reference for each in by_need(stood_in(plan_of(*actions)))]
    assert found == ["late and unrated", "late", "silent"]
