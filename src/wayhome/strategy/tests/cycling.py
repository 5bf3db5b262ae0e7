"""A plan with two owners and a meeting ahead, for the tests of its cycle."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from tests.personas import NOW, Cast

from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.partnership.models import Body, BodyMeeting, PostHolder
from wayhome.strategy.commands.owner_link import MadeLink, make_link
from wayhome.strategy.models import Action, ActionOwner, Plan
from wayhome.strategy.rules.plan_file import PlanFile
from wayhome.strategy.tests.arranging import LONG_AGO, a_body, a_plan, a_post, an_action, an_owner

TODAY = london_day(NOW)


@dataclass
class Cycle:
    """Pat holds the post that leads 1.1; Jo Bloggs, who leads 1.2, has no account; nobody is known for 1.3."""

    body: Body
    plan: Plan
    meeting: BodyMeeting
    actions: list[Action]
    pats: ActionOwner
    jos: ActionOwner
    nobodys: ActionOwner


def a_meeting(body: Body, *, in_days: int = 8) -> BodyMeeting:
    with as_worker():
        return BodyMeeting.objects.create(body=body, held_on=TODAY + timedelta(days=in_days))


def a_cycle(cast: Cast, *, in_days: int = 8) -> Cycle:
    body = a_body(cast)
    plan = a_plan(cast, body=body)
    actions = [an_action(plan, f"1.{number}", title=f"Lantern {number}") for number in (1, 2, 3)]
    jos_post = a_post(cast, "Head of Lanterns", agency="Saltmere Health")
    with as_worker():
        PostHolder.objects.create(
            post=jos_post, name="Jo Bloggs", email="jo.bloggs@health.example", valid=LONG_AGO
        )
    return Cycle(
        body=body,
        plan=plan,
        meeting=a_meeting(body, in_days=in_days),
        actions=actions,
        pats=an_owner(actions[0], post=a_post(cast, "Head of the Desk", held_by="Pat")),
        jos=an_owner(actions[1], post=jos_post),
        nobodys=an_owner(actions[2], words="The health lead"),
    )


def a_link(cast: Cast, cycle: Cycle, **told: object) -> MadeLink:
    """A link for Jo to her one action, made by Cora."""
    usual = {
        "owner_ids": [cycle.jos.pk],
        "name": "Jo Bloggs",
        "email": "jo.bloggs@health.example",
        "days": 21,
    }
    with cast.seen_by("Cora") as viewer:
        return make_link(plan_id=cycle.plan.pk, viewer=viewer, now=NOW, **(usual | told))


def a_small_plan() -> PlanFile:
    """A plan with nothing in it."""
    return PlanFile(
        id=UUID(int=1),
        title="Safe Home plan",
        body="Harbour Group",
        state="live",
        document="Safe Harbour",
        starts_on=date(2026, 4, 1),
        ends_on=None,
        stale_after_days=120,
        as_at=datetime(2026, 11, 1, tzinfo=UTC),
        key=(),
        groupings=(),
        objectives=(),
        actions=(),
        commitments=(),
    )
