"""What comes next with an episode, and for whom. No database."""

from datetime import timedelta

import pytest

from wayhome.access.roles import Scope
from wayhome.kernel.ids import new_id
from wayhome.kernel.viewer import Viewer
from wayhome.missing.policies import next_steps, open_steps
from wayhome.missing.tests.facts import SEEN, Facts

BACK = SEEN + timedelta(hours=10)


def viewer(scope):
    return Viewer(user_id=new_id(), name="Somebody", scopes=frozenset({scope}))


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        (Facts(), "judge_risk"),
        (Facts(risk="low"), "record_returned"),
        (Facts(risk="low", located_at=BACK), "record_returned"),
        (Facts(returned_at=BACK), "record_safe_and_well"),
        (Facts(returned_at=BACK, safe_and_well_at=BACK), "offer_interview"),
        (Facts(returned_at=BACK, safe_and_well_at=BACK, interview_offered_at=BACK), "offer_interview"),
        (Facts(returned_at=BACK, safe_and_well_at=BACK, interview_accepted_at=BACK), "hold_interview"),
        (
            Facts(
                returned_at=BACK,
                safe_and_well_at=BACK,
                interview_accepted_at=BACK,
                interview_declined_at=BACK,
            ),
            "interview_not_held",
        ),
        (Facts(returned_at=BACK, safe_and_well_at=BACK, interview_settled_at=BACK), "analyse_return"),
        (
            Facts(returned_at=BACK, safe_and_well_at=BACK, interview_settled_at=BACK, analysed_at=BACK),
            "close_episode",
        ),
    ],
)
def test_the_first_step_is_the_one_most_needed(facts, first):
    assert open_steps(facts)[0].name == first


@pytest.mark.parametrize("facts", [Facts(closed_at=BACK, returned_at=BACK), Facts(cancelled_at=BACK)])
def test_nothing_is_done_with_an_episode_that_is_over(facts):
    assert open_steps(facts) == ()


@pytest.mark.parametrize(
    ("scope", "facts", "primary", "for_others"),
    [
        (Scope.POLICE_DESK, Facts(), "judge_risk", None),
        (Scope.HOME_STAFF, Facts(), "record_returned", "judge_risk"),
        (Scope.POLICE_DESK, Facts(returned_at=BACK), "record_safe_and_well", None),
        (Scope.RETURN_INTERVIEWER, Facts(returned_at=BACK), "offer_interview", "record_safe_and_well"),
        (Scope.HOME_STAFF, Facts(returned_at=BACK), None, "record_safe_and_well"),
        (
            Scope.PRACTITIONER,
            Facts(returned_at=BACK, safe_and_well_at=BACK, interview_settled_at=BACK),
            "analyse_return",
            None,
        ),
        (
            Scope.POLICE_DESK,
            Facts(returned_at=BACK, safe_and_well_at=BACK, interview_settled_at=BACK),
            "record_safe_and_well",
            "analyse_return",
        ),
        (Scope.ANALYST, Facts(), None, "judge_risk"),
    ],
)
def test_each_sees_their_own_next_step_and_whose_the_other_is(scope, facts, primary, for_others):
    steps = next_steps(facts, viewer(scope))
    assert (steps.primary.name if steps.primary else None) == primary
    assert (steps.for_others.name if steps.for_others else None) == for_others
