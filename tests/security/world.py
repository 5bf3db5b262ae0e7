"""One world for the tests of row security: a real row in every table, for children whom some see and others do not.

| child | seen by |
|---|---|
| Alder | Sal (lead), Hal (lives in the home), Ines (heard the return), Pat, Cora |
| Birch | Ines (lead), Pat, Cora |
| Rowan | Cora alone: known to Sal and Pat as well, then restricted |

Sal once broke glass for Birch; it has run out. Pat reported each, which stands on the same list. Everything
is made by the product's commands, each by whose work it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.db import connection, transaction

from tests.personas import ARRANGER, NOW, Cast, a_child, a_report
from tests.security.depth import in_depth
from tests.security.pathways import on_the_pathway, with_an_instrument
from tests.security.plans import with_plans
from wayhome.access import commands as access
from wayhome.access.sessions import SessionStore
from wayhome.access.vocabulary import BreakGlassReason
from wayhome.audit.commands import once, save_draft, seal
from wayhome.config.testing import as_worker
from wayhome.insight.models import CountedMonth
from wayhome.kernel.ids import new_id
from wayhome.missing import commands as missing
from wayhome.missing.commands.interview import Offer
from wayhome.missing.commands.safe_and_well import SafeAndWell
from wayhome.missing.models import PossibleMatch
from wayhome.missing.vocabulary import PlanEffect, PoliceRisk, SafeAndWellOutcome
from wayhome.partnership import commands as partnership
from wayhome.partnership.models import HomeLink
from wayhome.partnership.vocabulary import NounKind
from wayhome.people import commands as people
from wayhome.people.vocabulary import AddressKind, IdentifierType, NameKind, RelationshipKind
from wayhome.statutory.models import ImportBatch

NUMBERS = {"Alder": "999 000 0018", "Birch": "999 000 0026", "Rowan": "999 000 0034"}
# Said of each child, in words that are found nowhere else: a page on which one appears has leaked.
TOLD = {
    name: f"{name} left on the {ship} ferry"
    for name, ship in zip(NUMBERS, ("amber", "blue", "ruby"), strict=True)
}
# What the child told an independent person, and what came of it: staff of a home see that they were heard, not this.
HEARD = {
    name: f"{name} spoke of the {ship} harbour"
    for name, ship in zip(NUMBERS, ("amber", "blue", "ruby"), strict=True)
}
SEEN_BY = {
    "Cora": {"Alder", "Birch", "Rowan"},
    "Pat": {"Alder", "Birch"},
    "Ines": {"Alder", "Birch"},
    "Sal": {"Alder"},
    "Hal": {"Alder"},
    "Ana": set(),
    "Lena": set(),
    "Ada": set(),
    "Ivo": set(),
    "Otto": set(),
}


@dataclass
class World:
    """The cast, the children by name, their episodes, and who broke glass."""

    cast: Cast
    children: dict[str, UUID] = field(default_factory=dict)
    episodes: dict[str, UUID] = field(default_factory=dict)
    broken_glass: UUID | None = None

    def name_of(self, person_id: UUID | None) -> str | None:
        """The child's name by id."""
        return next((name for name, id_ in self.children.items() if id_ == person_id), None)

    @contextmanager
    def seen_by(self, name: str) -> Iterator[Any]:
        """As one of the cast, or as nobody, and everything undone afterwards."""
        with transaction.atomic():
            if name == "nobody":
                yield None
            else:
                with self.cast.seen_by(name) as viewer:
                    yield viewer
            transaction.set_rollback(True)


def build(cast: Cast) -> World:
    """Make the world. The caller holds the transaction, or commits it."""
    world = World(cast)
    for name, known_to in (("Alder", ("Sal",)), ("Birch", ("Ines",)), ("Rowan", ("Sal",))):
        world.children[name] = a_child(
            world.cast, given_name=name, family_name=f"Test{name.lower()}", known_to=known_to
        )
    with as_worker():
        with_an_instrument(world)
    for name in world.children:
        _surroundings(world, name)
        _whole_line(world, name)
    _account_matters(world)
    _glass(world)
    _restriction(world)
    _possible_match(world)
    _import(world)
    with as_worker():
        with_plans(world)
        seal(now=NOW)
    return world


def _surroundings(world: World, name: str) -> None:
    child, common = world.children[name], {"viewer": ARRANGER, "now": NOW}
    home = world.cast.team_of("Hal") if name == "Alder" else None
    care = people.NewCareEpisode(
        started_on=date(2025, 3, 1), start_reason="S", legal_status="C2", placement="K2", home_team_id=home
    )
    with as_worker():
        people.begin_care_episode(person_id=child, new=care, **common)
        people.add_identifier(person_id=child, type_=IdentifierType.NHS_NUMBER, value=NUMBERS[name], **common)
        people.add_name(
            person_id=child,
            kind=NameKind.ALIAS,
            given_name=f"{name}y",
            family_name="Nickname",
            source="Police",
            **common,
        )
        people.add_address(
            person_id=child,
            kind=AddressKind.HOME,
            lines=f"{name} Cottage",
            postcode="",
            since=date(2024, 1, 1),
            **common,
        )
        people.add_relationship(
            person_id=child, kind=RelationshipKind.MOTHER, name=f"{name}'s mother", **common
        )


def _whole_line(world: World, name: str) -> None:
    child, cast = world.children[name], world.cast
    with cast.seen_by("Pat") as pat:
        episode = missing.report_missing(
            person_id=child, new=a_report(circumstances=TOLD[name]), viewer=pat, now=NOW
        )
        missing.judge_risk(episode_id=episode, level=PoliceRisk.HIGH, reason=TOLD[name], viewer=pat, now=NOW)
        missing.record_returned(
            episode_id=episode,
            returned_at=NOW - timedelta(hours=1),
            returned_to=f"{name} Cottage",
            return_method="FOUND_POLICE",
            viewer=pat,
            now=NOW,
        )
        missing.correct_return(
            episode_id=episode,
            told=missing.Return(
                returned_at=NOW - timedelta(minutes=50),
                returned_to=f"{name} Cottage",
                return_method="FOUND_POLICE",
            ),
            reason=TOLD[name],
            viewer=pat,
            now=NOW,
        )
        check = SafeAndWell(
            outcome=SafeAndWellOutcome.SEEN_SAFE,
            checked_at=NOW - timedelta(minutes=30),
            checked_by="PC Example",
            account=HEARD[name],
        )
        missing.record_safe_and_well(episode_id=episode, check=check, viewer=pat, now=NOW)
    world.episodes[name] = episode
    _heard_and_analysed(world, name)
    with as_worker():
        in_depth(world, name, told=TOLD[name], heard=HEARD[name])
        on_the_pathway(world, name, told=TOLD[name], heard=HEARD[name])


def _heard_and_analysed(world: World, name: str) -> None:
    episode = world.episodes[name]
    with world.cast.seen_by("Ines") as ines:
        offer = Offer(
            offered_at=NOW - timedelta(minutes=20), channel="phone", answer="accepted", note=HEARD[name]
        )
        missing.offer_interview(episode_id=episode, offer=offer, viewer=ines, now=NOW)
        account = missing.Account(
            held_at=NOW - timedelta(minutes=10),
            place="Youth café",
            independent_as="outside",
            independence="Works for Listening Ear",
            own_words=HEARD[name],
        )
        missing.hold_interview(episode_id=episode, account=account, viewer=ines, now=NOW)
    with world.cast.seen_by("Cora") as cora:
        missing.analyse_return(
            episode_id=episode,
            text=HEARD[name],
            plan_effect=PlanEffect.NO_CHANGE,
            plan_note="The plan holds.",
            viewer=cora,
            now=NOW,
        )


def _account_matters(world: World) -> None:
    sal = world.cast.users["Sal"]
    with as_worker():
        _partnership_matters(world)
        EmailAddress.objects.create(user=sal, email=sal.email, verified=True, primary=True)
        Authenticator.objects.create(user=sal, type="totp", data={"secret": "not a secret"})
    with world.cast.seen_by("Sal") as viewer:
        SocialAccount.objects.create(user=sal, provider="openid_connect", uid="sal@provider")
        save_draft(viewer=viewer, now=NOW, form="worry", subject="", data={"typed": "story=half+a+story"})
        once(key=new_id(), viewer=viewer, now=NOW, form="worry", do=lambda: "/done")
    cache.set("tries of a test", [1.0])
    session = SessionStore()
    session.create()


def _partnership_matters(world: World) -> None:
    partnership_id, common = world.cast.partnership_id, {"viewer": ARRANGER, "now": NOW}
    body = partnership.open_body(
        partnership_id=partnership_id, name="Missing Children Group", opened_on=date(2020, 1, 1), **common
    )
    HomeLink.objects.create(
        home_id=world.cast.team_of("Hal"), user_id=world.cast.users["Ines"].pk, valid=(date(2024, 1, 1), None)
    )
    CountedMonth.objects.create(
        partnership_id=partnership_id,
        month=date(2025, 1, 1),
        measure="done",
        numerator=1,
        denominator=2,
        counted_at=NOW,
    )
    partnership.rename(noun=NounKind.BODY, noun_id=body, name="Group", on=date(2024, 1, 1), **common)
    partnership.change_setting(
        partnership_id=partnership_id, key="interview_hours", value=72, source="Protocol 2024", **common
    )


def _glass(world: World) -> None:
    with world.cast.seen_by("Sal") as sal:
        world.broken_glass = access.break_glass(
            person_id=world.children["Birch"],
            reason_code=BreakGlassReason.ON_CALL,
            reason="On call this night",
            viewer=sal,
            now=NOW,
        )
    with as_worker(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_grant SET valid = tstzrange(lower(valid) - interval '2 days', lower(valid)"
            " - interval '1 day') WHERE basis = 'break_glass'"
        )


def _restriction(world: World) -> None:
    with world.cast.seen_by("Cora") as cora:
        access.restrict(
            person_id=world.children["Rowan"],
            named=frozenset({cora.user_id}),
            reason="A colleague's child",
            viewer=cora,
            now=NOW,
        )


def _possible_match(world: World) -> None:
    with as_worker():
        PossibleMatch.objects.create(
            episode_id=world.episodes["Alder"], person_id=world.children["Rowan"], noticed_at=NOW
        )


def _import(world: World) -> None:
    counts = {"row_count": 9, "accepted_count": 5, "rejected_count": 4}
    with as_worker():
        batch = ImportBatch.objects.create(
            folder="2025", authority="E06000011", as_at=date(2025, 3, 31), imported_at=NOW, files={}, **counts
        )
        for row, child in enumerate([*world.children.values(), None], start=2):
            batch.rejections.create(
                file="missing",
                row=row,
                child=f"=cmd|'/c calc'!A{row}",
                value="31/02/2025",
                code="x",
                reason="No such day",
                person_id=child,
            )
