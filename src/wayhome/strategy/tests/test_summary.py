"""A plan in figures."""

from dataclasses import replace
from datetime import date

from wayhome.kernel.ids import new_id
from wayhome.strategy.rules.plan_file import CommitmentFact
from wayhome.strategy.rules.summary import Movement, rating_on, summary_of
from wayhome.strategy.tests.facts import PREVENTION, TODAY, action_fact, plan_of, rated, updated


def test_every_action_is_counted_once_and_ended_ones_apart() -> None:
    found = summary_of(
        plan_of(
            action_fact(),
            action_fact(ratings=(rated("red"),)),
            action_fact(ratings=()),
            action_fact(state="complete", ratings=(rated("blue"),), priority_id=None),
            action_fact(state="cancelled", ended_because="The school closed.", ratings=(rated("red"),)),
            action_fact(state="superseded", ended_because="See 2.1."),
        ),
        TODAY,
    )
    assert (found.actions, found.ended) == (4, 2)
    assert found.by_rating == {"blue": 1, "green": 1, "amber": 0, "red": 1, "not_rated": 1}
    assert [(each.grouping, each.actions) for each in found.by_priority] == [(PREVENTION, 3), (None, 1)]
    assert len(found.unrated) == 1
    assert len(found.missing_remedy) == 1


def test_a_plan_without_actions_has_its_priorities_all_the_same() -> None:
    found = summary_of(plan_of(), TODAY)
    assert (found.actions, sum(found.by_rating.values())) == (0, 0)
    assert [each.actions for each in found.by_priority] == [0]


def test_movement_is_between_the_end_of_a_day_and_now() -> None:
    moved = action_fact(reference="1.1", ratings=(rated("green", days_ago=30), rated("amber", days_ago=10)))
    same = action_fact(reference="1.2", ratings=(rated("green", days_ago=30), rated("green", days_ago=10)))
    new = action_fact(reference="1.3", ratings=(rated("red", days_ago=10),))
    plan = plan_of(moved, same, new)
    assert summary_of(plan, TODAY, date(2026, 6, 4)).movement == (
        Movement("1.1", "green", "amber"),
        Movement("1.3", "not_rated", "red"),
    )
    assert summary_of(plan, TODAY, date(2026, 6, 5)).movement == ()
    assert summary_of(plan, TODAY).movement == ()
    assert rating_on(moved, date(2026, 5, 15)) == "not_rated"
    assert rating_on(moved, date(2026, 5, 16)) == "green"


def test_what_needs_somebody_is_listed_by_its_reason() -> None:
    late = action_fact(reference="1.1", due_kind="date", due_on=date(2026, 6, 1))
    stale = action_fact(reference="1.2", ratings=(rated("green", days_ago=200),))
    silent = action_fact(reference="1.3", updates=(updated(days_ago=200),))
    nobody = action_fact(reference="1.4", owners=())
    done = action_fact(reference="1.5", owners=(), state="complete")
    found = summary_of(plan_of(late, stale, silent, nobody, done), TODAY)
    named = {
        "overdue": found.overdue,
        "stale": found.stale,
        "stalled": found.stalled,
        "unresolved": found.unresolved,
    }
    assert {word: [each.action.reference for each in stood] for word, stood in named.items()} == {
        "overdue": ["1.1"],
        "stale": ["1.2"],
        "stalled": ["1.3"],
        "unresolved": ["1.4"],
    }


def test_commitments_without_a_live_action_are_unserved_until_they_are_dropped() -> None:
    served = CommitmentFact(new_id(), None, "Every school has a lead.", ("1.1",), "")
    unserved = CommitmentFact(new_id(), None, "Every home knows its officer.", (), "")
    dropped = replace(unserved, dropped_because="The law changed.")
    found = summary_of(plan_of(commitments=(served, unserved, dropped)), TODAY)
    assert (found.commitments, found.unserved) == (2, (unserved,))
