"""What a board pack says: everything once, nothing flattered, and what is missing is said to be missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wayhome.strategy.pack.content import headline, pack_of
from wayhome.strategy.rules.summary import summary_of
from wayhome.strategy.tests.facts import TODAY, action_fact, measure, plan_of, rated
from wayhome.strategy.tests.packs import ASKED, FRAME, ROSE, earlier, mixed_plan, pack


def notices(made):
    return {notice.key: [each.reference for each in notice.noted] for notice in made.notices}


def test_the_headline_has_every_live_action_once():
    assert pack().headline == "8 actions: 5 green, 1 amber, 1 red, 1 not rated."


def test_what_is_said_to_go_well_is_held_against_what_speaks_against_it():
    assert (
        pack().beneath
        == "Of the 5 that are blue or green, 3 are contradicted by a measure, overdue or stale."
    )


def test_nothing_speaks_against_a_plan_that_is_well():
    made = pack(plan_of(action_fact()))
    assert made.beneath == "Nothing on record speaks against the 1 that are blue or green."


def test_each_action_that_needs_an_eye_is_on_its_list():
    assert notices(pack()) == {
        "contradicted": ["1.2"],
        "remedy": ["1.5"],
        "overdue": ["1.3"],
        "stale": ["1.4"],
        "unrated": ["1.6"],
        "stalled": [],
        "unresolved": ["1.7"],
    }


def test_a_list_that_is_empty_says_so():
    assert {notice.sentence for notice in pack(plan_of(action_fact())).notices} == {"None"}


def test_a_long_list_names_the_first_and_says_how_many_more():
    late = {"due_kind": "date", "due_on": TODAY - timedelta(days=1)}
    many = [action_fact(reference=f"2.{place}", **late) for place in range(11)]
    found = {notice.key: notice for notice in pack(plan_of(*many)).notices}["overdue"]
    assert found.first == "2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7 and 3 more"
    assert len(found.noted) == 11


def test_ratings_stand_with_what_the_plan_means_by_them():
    assert [(line.letter, line.actions) for line in pack().ratings] == [
        ("B", 0),
        ("G", 5),
        ("A", 1),
        ("R", 1),
        ("–", 1),
    ]
    assert pack().ratings[2].means == "Off target, with remedial action"


def test_squares_add_up_to_the_actions_of_each_priority():
    groups = {group.title: group for group in pack().groups}
    assert groups["P1 Prevention"].letters == "GGGGGR–"
    assert groups["In none of these"].letters == "A"
    assert sum(group.total for group in groups.values()) == 8


@pytest.mark.parametrize(("axis", "name"), [("section", "section"), ("ambition", "ambition")])
def test_a_plan_without_priorities_is_shown_by_what_it_has(axis, name):
    group = replace(plan_of().groupings[0], axis=axis, title="Being heard")
    action = action_fact(priority_id=None, **{f"{axis}_id": group.id})
    made = pack(plan_of(action, groupings=(group,)))
    assert made.by == name
    assert [(each.title, each.total) for each in made.groups] == [("P1 Being heard", 1)]
    assert [part.title for part in made.parts] == ["P1 Being heard"]


def test_every_action_of_the_plan_stands_in_it_and_ended_ones_say_why():
    made = pack()
    assert made.actions == len(mixed_plan().actions)
    last = made.parts[-1]
    assert last.title == "Cancelled or replaced"
    assert ("Cancelled", "Another plan does it") in last.actions[0].told


def test_movement_is_held_against_what_was_presented_before():
    plan = mixed_plan()
    made = pack(plan, earlier=earlier(plan))
    assert made.movement.title == "Movement since it was presented to the Board on 17 March 2026"
    assert made.movement.sentence == "1 rating moved, 1 action new."
    assert [(each.reference, each.before, each.after) for each in made.movement.ratings] == [
        ("1.5", "Green", "Red")
    ]


def test_a_first_pack_says_that_there_is_nothing_to_compare_with():
    assert "not presented before" in pack().movement.sentence


def test_commitments_without_a_live_action_are_named():
    made = pack()
    assert made.promised == "1 of 2 commitments have no live action."
    assert [(each.group, each.text) for each in made.promises] == [("P1 Prevention", "Hear every child")]


def test_a_measure_stands_once_with_every_action_it_judges():
    both = [action_fact(reference=name, measures=(measure(*ROSE),)) for name in ("1.1", "1.2")]
    (block,) = pack(plan_of(*both)).measures
    assert [words.split(":")[0] for words in block.judges] == ["Action 1.1", "Action 1.2"]
    assert block.latest.startswith("May 2026: 94, above the limits")


def test_what_came_before_the_action_says_what_is_usual():
    (block,) = pack(plan_of(action_fact(measures=(measure(*ROSE),)))).measures
    assert block.turn == 12
    assert block.usual == "Before January 2026 usually 60, between 52 and 68 by chance alone."
    assert block.signals.startswith("Signals: above the limits: Jan 2026, Feb 2026")


def test_with_too_little_before_the_action_all_months_are_held_against_themselves():
    (block,) = pack(plan_of(action_fact(measures=(measure(*ROSE, since=date(2025, 4, 1)),)))).measures
    assert block.turn is None
    assert block.usual.startswith("Usually 70, and between ")


def test_a_month_that_is_held_back_is_a_gap_that_says_so():
    (block,) = pack(plan_of(action_fact(measures=(measure(60, None, 61),)))).measures
    assert [line.words for line in block.months] == ["60", "held back", "61"]


def test_a_month_that_was_never_read_is_a_gap_as_well():
    odd = measure(60, 61, 62)
    odd = replace(odd, points=(odd.points[0], odd.points[2]))
    (block,) = pack(plan_of(action_fact(measures=(odd,)))).measures
    assert [line.words for line in block.months] == ["60", "held back", "62"]


def test_decisions_are_asked_in_their_order():
    assert pack(decisions=ASKED).decisions == ASKED


def test_signs_that_cannot_be_printed_are_taken_out():
    made = pack(plan_of(action_fact(title="Bell\x07 and \x00nought", text="one\r\ntwo")))
    assert made.parts[0].actions[0].title == "Bell and nought"
    assert made.parts[0].actions[0].text == "one\ntwo"


def test_an_empty_plan_says_that_it_is_empty():
    made = pack_of(plan_of(), FRAME)
    assert made.headline == "There is no action in this plan yet."
    assert made.promised == "This plan has no commitments beside its actions."


def test_a_colour_that_the_key_does_not_explain_is_said_to_be_unexplained():
    plan = plan_of(action_fact(ratings=(rated("red", remedy="A rota"),)), key=())
    means = {line.name: line.means for line in pack(plan).ratings}
    assert means["Green"] == "Not said in this plan"
    assert means["Red"] == "Needs remedial action"
    assert headline(summary_of(plan, TODAY)) == "1 action: 1 red."
