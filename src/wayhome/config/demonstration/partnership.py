"""The invented partnership: its agencies, teams, bodies and workers, opened by the product's own commands."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connection

from wayhome.access import commands as access
from wayhome.access.queries import users
from wayhome.access.roles import Scope
from wayhome.access.viewing import viewer_of
from wayhome.config.demonstration.personas import PASSWORD, PERSONAS
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer, machine
from wayhome.partnership import commands
from wayhome.partnership.vocabulary import AgencyKind, NounKind, TeamKind

ARRANGER = machine("the demonstration")
AUTHORITY = "E06000011"
NAME = "Saltmere and Vale Safeguarding Children Partnership"


@dataclass(frozen=True, slots=True)
class AgencyPlan:
    """An agency to open. Telephone numbers are from the ranges kept for fiction (01632 960000 to 960999)."""

    key: str
    name: str
    kind: AgencyKind
    phone: str


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team to open. A children's home has a number that Ofsted would have given it, and beds."""

    key: str
    agency: str
    name: str
    kind: TeamKind
    phone: str
    out_of_hours: str = ""
    urn: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class WorkerPlan:
    """Somebody with an account but no password: they write in the record, and nobody signs in as them."""

    key: str
    name: str
    job_title: str
    team: str
    scope: Scope | None


AGENCIES = (
    AgencyPlan("council", "Saltmere and Vale Council", AgencyKind.COUNCIL, "01632 960100"),
    AgencyPlan("police", "Saltmere and Vale Police", AgencyKind.POLICE, "01632 960200"),
    AgencyPlan("health", "Saltmere and Vale Community Health", AgencyKind.HEALTH, "01632 960300"),
    AgencyPlan("schools", "Mereside Learning Trust", AgencyKind.EDUCATION, "01632 960400"),
    AgencyPlan("homes", "Porchlight Homes", AgencyKind.CARE_PROVIDER, "01632 960500"),
    AgencyPlan("ear", "Listening Ear", AgencyKind.VOLUNTARY, "01632 960600"),
    AgencyPlan("justice", "Saltmere and Vale Youth Justice Service", AgencyKind.JUSTICE, "01632 960700"),
)

TEAMS = (
    TeamPlan(
        "coordination",
        "council",
        "Missing and Exploitation Coordination",
        TeamKind.COORDINATION,
        "01632 960101",
        "01632 960199",
    ),
    TeamPlan(
        "youth", "council", "Adolescent Risk Team", TeamKind.SOCIAL_WORK, "01632 960102", "01632 960199"
    ),
    TeamPlan(
        "north",
        "council",
        "Saltmere Family Safeguarding",
        TeamKind.SOCIAL_WORK,
        "01632 960103",
        "01632 960199",
    ),
    TeamPlan(
        "south", "council", "Vale Family Safeguarding", TeamKind.SOCIAL_WORK, "01632 960104", "01632 960199"
    ),
    TeamPlan(
        "cared_for", "council", "Children in Our Care", TeamKind.SOCIAL_WORK, "01632 960105", "01632 960199"
    ),
    TeamPlan("early_help", "council", "Early Help Hub", TeamKind.OTHER, "01632 960106"),
    TeamPlan("virtual_school", "council", "Virtual School", TeamKind.OTHER, "01632 960107"),
    TeamPlan("performance", "council", "Performance and Insight", TeamKind.OTHER, "01632 960108"),
    TeamPlan("governance", "council", "Information Governance", TeamKind.OTHER, "01632 960109"),
    TeamPlan("systems", "council", "Systems Support", TeamKind.OTHER, "01632 960110"),
    TeamPlan("directors", "council", "Directors' Office", TeamKind.OTHER, "01632 960111"),
    TeamPlan("desk", "police", "Missing Desk", TeamKind.POLICE_DESK, "01632 960201", "01632 960299"),
    TeamPlan("exploitation_unit", "police", "Child Exploitation Unit", TeamKind.OTHER, "01632 960202"),
    TeamPlan("nurses_east", "health", "School Nursing East", TeamKind.OTHER, "01632 960301"),
    TeamPlan("nurses_west", "health", "School Nursing West", TeamKind.OTHER, "01632 960302"),
    TeamPlan("wellbeing", "health", "Emotional Wellbeing Clinic", TeamKind.OTHER, "01632 960303"),
    TeamPlan("mereside", "schools", "Mereside Academy", TeamKind.OTHER, "01632 960401"),
    TeamPlan("valehigh", "schools", "Vale High School", TeamKind.OTHER, "01632 960402"),
    TeamPlan(
        "lantern",
        "homes",
        "Lantern House",
        TeamKind.HOME,
        "01632 960501",
        "01632 960501",
        urn="9900001",
        postcode="HU17 9BA",
    ),
    TeamPlan(
        "harbour",
        "homes",
        "Harbour View",
        TeamKind.HOME,
        "01632 960502",
        "01632 960502",
        urn="9900002",
        postcode="YO16 4LP",
    ),
    TeamPlan(
        "orchard",
        "homes",
        "Orchard House",
        TeamKind.HOME,
        "01632 960503",
        "01632 960503",
        urn="9900003",
        postcode="DN14 6BG",
    ),
    TeamPlan(
        "mill",
        "homes",
        "Mill Lodge",
        TeamKind.HOME,
        "01632 960504",
        "01632 960504",
        urn="9900004",
        postcode="HU17 9BA",
    ),
    TeamPlan(
        "beacon",
        "homes",
        "Beacon Cottage",
        TeamKind.HOME,
        "01632 960505",
        "01632 960505",
        urn="9900005",
        postcode="YO16 4LP",
    ),
    TeamPlan("interviews", "ear", "Return Interviews", TeamKind.INTERVIEWERS, "01632 960601"),
    TeamPlan("prevention", "justice", "Prevention and Diversion", TeamKind.OTHER, "01632 960701"),
)
HOMES = tuple(team for team in TEAMS if team.kind == TeamKind.HOME)

# key, name, purpose, the body it reports to; each after the one it reports to.
BODIES = (
    (
        "board",
        "Safeguarding Children Partnership Board",
        "Leads and answers for safeguarding in Saltmere and Vale.",
        None,
    ),
    (
        "strategic",
        "Exploitation and Missing Strategic Group",
        "Owns the strategy and its action plans; meets each quarter.",
        "board",
    ),
    (
        "exploitation",
        "Exploitation Operational Group",
        "Delivers the exploitation plan; meets each month.",
        "strategic",
    ),
    (
        "missing",
        "Missing Operational Group",
        "Decides on children who go missing repeatedly; meets each month.",
        "strategic",
    ),
    (
        "pre_missing",
        "Missing Pre-Operational Group",
        "Cross-references the agencies' lists and chooses whom the next meeting hears about.",
        "missing",
    ),
    (
        "quality",
        "Management Evaluation and Effectiveness Group",
        "Audits, and follows what was learned.",
        "board",
    ),
)

WORKERS = (
    WorkerPlan("isaac", "Isaac Hearwell", "Return interviewer", "interviews", Scope.RETURN_INTERVIEWER),
    WorkerPlan("imogen", "Imogen Listenham", "Return interviewer", "interviews", Scope.RETURN_INTERVIEWER),
    WorkerPlan("piotr", "Piotr Samplowski", "Police sergeant", "desk", Scope.POLICE_DESK),
    WorkerPlan("priya", "Priya Fictonfield", "Missing from home officer", "desk", Scope.POLICE_DESK),
    WorkerPlan("carl", "Carl Lanternham", "Deputy coordinator", "coordination", Scope.COORDINATOR),
    WorkerPlan("sunita", "Sunita Draftley", "Senior social worker", "youth", Scope.PRACTITIONER),
    WorkerPlan("steve", "Steve Exampleton", "Social worker", "north", Scope.PRACTITIONER),
    WorkerPlan("shona", "Shona Proofwell", "Social worker", "north", Scope.PRACTITIONER),
    WorkerPlan("selma", "Selma Testović", "Social worker", "south", Scope.PRACTITIONER),
    WorkerPlan("sean", "Seán O'Fableigh", "Social worker", "south", Scope.PRACTITIONER),
    WorkerPlan("stella", "Stella Specimen", "Social worker", "cared_for", Scope.PRACTITIONER),
    WorkerPlan("samir", "Samir Modelworth", "Social worker", "cared_for", Scope.PRACTITIONER),
    WorkerPlan("erin", "Erin Madeupham", "Early help worker", "early_help", Scope.PRACTITIONER),
    WorkerPlan("nadia", "Nadia Trialby", "School nurse", "nurses_east", Scope.PRACTITIONER),
    WorkerPlan("hetty", "Hetty Mockford", "Registered manager", "harbour", Scope.HOME_STAFF),
    WorkerPlan("omar", "Omar Storycroft", "Registered manager", "orchard", Scope.HOME_STAFF),
    WorkerPlan("milly", "Milly Sampleford", "Registered manager", "mill", Scope.HOME_STAFF),
    WorkerPlan("bea", "Bea Inventwell", "Registered manager", "beacon", Scope.HOME_STAFF),
    WorkerPlan("kim", "Kim Pretendham", "Residential worker", "lantern", Scope.HOME_STAFF),
    WorkerPlan("vera", "Vera Newstart", "Education welfare officer", "virtual_school", None),
)
MANAGERS = {"lantern": "hal", "harbour": "hetty", "orchard": "omar", "mill": "milly", "beacon": "bea"}


@dataclass
class Opened:
    """The partnership once it is in the database: the ids by the keys of the plans, and everyone as a viewer."""

    partnership_id: UUID
    agencies: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    bodies: dict[str, UUID] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)
    viewers: dict[str, Viewer] = field(default_factory=dict)


def open_partnership(now: datetime) -> Opened:
    """Open everything as it was, long before anything happened."""
    since = now - timedelta(days=2200)
    opened = Opened(
        commands.found_partnership(name=NAME, authority_code=AUTHORITY, viewer=ARRANGER, now=since)
    )
    _open_agencies(opened, since)
    _open_bodies(opened, since)
    _rename(opened, now)
    _open_accounts(opened, now, since)
    return opened


def _open_agencies(opened: Opened, since: datetime) -> None:
    day = london_day(since)
    for agency in AGENCIES:
        opened.agencies[agency.key] = commands.open_agency(
            partnership_id=opened.partnership_id,
            name=agency.name,
            kind=agency.kind,
            phone=agency.phone,
            opened_on=day,
            viewer=ARRANGER,
            now=since,
        )
    for team in TEAMS:
        opened.teams[team.key] = commands.open_team(
            agency_id=opened.agencies[team.agency],
            name=team.name,
            kind=team.kind,
            opened_on=day,
            phone=team.phone,
            out_of_hours_phone=team.out_of_hours,
            urn=team.urn,
            viewer=ARRANGER,
            now=since,
        )


def _open_bodies(opened: Opened, since: datetime) -> None:
    for key, name, purpose, above in BODIES:
        opened.bodies[key] = commands.open_body(
            partnership_id=opened.partnership_id,
            name=name,
            purpose=purpose,
            opened_on=london_day(since),
            reports_to=opened.bodies[above] if above else None,
            viewer=ARRANGER,
            now=since,
        )


def _rename(opened: Opened, now: datetime) -> None:
    """Partnerships reorganise: old papers keep the names they were written with."""
    renamed = (
        (NounKind.TEAM, opened.teams["youth"], "Youth Safeguarding Team", 500),
        (NounKind.BODY, opened.bodies["quality"], "Quality and Learning Group", 800),
    )
    for noun, noun_id, name, days in renamed:
        then = now - timedelta(days=days)
        on: date = london_day(then)
        commands.rename(noun=noun, noun_id=noun_id, name=name, on=on, viewer=ARRANGER, now=then)


def _open_accounts(opened: Opened, now: datetime, since: datetime) -> None:
    agency_of = {team.key: team.agency for team in TEAMS}
    everyone: list[tuple[str, str, str, str, Scope | None]]
    everyone = [(p.key, p.name, p.job_title, p.team, p.scope) for p in PERSONAS]
    everyone += [(w.key, w.name, w.job_title, w.team, w.scope) for w in WORKERS]
    for key, name, job_title, team, scope in everyone:
        user_id = access.open_account(
            email=f"{key}@wayhome.example",
            name=name,
            agency_id=opened.agencies[agency_of[team]],
            job_title=job_title,
            phone=f"01632 96{800 + len(opened.users):04d}",
            viewer=ARRANGER,
            now=since,
        )
        opened.users[key] = user_id
        if scope is not None:
            access.join_team(user_id=user_id, team_id=opened.teams[team], viewer=ARRANGER, now=since)
            access.give_scope(user_id=user_id, scope=scope, viewer=ARRANGER, now=since)
    _second(opened, now)
    _give_password([persona.email for persona in PERSONAS])
    found = {user.pk: user for user in users()}
    opened.viewers = {key: viewer_of(found[pk], now=now) for key, pk in opened.users.items()}


def _second(opened: Opened, now: datetime) -> None:
    """One interviewer helps the early help hub for a while: teams are joined for a time."""
    access.join_team(
        user_id=opened.users["imogen"],
        team_id=opened.teams["early_help"],
        until=now + timedelta(days=18),
        viewer=ARRANGER,
        now=now - timedelta(days=70),
    )


def _give_password(emails: list[str]) -> None:
    """One hash for all personas: hashing is slow on purpose, and would be a third of the whole seed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_user SET password = %s WHERE email = ANY (%s)", [make_password(PASSWORD), emails]
        )
