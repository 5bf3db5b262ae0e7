"""Looking at measures is on the record, though they hold no child."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.insight.queries import Year, year
from wayhome.insight.rules import year_ending_in
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Measures:
    """What the page of measures shows."""

    last_full_year: Year
    this_year: Year


@transaction.atomic
def open_measures(*, viewer: Viewer, now: datetime) -> Measures:
    """The last full collection year, and the present one so far."""
    require(viewer, Verb.SEE_MEASURES)
    today = london_day(now)
    present = year_ending_in(today)
    record(
        viewer=viewer, now=now, verb="read", subject_kind="measures", detail={"years": [present - 1, present]}
    )
    return Measures(
        last_full_year=year(present - 1, viewer.partnership_id, today),
        this_year=year(present, viewer.partnership_id, today),
    )
