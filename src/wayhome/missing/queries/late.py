"""Duties that were not done in time over a period, with the reasons that were written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from wayhome.database.reading import answered
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode
from wayhome.missing.queries.around import around
from wayhome.missing.queries.board import bank_holidays, clocks_of
from wayhome.missing.queries.wall import breach_of, reasons_of
from wayhome.missing.rules import Case, Run, late

# A duty falls due so long after the child was last seen at the most, but for those who are still unfinished.
BEFORE = timedelta(days=120)
AT_MOST = 3000


@dataclass(frozen=True, slots=True)
class LateDuty:
    """One duty that was not done in time."""

    episode: Episode
    run: Run
    reason: str


def late_between(start: datetime, end: datetime, viewer: Viewer, now: datetime) -> list[LateDuty]:
    """Duties that fell due in [start, end) and were not done in time, the first due first. Closed episodes too.

    Episodes that are known by their days only have no clocks. As many queries however many there are.
    """
    begun = Q(last_seen_at__gte=start - BEFORE, last_seen_at__lt=end)
    found = Episode.objects.filter(begun | Q(closed_at=None, last_seen_at__lt=end), cancelled_at=None)
    episodes = list(found.filter(is_date_only=False).select_related("person")[:AT_MOST])
    return sorted(
        (each for each in _late(episodes, viewer, now) if start <= each.run.start.due_at < end),
        key=lambda each: each.run.start.due_at,
    )


def _late(episodes: list[Episode], viewer: Viewer, now: datetime) -> Iterable[LateDuty]:
    known, clocks = answered(around(episodes, viewer, now)), clocks_of(viewer.partnership_id)
    reasons = reasons_of([each.pk for each in episodes])
    for each in episodes:
        for run in late(Case(each, clocks, bank_holidays(), known.get(each.pk)), now):
            reason = reasons.get(breach_of(each.pk, run.rule.key, run.start.due_at), "")
            yield LateDuty(each, run, reason)
