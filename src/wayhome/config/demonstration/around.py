"""What is around a few children on the pathway: referrals for slavery, services, handovers, decisions to share."""

from collections.abc import Callable
from datetime import datetime, timedelta

from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.present import act
from wayhome.exploitation.commands import justice, nrm, services, sharing, transferring, understanding
from wayhome.exploitation.queries.plan import LivePlan, live_plans
from wayhome.exploitation.vocabulary import (
    JusticeEvent,
    LawfulBasis,
    NrmDecision,
    NrmRoute,
    ServiceKind,
    ServiceState,
    ShareDecision,
    Told,
    TraffickingPurpose,
    TransferKind,
)
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer

DAY = timedelta(days=1)
Telling = Callable[[LivePlan, Viewer, datetime], object]


def tell_around(opened: Opened, now: datetime) -> None:
    """One thing around each of the first children with a plan; the rest have nothing yet."""
    leads = {viewer.known_user_id: viewer for viewer in opened.viewers.values()}
    for place, plan in enumerate(live_plans()[: 2 * len(TELLINGS)]):
        tell, ago = TELLINGS[place % len(TELLINGS)]
        viewer = leads.get(plan.lead_id, opened.viewers["cora"])
        act(viewer, max(plan.opened_at, now - ago * DAY), _about(plan, tell))


def _about(plan: LivePlan, tell: Telling) -> Callable[[Viewer, datetime], None]:
    def do(viewer: Viewer, at: datetime) -> None:
        tell(plan, viewer, at)

    return do


def _referred(plan: LivePlan, viewer: Viewer, at: datetime) -> None:
    new = nrm.NewDecision(
        decision=NrmDecision.REFERRED,
        reason="Sent to sell in another town, and owes money to those who sent them.",
        responder=viewer.agency_name or "Saltmere Council",
        route=NrmRoute.COMPETENT_AUTHORITY,
        purposes=(TraffickingPurpose.DRUGS,),
        what_happened="Found by police in a flat by the coast that was taken over. An adult bought the tickets.",
        where="Saltmere and the coast",
        when="Since the summer",
        indicators="Two phones, tickets, a bruise on the arm",
        child_told=Told.YES,
        family_told=Told.NOT_YET,
    )
    nrm.decide_nrm(person_id=plan.person_id, new=new, viewer=viewer, now=at)


def _not_referred(plan: LivePlan, viewer: Viewer, at: datetime) -> None:
    new = nrm.NewDecision(
        decision=NrmDecision.NOT_REFERRED,
        reason="Nobody moved, held or used the child, as far as school, home and police know. Asked again soon.",
        responder=viewer.agency_name or "Saltmere Council",
    )
    nrm.decide_nrm(person_id=plan.person_id, new=new, viewer=viewer, now=at)


def _served(plan: LivePlan, viewer: Viewer, at: datetime) -> None:
    mentor = services.NewService(
        kind=ServiceKind.MENTORING,
        service="Anchor Mentors",
        why="Somebody to ring in the evening who is not a worker.",
        state=ServiceState.WAITING,
    )
    services.offer_service(person_id=plan.person_id, new=mentor, viewer=viewer, now=at)
    thought = understanding.NewFormulation(
        what_happens="Stays out when it is loud at home, with people who are kind and then ask for something.",
        what_came_before="A parent left in spring, and school changed in autumn.",
        what_keeps_it_going="Money, lifts, and being needed.",
        what_protects="A grandmother, and drawing.",
        child_view="They are the only ones who ask how I am.",
        what_we_try="A mentor on two evenings. It helps if there are more nights at home.",
        with_whom="School, the grandmother, the youth worker",
    )
    understanding.write_formulation(person_id=plan.person_id, new=thought, viewer=viewer, now=at)


def _charged(plan: LivePlan, viewer: Viewer, at: datetime) -> None:
    new = justice.NewContact(
        event=JusticeEvent.CHARGED,
        offence="Carrying drugs to be sold",
        happened_on=london_day(at) - DAY,
    )
    justice.record_justice(person_id=plan.person_id, new=new, viewer=viewer, now=at)


def _handed_over(plan: LivePlan, viewer: Viewer, at: datetime) -> None:
    new = transferring.NewTransfer(
        kind=TransferKind.OTHER_AREA,
        to_whom="Exploitation team of Northby",
        why="The family moves to be safe.",
        what_they_need="Somebody who rings before they come, and a school place by half term.",
        by_when=london_day(at) + 9 * DAY,
    )
    transferring.prepare_transfer(person_id=plan.person_id, new=new, viewer=viewer, now=at)


def _shared(plan: LivePlan, viewer: Viewer, at: datetime) -> None:
    new = sharing.NewSharing(
        what="Where the child was seen, and with whom",
        with_whom="Anchor Housing",
        purpose="So that the family is moved",
        decision=ShareDecision.PARTLY_SHARED,
        basis=(LawfulBasis.PUBLIC_TASK, LawfulBasis.SAFEGUARDING),
        reason="They are found where they live. Housing needs the street, not the story.",
        child_told=Told.YES,
        family_told=Told.YES,
    )
    sharing.decide_sharing(person_id=plan.person_id, new=new, viewer=viewer, now=at)


# What is told, and how many days ago.
TELLINGS: tuple[tuple[Telling, int], ...] = (
    (_referred, 9),
    (_not_referred, 6),
    (_served, 12),
    (_charged, 2),
    (_handed_over, 4),
    (_shared, 3),
)
