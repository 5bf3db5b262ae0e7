"""What the writing of one finished episode draws on: its child, its people, its rows so far. Pure: no database."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from wayhome.config.demonstration.care import Stay
from wayhome.config.demonstration.episodes import Past
from wayhome.config.demonstration.rows import Happened, Ids, Row, Rows, id_at
from wayhome.kernel.clock import london_day

# Everything that is finished was finished by then.
_LATEST = timedelta(hours=3)


class Writing:
    """One finished episode while its rows are written."""

    def __init__(self, past: Past, ids: Ids, now: datetime, rng: Random, rows: Rows) -> None:
        self.past, self.ids, self.rng, self._rows = past, ids, rng, rows
        self._latest = now - _LATEST
        self.stay: Stay | None = past.child.stay_on(london_day(past.seen_at))
        self.home = self.stay.home if self.stay else ""
        self.officer = rng.choice(("pat", "piotr", "priya"))
        self.interviewer = rng.choice(("ines", "isaac", "imogen"))
        self.worker = past.child.lead.worker
        self.episode: Row = {}

    def add(self, model: str, at: datetime, **row: Any) -> Row:
        """A row about the child, written at this time."""
        return self._rows.add(
            model, id=id_at(at, self.rng), person_id=self.ids.people[self.past.child.number], **row
        )

    def add_about(self, model: str, at: datetime, **row: Any) -> Row:
        """A row about the episode, written at this time."""
        return self.add(model, at, episode_id=self.episode["id"], **row)

    def beside(self, model: str, at: datetime, **row: Any) -> Row:
        """A row about the episode whose chances are its own: those of all other rows stay as they are."""
        own = id_at(at, Random(self.episode["id"].int))  # noqa: S311 - an id of an invented row
        person_id = self.ids.people[self.past.child.number]
        return self._rows.add(model, id=own, person_id=person_id, episode_id=self.episode["id"], **row)

    def is_recent(self, at: datetime) -> bool:
        """Whether something about it may still be open: it was written in the last three weeks."""
        return at > self._latest - timedelta(days=21)

    def note(self, at: datetime, who: str, verb: str, **detail: Any) -> None:
        """Somebody did something, for the record; all but the first edit the episode."""
        self._rows.happened.append(Happened(self.episode, at, who, verb, detail))
        if verb != "report missing":
            self.episode["version"] += 1

    def between(self, start: datetime, end: datetime) -> datetime:
        """Some instant from start to end, to the minute."""
        span = max((min(end, self._latest) - start).total_seconds(), 0)
        at = start + timedelta(seconds=self.rng.random() * span)
        return max(start, at.replace(second=0, microsecond=0))

    def hours_after(self, start: datetime, low: float, high: float) -> datetime:
        """Some instant so many hours after another."""
        return self.between(start + timedelta(hours=low), start + timedelta(hours=high))
