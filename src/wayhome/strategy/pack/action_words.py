"""One action in a board pack: what it is, who does it by when, how it goes, and what is to be said against that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wayhome.kernel.clock import london_day
from wayhome.strategy.pack.words import WORDS, group_title, letter_of
from wayhome.strategy.rules.comparing import owner_in_words
from wayhome.strategy.rules.due import written
from wayhome.strategy.rules.measures import kind_of, said
from wayhome.strategy.rules.plan_file import ActionFact, MeasureFact, PlanFile
from wayhome.strategy.rules.standing import ENDED, Standing, standing_of
from wayhome.strategy.vocabulary import ActionState, Direction, ResourceState

# Ratings that the strip shows: as many as stand in one line.
STRIP = 8
# Characters of an action that may be broken over two pages.
LONG = 1400
Labelled = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ActionBlock:
    """An action in words. `flags` need an eye; `about` says what it is for, `told` how it goes, both with labels."""

    reference: str
    letter: str
    rating: str
    title: str
    text: str
    state: str
    due: str
    owners: tuple[str, ...]
    flags: tuple[str, ...]
    # Letters of the last ratings with their days, the oldest first.
    history: tuple[tuple[str, str], ...]
    about: Labelled
    told: Labelled

    @property
    def is_long(self) -> bool:
        """Whether it may go on over a page: whole it would leave too much of one empty."""
        words = sum(len(text) for _label, text in (*self.about, *self.told))
        return len(self.title) + len(self.text) + words > LONG


def action_block(action: ActionFact, plan: PlanFile, day: date, *, beside: str) -> ActionBlock:
    """One action on a day. `beside`: the axis by which the pack is ordered, so that only the others are named."""
    standing = standing_of(action, plan, day)
    return ActionBlock(
        reference=action.reference,
        letter=letter_of(standing.rating),
        rating=WORDS[standing.rating],
        title=action.title,
        text=action.text,
        state=ActionState(action.state).label,
        due=standing.due,
        owners=tuple(owner_in_words(owner) for owner in action.owners),
        flags=tuple(_flags(standing)),
        history=tuple(
            (letter_of(each.rating), written(london_day(each.at))) for each in action.ratings[-STRIP:]
        ),
        about=_said(_about(action, plan, beside)),
        told=_said(_told(action)),
    )


def _flags(standing: Standing) -> list[str]:
    told = [standing.contradicted, standing.overdue, standing.stale, standing.stalled]
    if standing.missing_remedy:
        told.append("No remedial action is written")
    if standing.is_live and not standing.has_lead:
        told.append("Nobody leads it")
    told += [f"Owner not resolved: {name}" for name in standing.unresolved]
    told += [f"Nobody holds the post: {name}" for name in standing.vacant]
    return [each for each in told if each]


def _said(pairs: Iterable[tuple[str, str]]) -> Labelled:
    return tuple((label, words) for label, words in pairs if words.strip())


def _about(action: ActionFact, plan: PlanFile, beside: str) -> Iterable[tuple[str, str]]:
    """What an action is for, and what it needs."""
    yield "Objective", _objective(action, plan)
    yield from _groupings(action, plan, beside)
    yield "Will show that it worked", action.evidence
    yield from (
        ("Needs", f"{each.what}: {ResourceState(each.state).label.lower()}") for each in action.resources
    )
    yield from (("Hangs on", words) for words in action.links)


def _told(action: ActionFact) -> Iterable[tuple[str, str]]:
    """How an action goes, by whose word."""
    if action.state in ENDED:
        yield ActionState(action.state).label, action.ended_because
    if rating := action.rating:
        by = ", ".join(each for each in (rating.by, written(london_day(rating.at))) if each)
        yield "Why this rating", f"{rating.reason} ({by})" if rating.reason else ""
        yield "Evidence", rating.evidence
        yield "Remedial action", rating.remedy
    if action.updates:
        update = action.updates[-1]
        yield f"Done, {written(london_day(update.at))}", update.achieved
        yield "Next", update.next_steps
        yield "In the way", update.blocker
    yield from (("Measure", _measure(each)) for each in action.measures)
    yield from (("Shown by", _shown(each.title, each.where, each.finding)) for each in action.evidence_items)


def _objective(action: ActionFact, plan: PlanFile) -> str:
    found = next((each for each in plan.objectives if each.id == action.objective_id), None)
    return " ".join(each for each in (found.reference, found.text) if each) if found else ""


def _groupings(action: ActionFact, plan: PlanFile, beside: str) -> list[tuple[str, str]]:
    ids = {"priority": action.priority_id, "section": action.section_id, "ambition": action.ambition_id}
    return [
        (each.axis.capitalize(), group_title(each))
        for each in plan.groupings
        if each.axis != beside and ids.get(each.axis) == each.id
    ]


def _measure(measure: MeasureFact) -> str:
    kind = kind_of(measure.key)
    way = Direction(measure.direction).label.lower()
    target = f", target {said(measure.target, kind)}" if measure.target is not None else ""
    last = next((point for point in reversed(measure.points) if point.value is not None), None)
    now = f"; {last.month:%B %Y}: {said(last.value, kind)}" if last else "; not read yet"
    return f"{kind.name} {way} from {measure.since:%B %Y} on{target}{now}"


def _shown(title: str, where: str, finding: str) -> str:
    head = ", ".join(each for each in (title, where) if each)
    return f"{head}. {finding}" if finding else head
