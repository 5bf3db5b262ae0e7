"""What the invented partnership consists of: agencies, teams, bodies, and the people who work in them. Pure."""

from dataclasses import dataclass

from wayhome.access.roles import Scope
from wayhome.partnership.vocabulary import AgencyKind, TeamKind

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
