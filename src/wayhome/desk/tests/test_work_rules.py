"""What is due for whom, and in which order."""

from uuid import UUID

import pytest

from wayhome.access.roles import Scope
from wayhome.desk.rules.work import late_count, tasks
from wayhome.desk.tests.lines import HOME, NOON, TEAM, WORKER, a_duty, a_line
from wayhome.kernel.viewer import Viewer
from wayhome.missing.vocabulary import Duty, Stage

COLLEAGUE = UUID(int=1)


def a_viewer(*scopes: Scope, user: UUID = COLLEAGUE, teams: frozenset[UUID] = frozenset()) -> Viewer:
    return Viewer(user_id=user, name="Ines Sample", team_ids=teams, scopes=frozenset(scopes))


BACK = a_line(
    1, a_duty(Duty.SAFE_AND_WELL, -2), a_duty(Duty.INTERVIEW, 30), stage=Stage.SAFE_AND_WELL_DUE, home_id=HOME
)
MISSING = a_line(2, home_id=HOME)
TO_ANALYSE = a_line(3, a_duty(Duty.ANALYSIS, 60), stage=Stage.ANALYSIS_DUE, lead_id=TEAM, lead_user_id=WORKER)
TO_CLOSE = a_line(4, stage=Stage.READY_TO_CLOSE, lead_id=TEAM)
ALL = [BACK, MISSING, TO_ANALYSE, TO_CLOSE]


@pytest.mark.parametrize(
    ("viewer", "found"),
    [
        (a_viewer(Scope.POLICE_DESK), [(2, "Set the risk level"), (1, "Safe and well check")]),
        (a_viewer(Scope.RETURN_INTERVIEWER), [(1, "Return interview")]),
        (a_viewer(Scope.COORDINATOR), [(1, "Safe and well check")]),
        (a_viewer(Scope.PRACTITIONER, user=WORKER), [(3, "Analysis of the return")]),
        (a_viewer(Scope.PRACTITIONER, teams=frozenset({TEAM})), [(4, "Close the episode")]),
        (
            a_viewer(Scope.HOME_STAFF, teams=frozenset({HOME})),
            [(2, "Say when they are found or back")],
        ),
        (a_viewer(Scope.HOME_STAFF, teams=frozenset({TEAM})), [(4, "Close the episode")]),
        (a_viewer(Scope.PRACTITIONER), []),
        (a_viewer(Scope.ANALYST), []),
    ],
)
def test_a_task_goes_to_whose_work_it_is(viewer, found):
    assert [(task.line.episode_id.int, task.what) for task in tasks(ALL, viewer, NOON)] == found


def test_the_first_to_go_late_comes_first_and_is_counted():
    lines = [
        a_line(number, a_duty(Duty.INTERVIEW, due_in))
        for number, due_in in ((1, 50), (2, -1), (3, 5), (4, -70))
    ]
    found = tasks(lines, a_viewer(Scope.RETURN_INTERVIEWER), NOON)
    assert [task.line.episode_id.int for task in found] == [4, 2, 3, 1]
    assert late_count(found, NOON) == 2


def test_one_duty_is_shown_once_for_the_nearest_reason():
    line = a_line(1, a_duty(Duty.ANALYSIS, -5), stage=Stage.ANALYSIS_DUE, lead_user_id=WORKER, lead_id=TEAM)
    (task,) = tasks([line], a_viewer(Scope.COORDINATOR, user=WORKER), NOON)
    assert task.because == "You lead the work with this child."
    assert task.basis == "The rule about analysis"


def test_a_machine_has_no_work():
    assert tasks([a_line(1, lead_user_id=None)], Viewer(user_id=None, name="a job"), NOON) == []
