"""The work that is open now: at every stage, with much and little time left. Pure: hours before now, no database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wayhome.config.demonstration.children import Child
from wayhome.missing.vocabulary import InterviewOutcome, OfferAnswer, OfferChannel, PoliceRisk

HIGH, MEDIUM, LOW, NO_APPARENT = (
    PoliceRisk.HIGH,
    PoliceRisk.MEDIUM,
    PoliceRisk.LOW,
    PoliceRisk.NO_APPARENT_RISK,
)
NONE_YET, ACCEPTED = OfferAnswer.NO_ANSWER, OfferAnswer.ACCEPTED
DECLINED, DECLINED_PARENT = OfferAnswer.DECLINED_CHILD, OfferAnswer.DECLINED_PARENT
PHONE, TEXT, CARER = OfferChannel.PHONE, OfferChannel.TEXT, OfferChannel.THROUGH_CARER


@dataclass(frozen=True, slots=True)
class Who:
    """Which child a case is about. A first-timer was never missing before; a sibling goes with the case before."""

    home: str = ""
    lead: str = ""
    in_care: bool | None = None
    first_time: bool = False
    sibling: bool = False
    turned_eighteen: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A police risk level: hours ago, why, and in how many hours from now it is looked at again."""

    ago: float
    level: PoliceRisk
    reason: str
    again_in: float | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A try to offer the interview, hours ago."""

    ago: float
    channel: OfferChannel
    answer: OfferAnswer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One open episode. Every number is hours before now; None has not happened yet."""

    who: Who
    seen: float
    reported: float
    source: str = "police"
    kind: str = "M"
    place: str = ""
    circumstances: str = ""
    companions: str = ""
    judged: tuple[Judged, ...] = ()
    also_told: float | None = None
    located: float | None = None
    located_at: str = ""
    returned: float | None = None
    method: str = "RETURNED_SELF"
    checked: float | None = None
    offers: tuple[Offered, ...] = ()
    held: float | None = None
    without: tuple[float, InterviewOutcome, str] | None = None
    analysed: float | None = None
    # The form that somebody has begun to fill in.
    draft: str = ""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case with its child."""

    case: Case
    child: Child

    def seen_at(self, now: datetime) -> datetime:
        """When the child was seen last, to the minute."""
        return hours_ago(now, self.case.seen)


def hours_ago(now: datetime, hours: float) -> datetime:
    """So many hours before now, to the minute."""
    return (now - timedelta(hours=hours)).replace(second=0, microsecond=0)


MISSING_NOW = (
    Case(
        Who(home="lantern"),
        4.2,
        3.1,
        source="home",
        place="Lantern House",
        circumstances='Left by the kitchen door after a phone call, said "ten minutes". Phone now off. Took a coat and '
        "a rucksack. Upset since contact on Sunday was cancelled.",
        judged=(Judged(2.8, MEDIUM, "Third time this month; a cold night; phone off."),),
        also_told=2.6,
    ),
    Case(
        Who(in_care=True),
        9.4,
        8.2,
        place="Mereside railway station",
        circumstances="Seen getting into a silver car near the station after school. Two phones found in the bedroom. "
        "Has talked of an older friend whom nobody knows.",
        judged=(
            Judged(
                7.9, HIGH, "Believed to be with an unknown adult; earlier concern about exploitation.", 1.5
            ),
        ),
    ),
    Case(
        Who(in_care=False),
        1.9,
        0.4,
        source="parent",
        place="Vale High School",
        circumstances="Was at last lesson, did not get on the bus. Not answering. Mother has rung three friends.",
    ),
    Case(
        Who(lead="sal", in_care=False),
        2.6,
        1.7,
        place="The Parade, Saltmere",
        circumstances="Texted a friend an hour ago that they are fine and on the way. Late for curfew.",
        judged=(
            Judged(
                1.4,
                NO_APPARENT,
                "In touch by text, known route, known friends. Mother agrees to ring by then.",
                1.1,
            ),
        ),
    ),
    Case(
        Who(in_care=True),
        20.5,
        18.0,
        source="home",
        kind="A",
        place="Foster home",
        circumstances="Is at an aunt's in Valegate and refuses to come back. Spoken to by phone at ten last night. "
        "The aunt is known and safe, but not agreed.",
        judged=(Judged(17.0, LOW, "Whereabouts known; spoken to; aunt known to children's services.", 6.5),),
    ),
    Case(
        Who(in_care=True),
        31.3,
        29.6,
        place="Valegate shopping centre",
        circumstances="Was with two others who came back alone and say nothing. Has no money. Insulin is at home.",
        judged=(
            Judged(28.9, MEDIUM, "Out of character to stay out overnight; friends are back.", None),
            Judged(
                5.2, HIGH, "A second night; the insulin has not been collected; no contact with anyone.", 2.2
            ),
        ),
    ),
    Case(
        Who(lead="sal", in_care=False),
        7.6,
        6.4,
        place="Harbour skate park",
        circumstances="Argued at home about school and left. Was seen with older boys from outside the area.",
        judged=(Judged(6.0, MEDIUM, "Older boys, not known to us; argument at home.", 3.0),),
        located=0.9,
        located_at="A friend's flat in Mereside; a patrol is on the way",
    ),
    Case(
        Who(in_care=False),
        5.6,
        4.1,
        source="parent",
        place="Home",
        circumstances="Went out with their brother or sister after tea to buy milk. Neither is back, neither answers.",
        companions="With their brother or sister, who is reported missing too",
        judged=(Judged(3.7, MEDIUM, "Two children together; dark and raining.", 2.4),),
    ),
    Case(
        Who(sibling=True),
        5.6,
        4.0,
        source="parent",
        place="Home",
        circumstances="Went out with their brother or sister after tea to buy milk. Neither is back, neither answers.",
        companions="With their brother or sister, who is reported missing too",
        judged=(Judged(3.6, MEDIUM, "Two children together; dark and raining.", 2.4),),
    ),
)

CHECK_DUE = (
    Case(
        Who(home="lantern"),
        14.0,
        12.5,
        source="home",
        returned=1.6,
        judged=(Judged(12.0, MEDIUM, "Second night away this week."),),
    ),
    Case(
        Who(first_time=True, in_care=False),
        11.5,
        9.5,
        source="parent",
        returned=5.2,
        judged=(Judged(9.1, MEDIUM, "Never missing before."),),
    ),
    Case(
        Who(),
        24.8,
        23.0,
        returned=19.3,
        method="FOUND_FAMILY",
        judged=(Judged(22.4, LOW, "Known friends, in touch by text."),),
    ),
    Case(
        Who(in_care=True),
        38.5,
        36.0,
        source="home",
        returned=27.4,
        method="FOUND_POLICE",
        judged=(Judged(35.2, MEDIUM, "Seen in a car park known to us."),),
    ),
    Case(
        Who(),
        52.0,
        50.0,
        returned=41.0,
        method="FOUND_CARER",
        judged=(Judged(49.0, LOW, "At a cousin's before, each time."),),
    ),
)


def _interview(
    seen: float,
    returned: float,
    *offers: Offered,
    who: Who | None = None,
    level: PoliceRisk = MEDIUM,
    source: str = "police",
    draft: str = "",
    is_checked: bool = True,
) -> Case:
    reported = max(seen - 1.5, returned + 0.3)
    return Case(
        who or Who(),
        seen,
        reported,
        source=source,
        returned=returned,
        judged=(
            Judged(max(reported - 0.4, returned + 0.1), level, "On what was known when it was reported."),
        ),
        checked=max(returned - 3.5, 0.2) if is_checked else None,
        offers=offers,
        draft=draft,
    )


INTERVIEW_DUE = (
    _interview(9, 3.1),
    _interview(16, 8.4, who=Who(home="lantern"), source="home"),
    _interview(21, 14.2, Offered(12, PHONE, NONE_YET, "Rang twice, left a message.")),
    _interview(
        30,
        22.6,
        Offered(18, PHONE, ACCEPTED, "Wants to meet at the youth café, not at home."),
        who=Who(lead="sal"),
    ),
    _interview(44, 30.5, who=Who(first_time=True, in_care=False), source="parent"),
    _interview(47, 41.3, Offered(26, TEXT, NONE_YET), Offered(6, PHONE, ACCEPTED, "Tomorrow after school.")),
    _interview(
        61, 50.2, Offered(30, CARER, DECLINED, 'Told the carer "no thanks". To be asked again in person.')
    ),
    _interview(
        64, 58.1, Offered(40, PHONE, ACCEPTED, "Agreed for today."), who=Who(in_care=True), level=HIGH
    ),
    _interview(73, 60.2, Offered(35, PHONE, NONE_YET), who=Who(turned_eighteen=True), level=LOW),
    _interview(78, 66.4, Offered(47, TEXT, NONE_YET), Offered(20, TEXT, NONE_YET), level=LOW),
    _interview(83, 69.6, Offered(44, PHONE, ACCEPTED, "Met this morning."), draft="hold_interview"),
    _interview(80, 71.3, who=Who(in_care=True)),
    _interview(85, 74.5, Offered(50, PHONE, ACCEPTED, "Did not come to the café; trying again.")),
    _interview(
        99, 80.3, Offered(60, CARER, DECLINED_PARENT, "Mother says it upsets them. Child not asked yet.")
    ),
    _interview(110, 97.0, Offered(70, PHONE, NONE_YET), Offered(25, PHONE, NONE_YET), level=LOW),
    _interview(150, 130.4, who=Who(lead="sal")),
    _interview(190, 171.8, Offered(140, CARER, DECLINED), level=LOW),
    # Two episodes of one child that may be one: the police's, and the home's with times written down a day later. On
    # the home's nobody has worked yet, so that it can be merged into the other.
    _interview(27.5, 22.9, who=Who(home="harbour")),
    _interview(22.7, 20.6, who=Who(home="harbour", same=True), source="home", is_checked=False),
)


def _settled(
    seen: float,
    returned: float,
    settled: float,
    outcome: InterviewOutcome,
    reason: str = "",
    *,
    who: Who | None = None,
    analysed: float | None = None,
    draft: str = "",
) -> Case:
    """An episode whose interview is held (a reason left out) or settled without one."""
    held = outcome in (InterviewOutcome.COMPLETED, InterviewOutcome.PARTIAL)
    answer = ACCEPTED if held else NONE_YET if outcome == InterviewOutcome.NOT_CONTACTABLE else DECLINED
    offered = Offered(returned - (returned - settled) * 0.4, PHONE, answer)
    return Case(
        who or Who(),
        seen,
        max(seen - 1.2, returned + 0.2),
        returned=returned,
        judged=(Judged(returned + 0.1, MEDIUM, "On what was known when it was reported."),),
        checked=returned - 2.5,
        offers=(offered,),
        held=settled if held else None,
        without=None if held else (settled, outcome, reason),
        analysed=analysed,
        draft=draft,
    )


_HELD, _SAID_NO = (
    InterviewOutcome.COMPLETED,
    "Asked twice, by phone and in person. Does not want to talk. Leaflet given.",
)

ANALYSIS_DUE = (
    _settled(70, 62, 20, _HELD, who=Who(lead="sal")),
    _settled(92, 85, 44, _HELD, who=Who(lead="sal", in_care=False), draft="analyse_return"),
    _settled(120, 104, 50, InterviewOutcome.DECLINED_CHILD, _SAID_NO),
    _settled(130, 119, 70, _HELD, who=Who(home="orchard")),
    _settled(
        160,
        139,
        92,
        InterviewOutcome.NOT_CONTACTABLE,
        "Four calls, two visits, no answer; moved between relatives.",
    ),
    _settled(200, 190, 140, _HELD, who=Who(lead="sal")),
    _settled(330, 310, 262, InterviewOutcome.PARTIAL, who=Who(in_care=True)),
    _settled(350, 340, 290, _HELD),
)

READY_TO_CLOSE = (
    _settled(140, 126, 80, _HELD, who=Who(lead="sal"), analysed=21),
    _settled(170, 155, 110, InterviewOutcome.DECLINED_CHILD, _SAID_NO, who=Who(in_care=True), analysed=47),
    _settled(230, 214, 160, _HELD, who=Who(), analysed=70),
    _settled(290, 270, 210, _HELD, who=Who(lead="sal"), analysed=26),
)

CASES = (*MISSING_NOW, *CHECK_DUE, *INTERVIEW_DUE, *ANALYSIS_DUE, *READY_TO_CLOSE)
