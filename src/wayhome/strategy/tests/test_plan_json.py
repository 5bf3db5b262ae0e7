"""What a snapshot keeps is the plan, exactly."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import get_type_hints
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wayhome.strategy.rules import plan_file as facts
from wayhome.strategy.rules.plan_json import SHAPE, digest_of, from_json, to_json
from wayhome.strategy.tests.cycling import a_small_plan

# PostgreSQL holds no NUL and no half of a pair in its texts.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
KNOWN = {
    str: WORDS,
    datetime: st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    date: st.dates(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=2),
    UUID: st.uuids(),
    int: st.integers(0, 10_000),
}


def some(kind: type) -> st.SearchStrategy:
    """Any fact of this kind, with at most two of each thing in it."""
    return st.builds(kind, **{name: of_hint(hint) for name, hint in get_type_hints(kind).items()})


def of_hint(hint: object) -> st.SearchStrategy:
    if hint in KNOWN:
        return KNOWN[hint]
    if hint is bool:
        return st.booleans()
    if getattr(hint, "__origin__", None) is tuple:
        return st.lists(of_hint(hint.__args__[0]), max_size=2).map(tuple)
    if hasattr(hint, "__args__"):
        return st.none() | of_hint(hint.__args__[0])
    return some(hint)


PLANS = some(facts.PlanFile)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLANS)
def test_a_plan_comes_back_from_json_as_it_was(plan):
    written = to_json(plan)
    as_kept = json.loads(json.dumps(written))
    assert from_json(as_kept) == plan
    assert digest_of(as_kept) == digest_of(written)


def test_the_digest_does_not_hang_on_the_order_in_which_a_database_keeps_it():
    assert digest_of({"a": 1, "b": {"c": "é", "d": []}}) == digest_of({"b": {"d": [], "c": "é"}, "a": 1})


def test_the_digest_tells_any_change():
    assert len({digest_of(each) for each in ({"a": ""}, {"a": " "}, {"a": None}, {"b": ""}, {})}) == 5


def test_what_an_older_snapshot_did_not_say_is_empty():
    plan = a_small_plan()
    written = to_json(plan)
    del written["document"], written["commitments"], written["starts_on"]
    back = from_json(written)
    assert (back.document, back.commitments, back.starts_on) == ("", (), None)


@pytest.mark.parametrize("content", [{}, {"shape": SHAPE + 1}, {"shape": "1"}])
def test_another_shape_is_not_guessed_at(content):
    with pytest.raises(ValueError, match="no plan"):
        from_json(content)
