"""What a notification has to tell to be complete, and what a sender's words mean here. Pure.

Source of the list: our own, a local default. Statutory guidance of 2014 asks the police and the authority to agree what
is told; College of Policing, Authorised Professional Practice: missing persons, says what a first report asks.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from wayhome.kernel.clock import london_day
from wayhome.missing.vocabulary import EpisodeKind, PoliceRisk

# Two sources of one absence may be this far apart in when they last saw the child.
SAME_TIME_WITHIN = timedelta(hours=24)


class Told(Protocol):
    """What the rules read of a notification."""

    person_id: UUID | None
    name_told: str
    born_told: str
    number_told: str
    last_seen_at: datetime | None
    noticed_at: datetime | None
    reported_at: datetime | None
    received_at: datetime
    last_seen_place: str
    circumstances: str
    told_by: str
    contact: str


# In the order in which a page asks for them. When it was noticed is not among them: often nobody can say.
WHO = "who the child is"
LAST_SEEN = "when they were last seen"
PLACE = "where they were last seen"
REPORTED = "when it was reported"
HAPPENED = "what happened"
CALL_BACK = "who told it and how to reach them"
ASKED = (WHO, LAST_SEEN, PLACE, REPORTED, HAPPENED, CALL_BACK)

RISK_WORDS: Mapping[str, PoliceRisk] = {
    "no apparent risk": PoliceRisk.NO_APPARENT_RISK,
    "nar": PoliceRisk.NO_APPARENT_RISK,
    # The category "absent" ended; what was graded so is no apparent risk today.
    "absent": PoliceRisk.NO_APPARENT_RISK,
    "no apparent risk (absent)": PoliceRisk.NO_APPARENT_RISK,
    "low": PoliceRisk.LOW,
    "medium": PoliceRisk.MEDIUM,
    "med": PoliceRisk.MEDIUM,
    "high": PoliceRisk.HIGH,
}
KIND_WORDS: Mapping[str, EpisodeKind] = {
    "": EpisodeKind.MISSING,
    "m": EpisodeKind.MISSING,
    "missing": EpisodeKind.MISSING,
    # A police grade of the time, not the same as away from a placement without authorisation.
    "absent": EpisodeKind.MISSING,
    "a": EpisodeKind.AWAY,
    "away": EpisodeKind.AWAY,
    "away without authorisation": EpisodeKind.AWAY,
}


def lacking(told: Told) -> list[str]:
    """What a notification does not tell, in the order of ASKED. Nothing: it is complete."""
    is_known = told.person_id is not None or bool(told.number_told)
    has = {
        WHO: is_known or bool(told.name_told and told.born_told),
        LAST_SEEN: told.last_seen_at is not None,
        PLACE: bool(told.last_seen_place),
        REPORTED: told.reported_at is not None,
        HAPPENED: bool(told.circumstances),
        CALL_BACK: bool(told.told_by and told.contact),
    }
    return [asked for asked in ASKED if not has[asked]]


def risk_as_told(word: str) -> PoliceRisk | None:
    """The level that a sender's word stands for today; None for one that stands for none of ours."""
    return RISK_WORDS.get(" ".join(word.split()).lower())


def kind_as_told(word: str) -> EpisodeKind | None:
    """Missing or away, by a sender's word; None for one that is neither."""
    return KIND_WORDS.get(" ".join(word.split()).lower())


def is_of_an_earlier_time(*, last_seen_at: datetime, reported_at: datetime, began_at: datetime) -> bool:
    """Whether what is told begins on a day before the episode did, and is not plainly the same absence: it was reported
    before the child was last seen for the episode, or they were last seen more than a day before. A local default.
    """
    is_another_day = london_day(last_seen_at) < london_day(began_at)
    is_far = began_at - last_seen_at > SAME_TIME_WITHIN
    return is_another_day and (reported_at < began_at or is_far)
