"""What is in the plans of children on the pathway: actions at every stage, safety plans, pages and answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.present import Doing, act
from wayhome.exploitation.commands import child_page, plan_actions
from wayhome.exploitation.commands.safety_plan import Safe, write_safety_plan
from wayhome.exploitation.queries.plan import LivePlan, live_plans
from wayhome.exploitation.vocabulary import Channel, FourP, PlanActionState, Reading
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """An action, in how many days it is due, and how it goes by now. `owner`: the lead if there is no other."""

    heading: FourP
    what: str
    due_in: int
    owner: str = ""
    state: str = ""
    note: str = ""
    evidence: str = ""


LINES = (
    Line(
        FourP.PROTECT,
        "Meet after school every Tuesday and Thursday, at a place of their choice",
        -4,
        state=PlanActionState.IN_PROGRESS,
        note="Three of four times. They chose the library.",
    ),
    Line(
        FourP.PREVENT,
        "A mentor from the boxing club",
        9,
        state=PlanActionState.STALLED,
        note="The club has a waiting list until the new year; another is asked.",
    ),
    Line(
        FourP.PURSUE,
        "Speak to the takeaway about who waits outside at closing time",
        3,
        owner="Neighbourhood sergeant, Saltmere Police",
    ),
    Line(
        FourP.PREVENT,
        "A bus pass until Easter, so that nobody has to give them a lift",
        -11,
        owner="Vale High School, pastoral lead",
        state=PlanActionState.COMPLETE,
        note="Fetched with them.",
        evidence="Pass seen on Monday; the attendance officer has its number.",
    ),
    Line(FourP.PROSECUTE, "Tell the family what the police can and cannot do next", 20),
)
SAFE = (
    Safe(
        own_words="When my phone goes at night I put it in the tin and go down. If I cannot, I text Nan the word.",
        warning_signs="I stop answering my sister.\nNew trainers.\nI say I am fine twice.",
        what_helps="Somebody sits with me and does not ask.",
        trusted_people="Nan\nMs Bellwether at school\nMy social worker",
        safe_places="Nan's kitchen\nThe library until six",
        code_word="marmalade",
        code_word_means="Ring me, say that tea is ready, and come to where I last was.",
        carer_does="The porch light stays on. Nobody asks before breakfast.",
    ),
    Safe(
        own_words="I do not get into cars. If they wait for me I go back into school and say I forgot my bag.",
        warning_signs="They wait at the corner.",
        what_helps="Walking with Jo.",
        trusted_people="Jo\nMum, most days",
        safe_places="School office\nThe chip shop with the lady",
    ),
)
ANSWERS = (
    child_page.Said(own_words="Tuesdays are no good, I look after my brother then.", fits=3),
    child_page.Said(
        own_words="You wrote that I carry things. I do not want that on paper.", fits=2, wants_to_talk=True
    ),
    child_page.Said(own_words="It is alright.", fits=4),
)


def tell_child_plans(opened: Opened, now: datetime) -> None:
    """Fill the plans that there are: with actions, half with a safety plan, a third with a page that was answered."""
    leads = {viewer.known_user_id: viewer for viewer in opened.viewers.values()}
    for place, plan in enumerate(live_plans()):
        viewer = leads.get(plan.lead_id, opened.viewers["cora"])
        began = max(plan.opened_at, now - 20 * DAY)
        act(viewer, began, _adding(plan, place, now))
        if place % 2 == 0:
            act(viewer, began, _keeping_safe(plan, SAFE[place // 2 % len(SAFE)]))
        if place % 3 == 0:
            act(viewer, max(began, now - 2 * DAY), _telling(plan, ANSWERS[place // 3 % len(ANSWERS)]))


def _adding(plan: LivePlan, place: int, now: datetime) -> Doing:
    """From two to all of the actions, and how each goes."""

    def do(viewer: Viewer, at: datetime) -> None:
        for line in LINES[: 2 + place % (len(LINES) - 1)]:
            new = plan_actions.NewAction(
                heading=line.heading,
                what=line.what,
                owner_id=None if line.owner else plan.lead_id,
                owner_words=line.owner,
                due_on=london_day(now) + line.due_in * DAY,
            )
            action_id = plan_actions.add_action(plan_id=plan.id, new=new, viewer=viewer, now=at)
            if line.state:
                plan_actions.update_action(
                    action_id=action_id,
                    state=line.state,
                    note=line.note,
                    evidence=line.evidence,
                    version=None,
                    viewer=viewer,
                    now=max(at, now - 3 * DAY),
                )

    return do


def _keeping_safe(plan: LivePlan, safe: Safe) -> Doing:
    def do(viewer: Viewer, at: datetime) -> None:
        write_safety_plan(person_id=plan.person_id, safe=safe, replaces=None, viewer=viewer, now=at)

    return do


def _telling(plan: LivePlan, said: child_page.Said) -> Doing:
    """A page is made and given, and the child says something to it."""

    def do(viewer: Viewer, at: datetime) -> None:
        told = child_page.Told(
            reading=Reading.PLAIN,
            greeting=f"Hello {plan.given_name}",
            what_we_know="Some evenings are not safe for you.\nWe want you to have evenings that are.",
            what_we_agreed="We meet after school twice a week. You choose where.\nWe look for a club for you.",
            who_helps="Your social worker, 01632 960100",
        )
        page_id = child_page.write_child_page(person_id=plan.person_id, told=told, viewer=viewer, now=at)
        child_page.give_child_page(page_id=page_id, days=30, viewer=viewer, now=at)
        child_page.record_answer(page_id=page_id, channel=Channel.PAPER, said=said, viewer=viewer, now=at)

    return do
