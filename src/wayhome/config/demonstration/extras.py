"""What else waits: broken glass to review, restricted records, unfinished drafts."""

import json
from datetime import datetime, timedelta
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.urls import reverse

from wayhome.access import commands as access
from wayhome.access.commands import Opening
from wayhome.access.vocabulary import Basis, BreakGlassReason
from wayhome.config.demonstration.children import Child
from wayhome.config.demonstration.partnership import ARRANGER, Opened
from wayhome.config.demonstration.present import Played, act
from wayhome.config.demonstration.tables import fill
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id

_WHY_RESTRICTED = (
    "A parent works for the council.",
    "The child is a witness in a trial.",
    "The family's address must not become known.",
    "A relative works on the police missing desk.",
)
_DRAFTS: dict[str, dict[str, str | list[str]]] = {
    "hold_interview": {
        "place": "Youth café, Saltmere",
        "child_seen_alone": "yes",
        "independence": "Works for Listening Ear, which runs no placements",
        "own_words": "I only went to see my cousin. They said we could talk about it on Monday but Monday never comes.",
        "before": "Was told on Friday that the visit is off again.",
        "push_reasons": ["CONTACT_REFUSED", "UNHEARD"],
        "pull_reasons": ["FAMILY"],
    },
    "analyse_return": {
        "text": "What is asked for here is small: to be told when plans change, and by whom. To do: speak to",
    },
}


def tell_extras(
    children: list[Child],
    played: list[Played],
    opened: Opened,
    people: dict[int, UUID],
    now: datetime,
    rng: Random,
) -> None:
    """Everything beside the pathway."""
    quiet = _quiet(children, played, now)
    rng.shuffle(quiet)
    never = [child for child in children if child.group == "never" and not child.care]
    for reason in _WHY_RESTRICTED:
        _restrict(quiet.pop(), reason, opened, people, now)
        _restrict(never.pop(), reason, opened, people, now)
    _break_glass(people[quiet.pop().number], opened, now)
    _broken_yesterday(people[quiet.pop().number], opened, now - timedelta(hours=27))
    for one in played:
        if one.case.draft:
            _draft(one, opened, now)


def _quiet(children: list[Child], played: list[Played], now: datetime) -> list[Child]:
    """Children who were missing in the last full year, have nothing open, and live in none of our homes."""
    busy = {one.child.number for one in played}
    today = london_day(now)
    return [
        child
        for child in children
        if child.group == "last_year" and child.number not in busy and not child.home_on(today)
    ]


def _restrict(child: Child, reason: str, opened: Opened, people: dict[int, UUID], now: datetime) -> None:
    """Open only to the coordinator who restricted it and to the worker who leads."""
    asked = Opening(
        basis=Basis.ALLOCATION, reason="Asked to restrict this record", user_id=opened.users["cora"]
    )
    access.grant(person_id=people[child.number], opening=asked, viewer=ARRANGER, now=now)
    named = frozenset({opened.users["cora"], opened.users[child.lead.worker]})
    act(
        opened.viewers["cora"],
        now,
        lambda viewer, at: access.restrict(
            person_id=people[child.number], named=named, reason=reason, viewer=viewer, now=at
        ),
    )


def _break_glass(person_id: UUID, opened: Opened, now: datetime) -> None:
    """Just now, and nobody has answered for it."""
    act(
        opened.viewers["nadia"],
        now,
        lambda viewer, at: access.break_glass(
            person_id=person_id,
            reason_code=BreakGlassReason.IMMEDIATE_SAFETY,
            reason="Found asleep in the sick room at school, will not say where home is.",
            viewer=viewer,
            now=at,
        ),
    )


def _broken_yesterday(person_id: UUID, opened: Opened, at: datetime) -> None:
    """As the command would have written it then: the database opens grants from its own present on."""
    grant_id, user_id, until = new_id(), opened.users["erin"], at + timedelta(hours=24)
    reason = "On call; the hospital rang about a child who came in alone."
    grant = {
        "id": grant_id,
        "person_id": person_id,
        "user_id": user_id,
        "basis": Basis.BREAK_GLASS,
        "reason": reason,
        "valid": (at, until),
        "granted_by_id": user_id,
    }
    broken = {
        "grant_id": grant_id,
        "person_id": person_id,
        "user_id": user_id,
        "reason_code": BreakGlassReason.ON_CALL,
        "reason": reason,
        "broken_at": at,
        "expires_at": until,
    }
    fill("access.Grant", [grant])
    fill("access.BreakGlass", [broken])


def _draft(one: Played, opened: Opened, now: datetime) -> None:
    """As the page saves it while somebody types. The worker may leave drafts, and reads none."""
    form = one.case.draft
    user_id = opened.users[one.interviewer if form == "hold_interview" else one.child.lead.worker]
    subject = str(one.episode)
    typed = {
        "typed": urlencode(_DRAFTS[form], doseq=True),
        "page": reverse(form, args=[subject]),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_draft (id, user_id, form, subject, data, saved_at) VALUES (%s, %s, %s, %s, %s, %s)",
            [new_id(), user_id, form, subject, json.dumps(typed), now - timedelta(minutes=50)],
        )
