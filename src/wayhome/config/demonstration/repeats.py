"""Repeat and first-time missing in the demonstration: triggers met and decided, seminars, and figures once counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from wayhome.config.demonstration.children import Child
from wayhome.config.demonstration.rows import Ids, Row, Rows, id_at
from wayhome.insight.rules.months import month_after
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.missing.rules.repeat import ChildFacts, Hit, Triggers, hits
from wayhome.missing.vocabulary import RepeatTrigger

# Returns of the last weeks have triggers; those of the last days wait for a decision.
_LOOKED_AT = timedelta(days=120)
_UNDECIDED = timedelta(days=24)
_DECISIONS = (
    (
        "strategy_discussion",
        "Discussed with the police and health on the day. Minutes in the council's own system.",
    ),
    ("panel", "On the agenda of the missing panel."),
    ("plan", "Contact arrangements looked at again with the family."),
    ("no_action", "The plan was changed last week for the same reason, and the child agrees with it."),
)


@dataclass(slots=True)
class Told:
    """A finished episode as the triggers read it."""

    id: UUID
    last_seen_at: datetime
    returned_at: datetime | None
    return_method: str
    interview_outcome: str
    cancelled_at: datetime | None = None
    is_history: bool = False


def repeats(
    episodes: Sequence[Row],
    children: Sequence[Child],
    ids: Ids,
    partnership_id: UUID,
    now: datetime,
    rng: Random,
) -> Rows:
    """Triggers that recent returns met, and two seminars: one held, one to come."""
    rows = Rows()
    by_child: dict[UUID, list[Told]] = {}
    for row in episodes:
        by_child.setdefault(row["person_id"], []).append(_told(row))
    firsts = []
    for child in children:
        person_id = ids.people[child.number]
        facts = ChildFacts(child.born, child.precision)
        for episode in by_child.get(person_id, ()):
            if episode.returned_at and episode.returned_at > now - _LOOKED_AT:
                found = hits(episode, by_child[person_id], facts, Triggers())
                _write(rows, person_id, episode, found, ids, now, rng)
                firsts += [(person_id, episode) for hit in found if hit.trigger == RepeatTrigger.FIRST_EVER]
    _seminars(rows, firsts, ids, partnership_id, now, rng)
    return rows


def _told(row: Row) -> Told:
    return Told(
        row["id"],
        row["last_seen_at"],
        row["returned_at"],
        row["return_method"],
        row.get("interview_outcome", ""),
    )


def _write(
    rows: Rows, person_id: UUID, episode: Told, found: Sequence[Hit], ids: Ids, now: datetime, rng: Random
) -> None:
    hit_at = (episode.returned_at or now) + timedelta(minutes=1)
    decided_at = hit_at + timedelta(hours=rng.randrange(2, 60))
    answer, note = rng.choice(_DECISIONS)
    is_decided = hit_at < now - _UNDECIDED
    for hit in found:
        decision = {
            "answer": answer,
            "answer_note": note,
            "answered_at": decided_at,
            "answered_by_id": ids.users["cora"],
        }
        rows.add(
            "missing.TriggerHit",
            id=id_at(hit_at, rng),
            episode_id=episode.id,
            person_id=person_id,
            trigger=hit.trigger.value,
            because=hit.because,
            hit_at=hit_at,
            **(decision if is_decided else {}),
        )


def _seminars(
    rows: Rows,
    firsts: Sequence[tuple[UUID, Told]],
    ids: Ids,
    partnership_id: UUID,
    now: datetime,
    rng: Random,
) -> None:
    evening = start_of_day(london_day(now)) + timedelta(hours=17)
    held = _seminar(rows, evening - timedelta(days=16), partnership_id, ids, rng)
    to_come = _seminar(rows, evening + timedelta(days=12), partnership_id, ids, rng)
    for person_id, episode in firsts:
        back = episode.returned_at or now
        if now - timedelta(days=75) < back < held["held_at"] - timedelta(days=3):
            _invite(rows, held, person_id, episode, ids, rng, is_over=True)
        elif held["held_at"] < back < now - timedelta(days=4):
            _invite(rows, to_come, person_id, episode, ids, rng, is_over=False)


def _seminar(rows: Rows, held_at: datetime, partnership_id: UUID, ids: Ids, rng: Random) -> Row:
    planned_at = held_at - timedelta(days=40)
    return rows.add(
        "missing.Seminar",
        id=id_at(planned_at, rng),
        partnership_id=partnership_id,
        held_at=held_at,
        place="Saltmere library, the quiet room",
        note="Led by the return interviewers with a school nurse. Taxis can be booked.",
        planned_at=planned_at,
        planned_by_id=ids.users["ines"],
    )


def _invite(
    rows: Rows, seminar: Row, person_id: UUID, episode: Told, ids: Ids, rng: Random, *, is_over: bool
) -> None:
    back = episode.returned_at or episode.last_seen_at
    for invited, comes in (("child", 0.6), ("parents", 0.7)):
        attended = rng.random() < comes if is_over else None
        rows.add(
            "missing.SeminarInvitation",
            id=id_at(back + timedelta(days=2), rng),
            seminar_id=seminar["id"],
            episode_id=episode.id,
            person_id=person_id,
            invited=invited,
            channel=rng.choice(("phone", "letter", "face_to_face")),
            invited_at=back + timedelta(days=2),
            invited_by_id=ids.users["ines"],
            attended=attended,
            attendance_at=seminar["held_at"] + timedelta(hours=3) if is_over else None,
        )


def told_late(episodes: Sequence[Row], now: datetime) -> None:
    """Two episodes of a past month were written down only after the month had been counted."""
    month = month_after(london_day(now).replace(day=1), -4)
    after = start_of_day(month_after(month)) + timedelta(days=5, hours=10)
    of_month = [row for row in episodes if london_day(row["last_seen_at"]).replace(day=1) == month]
    for row in of_month[:2]:
        row["recorded_at"] = after
