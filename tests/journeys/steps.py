"""What several journeys do: a report has the same questions whoever answers them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tests.journeys.visitor import Visitor
from tests.personas import NOW, Cast, an_episode
from wayhome.kernel.clock import from_wall_clock, london_day
from wayhome.missing.commands import record_returned


def days_ago(days: int, hour: int, minute: int = 0) -> datetime:
    """An hour by daylight some days ago: it has passed whenever the journey is played, and no clock change is near."""
    return from_wall_clock(london_day(NOW) - timedelta(days=days), time(hour, minute))


LAST_SEEN = days_ago(2, 16)
REPORTED = days_ago(2, 18)


@dataclass(frozen=True)
class Told:
    """What somebody tells when they report a child missing."""

    last_seen_at: datetime = LAST_SEEN
    reported_at: datetime = REPORTED
    missing_from: str = "Family home"
    place: str = "Saltmere bus station, bay 4"
    happened: str = "Left after tea with a rucksack and did not come back."
    contact: str = "01632 960111"


def an_old_episode(cast: Cast, child_id: UUID, *, by: str) -> UUID:
    """An episode that began by daylight two days ago."""
    return an_episode(
        cast,
        child_id,
        by=by,
        last_seen_at=days_ago(2, 16),
        noticed_at=days_ago(2, 17),
        reported_at=days_ago(2, 18),
    )


def back(cast: Cast, episode_id: UUID, *, by: str) -> None:
    """The child is back since yesterday at eleven."""
    with cast.seen_by(by) as viewer:
        record_returned(
            episode_id=episode_id,
            returned_at=days_ago(1, 11),
            returned_to="home",
            return_method="RETURNED_SELF",
            viewer=viewer,
            now=NOW,
        )


def find(visitor: Visitor, words: str) -> None:
    """Search for a child by the box that everyone knows."""
    visitor.visit("/find")
    visitor.type("Name or number", words)
    visitor.press("Search")


def ask_index(visitor: Visitor, name: str, born: date) -> None:
    """Ask whether anybody knows a child."""
    visitor.choose("Their whole name and date of birth")
    visitor.type("Whole name", name)
    visitor.type_day("Date of birth", born)
    visitor.press("Ask")


def answer_report(visitor: Visitor, told: Told) -> None:
    """Answer the questions of a report, one to a page, as far as the answers to check."""
    visitor.press("Start")
    visitor.choose("No, nobody knows where they are")
    visitor.press("Save and continue")
    visitor.type_moment("last seen?", told.last_seen_at)
    visitor.press("Save and continue")
    visitor.type_moment("When was it reported?", told.reported_at)
    visitor.press("Save and continue")
    visitor.choose(told.missing_from)
    visitor.type("Where exactly were they last seen?", told.place)
    visitor.press("Save and continue")
    visitor.type("What happened?", told.happened)
    visitor.press("Save and continue")
    visitor.type("How can they be reached?", told.contact)
    visitor.press("Save and continue")
    visitor.choose("No", of="back already?")
    visitor.press("Save and continue")
    visitor.expect_heading("Check your answers")


def report(visitor: Visitor, told: Told) -> None:
    """Answer, check and send."""
    answer_report(visitor, told)
    visitor.expect_to_see(told.place, told.happened, told.contact)
    visitor.press("Send the report")
    visitor.expect_heading("Report sent")
