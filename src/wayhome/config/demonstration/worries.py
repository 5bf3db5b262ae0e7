"""Worries: some wait, some were answered, three led to the pathway and an assessment, two to a level and a plan."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from wayhome.config.demonstration.assessments import FILLED, assess
from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.present import Doing, Played, act
from wayhome.exploitation.commands.judging import Judged, judge_level
from wayhome.exploitation.commands.pathway import NewPathway
from wayhome.exploitation.commands.planning import NewPlan
from wayhome.exploitation.commands.referring import NewReferral, refer_worry
from wayhome.exploitation.commands.screening import answer_referral, screen_referral, settle_referral
from wayhome.exploitation.vocabulary import (
    AboutWhom,
    AllocationRole,
    Danger,
    Harm,
    Level,
    ReferralState,
    Threshold,
    Told,
)
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer

DAY = timedelta(days=1)
HUB = "cora"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A worry that nobody has screened yet, or that was settled: by whom it was told and how many hours ago."""

    by: str
    hours: float
    said: dict[str, Any] = field(default_factory=dict)
    passed_on: str = ""


WAITING = (
    Waiting(
        "nadia",
        50,
        {
            "worry": "A girl in year 9 came in with a burn she would not explain and two phones. A man waits outside.",
            "name_told": "Wren, year 9, long red coat",
            "about": AboutWhom.NOT_KNOWN,
            "kinds": ("sexual", "online"),
            "harm": Harm.SUSPECTED,
            "child_words": "It is only a favour.",
        },
    ),
    Waiting(
        "nadia",
        2,
        {
            "worry": "He says he owes money for a bag that was taken from him, and that they know where his nan lives.",
            "name_told": "Linnet Samplebrook",
            "born_told": "14",
            "kinds": ("criminal", "county_lines"),
            "harm": Harm.KNOWN_CURRENT,
            "danger": Danger.NOW,
            "danger_done": "Rang 999 at ten past one; they are sending somebody to the nan.",
            "family_told": Told.UNSAFE,
        },
    ),
    Waiting(
        "ines",
        20,
        {
            "worry": "She told me her mother, who is due in March, sleeps in the back of the shop and has no papers.",
            "name_told": "The baby of Odile, at the nail bar",
            "about": AboutWhom.UNBORN,
            "kinds": ("labour", "trafficking"),
            "purposes": ("labour",),
        },
    ),
    Waiting(
        "nadia",
        70,
        {
            "worry": "A man of about 30 with learning difficulties whose flat others have taken over.",
            "name_told": "Corin, above the launderette",
            "about": AboutWhom.ADULT,
            "kinds": ("county_lines",),
        },
        passed_on="Adult safeguarding, duty desk",
    ),
    Waiting(
        "pat",
        95,
        {
            "worry": "Stopped with two older boys on the train; lives in Northby and says he comes every Friday.",
            "name_told": "Teal Examplewood",
            "born_told": "15",
            "area_told": "Northby",
            "kinds": ("county_lines",),
        },
        passed_on="Northby front door",
    ),
)
LEVELS = (
    Judged(
        kind="criminal",
        harm=Harm.KNOWN_CURRENT,
        level=Level.SIGNIFICANT,
        reason="A debt, threats to the family and a second phone; found twice at the same flat.",
    ),
    Judged(
        kind="sexual",
        harm=Harm.SUSPECTED,
        level=Level.EMERGING,
        reason="Presents and lifts from a man nobody knows. No disclosure; a friend is worried too.",
    ),
)


def tell_worries(played: list[Played], opened: Opened, now: datetime) -> None:
    """Worries that wait or went elsewhere, and three children whom a worry brought onto the pathway."""
    for waiting in WAITING:
        _tell(waiting, opened, now)
    led = [one for one in played if one.child.lead.worker in opened.viewers]
    children = list({one.person_id: one for one in led if one.child.lead.worker == "sal"}.values())
    for place, one in enumerate(children[:3]):
        _bring_onto_the_pathway(one, place, opened, now)


def _tell(waiting: Waiting, opened: Opened, now: datetime) -> None:
    said = {"danger": Danger.NOT_NOW, **waiting.said}
    told: list[UUID] = []

    def do(viewer: Viewer, at: datetime) -> None:
        told.append(refer_worry(new=NewReferral(**said), viewer=viewer, now=at))

    act(opened.viewers[waiting.by], now - timedelta(hours=waiting.hours), do)
    if waiting.passed_on:
        act(
            opened.viewers[HUB],
            now - timedelta(hours=waiting.hours - 5),
            _passing_on(told[0], waiting.passed_on),
        )


def _passing_on(worry: UUID, to_whom: str) -> Doing:
    def do(viewer: Viewer, at: datetime) -> None:
        settle_referral(
            referral_id=worry,
            outcome=ReferralState.PASSED_ON,
            to_whom=to_whom,
            answer="They ring you before Friday. Thank you for telling us.",
            viewer=viewer,
            now=at,
        )

    return do


def _bring_onto_the_pathway(one: Played, place: int, opened: Opened, now: datetime) -> None:
    """Told by the worker, screened the next day; the third has no level yet and no answer for whoever told it."""
    told: list[UUID] = []
    began = now - (12 - 4 * place) * DAY

    def tell(viewer: Viewer, at: datetime) -> None:
        new = NewReferral(
            danger=Danger.NOT_NOW,
            worry="New trainers nobody bought, a second phone, and out at night with people we do not know.",
            kinds=(LEVELS[place % 2].kind,),
            harm=Harm.SUSPECTED,
            child_told=Told.YES,
        )
        told.append(refer_worry(new=new, person_id=one.person_id, viewer=viewer, now=at))

    act(opened.viewers["sal"], began, tell)
    act(opened.viewers[HUB], began + timedelta(hours=20), _screening(told[0], opened))
    assessment_id = assess(one.person_id, FILLED[place], opened, began)
    if place < len(LEVELS):
        judged = replace(LEVELS[place], assessment_id=assessment_id if FILLED[place].countersigned else None)
        act(opened.viewers[HUB], began + timedelta(hours=24), _answering(told[0]))
        act(opened.viewers["sal"], began + 2 * DAY, _judging(one.person_id, judged, opened))


def _screening(worry: UUID, opened: Opened) -> Doing:
    def do(viewer: Viewer, at: datetime) -> None:
        screen_referral(
            referral_id=worry,
            thresholds=[Threshold.CHILD_IN_NEED, Threshold.PATHWAY],
            reason="The same car is named in two return interviews, and school has seen the phones.",
            pathway=NewPathway(
                lead_id=opened.users["sal"],
                lead_role=AllocationRole.STATUTORY,
                others=((opened.users["nadia"], AllocationRole.HEALTH),),
            ),
            viewer=viewer,
            now=at,
        )

    return do


def _answering(worry: UUID) -> Doing:
    def do(viewer: Viewer, at: datetime) -> None:
        answer_referral(
            referral_id=worry,
            answer="On the exploitation pathway from today; Sal Testwright leads.",
            viewer=viewer,
            now=at,
        )

    return do


def _judging(person_id: UUID, judged: Judged, opened: Opened) -> Doing:
    def do(viewer: Viewer, at: datetime) -> None:
        plan = NewPlan(
            aim="Evenings with people who are good for them, and no debt to anybody.",
            lead_id=opened.users["sal"],
            review_on=london_day(at) + 21 * DAY,
        )
        judge_level(person_id=person_id, judged=judged, plan=plan, viewer=viewer, now=at)

    return do
