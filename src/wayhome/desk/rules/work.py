"""My work: what is due for one viewer, and why it is theirs. Pure: lines, viewer and `now` in, tasks out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wayhome.access.roles import Scope
from wayhome.desk.rules.board import WHY_MISSING, WHY_READY, Line
from wayhome.kernel.deadline import Deadline, DeadlineState
from wayhome.kernel.viewer import Viewer
from wayhome.missing.rules import GUIDANCE, RULES
from wayhome.missing.vocabulary import Stage

# Which duties are for which desk, and which for the worker who leads, as the table of duties says.
DUTIES_OF = {
    scope: frozenset(rule.key for rule in RULES if scope in rule.scopes)
    for scope in (Scope.POLICE_DESK, Scope.RETURN_INTERVIEWER, Scope.COORDINATOR)
}
OF_THE_LEAD = frozenset(rule.key for rule in RULES if rule.is_the_leads)
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing for the viewer to do about one episode. `duty` None: it has no clock."""

    line: Line
    what: str
    because: str
    basis: str
    duty: Deadline | None = None

    @property
    def first_at(self) -> datetime:
        """By when it is sorted: a child missing now comes before every clock, closing after all."""
        if self.duty:
            return self.duty.due_at
        return self.line.last_seen_at if self.line.is_missing_now else LAST

    def is_late(self, now: datetime) -> bool:
        """Whether its time is past."""
        return self.duty is not None and self.duty.state(now) == DeadlineState.LATE


def tasks(lines: Iterable[Line], viewer: Viewer, now: datetime) -> list[Task]:
    """What is due for the viewer, the first to go late first; each duty once, for the strongest reason."""
    found: dict[tuple[object, str], Task] = {}
    for line in lines:
        for task in _tasks_of(line, viewer, now):
            key = task.duty.kind if task.duty else task.what
            found.setdefault((line.episode_id, key), task)
    return sorted(found.values(), key=lambda task: task.first_at)


def _tasks_of(line: Line, viewer: Viewer, now: datetime) -> Iterator[Task]:
    yield from _as_lead(line, viewer)
    yield from _as_scope(line, viewer)
    if viewer.has(Scope.HOME_STAFF):
        yield from _as_home(line, viewer)
    if viewer.has(Scope.COORDINATOR):
        yield from _as_coordinator(line, now)


def _as_lead(line: Line, viewer: Viewer) -> Iterator[Task]:
    """Guidance 2014: the child's own worker reads the return into the plan, and the episode is theirs to close."""
    if line.lead_user_id == viewer.user_id and viewer.user_id:
        because = "You lead the work with this child."
    elif line.lead_user_id is None and line.lead_id in viewer.team_ids:
        because = "Your team leads the work with this child, and no worker is named."
    else:
        return
    if line.is_missing_now:
        yield Task(line, "", because, WHY_MISSING)
    elif line.stage == Stage.DIED:
        yield Task(line, "The child has died: write the last words", because, WHY_READY)
    elif line.stage == Stage.READY_TO_CLOSE:
        yield Task(line, line.to_close if line.in_the_way else "Close the episode", because, WHY_READY)
    for duty in line.duties:
        if duty.kind in OF_THE_LEAD:
            yield _duty(line, duty, because)


def _as_scope(line: Line, viewer: Viewer) -> Iterator[Task]:
    """The duties of the viewer's own desk."""
    for scope, kinds in DUTIES_OF.items():
        if viewer.has(scope):
            yield from (
                _duty(line, duty, f"It is for you to do: {duty.who_can_act.lower()}.")
                for duty in line.duties
                if duty.kind in kinds
            )
    if viewer.has(Scope.POLICE_DESK) and line.is_missing_now and not line.risk:
        yield Task(line, "Set the risk level", "It is for you to do: police missing desk.", WHY_MISSING)


def _as_home(line: Line, viewer: Viewer) -> Iterator[Task]:
    """A home tells what it knows of its own residents, until they are back."""
    if line.is_missing_now and line.home_id in viewer.team_ids:
        because = "The child lives in your home."
        yield Task(line, "Say when they are found or back", because, f"{GUIDANCE}, care homes.")


def _as_coordinator(line: Line, now: datetime) -> Iterator[Task]:
    """Who watches over the pathway sees what went late, whoever's duty it is."""
    because = "It is late, and you watch over the whole pathway."
    late = (duty for duty in line.duties if duty.state(now) == DeadlineState.LATE)
    yield from (_duty(line, duty, because) for duty in late)


def _duty(line: Line, duty: Deadline, because: str) -> Task:
    return Task(line, duty.duty, because, duty.basis, duty)


def late_count(found: Sequence[Task], now: datetime) -> int:
    """How many are past their time."""
    return sum(task.is_late(now) for task in found)
