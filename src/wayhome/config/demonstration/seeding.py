"""Fills an empty database with the invented partnership, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from wayhome.audit.commands import seal
from wayhome.config.demonstration.around import tell_around
from wayhome.config.demonstration.calendar import Calendar
from wayhome.config.demonstration.cases import OpenCase
from wayhome.config.demonstration.casting import cast_cases
from wayhome.config.demonstration.child_plans import tell_child_plans
from wayhome.config.demonstration.children import Child
from wayhome.config.demonstration.duties import tell_duties
from wayhome.config.demonstration.episodes import Past, past_episodes
from wayhome.config.demonstration.extras import tell_extras
from wayhome.config.demonstration.finished import finished
from wayhome.config.demonstration.governing import lay_governance
from wayhome.config.demonstration.inventing import all_children
from wayhome.config.demonstration.marks import past_marks, tell_marks
from wayhome.config.demonstration.messages import past_messages, tell_messages
from wayhome.config.demonstration.packs import borders, packs
from wayhome.config.demonstration.partnership import Opened, open_partnership
from wayhome.config.demonstration.person_rows import people
from wayhome.config.demonstration.present import play
from wayhome.config.demonstration.record import Named, first_entries, recent_entries
from wayhome.config.demonstration.repeats import repeats, told_late
from wayhome.config.demonstration.rows import Ids, Rows
from wayhome.config.demonstration.strategy import lay_measures, lay_strategy
from wayhome.config.demonstration.tables import fill
from wayhome.config.demonstration.worries import tell_worries
from wayhome.exploitation.commands.instruments import install_shipped
from wayhome.insight.commands import count_past_months
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.people.commands.person import index_names

SEED = 747_250
# The access log goes back so far.
RECENT = timedelta(days=60)
# Rows that others point to come first.
_ORDER = (
    "people.Person",
    "people.Name",
    "people.Identifier",
    "people.Address",
    "people.CareEpisode",
    "people.Involvement",
    "people.Relationship",
    "people.PlanStatus",
    "people.Description",
    "people.KnownPlace",
    "people.Photo",
    "partnership.HomeLink",
    "missing.Episode",
    "missing.Notification",
    "missing.Report",
    "missing.RiskJudgement",
    "missing.SafeAndWellCheck",
    "missing.InterviewOffer",
    "missing.ReturnInterview",
    "missing.Analysis",
    "missing.Mark",
    "missing.TriggerHit",
    "missing.Seminar",
    "missing.SeminarInvitation",
    "access.Grant",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will be in the demonstration, before any of it is in the database."""

    children: list[Child]
    cases: list[OpenCase]
    past: list[Past]


def planned(now: datetime, seed: int = SEED) -> Plan:
    """The same plan for the same time and seed."""
    rng = Random(seed)  # noqa: S311 (invents, and keeps no secret)
    calendar = Calendar(now)
    children = all_children(calendar, rng)
    cases = cast_cases(children, calendar, rng)
    return Plan(children, cases, past_episodes(children, cases, calendar, rng))


@transaction.atomic
def seed(*, progress: Callable[[int], None] | None, now: datetime) -> None:
    """Invent the partnership as it is at this moment. `progress` is told how much of a hundred is done."""
    say = progress or (lambda _done: None)
    rng = Random(SEED)  # noqa: S311
    plan = planned(now)
    say(10)
    opened = open_partnership(now)
    say(20)
    ids = Ids({child.number: new_id() for child in plan.children}, opened.teams, opened.users)
    across = borders(plan.children, plan.cases, london_day(now))
    who = people(plan.children, ids, now, rng, across)
    what = finished(plan.past, ids, Calendar(now), rng)
    episodes = what.of["missing.Episode"]
    told_late(episodes, now)
    again = repeats(episodes, plan.children, ids, opened.partnership_id, now, rng)
    say(40)
    _fill(
        who,
        what,
        past_messages(what, now),
        again,
        packs(plan.children, plan.cases, ids, now),
        past_marks(what, now - RECENT),
    )
    index_names(list(ids.people.values()))
    fill("audit.Entry", first_entries(who, _names(opened), rng))
    fill("audit.Entry", recent_entries(what, _names(opened), now - RECENT, rng))
    say(60)
    played = play(plan.cases, opened, dict(ids.people), now, rng)
    say(90)
    tell_extras(plan.children, played, opened, dict(ids.people), now, rng)
    tell_marks(played, opened, now)
    count_past_months(now=now)
    lay_measures(now)
    lay_strategy(opened, lay_governance(opened, now), now)
    tell_messages(played, opened, now)
    tell_duties(played, opened, now)
    install_shipped(now=now - RECENT)
    tell_worries(played, opened, now)
    # After the pathways: it fills the plans that there are.
    tell_child_plans(opened, now)
    tell_around(opened, now)
    seal(now=now)
    say(100)


def _fill(*several: Rows) -> None:
    for model in _ORDER:
        rows = [row for rows in several for row in rows.of.get(model, ())]
        fill(model, rows)


def _names(opened: Opened) -> dict[str, Named]:
    """Everyone as the record names them."""
    return {
        key: Named(opened.users[key], viewer.name, viewer.agency_name)
        for key, viewer in opened.viewers.items()
    }
