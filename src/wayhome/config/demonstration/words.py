"""What people wrote and what children said. All of it is made up; it repeats, as a demonstration may."""

from dataclasses import dataclass
from random import Random

PLACES = (
    "The Parade, Saltmere",
    "Saltmere bus station",
    "Mereside railway station",
    "Valegate shopping centre",
    "Harbour skate park",
    "Vale High School",
    "Mereside Academy",
    "The pier",
    "Orchard recreation ground",
    "Chapel Lane shops",
)
FOUND_AT = (
    "A friend's flat in Valegate",
    "Walking along the harbour",
    "The bus station in Saltmere",
    "An aunt's house in Mereside",
    "The retail park",
    "A train to the city",
    "A car park behind the shops",
    "The beach, with friends",
)
CIRCUMSTANCES = (
    "Left after an argument about the phone. Took a bag.",
    "Did not come back from school. Friends say they split up at the bus station.",
    "Went out to meet friends and was due back by nine. Phone goes to voicemail.",
    "Was not in the room at the night check. The window was open.",
    "Said they were staying with a friend whose parents know nothing of it.",
    "Walked out after a visit by family was put off.",
    "Was seen on the pier with a group of older young people.",
    "Left in a taxi that nobody here ordered.",
    "Ran off during a trip to town.",
    'Texted "don\'t wait up". No answer since.',
)
RISK_REASONS = {
    "no_apparent_risk": (
        "In touch, known route, agreed time to ring.",
        "At a known friend's; parent has spoken to them.",
    ),
    "low": ("Known pattern, known friends, has eaten and is warm.", "Late for curfew, answers texts."),
    "medium": (
        "Does not answer; not known where or with whom.",
        "Younger than the others in the group; phone is off.",
        "Second time this week, pattern is changing.",
    ),
    "high": (
        "With an unknown adult; earlier concern about exploitation.",
        "Has spoken of self-harm today; not traced.",
        "Seen getting into a car; two phones left behind.",
    ),
}
SEEN_SAFE = (
    "Seen at the door and then alone in the kitchen. Tired, unhurt, had eaten.",
    "Spoken to in the lounge. No injuries. Did not want to say where they had been.",
    "Seen in their room. Cheerful. Clothes clean, phone working.",
)
HARM_FOUND = (
    "Bruise on the upper arm, says they fell. Referred to the allocated worker.",
    "Said somebody took their phone and shouted at them. Statement to follow.",
)
INDEPENDENCE = (
    "Works for Listening Ear, which runs no placements",
    "Works for Listening Ear; has not met the carers before",
)
INTERVIEW_PLACES = (
    "Youth café, Saltmere",
    "Vale High School, quiet room",
    "A walk by the harbour",
    "Listening Ear office",
    "In the car, on the way to football",
)
CAN_TURN_TO = (
    "Listening Ear, 01632 960210. An advocate who speaks for the child, 01632 960211. In danger: 999."
)
NOT_HELD = {
    "declined_child": "Asked by phone and in person, does not want to talk this time. Has the leaflet.",
    "declined_parent": "Mother says it makes things worse. The child was asked at school as well and shrugged.",
    "not_contactable": "Four calls and two visits without an answer. Leaflet left with the carer.",
    "missing_again": "Went missing again before the interview. The next one will cover both.",
    "custody_or_hospital": "Was in hospital for the whole of the time. The ward knows our number.",
    "other_authority": "Placed here by another authority, whose own service holds the interview.",
    "moved_away": "Moved to relatives in another area. Passed on to the service there.",
    "not_offered": "The return was recorded late and nobody was asked to offer. Raised with the team.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one child told: their words, and what the interviewer took from them."""

    own_words: str
    before: str
    during: str
    after: str
    would_help: str
    push: tuple[str, ...]
    pull: tuple[str, ...]
    harm: str = ""
    carer_view: str = ""


TOLD = (
    Told(
        "They said I could ring my sister on Sunday and then they said no. So I went to see her. Nobody tells me why.",
        "Contact with the sister was cancelled for the second time.",
        "Took two buses and slept on the sister's sofa.",
        "Is glad to be back, sorry about the fuss.",
        "Seeing my sister every week and being told before it changes.",
        ("CONTACT_REFUSED", "UNHEARD"),
        ("FAMILY",),
        carer_view="Agrees that the contact should not have been cancelled by text.",
    ),
    Told(
        "It's boring here. Everybody's out on the front. I didn't think it counted as missing, I was just out.",
        "Nothing to do on a Friday; friends were meeting.",
        "With four friends from school, on the beach, then at one friend's house.",
        "Fine. Will text next time.",
        "A later time on Fridays.",
        ("BOREDOM", "RULES"),
        ("FRIENDS", "PARTY"),
    ),
    Told(
        "Mum's boyfriend was shouting again. I can't be in there when he's like that. I just walk.",
        "Shouting at home, not for the first time.",
        "Walked to the harbour and back, sat in the shelter.",
        "Does not want mum to get into trouble.",
        "If he wasn't there. Or someone I can ring.",
        ("DOMESTIC_ABUSE", "CONFLICT"),
        ("NOT_KNOWN",),
        harm="Afraid at home. Has not been hit. Told the allocated worker the same day.",
    ),
    Told(
        "He gets me stuff. He said I owe him now. It's only dropping things off. Don't write his name down.",
        "Was rung by someone they would not name.",
        "Two trains to another town and back; was given a phone.",
        "Worried about the debt, more than they say.",
        "If someone made it go away. I don't want to grass.",
        ("NOT_KNOWN",),
        ("DRUGS_DEBT", "GIFTS", "CONTROLLED"),
        harm="Says they were threatened. Passed to the police the same evening, with the child's knowledge.",
    ),
    Told(
        "School's on my back and then home's on my back. I had detention and I thought, I'm not going in.",
        "Trouble at school, detention, a call home.",
        "Shopping centre, then a friend's garage.",
        "Would talk to the head of year, not to the others.",
        "One person at school who's on my side.",
        ("SCHOOL", "RULES"),
        ("FRIENDS",),
    ),
    Told(
        "I don't like it there. It's loud at night and people go in my room. I told them.",
        "Could not sleep; belongings had been taken.",
        "Went to the old foster carer's street and rang the bell.",
        "Hopes that somebody listens now.",
        "A lock on my door. Or to move.",
        ("PLACEMENT", "UNHEARD"),
        ("BELONGING",),
        carer_view="Night staff have been changed since.",
    ),
    Told(
        "We've been talking online for ages. She's nice. She's the same age. We were going to meet but I got scared.",
        "Had arranged to meet somebody known only online.",
        "Waited at the station for two hours; nobody came.",
        "Relieved. Let us look at the messages.",
        "Not being laughed at for it.",
        ("UNHEARD",),
        ("ONLINE", "BELONGING"),
        harm="Pictures were asked for and one was sent. Police told; pictures reported for removal.",
    ),
    Told(
        "It was my nan's birthday. She's dead but it was her birthday. I went to the place we used to go.",
        "Anniversary; nobody had noticed the date.",
        "Sat at the pier until dark. Was cold.",
        "Cried, and laughed about some stories.",
        "If we did something on the day next year.",
        ("BEREAVEMENT", "MENTAL_HEALTH"),
        ("NOT_KNOWN",),
    ),
    Told(
        "I'm moving again on Monday aren't I. No one asked me. I wanted one more night with my mates.",
        "Had heard of the next move through someone else.",
        "At a friend's house; the friend's mother rang in the morning.",
        "Angry about the move, calm otherwise.",
        "Tell me first. Let me see the place.",
        ("MOVE", "UNHEARD"),
        ("FRIENDS", "BELONGING"),
    ),
    Told(
        "I was with my boyfriend. He's nineteen. It's fine. You all make it weird.",
        "Argument about the boyfriend.",
        "In his flat with two others who drank.",
        "Did not want to say more. Said yes to meeting again.",
        "Being allowed to see him.",
        ("CONFLICT", "RULES"),
        ("PARTNER", "SUBSTANCES", "TRANSPORT"),
        harm="The age gap, drink, and gifts are a worry that they do not share yet.",
    ),
)

ANALYSES = (
    (
        "What the child asks for is small and has not been done. That is what they leave for.",
        "plan_changed",
        "Contact each Saturday, written into the plan; changes are told by the worker, not by text.",
    ),
    (
        "The pattern is Fridays, friends and the front. The rule is what they break, not themselves.",
        "plan_changed",
        "Back by ten on Fridays, one text at eight. Reviewed in four weeks.",
    ),
    (
        "They leave to get away from what happens at home. The plan has to be about home.",
        "plan_changed",
        "Strategy discussion held; the adult does not stay overnight while this is looked into.",
    ),
    (
        "Debt, gifts and fear: this is exploitation until we know better.",
        "plan_changed",
        "Referred to the exploitation pathway; safety plan with a code word; police lead named.",
    ),
    (
        "Nothing new in this return. The present plan answers it and is two weeks old.",
        "no_change",
        "The plan was changed after the last episode for the same reason; too early to judge it.",
    ),
    (
        "The child would not talk. What the carer tells fits what we know.",
        "no_change",
        "No new information; offer stands; next visit on Thursday.",
    ),
    (
        "Grief, not danger. They need company on that day.",
        "plan_changed",
        "Dates that matter are in the plan; bereavement counselling offered.",
    ),
)


def told(rng: Random) -> Told:
    """One child's account."""
    return rng.choice(TOLD)
