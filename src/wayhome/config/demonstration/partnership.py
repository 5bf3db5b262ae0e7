"""Opens the invented partnership by the product's own commands."""

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
from wayhome.config.demonstration.places import AGENCIES, AUTHORITY, BODIES, NAME, TEAMS, WORKERS
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer, machine
from wayhome.partnership import commands
from wayhome.partnership.vocabulary import NounKind

ARRANGER = machine("the demonstration")


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
