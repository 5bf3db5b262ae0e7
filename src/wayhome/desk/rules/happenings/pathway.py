"""What was told, decided, judged, planned and answered because of exploitation. Pure.

Each thing is one line, with who wrote it. What one who looks may not see was never asked for: row security decides.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from wayhome.desk.rules.chronology import Happening, Kind
from wayhome.desk.rules.happenings.facts import Facts
from wayhome.desk.rules.happenings.words import QUOTE, label, sentences, shortened
from wayhome.exploitation.rules import place_of
from wayhome.exploitation.vocabulary import (
    EndOfPathway,
    ExploitationKind,
    Harm,
    Level,
    NrmDecision,
    NrmEvent,
    NrmRoute,
    ReviewOutcome,
    StepDirection,
    Threshold,
    TransferKind,
    TransferState,
)
from wayhome.web.showing import day

# Under each of exploitation.queries.happened: the columns that say who did it.
PATHWAY_WRITERS = {
    "referrals": ("recorded_by_id",),
    "screenings": ("decided_by_id",),
    "pathways": ("closed_by_id", "lead_id"),
    "steps": ("stepped_by_id",),
    "assessments": ("finished_by_id",),
    "judgements": ("judged_by_id",),
    "plans": ("opened_by_id", "ended_by_id", "lead_id"),
    "actions": ("owner_id",),
    "reviews": ("recorded_by_id",),
    "nrm": ("decided_by_id",),
    "nrm_steps": ("recorded_by_id",),
    "transfers": ("prepared_by_id",),
    "answers": ("recorded_by_id",),
}
OWN_PAGE = "The child, on their own page"


def of_the_pathway(facts: Facts) -> Iterator[Happening]:
    """All of it."""
    told = facts.pathway
    yield from (_worry(each, facts) for each in told.get("referrals", ()))
    yield from (_screened(each, facts) for each in told.get("screenings", ()))
    yield from (_step(each, facts) for each in told.get("steps", ()))
    yield from (_closed(each, facts) for each in told.get("pathways", ()) if each.closed_at)
    yield from (_assessed(each, facts) for each in told.get("assessments", ()) if each.finished_at)
    yield from (_judged(each, facts) for each in told.get("judgements", ()))
    yield from (_planned(each, facts) for each in told.get("plans", ()))
    yield from (_plan_ended(each, facts) for each in told.get("plans", ()) if each.ended_at)
    yield from (_reviewed(each, facts) for each in told.get("reviews", ()))
    yield from (_answered(each, facts) for each in told.get("answers", ()))
    yield from (_nrm(each, facts) for each in told.get("nrm", ()))
    yield from (_nrm_step(each, facts) for each in told.get("nrm_steps", ()))
    yield from (_handed_over(each, facts) for each in told.get("transfers", ()))


def _worry(worry: Any, facts: Facts) -> Happening:
    kinds = [label(ExploitationKind, kind).lower() for kind in worry.kinds]
    return Happening(
        kind=Kind.WORRY,
        at=worry.received_at,
        title=f"Worry told: {', '.join(kinds)}" if kinds else "Worry told",
        text=sentences(
            f"Told by {worry.teller}" if worry.teller else "",
            shortened(worry.worry, QUOTE),
            f"Answered on {day(worry.answered_at)}" if worry.answered_at else "",
        ),
        words=shortened(worry.child_words, QUOTE),
        **facts.by(worry.recorded_by_id, worry.recorded_at),
    )


def _screened(screening: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.WORRY,
        at=screening.decided_at,
        title=f"Worry screened: {_thresholds(screening.thresholds)}",
        text=sentences(shortened(screening.reason, QUOTE), screening.what_now),
        **facts.by(screening.decided_by_id, screening.decided_at),
    )


def _thresholds(codes: Iterable[str]) -> str:
    return ", ".join(label(Threshold, code).lower() for code in codes)


def _step(step: Any, facts: Facts) -> Happening:
    after = _thresholds(step.after.split())
    direction = label(StepDirection, step.direction)
    return Happening(
        kind=Kind.PATHWAY,
        at=step.stepped_at,
        title=f"{direction}: {after}" if after else direction,
        text=sentences(shortened(step.reason, QUOTE)),
        **facts.by(step.stepped_by_id, step.stepped_at),
    )


def _closed(pathway: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.PATHWAY,
        at=pathway.closed_at,
        title=f"Pathway ended: {label(EndOfPathway, pathway.end).lower()}",
        text=sentences(
            shortened(pathway.end_reason, QUOTE),
            f"Still needed: {shortened(pathway.unmet_need, QUOTE)}" if pathway.unmet_need else "",
        ),
        **facts.by(pathway.closed_by_id, pathway.closed_at),
    )


def _assessed(assessment: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.ASSESSMENT,
        at=assessment.finished_at,
        title=f"Assessed: {assessment.instrument.title}",
        text=sentences(shortened(assessment.summary, QUOTE)),
        words=shortened(assessment.child_view, QUOTE),
        **facts.by(assessment.finished_by_id, assessment.finished_at),
    )


def _judged(judgement: Any, facts: Facts) -> Happening:
    """Harm stands before the level, as it was asked; the level lasts until another is judged."""
    kind, level = label(ExploitationKind, judgement.kind), label(Level, judgement.level)
    other = judgement.tool_level and judgement.tool_level != judgement.level
    return Happening(
        kind=Kind.LEVEL,
        at=judgement.judged_at,
        title=f"{kind}: {label(Harm, judgement.harm).lower()}; {level.lower()}",
        text=sentences(
            shortened(judgement.reason, QUOTE),
            f"The form said {label(Level, judgement.tool_level).lower()}: {judgement.variance}"
            if other
            else "",
        ),
        lasts=True,
        until=judgement.replaced_at,
        label=level,
        lane=kind.removesuffix(" exploitation"),
        height=place_of(judgement.level) + 1,
        **facts.by(judgement.judged_by_id, judgement.judged_at),
    )


def _planned(plan: Any, facts: Facts) -> Happening:
    again = plan.agreed_at > plan.opened_at
    return Happening(
        kind=Kind.CHILD_PLAN,
        at=plan.agreed_at,
        title="Plan agreed again" if again else "Plan agreed",
        text=sentences(shortened(plan.aim, QUOTE), f"Reviewed next on {day(plan.review_on)}"),
        **facts.by(None if again else plan.opened_by_id, plan.agreed_at),
    )


def _plan_ended(plan: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.CHILD_PLAN,
        at=plan.ended_at,
        title="Plan ended",
        text=sentences(shortened(plan.ended_why, QUOTE)),
        **facts.by(plan.ended_by_id, plan.ended_at),
    )


def _reviewed(review: Any, facts: Facts) -> Happening:
    took_part = {True: "The child took part", False: "The child did not take part"}
    return Happening(
        kind=Kind.CHILD_PLAN,
        at=review.held_at,
        title=f"Plan reviewed: {label(ReviewOutcome, review.outcome).lower()}",
        text=sentences(
            f"There: {shortened(review.who_was_there, QUOTE)}",
            shortened(review.what_was_said, QUOTE),
            took_part.get(review.child_took_part, ""),
        ),
        **facts.by(review.recorded_by_id, review.recorded_at),
    )


def _answered(answer: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.ANSWER,
        at=answer.answered_at,
        title="The child answered; they want to talk to somebody"
        if answer.wants_to_talk
        else "The child answered",
        text=sentences(f"What we did: {shortened(answer.what_we_did, QUOTE)}" if answer.what_we_did else ""),
        words=shortened(answer.own_words, QUOTE),
        **facts.by(answer.recorded_by_id, answer.answered_at, OWN_PAGE),
    )


def _nrm(decided: Any, facts: Facts) -> Happening:
    is_referred = decided.decision == NrmDecision.REFERRED
    route = label(NrmRoute, decided.route).lower() if decided.route else ""
    return Happening(
        kind=Kind.NRM,
        at=decided.decided_at,
        title="First responder decided to refer" if is_referred else "First responder decided not to refer",
        text=sentences(f"Route: {route}" if route else "", shortened(decided.reason, QUOTE)),
        is_done=is_referred,
        **facts.by(decided.decided_by_id, decided.decided_at),
    )


def _nrm_step(step: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.NRM,
        at=step.happened_at,
        title=f"National Referral Mechanism: {label(NrmEvent, step.event).lower()}",
        text=sentences(shortened(step.note, QUOTE)),
        **facts.by(step.recorded_by_id, step.recorded_at),
    )


def _handed_over(transfer: Any, facts: Facts) -> Happening:
    kind = label(TransferKind, transfer.kind)
    at = transfer.ended_at or transfer.answered_at or transfer.sent_at or transfer.prepared_at
    return Happening(
        kind=Kind.TRANSFER,
        at=at,
        title=f"{kind}, {transfer.to_whom}: {label(TransferState, transfer.state).lower()}",
        text=sentences(shortened(transfer.why, QUOTE), transfer.receipt),
        is_done=transfer.state in (TransferState.ACCEPTED, TransferState.DONE),
        **facts.by(transfer.prepared_by_id, transfer.prepared_at),
    )
