"""The people of the tests, built once per process by the product's own commands. Otto must see nothing.

Cora coordinates, Pat has the police missing desk, Ines interviews, Sal is a social worker, Hal manages the home
Lantern House, Ana analyses, Lena leads, Ada looks after accounts, Ivo governs information, and Otto is a practitioner
of another agency.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from wayhome.access import commands as access
from wayhome.access.models import User
from wayhome.access.roles import Scope
from wayhome.access.viewing import open_for, viewer_of
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import utc_now
from wayhome.kernel.partial_date import Precision
from wayhome.kernel.viewer import Viewer, machine
from wayhome.missing.commands import NewReport, report_missing
from wayhome.missing.vocabulary import EpisodeKind, ReportSource
from wayhome.partnership import commands as partnership
from wayhome.partnership.vocabulary import AgencyKind, TeamKind
from wayhome.people.commands import NewPerson, begin_involvement, create_person

# The database judges grants by its own clock, so the tests' present is the real one, cut to the minute.
NOW = utc_now().replace(second=0, microsecond=0)
OPENED = date(2015, 4, 1)
ARRANGER = machine("the arranging of a test")
PASSWORD = "a lantern in every porch"

# name: (scope, agency, agency's kind, team, team's kind)
CAST: dict[str, tuple[Scope, str, AgencyKind, str, TeamKind]] = {
    "Cora": (
        Scope.COORDINATOR,
        "Saltmere Council",
        AgencyKind.COUNCIL,
        "Missing Coordination",
        TeamKind.COORDINATION,
    ),
    "Pat": (Scope.POLICE_DESK, "Saltmere Police", AgencyKind.POLICE, "Missing Desk", TeamKind.POLICE_DESK),
    "Ines": (
        Scope.RETURN_INTERVIEWER,
        "Listening Ear",
        AgencyKind.VOLUNTARY,
        "Return Interviews",
        TeamKind.INTERVIEWERS,
    ),
    "Sal": (Scope.PRACTITIONER, "Saltmere Council", AgencyKind.COUNCIL, "Youth Team", TeamKind.SOCIAL_WORK),
    "Hal": (Scope.HOME_STAFF, "Porchlight Homes", AgencyKind.CARE_PROVIDER, "Lantern House", TeamKind.HOME),
    "Ana": (Scope.ANALYST, "Saltmere Council", AgencyKind.COUNCIL, "Performance", TeamKind.OTHER),
    "Lena": (Scope.STRATEGIC_LEAD, "Saltmere Council", AgencyKind.COUNCIL, "Directors", TeamKind.OTHER),
    "Ada": (Scope.ADMINISTRATOR, "Saltmere Council", AgencyKind.COUNCIL, "Systems", TeamKind.OTHER),
    "Ivo": (
        Scope.INFORMATION_GOVERNANCE,
        "Saltmere Council",
        AgencyKind.COUNCIL,
        "Governance",
        TeamKind.OTHER,
    ),
    "Otto": (Scope.PRACTITIONER, "Saltmere Health", AgencyKind.HEALTH, "School Nurses", TeamKind.OTHER),
}


@dataclass
class Cast:
    """The partnership of a test and its people."""

    partnership_id: UUID
    agencies: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def viewer(self, name: str, now: datetime = NOW) -> Viewer:
        """One of the cast as a viewer."""
        return viewer_of(self.users[name], now=now, request_id=f"test of {name}")

    def team_of(self, name: str) -> UUID:
        """The team of one of the cast."""
        return self.teams[CAST[name][3]]

    @contextmanager
    def seen_by(self, name: str) -> Iterator[Viewer]:
        """Look and act as one of the cast, with row security on."""
        with transaction.atomic():
            viewer = self.viewer(name)
            open_for(viewer)
            yield viewer
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('wayhome.viewer', '', true)")


def gather() -> Cast:
    """Set up the partnership with everyone in it."""
    with as_worker():
        made = Cast(
            partnership.found_partnership(
                name="Saltmere Safeguarding Children Partnership",
                authority_code="E06000011",
                viewer=ARRANGER,
                now=NOW,
            )
        )
        for name in CAST:
            _join(made, name)
    return made


def _join(made: Cast, name: str) -> None:
    scope, agency, agency_kind, team, team_kind = CAST[name]
    since = NOW - timedelta(days=400)
    if agency not in made.agencies:
        made.agencies[agency] = partnership.open_agency(
            partnership_id=made.partnership_id,
            name=agency,
            kind=agency_kind,
            opened_on=OPENED,
            phone="01632 960000",
            viewer=ARRANGER,
            now=since,
        )
    if team not in made.teams:
        made.teams[team] = partnership.open_team(
            agency_id=made.agencies[agency],
            name=team,
            kind=team_kind,
            opened_on=OPENED,
            phone="01632 960001",
            viewer=ARRANGER,
            now=since,
        )
    user_id = access.open_account(
        email=f"{name.lower()}@wayhome.example",
        name=f"{name} {scope.replace('_', ' ').title()}",
        agency_id=made.agencies[agency],
        password=PASSWORD,
        viewer=ARRANGER,
        now=since,
    )
    access.join_team(user_id=user_id, team_id=made.teams[team], viewer=ARRANGER, now=since)
    access.give_scope(user_id=user_id, scope=scope, viewer=ARRANGER, now=since)
    made.users[name] = User.objects.select_related("agency").get(pk=user_id)


def a_child(
    cast: Cast,
    *,
    given_name: str = "Robin",
    family_name: str = "Testchild",
    born: date | None = date(2011, 6, 5),
    known_to: tuple[str, ...] = ("Sal",),
) -> UUID:
    """A child whom these members of the cast work with; the first of them leads."""
    with as_worker():
        person_id = create_person(
            new=NewPerson(
                given_name=given_name,
                family_name=family_name,
                date_of_birth=born,
                birth_precision=Precision.DAY if born else Precision.UNKNOWN,
            ),
            viewer=ARRANGER,
            now=NOW - timedelta(days=100),
        )
        for place, name in enumerate(known_to):
            begin_involvement(
                person_id=person_id,
                team_id=cast.team_of(name),
                worker_id=cast.users[name].pk,
                service="Child in need",
                since=date(2025, 1, 1),
                is_lead=place == 0,
                viewer=ARRANGER,
                now=NOW - timedelta(days=100),
            )
    return person_id


def a_report(**told: object) -> NewReport:
    """What a police desk tells about a child last seen five hours ago."""
    usual: dict[str, object] = {
        "source": ReportSource.POLICE,
        "kind": EpisodeKind.MISSING,
        "last_seen_at": NOW - timedelta(hours=5),
        "noticed_at": NOW - timedelta(hours=4),
        "reported_at": NOW - timedelta(hours=3),
        "last_seen_place": "Saltmere bus station",
        "circumstances": "Left after tea and did not come back.",
    }
    return NewReport(**(usual | told))  # type: ignore[arg-type]


def an_episode(cast: Cast, person_id: UUID, *, by: str = "Sal", **told: object) -> UUID:
    """An open episode of a child, reported by one of the cast."""
    with cast.seen_by(by) as viewer:
        return report_missing(person_id=person_id, new=a_report(**told), viewer=viewer, now=NOW)
