"""Many rows of a plan at once: headings, objectives, actions with owners, ratings and progress, and commitments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import all_made
from wayhome.strategy.commands.owner import WHO
from wayhome.strategy.exports.shape import heading_title
from wayhome.strategy.imports.markup import one_line
from wayhome.strategy.intake.preview import Preview, PreviewDue, PreviewOwner
from wayhome.strategy.intake.resolving import ReadyRow
from wayhome.strategy.models import (
    Action,
    ActionOwner,
    ActionUpdate,
    Commitment,
    Grouping,
    Objective,
    Plan,
    Rating,
)
from wayhome.strategy.rules.ratings import Rating as Colour
from wayhome.strategy.rules.ratings import read_rating
from wayhome.strategy.vocabulary import ActionState, Axis, OwnerKind, UpdateOrigin


@dataclass(slots=True)
class Making:
    """A plan that gets rows from a file, with what it has of headings and objectives."""

    plan: Plan
    preview: Preview
    file_name: str
    viewer: Viewer
    now: datetime
    headings: dict[str, Grouping] = field(default_factory=dict)
    objectives: dict[tuple[UUID | None, str], Objective] = field(default_factory=dict)

    def made(self, rows: Sequence[Any], kind: str) -> None:
        """Insert them, on the record. Any: rows of one table."""
        all_made(rows, kind=kind, viewer=self.viewer, now=self.now)

    @property
    def today(self) -> date:
        """The day from which on owners own."""
        return london_day(self.now)


def making(
    plan: Plan, preview: Preview, file_name: str, rows: Iterable[ReadyRow], *, viewer: Viewer, now: datetime
) -> Making:
    """Begin, with every heading and objective that the rows need."""
    making = Making(plan, preview, file_name, viewer, now)
    known = plan.groupings.order_by("position")
    making.headings = {heading_title(each.axis, each.reference, each.title): each for each in known}
    rows = list(rows)
    _add_headings(making, rows)
    said = plan.objectives.order_by("position")
    making.objectives = {(each.section_id or each.priority_id, each.text): each for each in said}
    _add_objectives(making, rows)
    return making


def _add_headings(making: Making, rows: Sequence[ReadyRow]) -> None:
    wanted = [*_ambitions(making.preview), *_priorities(making.preview)]
    taken = {told["title"] for told in wanted}
    sections = dict.fromkeys(ready.section for ready in rows if ready.section)
    wanted += [{"axis": Axis.SECTION, "title": title} for title in sections if title not in taken]
    counts = dict.fromkeys(Axis.values, 0)
    for each in making.headings.values():
        counts[each.axis] += 1
    new = []
    for told in wanted:
        if told["title"] not in making.headings:
            counts[told["axis"]] += 1
            row = Grouping(plan=making.plan, position=counts[told["axis"]], **told)
            making.headings[told["title"]] = row
            new.append(row)
    making.made(new, "grouping")


def _ambitions(preview: Preview) -> Iterator[dict[str, Any]]:
    for each in preview.ambitions:
        said = {name: getattr(each, name) for name in ("reference", "title", "lead", "approach")}
        yield said | {"axis": Axis.AMBITION}


def _priorities(preview: Preview) -> Iterator[dict[str, Any]]:
    for each in preview.priorities:
        if not each.because:
            yield {"axis": Axis.PRIORITY, "title": each.title, "aim": each.objective}


def _add_objectives(making: Making, rows: Iterable[ReadyRow]) -> None:
    place = making.plan.objectives.aggregate(last=Max("position"))["last"] or 0
    new = []
    for ready in rows:
        heading = heading_ids(making, ready.section)
        at = (heading["section_id"] or heading["priority_id"], ready.row.objective)
        if ready.row.objective and at not in making.objectives:
            place += 1
            row = Objective(
                plan=making.plan,
                text=ready.row.objective,
                position=place,
                section_id=heading["section_id"],
                priority_id=heading["priority_id"],
            )
            making.objectives[at] = row
            new.append(row)
    making.made(new, "objective")


def heading_ids(making: Making, section: str) -> dict[str, UUID | None]:
    """Where a row stands: in the priority, section or ambition of this name, and in no other."""
    heading = making.headings.get(section)
    return {f"{axis}_id": heading.pk if heading and heading.axis == axis else None for axis in Axis.values}


def action_words(making: Making, ready: ReadyRow) -> dict[str, Any]:
    """What an action says, by the fields of its table."""
    heading = heading_ids(making, ready.section)
    at = (heading["section_id"] or heading["priority_id"], ready.row.objective)
    objective = making.objectives.get(at)
    return (
        heading
        | due_fields(ready.due)
        | {
            "text": ready.row.action,
            "evidence": ready.row.evidence,
            "objective_id": objective.pk if objective else None,
            "due_words": ready.row.timescale,
            "owner_words": ready.row.responsibility,
        }
    )


def due_fields(due: PreviewDue) -> dict[str, Any]:
    """When it is due, by the fields of its table."""
    return {
        "due_kind": due.kind,
        "due_on": date.fromisoformat(due.on) if due.on else None,
        "frequency": due.frequency,
        "review_body_id": UUID(due.body) if due.body else None,
    }


def add_actions(making: Making, rows: Sequence[ReadyRow]) -> None:
    """The actions of these rows, at the end of the plan."""
    last = making.plan.actions.aggregate(last=Max("position"))["last"] or 0
    actions = [
        Action(
            plan=making.plan,
            reference=ready.reference,
            state=state_of(making, ready),
            position=place,
            made_at=making.now,
            **action_words(making, ready),
        )
        for place, ready in enumerate(rows, start=last + 1)
    ]
    making.made(actions, "action")
    pairs = list(zip(actions, rows, strict=True))
    owners = [owner_of(making, action, each) for action, ready in pairs for each in ready.owners]
    making.made(owners, "owner")
    said = [update_of(making, action, ready.row.progress) for action, ready in pairs if ready.row.progress]
    making.made(said, "update")
    rated = [rating_of(making, action, ready.row.rating) for action, ready in pairs if ready.row.rating]
    making.made(rated, "rating")


def state_of(making: Making, ready: ReadyRow) -> ActionState:
    """How far it is: complete by the colour that means so in this plan; begun if anything was said or rated."""
    if ready.row.rating and is_complete(making.preview, ready.row.rating):
        return ActionState.COMPLETE
    is_begun = ready.row.rating or ready.row.progress
    return ActionState.IN_PROGRESS if is_begun else ActionState.NOT_STARTED


def is_complete(preview: Preview, rating: str) -> bool:
    """Whether this colour says that an action is done, by the key of the plan."""
    words = next((each.words for each in preview.key if each.rating == rating), "")
    return rating == Colour.BLUE and ("complete" in words.casefold() or read_rating(words).rating == rating)


def owner_of(making: Making, action: Action, owner: PreviewOwner) -> ActionOwner:
    """Who does it, from today; the words of the plan stay beside it."""
    row = ActionOwner(
        action=action,
        part=owner.part,
        kind=owner.kind,
        words=owner.words,
        valid=(making.today, None),
    )
    if owner.kind in WHO:
        setattr(row, WHO[OwnerKind(owner.kind)], UUID(owner.who))
    return row


def update_of(making: Making, action: Action, progress: str) -> ActionUpdate:
    """The progress that the file tells, as somebody else's word."""
    return ActionUpdate(
        action=action,
        achieved=progress,
        state=action.state,
        written_at=making.now,
        written_by_id=making.viewer.user_id,
        written_by_name=imported_by(making),
        origin=UpdateOrigin.IMPORT,
    )


def rating_of(making: Making, action: Action, rating: str) -> Rating:
    """The rating that the file gives, without a reason."""
    return Rating(
        action=action,
        rating=rating,
        rated_at=making.now,
        rated_by_id=making.viewer.user_id,
        rated_by_name=imported_by(making),
        origin=UpdateOrigin.IMPORT,
    )


def imported_by(making: Making) -> str:
    """From which file, and who brought it in."""
    return f"{making.file_name}, brought in by {making.viewer.name}"


def add_promises(making: Making, promised: Iterable[tuple[str, str]]) -> None:
    """Commitments, each with the title of its priority."""
    place = making.plan.commitments.count()
    headings: Mapping[str, Grouping] = making.headings
    rows = [
        Commitment(
            plan=making.plan,
            grouping=headings.get(title),
            text=one_line(text) if "\n" not in text else text,
            position=place + number,
        )
        for number, (title, text) in enumerate(promised, start=1)
    ]
    making.made(rows, "commitment")
