"""The life around the episodes: care, plans, addresses, and who works with the child. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from wayhome.codelists import load
from wayhome.desk.rules.chronology import Happening, Kind
from wayhome.desk.rules.happenings.facts import RETURN, Facts
from wayhome.desk.rules.happenings.words import ended, sentences, signature
from wayhome.kernel.clock import start_of_day
from wayhome.people.queries import Worker
from wayhome.people.vocabulary import AddressKind, PlanKind

HIDDEN_ADDRESS = "Address hidden"


def of_the_life(facts: Facts) -> Iterator[Happening]:
    """Everything that lasts beside the episodes."""
    yield from (_care(each, facts) for each in facts.care)
    yield from (_plan(each, facts) for each in facts.plans)
    yield from (_address(each, facts) for each in facts.addresses if each.valid.lower)
    yield from (_work(each, facts) for each in facts.workers if each.since)


def _care(care: Any, facts: Facts) -> Happening:
    home = facts.teams.get(care.home_team_id)
    placement = load("placement").label(care.placement, care.started_on)
    status = load("legal_status").label(care.legal_status, care.started_on)
    return Happening(
        kind=Kind.CARE,
        at=start_of_day(care.started_on),
        title=f"Placed: {home.name if home else placement}",
        text=sentences(placement if home else "", status, ended(care.ended_on)),
        is_day=True,
        lasts=True,
        until=start_of_day(care.ended_on) if care.ended_on else None,
        label=home.name if home else placement,
        **facts.written(care.pk, None, RETURN),
    )


def _plan(plan: Any, facts: Facts) -> Happening:
    kind = PlanKind(plan.kind).label
    return Happening(
        kind=Kind.PLAN,
        at=start_of_day(plan.valid.lower),
        title=f"{kind} began",
        text=sentences(plan.note, ended(plan.valid.upper)),
        is_day=True,
        lasts=True,
        until=start_of_day(plan.valid.upper) if plan.valid.upper else None,
        label=kind,
        **facts.written(plan.pk, None),
    )


def _address(address: Any, facts: Facts) -> Happening:
    kind = AddressKind(address.kind).label
    shown = HIDDEN_ADDRESS if address.is_masked else ", ".join(address.lines.splitlines())
    return Happening(
        kind=Kind.ADDRESS,
        at=start_of_day(address.valid.lower),
        title=f"{kind}: {shown}",
        text=ended(address.valid.upper),
        is_day=True,
        lasts=address.kind == AddressKind.HOME,
        until=start_of_day(address.valid.upper) if address.valid.upper else None,
        label=HIDDEN_ADDRESS if address.is_masked else kind,
        **facts.written(address.pk, None),
    )


def _work(work: Worker, facts: Facts) -> Happening:
    lead = "leads the work" if work.is_lead else "works with the child"
    written = facts.writings.get((work.id, ""))
    return Happening(
        kind=Kind.WORK,
        at=start_of_day(work.since or date.min),
        title=f"{work.team.name} {lead}: {work.service}",
        text=sentences(work.worker, ended(work.until)),
        agency=work.team.agency,
        writer=signature(written.writer, written.agency) if written else "",
        written_at=written.at if written else None,
        is_day=True,
        lasts=True,
        until=start_of_day(work.until) if work.until else None,
        label=work.service,
    )
