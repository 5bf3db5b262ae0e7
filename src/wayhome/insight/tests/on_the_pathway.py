"""A year of the pathway, for tests of its measures: everything happened in one past month."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.personas import NOW, Cast, a_child

from wayhome.config.testing import as_worker
from wayhome.exploitation.models import (
    ChildPlan,
    Judgement,
    JusticeContact,
    Pathway,
    PlanReview,
    Referral,
    Screening,
)
from wayhome.insight.rules import counted_until
from wayhome.insight.rules.months import month_after
from wayhome.kernel.clock import london_day, start_of_day

UNTIL = counted_until(london_day(NOW))
MONTH = month_after(UNTIL, -2)
THEN = start_of_day(MONTH) + timedelta(days=3, hours=12)


def a_worry(
    cast: Cast,
    person_id: UUID | None,
    *,
    at: datetime = THEN,
    thresholds: str = "pathway",
    late: bool = False,
    **told: object,
) -> Referral:
    """A worry that was told, screened a day later and answered the day after."""
    usual: dict[str, object] = {
        "kinds": ["criminal"],
        "danger": "not_now",
        "worry": "Two phones.",
        "receiving_team_id": cast.teams["Missing Coordination"],
        "recorded_at": at,
        "state": "screened",
        "answer": "Thank you.",
        "answered_at": at + timedelta(days=2),
    }
    with as_worker():
        worry = Referral.objects.create(person_id=person_id, received_at=at, **(usual | told))
        Screening.objects.create(
            referral=worry,
            person_id=person_id,
            thresholds=thresholds.split(),
            reason="As told.",
            due_at=at + timedelta(days=0 if late else 2),
            decided_at=at + timedelta(days=1),
        )
    return worry


def on_the_pathway(
    cast: Cast, count: int, *, known_to: tuple[str, ...] = ("Cora",), **child: object
) -> list[Pathway]:
    """So many children who were taken on."""
    found = []
    for place in range(count):
        person_id = a_child(cast, family_name=f"Testchild{place}", known_to=known_to, **child)  # type: ignore[arg-type]
        with as_worker():
            found.append(
                Pathway.objects.create(
                    person_id=person_id,
                    opened_at=THEN,
                    lead=cast.users["Sal"],
                    assess_by=THEN + timedelta(days=14),
                )
            )
    return found


def judged(
    pathway: Pathway, *, level: str = "emerging", tool: str = "", at: datetime = THEN, **said: object
) -> Judgement:
    """What was judged of a child."""
    usual: dict[str, object] = {
        "kind": "criminal",
        "harm": "suspected",
        "reason": "Two phones.",
        "review_on": london_day(at) + timedelta(days=42),
        "variance": "They know the child.",
        "judged_by": pathway.lead,
    }
    with as_worker():
        return Judgement.objects.create(
            pathway=pathway,
            person_id=pathway.person_id,
            level=level,
            tool_level=tool,
            judged_at=at,
            **(usual | said),
        )


def planned(pathway: Pathway, *, reviewed_after: int) -> ChildPlan:
    """A plan three days after the child was taken on, reviewed so many days later."""
    at = THEN + timedelta(days=3)
    with as_worker():
        plan = ChildPlan.objects.create(
            person_id=pathway.person_id,
            pathway=pathway,
            aim="They are safe at night.",
            lead_id=pathway.lead_id,
            opened_at=at,
            agreed_at=at,
            review_on=london_day(at) + timedelta(days=10),
        )
        held = at + timedelta(days=reviewed_after)
        PlanReview.objects.create(
            plan=plan,
            person_id=pathway.person_id,
            held_at=held,
            recorded_at=held,
            outcome="continues",
            who_was_there="All.",
            what_was_said="It goes on.",
            next_on=london_day(held) + timedelta(days=10),
        )
    return plan


def a_contact(pathway: Pathway, *, section_45: str = "raised") -> JusticeContact:
    """A contact with the police."""
    with as_worker():
        return JusticeContact.objects.create(
            person_id=pathway.person_id,
            event="arrested",
            offence="Theft from a shop",
            happened_on=london_day(THEN) + timedelta(days=4),
            recorded_at=THEN + timedelta(days=5),
            section_45=section_45,
        )
