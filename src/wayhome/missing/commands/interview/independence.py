"""Whether the viewer may hear the child: whoever looks after a child where they live does not."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from wayhome.access.roles import Scope
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotAllowed
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode
from wayhome.missing.rules.independence import RunBy, is_independent, looks_after, not_independent
from wayhome.partnership.queries import homes_run_by, teams
from wayhome.partnership.vocabulary import AgencyKind, TeamKind
from wayhome.people.queries import homes_between


class NotForHomes(NotAllowed):
    """Offers of return interviews, and what children say in them, are kept from staff of a home, whatever else they
    are. Ask the return interviewers.
    """


def refuse_staff_of_homes(viewer: Viewer) -> None:
    """Raise NotForHomes: also where the child lives elsewhere, the database keeps the record of it from them."""
    if viewer.has(Scope.HOME_STAFF):
        raise NotForHomes


def check_independent(episodes: Sequence[Episode], viewer: Viewer, now: datetime) -> None:
    """Raise NotIndependent, with those who can do it, for whoever runs a home of the child; NotForHomes for other staff
    of a home.

    A home counts if the child lived in it at any time from going missing until now. Three queries, two if none.
    """
    homes = _homes_of(episodes, now)
    if not is_independent(viewer, homes):
        raise not_independent(_others(viewer, homes, now))
    refuse_staff_of_homes(viewer)


def _homes_of(episodes: Sequence[Episode], now: datetime) -> list[RunBy]:
    since = min(london_day(episode.last_seen_at) for episode in episodes)
    lived_in: set[UUID] = homes_between(episodes[0].person_id, since, london_day(now))
    missing_from = {episode.home_team_id for episode in episodes if episode.home_team_id}
    return [
        RunBy(team_id, agency_id, kind == AgencyKind.COUNCIL)
        for team_id, agency_id, kind in homes_run_by(lived_in | missing_from)
    ]


def _others(viewer: Viewer, homes: list[RunBy], now: datetime) -> list[str]:
    agencies = {home.agency_id for home in homes if looks_after(viewer, home)}
    found = teams(london_day(now), kind=TeamKind.INTERVIEWERS).exclude(agency_id__in=agencies)
    return [", ".join(filter(None, (team.name, team.agency.name, team.phone))) for team in found]
