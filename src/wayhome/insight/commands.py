"""Looking at measures is on the record, though they hold no child."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.insight.queries import Year, year
from wayhome.insight.rules import counted_until, first_day_of, year_ending_in
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Measures:
    """What the page of measures shows."""

    counted_until: date
    last_full_year: Year
    this_year: Year | None


@transaction.atomic
def open_measures(*, viewer: Viewer, now: datetime) -> Measures:
    """The last full collection year, and the full months of the present one, if there are any yet."""
    require(viewer, Verb.SEE_MEASURES)
    today = london_day(now)
    until, present = counted_until(today), year_ending_in(today)
    record(
        viewer=viewer, now=now, verb="read", subject_kind="measures", detail={"years": [present - 1, present]}
    )
    return Measures(
        counted_until=until,
        last_full_year=year(present - 1, viewer.partnership_id, until),
        this_year=year(present, viewer.partnership_id, until) if until > first_day_of(present) else None,
    )
