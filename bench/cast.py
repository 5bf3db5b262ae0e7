"""The teams of the measured world, and the viewer: a coordinator in one team of ten thousand grants."""

from datetime import date

from django.db import transaction

from wayhome.access.commands import give_scope, join_team, open_account
from wayhome.access.roles import Scope
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import machine
from wayhome.partnership.commands import found_partnership, open_agency, open_team
from wayhome.partnership.vocabulary import AgencyKind, TeamKind

VIEWER_EMAIL = "viewer@wayhome.example"
OPENED = date(2015, 4, 1)


@transaction.atomic
def gather(teams: int) -> None:
    """Set up the partnership, its teams ("Team 0" to "Team 199") and the viewer, who is in Team 0."""
    now, by = utc_now(), machine("bench")
    partnership = found_partnership(name="Bench Partnership", authority_code="E06000011", viewer=by, now=now)
    agency = open_agency(
        partnership_id=partnership,
        name="Bench Council",
        kind=AgencyKind.COUNCIL,
        opened_on=OPENED,
        viewer=by,
        now=now,
    )
    made = [
        open_team(
            agency_id=agency,
            name=f"Team {n}",
            kind=TeamKind.SOCIAL_WORK,
            opened_on=OPENED,
            viewer=by,
            now=now,
        )
        for n in range(teams)
    ]
    user = open_account(email=VIEWER_EMAIL, name="Vera Viewer", agency_id=agency, viewer=by, now=now)
    join_team(user_id=user, team_id=made[0], viewer=by, now=now)
    give_scope(user_id=user, scope=Scope.COORDINATOR, viewer=by, now=now)
