"""The people whom a visitor of the demonstration can be. All of them are invented."""

from dataclasses import dataclass

from wayhome.access.roles import Scope

# Said aloud on every start: nothing in the demonstration is a secret.
PASSWORD = "a light in every porch"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to sign in as: what they are, and what is worth looking at with their eyes."""

    key: str
    name: str
    role: str
    email: str
    look_at: str
    scope: Scope
    team: str
    job_title: str
    password: str = PASSWORD


def _persona(name: str, role: str, scope: Scope, team: str, job_title: str, look_at: str) -> Persona:
    key = name.split()[0].lower()
    return Persona(key, name, role, f"{key}@wayhome.example", look_at, scope, team, job_title)


PERSONAS: tuple[Persona, ...] = (
    _persona(
        "Ines Samplesby",
        "Return interviewer",
        Scope.RETURN_INTERVIEWER,
        "interviews",
        "Return interviewer",
        "Interviews with hours left, late ones, an unfinished draft",
    ),
    _persona(
        "Pat Fictonshaw",
        "Police missing desk",
        Scope.POLICE_DESK,
        "desk",
        "Missing from home officer",
        "Children missing now, risk to look at again, safe and well checks due",
    ),
    _persona(
        "Sal Testwright",
        "Social worker",
        Scope.PRACTITIONER,
        "youth",
        "Social worker",
        "Their own children: analyses due, episodes ready to close",
    ),
    _persona(
        "Hal Porchley",
        "Home manager",
        Scope.HOME_STAFF,
        "lantern",
        "Registered manager",
        "The residents of Lantern House: one is missing, one has just come back",
    ),
    _persona(
        "Cora Lanternby",
        "Coordinator",
        Scope.COORDINATOR,
        "coordination",
        "Missing and exploitation coordinator",
        "The whole pathway, two reports that may be one episode, emergency access to review",
    ),
    _persona(
        "Ana Tallyworth",
        "Analyst",
        Scope.ANALYST,
        "performance",
        "Performance analyst",
        "Measures: episodes and children, never a child",
    ),
    _persona(
        "Lena Boardwell",
        "Strategic lead",
        Scope.STRATEGIC_LEAD,
        "directors",
        "Chair, Exploitation and Missing Strategic Group",
        "The strategy: an action said to go well against its own measure, the board pack, what moved",
    ),
    _persona(
        "Ada Keysmith",
        "Administrator",
        Scope.ADMINISTRATOR,
        "systems",
        "Systems administrator",
        "Accounts: one waits for its team, one secondment ends soon",
    ),
    _persona(
        "Ivo Ledgerby",
        "Information governance",
        Scope.INFORMATION_GOVERNANCE,
        "governance",
        "Data protection officer",
        "The access log, and emergency access to review",
    ),
    _persona(
        "Otto Elsewhere",
        "Practitioner of another agency",
        Scope.PRACTITIONER,
        "nurses_west",
        "School nurse",
        "Nothing: no child is open to him. The index card tells him whom to ring",
    ),
)
