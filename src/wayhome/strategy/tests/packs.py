"""Board packs for these tests, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from wayhome.kernel.ids import new_id
from wayhome.strategy.pack.content import Asked, Earlier, Frame, PackContent, pack_of
from wayhome.strategy.rules.plan_file import CommitmentFact, PlanFile
from wayhome.strategy.tests.facts import (
    AT_NOON,
    LEAD,
    PREVENTION,
    TODAY,
    action_fact,
    measure,
    plan_of,
    rated,
)

FRAME = Frame(
    partnership="Saltmere Safeguarding Children Partnership",
    presented="",
    signed="",
    meeting="the Board on 30 June 2026",
    made_by="Lena Boardwell",
    made_at="15 June 2026 at 12pm",
    as_at="on 15 June 2026",
    day=TODAY,
)
# A year at about sixty, then five months far above it.
ROSE = (60, 62, 58, 61, 59, 63, 57, 60, 62, 58, 61, 59, 90, 92, 91, 95, 94)


def mixed_plan() -> PlanFile:
    """One action of each kind: good, contradicted, overdue, stale, without remedy, unrated, unresolved, cancelled."""
    many = [
        action_fact(reference="1.1", title="Weekly clinic"),
        action_fact(reference="1.2", measures=(measure(*ROSE),)),
        action_fact(reference="1.3", due_kind="date", due_on=TODAY - timedelta(days=9)),
        action_fact(reference="1.4", ratings=(rated(days_ago=300),)),
        action_fact(reference="1.5", ratings=(rated("green", days_ago=40), rated("red"))),
        action_fact(reference="1.6", ratings=()),
        action_fact(reference="1.7", owners=(replace(LEAD, kind="unresolved", name="RB & SH", holder=""),)),
        action_fact(reference="1.8", state="cancelled", ended_because="Another plan does it"),
        action_fact(reference="1.9", priority_id=None, ratings=(rated("amber", remedy="A rota"),)),
    ]
    promised = (
        CommitmentFact(new_id(), PREVENTION.id, "Hear every child", (), ""),
        CommitmentFact(new_id(), PREVENTION.id, "Ring back within a day", ("1.1",), ""),
    )
    return plan_of(*many, commitments=promised, document="A safe way home")


def pack(plan: PlanFile | None = None, **told: Any) -> PackContent:
    """The pack of a plan on the day of these tests."""
    return pack_of(plan or mixed_plan(), told.pop("frame", FRAME), **told)


def earlier(plan: PlanFile) -> Earlier:
    """The plan as it was in March: without its last action, and the red one green still."""
    actions = [
        replace(action, ratings=action.ratings[:1]) if action.reference == "1.5" else action
        for action in plan.actions[:-1]
    ]
    then = replace(plan, actions=tuple(actions), as_at=AT_NOON - timedelta(days=90))
    return Earlier("As presented to the Board on 17 March 2026", then)


ASKED = (
    Asked("May a second worker be paid until March?", "Yes; the cost is in the paper.", "", ""),
    Asked("May 1.8 be closed?", "", "Agreed.", "3 March 2026"),
)


def large_plan(actions: int, *, words: int = 40) -> PlanFile:
    """So many actions with so many words in each text."""
    text = " ".join(["return", "interviews", "are", "read", "back"] * (words // 5)).capitalize()
    ratings = ("blue", "green", "amber", "red")
    many = [
        action_fact(
            reference=f"1.{place}",
            title="Hear every child",
            text=text,
            evidence=text,
            ratings=tuple(
                rated(ratings[(place + step) % 4], days_ago=200 - 40 * step, remedy=text) for step in range(4)
            ),
            measures=(measure(*ROSE, target=Decimal(40)),) if place % 10 == 0 else (),
            due_kind="month",
            due_on=date(2026, 1 + place % 12, 1),
        )
        for place in range(actions)
    ]
    return plan_of(*many)
