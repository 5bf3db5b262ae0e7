"""Lines and duties for the tests of the pure rules."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from wayhome.desk.rules.board import Line
from wayhome.kernel.deadline import Deadline
from wayhome.missing.vocabulary import Duty, EpisodeKind, Stage

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)
HOME, TEAM, WORKER = (UUID(int=number) for number in (7, 8, 9))


def hours(count: float) -> datetime:
    """So many hours from noon; negative for before."""
    return NOON + timedelta(hours=count)


def a_duty(kind: Duty, due_in: float) -> Deadline:
    return Deadline(kind.label, hours(due_in), "The desk", f"The rule about {kind.value}", kind=kind)


def a_line(number: int = 1, *duties: Deadline, **known: object) -> Line:
    """An episode in which a child is missing now, unless duties or a stage say otherwise."""
    usual: dict[str, object] = {
        "episode_id": UUID(int=number),
        "person_id": UUID(int=1000 + number),
        "name": "Robin Testchild",
        "age": "15 years",
        "kind": EpisodeKind.MISSING,
        "stage": Stage.INTERVIEW_DUE if duties else Stage.MISSING,
        "risk": "",
        "last_seen_at": hours(-10),
        "duties": duties,
    }
    return Line(**(usual | known))  # type: ignore[arg-type]
