"""The teams of the measured world, and who looks: coordinators in teams of ten thousand grants each."""

from datetime import date

from django.db import transaction

from wayhome.access.commands import give_scope, join_team, open_account
from wayhome.access.roles import Scope
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import machine
from wayhome.partnership.commands import found_partnership, open_agency, open_team
from wayhome.partnership.vocabulary import AgencyKind, TeamKind

# In Team 0, and leads the work with all five thousand live children of the pathway.
VIEWER_EMAIL = "viewer@wayhome.example"
# In Team 1, which sees its share of them.
DESK_EMAIL = "desk@wayhome.example"
OPENED = date(2015, 4, 1)


@transaction.atomic
def gather(teams: int) -> None:
    """Set up the partnership, its teams ("Team 0" to "Team 199") and who looks."""
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
    for email, name, team in ((VIEWER_EMAIL, "Vera Viewer", made[0]), (DESK_EMAIL, "Della Desk", made[1])):
        user = open_account(email=email, name=name, agency_id=agency, viewer=by, now=now)
        join_team(user_id=user, team_id=team, viewer=by, now=now)
        give_scope(user_id=user, scope=Scope.COORDINATOR, viewer=by, now=now)
