"""What the demonstration tells around children on the pathway: one of each, by the commands that people use."""

from types import SimpleNamespace

import pytest
from tests.personas import NOW

from wayhome.config.demonstration.around import TELLINGS, tell_around
from wayhome.config.testing import as_worker
from wayhome.exploitation.models import (
    Formulation,
    JusticeContact,
    Nrm,
    ServiceReferral,
    ShareDecision,
    Transfer,
)
from wayhome.exploitation.tests.planned import a_plan

pytestmark = pytest.mark.django_db


def test_each_thing_is_around_a_child(cast):
    for number in range(len(TELLINGS)):
        a_plan(cast, given_name=f"Child{number}", days_ago=20 + number)
    with cast.seen_by("Sal") as viewer:
        opened = SimpleNamespace(viewers={"sal": viewer, "cora": viewer})
    with as_worker():
        tell_around(opened, NOW)
        for kind in (Formulation, JusticeContact, ServiceReferral, ShareDecision, Transfer):
            assert kind.objects.count() == 1
        assert sorted(Nrm.objects.values_list("decision", flat=True)) == ["not_referred", "referred"]
