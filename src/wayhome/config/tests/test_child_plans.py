"""The demonstration shows plans of children at every stage."""

import pytest
from tests.personas import NOW

from wayhome.config.demonstration.child_plans import LINES, tell_child_plans
from wayhome.config.demonstration.partnership import Opened
from wayhome.config.testing import as_worker
from wayhome.exploitation.queries.for_the_child import child_pages, safety_page
from wayhome.exploitation.queries.plan import plan_page
from wayhome.exploitation.tests.planned import TODAY, a_plan
from wayhome.kernel.ids import new_id

pytestmark = pytest.mark.django_db


def test_plans_are_filled_with_what_is_done_late_and_stuck_and_a_child_waits(cast):
    children = [a_plan(cast, given_name=f"Robin{place}")[0] for place in range(4)]
    viewers = {"sal": cast.viewer("Sal"), "cora": cast.viewer("Cora")}
    opened = Opened(new_id(), viewers=viewers)
    with as_worker():
        tell_child_plans(opened, NOW)
        pages = [plan_page(child, TODAY) for child in children]
        assert [sum(len(part.rows) for part in page.sections) for page in pages] == [2, 3, 4, 5]
        assert len(LINES) == 5
        assert pages[-1].progress.words == "1 of 5 done, 1 late, 1 stuck"
        assert [safety_page(child).plan is not None for child in children] == [True, False, True, False]
        assert [len(child_pages(child).waiting) for child in children] == [1, 0, 0, 1]
