"""Pat does one action of a plan. She may say how it goes, and not carry her part of it to where others' actions are."""

import pytest

from tests.security.asking import ask, error_of
from tests.security.world import World
from wayhome.config.testing import as_worker

pytestmark = pytest.mark.usefixtures("world")


@pytest.mark.parametrize(
    "moved",
    [
        "UPDATE strategy_actionowner SET action_id = %s",
        "UPDATE strategy_action SET plan_id = %s",
    ],
)
def test_an_owner_does_not_move_their_part_to_see_what_is_not_theirs(world: World, moved: str):
    table, asked = ("strategy_plan", "title <> 'Harbour plan'")
    if "actionowner" in moved:
        table, asked = ("strategy_action", "reference = '1.2'")
    with as_worker():
        ((elsewhere,),) = ask(f"SELECT id FROM {table} WHERE {asked}")
    with world.seen_by("Pat"):
        assert ask(f"SELECT id FROM {table} WHERE {asked}") == []
        assert error_of(moved, elsewhere) == "42501"
    with world.seen_by("Pat"):
        assert error_of("UPDATE strategy_actionowner SET state = 'in_progress'") == ""
