"""Two actions of one plan: Pat holds the post that leads the first, nobody of the cast owns the second."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from tests.personas import NOW
from wayhome.partnership import models as partnership
from wayhome.strategy import models as strategy
from wayhome.strategy.rules.plan_json import to_json
from wayhome.strategy.tests.cycling import a_small_plan

if TYPE_CHECKING:
    from tests.security.world import World

TODAY = NOW.date()
SINCE = (date(2020, 1, 1), None)
# The plan, the action and the owner that are Pat's: what she reads and writes of the tables of this module.
OWNED: set[UUID] = set()


def with_plans(world: "World") -> None:
    """Make a row in every table of strategies and of governance, as the worker."""
    here = {"partnership_id": world.cast.partnership_id}
    police, council = world.cast.agencies["Saltmere Police"], world.cast.agencies["Saltmere Council"]
    body = partnership.Body.objects.create(name="Lighthouse Group", valid=SINCE, **here)
    post = partnership.Post.objects.create(
        title="Head of the Missing Desk", agency_id=police, valid=SINCE, **here
    )
    partnership.PostHolder.objects.create(
        post=post, name="Pat", user_id=world.cast.users["Pat"].pk, valid=SINCE
    )
    partnership.BodyTerms.objects.create(body=body, version=1, text="To look after the plan", agreed_on=TODAY)
    seat = partnership.BodySeat.objects.create(body=body, agency_id=council, role="chair", valid=SINCE)
    meeting = partnership.BodyMeeting.objects.create(body=body, held_on=TODAY)
    partnership.Attendance.objects.create(meeting=meeting, seat=seat, kind="present")
    document = strategy.StrategyDocument.objects.create(
        title="Safe Harbour", state="live", approved_on=TODAY, made_at=NOW, **here
    )
    strategy.StrategyDocument.objects.create(title="Next Harbour", made_at=NOW, **here)
    strategy.DocumentSection.objects.create(document=document, position=1, heading="Why", text="Because")
    plan = strategy.Plan.objects.create(
        title="Harbour plan", document=document, body=body, made_at=NOW, **here
    )
    strategy.Plan.objects.create(title="Another plan", made_at=NOW, **here)
    strategy.KeyWord.objects.create(plan=plan, rating="green", words="On target")
    priority = strategy.Grouping.objects.create(
        plan=plan, axis="priority", reference="P1", title="Prevention", position=1
    )
    strategy.Objective.objects.create(plan=plan, reference="O1", text="Fewer children missing", position=1)
    promise = strategy.Commitment.objects.create(plan=plan, grouping=priority, text="We listen", position=1)
    OWNED.clear()
    for number, owner_post in enumerate((post, None), start=1):
        action = strategy.Action.objects.create(
            plan=plan, reference=f"1.{number}", text="Do it", position=number, made_at=NOW
        )
        owner = strategy.ActionOwner.objects.create(
            action=action,
            part="lead",
            kind="post" if owner_post else "unresolved",
            post=owner_post,
            words="Somebody",
            valid=SINCE,
        )
        _of_an_action(action, owner, world)
        strategy.CommitmentServed.objects.create(commitment=promise, action=action, said_at=NOW)
        strategy.UpdateRequest.objects.create(owner=owner, meeting=meeting, asked_at=NOW, due_on=TODAY)
        if owner_post:
            OWNED.update((plan.pk, action.pk, owner.pk))
    link = strategy.OwnerLink.objects.create(
        plan=plan,
        name="Olga Outside",
        email="olga@wayhome.example",
        digest="d",
        made_at=NOW,
        expires_at=NOW + timedelta(days=30),
    )
    link.owners.add(owner)
    lena = world.cast.users["Lena"]
    taken = strategy.Snapshot.objects.create(
        plan=plan,
        body=body,
        presented_on=TODAY,
        content=to_json(a_small_plan()),
        digest="d",
        taken_at=NOW,
        taken_by=lena,
        taken_by_name=lena.name,
    )
    strategy.SignOff.objects.create(snapshot=taken, signed_at=NOW, signed_by=lena, signed_by_name=lena.name)
    strategy.DecisionAsked.objects.create(plan=plan, question="May we go on?", asked_at=NOW, position=1)
    strategy.MeasureReading.objects.create(
        key="episodes", month=date(2026, 1, 1), value=60, as_at=NOW, **here
    )
    strategy.PlanImport.objects.create(
        file_name="plan.docx", digest="d", read={}, mended={}, made_at=NOW, **here
    )
    guidance = strategy.Guidance.objects.create(
        title="Working by the harbour rules", publisher="The harbour", added_at=NOW, **here
    )
    strategy.GuidanceAudience.objects.create(guidance=guidance, agency_id=police)
    strategy.GuidanceReceipt.objects.create(
        guidance=guidance, agency_id=police, read_at=NOW, read_by=world.cast.users["Pat"]
    )
    strategy.HorizonItem.objects.create(title="A new harbour act", seen_at=NOW, **here)


def _of_an_action(action: strategy.Action, owner: strategy.ActionOwner, world: "World") -> None:
    """What hangs on an action. Pat and Lena each say and rate something, in their own names."""
    strategy.Resource.objects.create(action=action, what="A boat", state="vacant", said_at=NOW)
    strategy.PlanLink.objects.create(action=action, words="Hangs on the plan of the lighthouse")
    for name in ("Lena", "Pat"):
        who = world.cast.users[name]
        strategy.ActionUpdate.objects.create(
            action=action,
            owner=owner,
            achieved="Begun",
            state="in_progress",
            written_at=NOW,
            written_by=who,
            written_by_name=who.name,
            origin="page",
        )
        strategy.Rating.objects.create(
            action=action,
            rating="green",
            reason="It goes well",
            evidence="Seen",
            rated_at=NOW,
            rated_by=who,
            rated_by_name=who.name,
            origin="page",
        )
    strategy.MeasureLink.objects.create(
        action=action, key="episodes", direction="down", since=date(2026, 1, 1)
    )
    strategy.EvidenceItem.objects.create(
        action=action, title="A photograph", added_at=NOW, added_by_name=world.cast.users["Pat"].name
    )
