"""How an action stands: each judgement on both sides of its boundary."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from wayhome.kernel.ids import new_id
from wayhome.strategy.rules.due import due_of, end_of_month, months_later
from wayhome.strategy.rules.plan_file import KeyFact
from wayhome.strategy.rules.standing import Standing, needs_remedy, standing_of
from wayhome.strategy.tests.facts import KEY, LEAD, TODAY, action_fact, measure, plan_of, rated, updated

FLAT = (58, 60, 56, 58, 60, 56, 58, 60, 56, 58, 60, 56)
SHARE = (60, 62, 58, 60, 62, 58, 60, 62, 58, 60, 62, 58)


def standing(today: date = TODAY, starts_on: date | None = None, **told: object) -> Standing:
    action = action_fact(**told)
    return standing_of(action, plan_of(action, starts_on=starts_on), today)


def test_an_action_that_goes_well_needs_nobody() -> None:
    found = standing()
    assert (found.rating, found.needs_somebody, found.due) == ("green", False, "No date")


def test_the_last_rating_counts_and_none_is_not_green() -> None:
    assert standing(ratings=(rated("red"), rated("amber", remedy="More staff."))).rating == "amber"
    assert standing(ratings=()).rating == "not_rated"
    assert standing(ratings=()).is_unrated
    assert standing(ratings=()).needs_somebody


@pytest.mark.parametrize(
    ("rating", "state", "days_ago", "stale"),
    [
        ("green", "in_progress", 119, 0),
        ("green", "in_progress", 120, 120),
        ("red", "stalled", 300, 300),
        ("blue", "in_progress", 300, 0),
        ("not_rated", "in_progress", 300, 0),
        ("green", "complete", 300, 0),
        ("green", "cancelled", 300, 0),
    ],
)
def test_a_rating_goes_stale_after_the_days_of_its_plan(
    rating: str, state: str, days_ago: int, stale: int
) -> None:
    found = standing(ratings=(rated(rating, days_ago=days_ago),), state=state, ended_because="Over.")
    assert found.stale_days == stale
    assert found.stale == (f"Rated {stale} days ago and not confirmed since" if stale else "")


@pytest.mark.parametrize(
    ("due", "today", "late"),
    [
        ({"due_kind": "date", "due_on": date(2026, 6, 15)}, date(2026, 6, 15), ""),
        ({"due_kind": "date", "due_on": date(2026, 6, 15)}, date(2026, 6, 16), "1 day late"),
        ({"due_kind": "date", "due_on": date(2026, 6, 15)}, date(2026, 6, 17), "2 days late"),
        ({"due_kind": "month", "due_on": date(2026, 2, 1)}, date(2026, 2, 28), ""),
        ({"due_kind": "month", "due_on": date(2026, 2, 1)}, date(2026, 3, 1), "1 day late"),
        ({"due_kind": "recurring", "frequency": "monthly"}, date(2026, 7, 14), ""),
        ({"due_kind": "recurring", "frequency": "monthly"}, date(2026, 7, 15), "Review 1 day late"),
        ({"due_kind": "recurring", "frequency": "quarterly"}, date(2026, 9, 14), ""),
        ({"due_kind": "recurring", "frequency": "quarterly"}, date(2026, 9, 15), "Review 1 day late"),
        ({"due_kind": "recurring", "frequency": "half_yearly"}, date(2026, 12, 14), ""),
        ({"due_kind": "recurring", "frequency": "half_yearly"}, date(2026, 12, 15), "Review 1 day late"),
        ({"due_kind": "recurring", "frequency": "yearly"}, date(2027, 6, 14), ""),
        ({"due_kind": "recurring", "frequency": "yearly"}, date(2027, 6, 15), "Review 1 day late"),
        ({"due_kind": "recurring", "frequency": "unsaid"}, date(2030, 1, 1), ""),
        ({"due_kind": "open"}, date(2030, 1, 1), ""),
    ],
)
def test_each_kind_of_due_is_late_in_its_own_way(due: dict[str, object], today: date, late: str) -> None:
    assert standing(today, **due).overdue == late
    ended = standing(today, state="complete", **due)
    assert ended.overdue == ""


def test_a_review_nobody_held_counts_from_the_start_of_the_plan() -> None:
    never = {"due_kind": "recurring", "frequency": "quarterly", "updates": (), "ratings": ()}
    assert standing(date(2026, 3, 31), date(2026, 1, 1), **never).overdue == ""
    assert standing(date(2026, 4, 1), date(2026, 1, 1), **never).overdue == "Review 1 day late"
    assert standing(TODAY, None, **never).overdue == ""


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ({"due_kind": "date", "due_on": date(2026, 3, 31)}, "By 31 March 2026"),
        ({"due_kind": "month", "due_on": date(2026, 2, 1)}, "By the end of February 2026"),
        (
            {"due_kind": "recurring", "frequency": "quarterly", "review_body": "the Board"},
            "Reviewed every quarter by the Board, next by 14 September 2026",
        ),
        ({"due_kind": "recurring", "frequency": "unsaid"}, "Reviewed again and again"),
        ({"due_kind": "open"}, "No date"),
    ],
)
def test_due_is_said_in_words(due: dict[str, object], words: str) -> None:
    assert due_of(action_fact(**due), None).words == words


def test_months_are_as_long_as_they_are() -> None:
    assert end_of_month(date(2028, 2, 3)) == date(2028, 2, 29)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 31), 1) == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("rating", "remedy", "missing"),
    [
        ("amber", "", True),
        ("red", "  ", True),
        ("red", "A second worker.", False),
        ("green", "", False),
        ("blue", "", False),
        ("not_rated", "", False),
    ],
)
def test_amber_and_red_need_remedial_action(rating: str, remedy: str, missing: bool) -> None:
    assert standing(ratings=(rated(rating, remedy=remedy),)).missing_remedy is missing


def test_the_key_of_the_plan_says_what_needs_remedial_action() -> None:
    key = (KeyFact("amber", "Started", False), KeyFact("green", "Late", True))
    assert [needs_remedy(rating, key) for rating in ("amber", "green", "red", "blue")] == [
        False,
        True,
        True,
        False,
    ]
    assert needs_remedy("amber", KEY)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"updates": (updated(days_ago=119),)}, ""),
        ({"updates": (updated(days_ago=120),)}, "No update for 120 days"),
        ({"updates": ()}, "No update yet"),
        ({"state": "stalled"}, "Stalled"),
        ({"updates": (), "state": "complete"}, ""),
    ],
)
def test_an_action_nobody_writes_about_is_stalled(told: dict[str, object], words: str) -> None:
    assert standing(**told).stalled == words


def test_a_new_plan_is_given_time_before_its_first_updates() -> None:
    assert standing(TODAY, date(2026, 2, 16), updates=()).stalled == ""
    assert standing(TODAY, date(2026, 2, 15), updates=()).stalled == "No update yet"


def test_owners_who_are_words_or_posts_without_a_holder_are_told() -> None:
    words = replace(LEAD, id=new_id(), part="contributor", kind="unresolved", name="JB & KL", holder="")
    found = standing(owners=(replace(LEAD, holder=""), words))
    assert (found.vacant, found.unresolved, found.unresolved_owner) == (
        ("Head of Early Help",),
        ("JB & KL",),
        True,
    )
    assert not standing().unresolved_owner
    assert standing(owners=(replace(LEAD, part="contributor"),)).unresolved_owner


@pytest.mark.parametrize(
    ("since", "words"),
    [
        # The limits of the baseline are 58 and 2.66 times a mean range of 2.73 on both sides: up to 65.3.
        ((65,), ""),
        (
            (66,),
            "Green, but episodes went from 58 to 66 a month while the action should bring them down",
        ),
        (
            (70, 72, 71),
            "Green, but episodes went from 58 to 71 a month while the action should bring them down",
        ),
        # It went wrong and came right again.
        ((70, 72, 58), ""),
        # Outside the limits, and in the right direction.
        ((40, 41, 40), ""),
        # Eight in a row above the mean, none outside the limits; seven are not enough.
        ((60, 59, 60, 59, 60, 59, 60), ""),
        (
            (60, 59, 60, 59, 60, 59, 60, 59),
            "Green, but episodes went from 58 to 60 a month while the action should bring them down",
        ),
        # Months held back say nothing, and the last one known counts.
        ((None, None), ""),
        (
            (70, None),
            "Green, but episodes went from 58 to 70 a month while the action should bring them down",
        ),
        ((), ""),
    ],
)
def test_green_is_contradicted_by_a_measure_that_went_wrong(
    since: tuple[float | None, ...], words: str
) -> None:
    assert standing(measures=(measure(*FLAT, *since),)).contradicted == words


@pytest.mark.parametrize("rating", ["amber", "red", "not_rated"])
def test_only_a_rating_that_says_it_goes_well_is_contradicted(rating: str) -> None:
    measures = (measure(*FLAT, 70, 72, 71),)
    assert standing(ratings=(rated(rating),), measures=measures).contradicted == ""
    assert standing(ratings=(rated("blue"),), measures=measures).contradicted.startswith("Blue, but")
    assert standing(measures=measures, state="cancelled", ended_because="Over.").contradicted == ""


@pytest.mark.parametrize(
    ("direction", "target", "since", "contradicted"),
    [
        ("up", None, (40,), True),
        ("up", None, (80,), False),
        ("up", 40, (40,), False),
        ("up", 41, (40,), True),
        ("down", 80, (80,), False),
        ("down", 79, (80,), True),
        ("steady", None, (80,), True),
        ("steady", None, (40,), True),
        ("steady", None, (61,), False),
    ],
)
def test_the_way_it_should_go_is_said_by_the_action(
    direction: str, target: int | None, since: tuple[float, ...], contradicted: bool
) -> None:
    linked = measure(
        *SHARE, *since, key="done-in-time", direction=direction, target=Decimal(target) if target else None
    )
    assert bool(standing(measures=(linked,)).contradicted) is contradicted


def test_a_share_is_said_in_per_cent() -> None:
    linked = measure(*SHARE, 40, 42, key="done-in-time", direction="up")
    assert standing(measures=(linked,)).contradicted == (
        "Green, but return interviews done in time went from 60% to 41% while the action should bring them up"
    )


def test_five_months_are_too_few_for_a_baseline() -> None:
    assert standing(measures=(measure(*FLAT[:5], 90, 90, since=date(2025, 6, 1)),)).contradicted == ""
    assert standing(measures=(measure(*FLAT[:6], 90, 90, since=date(2025, 7, 1)),)).contradicted
