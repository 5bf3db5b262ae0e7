"""Several verbs for one child: the same answers as one by one, and the child is asked for once."""

from uuid import UUID

import pytest

from wayhome.access import policies
from wayhome.access.policies import may_for, may_for_each
from wayhome.access.roles import Scope, Verb
from wayhome.kernel.viewer import Viewer

CHILD = UUID(int=1)
VERBS = (Verb.READ_CHILD, Verb.EDIT_CHILD, Verb.SEE_MASKED_PLACES, Verb.SEE_PATHWAY, Verb.RESTRICT_CHILD)


@pytest.mark.parametrize("by_a_report_alone", [True, False])
@pytest.mark.parametrize(
    "scopes", [{Scope.COORDINATOR}, {Scope.HOME_STAFF}, {Scope.HOME_STAFF, Scope.COORDINATOR}]
)
def test_each_answer_is_that_of_one_verb(monkeypatch, scopes, by_a_report_alone):
    asked = []

    def seen(person_ids, viewer):
        asked.append(person_ids)
        return person_ids if by_a_report_alone else set()

    monkeypatch.setattr(policies, "seen_by_a_report_alone", seen)
    viewer = Viewer(user_id=UUID(int=2), name="Cora Sample", scopes=frozenset(scopes))
    answers = may_for_each(viewer, VERBS, CHILD)
    assert asked == [{CHILD}]
    assert answers == {verb: may_for(viewer, verb, CHILD) for verb in VERBS}
    assert bool(answers[Verb.EDIT_CHILD]) is (not by_a_report_alone and Scope.COORDINATOR in scopes)
