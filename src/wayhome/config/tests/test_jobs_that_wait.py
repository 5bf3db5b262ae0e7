"""A job of every minute or hour may still wait when its next turn comes: the worker goes on."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from wayhome.audit.jobs import forget_tries, seal
from wayhome.config.testing import as_worker
from wayhome.insight.jobs import count_months, hand_over


@pytest.mark.parametrize("job", [seal, forget_tries, count_months, hand_over])
def test_a_second_turn_is_queued_behind_the_first(db, job):
    with as_worker():
        for turn in (60, 120):
            job.defer(timestamp=turn)
        waiting = ProcrastinateJob.objects.filter(task_name=job.name, status="todo")
        assert sorted(each.args["timestamp"] for each in waiting) == [60, 120]
        assert {each.lock for each in waiting} == {job.name}
