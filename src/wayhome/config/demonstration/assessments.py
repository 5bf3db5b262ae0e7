"""Assessments of the children whom a worry brought onto the pathway: one is countersigned, one waits, one is begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.present import Doing, act
from wayhome.exploitation.commands.assessing import (
    Conclusion,
    begin_assessment,
    countersign_assessment,
    finish_assessment,
    save_answers,
)
from wayhome.exploitation.instruments import Answer
from wayhome.exploitation.instruments.answers import Source
from wayhome.exploitation.queries.instruments import instrument_in_use
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer

DAY = timedelta(days=1)
TOOK = timedelta(hours=1)
SCREEN, WHOLE = "exploitation_screen", "exploitation_assessment"
AUTHOR, SECOND = "sal", "cora"
# From whom it is known, and so many days before it was written.
SCHOOL, CHILD, FAMILY, POLICE = Source.PROFESSIONAL, Source.CHILD, Source.FAMILY, Source.POLICE


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, what it rests on, from whom that is and how many days old it was."""

    value: str
    evidence: str = ""
    source: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it stands: so many hours after the child was taken on, finished if it has a conclusion."""

    form: str
    hours: int
    said: Mapping[str, Said]
    conclusion: Conclusion | None = None
    countersigned: str = ""


FILLED = (
    Filled(
        SCREEN,
        24,
        {
            "screen_safe_today": Said(
                "unsure", "At home with a parent, who does not know who rings at night.", FAMILY, 1
            ),
            "screen_harm": Said(
                "known_current", "“They said my nan's windows would go in if I did not pay.”", CHILD, 1
            ),
            "screen_harm_said": Said(
                "“I only carried it once. Now it is a hundred more than last week.” Said in the car, after school."
            ),
            "screen_missing": Said(
                "yes", "Three nights this month; back before school each time.", FAMILY, 2
            ),
            "screen_people": Said("yes", "The same grey car outside school on two Fridays.", SCHOOL, 4),
            "screen_fear": Said("yes", "Goes quiet and looks at the phone when it rings.", SCHOOL, 4),
            "screen_things": Said("yes", "A second phone in the bag, and trainers nobody bought.", SCHOOL, 4),
            "screen_online": Said("not_known"),
            "screen_moved": Said("yes", "Found twice at the same flat above a shop.", POLICE, 6),
            "screen_body": Said("no", "Seen by the school nurse for something else; no injury.", SCHOOL, 8),
            "screen_drift": Said(
                "yes", "No boxing since September; two friends say they see little now.", SCHOOL, 4
            ),
            "screen_child_words": Said("“If I stop they go to my nan. So I do not stop.”"),
        },
        Conclusion(
            summary="A debt that grows, and a threat to the grandmother, keep the child going out. Nobody chose this"
            " for themselves. School and the grandmother are who they talk to. It is not known who is in the grey car.",
            child_view="I want it to stop, and nobody at my nan's door.",
            family_view="We did not know about the money. We can be there every evening.",
            child_took_part=True,
        ),
        countersigned="Read with Sal. The debt and the threat are the child's own words; the flat is known to police.",
    ),
    Filled(
        SCREEN,
        168,
        {
            "screen_safe_today": Said("safe", "At school, and fetched by an aunt this week.", FAMILY, 0),
            "screen_harm": Said(
                "suspected", "A friend is worried; the child has said nothing yet.", SCHOOL, 3
            ),
            "screen_harm_said": Said(
                "A friend to the form tutor: “He buys her things and then he is angry.”"
            ),
            "screen_missing": Said(
                "no", "Home by seven on school days; where on Saturdays is known.", FAMILY, 3
            ),
            "screen_people": Said("yes", "A man gives lifts. Nobody at home knows his name.", FAMILY, 5),
            "screen_fear": Said("not_known"),
            "screen_things": Said("yes", "A bracelet and a top-up card, from “a friend”.", FAMILY, 5),
            "screen_online": Said("yes", "Messages after midnight, deleted before breakfast.", FAMILY, 5),
            "screen_moved": Said("no", "Nothing known to police or to the family.", POLICE, 4),
            "screen_body": Said("not_known"),
            "screen_drift": Said("no", "Choir and lessons as before.", SCHOOL, 3),
        },
        Conclusion(
            summary="Presents, lifts and messages at night from a man nobody can name. Harm is suspected, not said."
            " The aunt and the choir hold. Next: who he is, and a time to talk away from home.",
            child_took_part=False,
            not_taken_part_why="Not asked yet: it would have been at home, with others there. Tuesday at school.",
        ),
    ),
    Filled(
        WHOLE,
        48,
        {
            "safe_today": Said("safe", "Slept at home; seen at school this morning.", SCHOOL, 0),
            "harm_criminal": Said("suspected", "Found with two bank cards in other names.", POLICE, 5),
            "engagement_trusted_adult": Said("early", "Talks to the librarian, on Mondays only.", SCHOOL, 2),
            "missing_pattern": Said(
                "clear", "Two whole nights in October, none the month before.", FAMILY, 6
            ),
            "education_attendance": Said(
                "early", "Ninety-one per cent; Friday afternoons are missed.", SCHOOL, 2
            ),
            "money_gifts": Said("clear", "New trainers, and cash in a school book.", FAMILY, 3),
            "online_phones": Said("not_known"),
            "protective_adult": Said(
                "yes", "Their mother: “Any hour. I keep the keys by the bed.”", FAMILY, 3
            ),
            "voice_child_words": Said("“School is alright. Fridays are long.”"),
        },
    ),
)


def assess(person_id: UUID, filled: Filled, opened: Opened, began: datetime) -> UUID:
    """Fill in a form about a child who was taken on then, as far as it has come, and give it."""
    made: list[UUID] = []
    at = began + timedelta(hours=filled.hours)
    act(opened.viewers[AUTHOR], at, _filling(person_id, filled, made))
    if filled.conclusion:
        act(opened.viewers[AUTHOR], at + TOOK, _finishing(made[0], filled.conclusion))
    if filled.countersigned:
        act(opened.viewers[SECOND], at + 2 * TOOK, _countersigning(made[0], filled.countersigned))
    return made[0]


def _filling(person_id: UUID, filled: Filled, made: list[UUID]) -> Doing:
    def do(viewer: Viewer, at: datetime) -> None:
        form = instrument_in_use(filled.form)
        made.append(begin_assessment(person_id=person_id, instrument_id=form.pk, viewer=viewer, now=at))
        answers = {key: _answer(said, at, viewer.name) for key, said in filled.said.items()}
        save_answers(assessment_id=made[0], answers=answers, version=1, viewer=viewer, now=at)

    return do


def _answer(said: Said, at: datetime, by: str) -> Answer:
    on = london_day(at) - said.days * DAY if said.evidence else None
    return Answer(value=said.value, evidence=said.evidence, source=said.source, on=on, by=by)


def _finishing(assessment_id: UUID, conclusion: Conclusion) -> Doing:
    def do(viewer: Viewer, at: datetime) -> None:
        finish_assessment(
            assessment_id=assessment_id, conclusion=conclusion, version=2, viewer=viewer, now=at
        )

    return do


def _countersigning(assessment_id: UUID, note: str) -> Doing:
    def do(viewer: Viewer, at: datetime) -> None:
        countersign_assessment(assessment_id=assessment_id, note=note, viewer=viewer, now=at)

    return do
