"""The one table of duties: what each is, when it starts, by when it is due, who can act, and the source. Pure.

The functions under `starts` say which facts make a duty apply, and from when. A child who is 18 is no child any more:
what began before runs on, and nothing that is for children only begins afterwards (Children Act 1989 s.105(1)).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from wayhome.access.roles import Scope
from wayhome.kernel.clock import start_of_day
from wayhome.missing.rules.case import Case, Placed
from wayhome.missing.rules.clocks import (
    GUIDANCE,
    analysis_due_at,
    hours,
    interview_due_at,
    safe_and_well_due_at,
)
from wayhome.missing.rules.limits import PROTOCOL, WORKING_TOGETHER
from wayhome.missing.vocabulary import Duty, EpisodeKind, PoliceRisk, WallDuty

POLICE = "Police missing desk"
INTERVIEWERS = "Return interviewers"
WORKER = "The allocated worker"
COORDINATORS = "Coordinators"
MISSING, HIGH = EpisodeKind.MISSING.value, PoliceRisk.HIGH.value
LOOK_AGAIN = Duty.REASSESS_RISK.label
OUT_OF_AREA = f"{GUIDANCE}, children placed out of area"


@dataclass(frozen=True, slots=True)
class Start:
    """A duty begins: when, by when it is due, in which words, and why it applies to this child."""

    at: datetime
    due_at: datetime
    words: str
    because: str = ""
    # Set where the end of one duty is the start of the next.
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty. `limits` are the settings by which its time is counted; none: a person said by when.

    `is_the_leads`: it is for the worker who leads. `shown_before`: it is shown only so long before it is due, as most
    children are back by then. `lapses`: when it ends undone because nobody can do it any more.
    """

    key: str
    starts: Callable[[Case], Iterable[Start]]
    done: Callable[[Case, Start], datetime | None]
    who_can_act: str
    basis: str
    limits: tuple[str, ...] = ()
    scopes: frozenset[Scope] = frozenset()
    is_the_leads: bool = False
    soon: timedelta = timedelta(hours=24)
    shown_before: timedelta | None = None
    lapses: Callable[[Case], datetime | None] | None = None


def _looking_again(case: Case) -> Iterator[Start]:
    """Every judgement with a time to look again starts one; the next judgement ends it."""
    if case.around is None or not case.around.judgements:
        if case.facts.risk_reassess_by and case.facts.returned_at is None:
            yield Start(case.facts.last_seen_at, case.facts.risk_reassess_by, LOOK_AGAIN)
        return
    judged = case.around.judgements
    if len(judged) > 1:
        judged = tuple(sorted(judged, key=lambda each: each.at))
    for place, each in enumerate(judged):
        if each.reassess_by:
            following = judged[place + 1].at if place + 1 < len(judged) else None
            yield Start(each.at, each.reassess_by, LOOK_AGAIN, done_at=following)


def _seeing(case: Case) -> Iterator[Start]:
    if back := case.facts.returned_at:
        tried = ": tried, not seen yet" if case.facts.safe_and_well_tried_at else ""
        yield Start(back, safe_and_well_due_at(back, case.clocks), f"Safe and well check{tried}")


def _hearing(case: Case) -> Iterator[Start]:
    if back := case.facts.returned_at:
        yield Start(back, interview_due_at(back, case.clocks), _interview_words(case))


def _interview_words(case: Case) -> str:
    """After a no nobody is asked for an answer any more: guidance 2014, return interviews, says what is due instead."""
    if case.facts.interview_declined_at:
        return "Interview declined: leaflet, support, the carer’s account, a day to ask again"
    if case.facts.interview_accepted_at:
        return "Hold the return interview"
    offered = case.facts.interview_offered_at
    return "Get an answer about the return interview" if offered else "Offer a return interview"


def _analysing(case: Case) -> Iterator[Start]:
    settled = case.facts.interview_settled_at
    if case.facts.returned_at and settled:
        due = analysis_due_at(settled, case.clocks, case.bank_holidays)
        yield Start(settled, due, Duty.ANALYSIS.label)


def _offering_again(case: Case) -> Iterator[Start]:
    """A no is not for ever: whoever wrote it down said on which day the offer is made again."""
    settled = case.facts.interview_settled_at
    if settled and case.around and case.around.retry_on:
        due = start_of_day(case.around.retry_on + timedelta(days=1))
        because = "The interview was declined, and this day was agreed for asking again."
        yield Start(settled, due, WallDuty.OFFER_AGAIN.label, because)


def _discussing(case: Case) -> Iterator[Start]:
    """The first thing that calls for a discussion starts it; one discussion answers them all."""
    calls = sorted(_calls_for_discussion(case))
    if calls and _is_child_at(case, calls[0][0]):
        due = calls[0][0] + hours(case.clocks.strategy_hours)
        because = f"Because {', and '.join(_calling_by_now(case, calls))}."
        yield Start(calls[0][0], due, WallDuty.STRATEGY_DISCUSSION.label, because)


def _calling_by_now(case: Case, calls: list[tuple[datetime, str]]) -> Iterator[str]:
    """What has called for it already: a child missing for an hour is not yet missing for a day."""
    by = max(case.around.as_at, calls[0][0]) if case.around else calls[0][0]
    return (words for at, words in calls if at <= by)


def _calls_for_discussion(case: Case) -> Iterator[tuple[datetime, str]]:
    after, around = case.clocks.strategy_after_hours, case.around
    long_gone = case.facts.last_seen_at + hours(after)
    if case.facts.kind == MISSING and _is_gone_after(case, long_gone):
        yield long_gone, f"the child was missing for more than {after} h"
    if around is None:
        return
    if around.judgements and (high := [each.at for each in around.judgements if each.level == HIGH]):
        yield min(high), "the police risk was high"
    for plan in around.protected:
        if at := case.bears_from(plan):
            yield at, "there is a child protection plan"
    if around.placements:
        yield from _placed_elsewhere(case)


def _placed_elsewhere(case: Case) -> Iterator[tuple[datetime, str]]:
    for placed in _placements(case):
        begins = case.bears_from(placed)
        if begins and placed.placed_in:
            yield begins, f"the child is placed in {placed.placed_in}"
        if begins and placed.placed_by:
            yield begins, f"{placed.placed_by} placed the child here"


def _telling_a_manager(case: Case) -> Iterator[Start]:
    seen = case.facts.last_seen_at
    due = seen + hours(case.clocks.senior_notice_hours)
    is_missing = case.facts.kind == MISSING and _is_gone_after(case, due)
    if is_missing and _is_child_at(case, seen):
        yield Start(seen, due, WallDuty.SENIOR_NOTICE.label)


def _telling_the_host(case: Case) -> Iterator[Start]:
    told = [(case.bears_from(each), each.placed_in) for each in _placements(case) if each.placed_in]
    for at, names, done_at in _notices(case, told, WallDuty.HOST_NOTICE) if told else ():
        due = at + hours(case.clocks.host_notice_hours)
        because = f"The child is placed in the area of {names}."
        yield Start(at, due, f"Tell {names}", because, done_at)


def _telling_the_placing(case: Case) -> Iterator[Start]:
    told = [(case.bears_from(each), each.placed_by) for each in _placements(case) if each.placed_by]
    for at, names, done_at in _notices(case, told, WallDuty.PLACING_NOTICE) if told else ():
        due = at + hours(case.clocks.placing_notice_hours)
        yield Start(at, due, f"Tell {names}", f"The child was placed here by {names}.", done_at)


def _notices(
    case: Case, authorities: Iterable[tuple[datetime | None, str]], duty: str
) -> Iterator[tuple[datetime, str, datetime | None]]:
    """From when, whom, and when it was done: one notice to every authority in which, or by which, the child was placed
    by the time it was given. One to whom the child came by a move after that is told by a notice of its own.
    """
    told = sorted((at, name) for at, name in authorities if at and _is_child_at(case, at))
    answers = case.around.answers_to(duty) if case.around else ()
    for number, done_at in enumerate((*answers, None)):
        if not told:
            return
        first = told[0][0]
        if number and done_at and done_at < first:
            # The same notice once more: a merge may bring two answers together.
            continue
        names = dict.fromkeys(name for at, name in told if done_at is None or at <= max(first, done_at))
        yield first, " and ".join(names), done_at
        told = [(at, name) for at, name in told if name not in names]


def _placements(case: Case) -> tuple[Placed, ...]:
    return case.around.placements if case.around else ()


def _is_gone_after(case: Case, instant: datetime) -> bool:
    """Whether the child was still gone after this instant."""
    return case.facts.returned_at is None or case.facts.returned_at > instant


def _is_child_at(case: Case, instant: datetime) -> bool:
    adult_at = case.around.adult_at if case.around else None
    return adult_at is None or instant < adult_at


def _answered(key: str) -> Callable[[Case, Start], datetime | None]:
    return lambda case, start: case.around.answered.get(key) if case.around else None


def _interview_over(case: Case, start: Start) -> datetime | None:
    """Heard, or settled without an interview: what is judged is when the child was heard."""
    settled = case.facts.interview_settled_at
    return (case.facts.interview_held_at or settled) if settled else None


RULES: tuple[Rule, ...] = (
    Rule(
        key=Duty.REASSESS_RISK,
        starts=_looking_again,
        done=lambda case, start: start.done_at,
        lapses=lambda case: case.facts.returned_at,
        who_can_act=POLICE,
        scopes=frozenset({Scope.POLICE_DESK}),
        basis="College of Policing, Authorised Professional Practice: missing persons",
        soon=timedelta(hours=1),
    ),
    Rule(
        key=Duty.SAFE_AND_WELL,
        starts=_seeing,
        done=lambda case, start: case.facts.safe_and_well_at,
        limits=("safe_and_well_hours",),
        who_can_act=POLICE,
        scopes=frozenset({Scope.POLICE_DESK}),
        basis=GUIDANCE
        + ", safe and well checks: as soon as possible; within {safe_and_well_hours} h by local setting",
        soon=timedelta(hours=6),
    ),
    Rule(
        key=Duty.INTERVIEW,
        starts=_hearing,
        done=_interview_over,
        limits=("interview_hours",),
        who_can_act=INTERVIEWERS,
        scopes=frozenset({Scope.RETURN_INTERVIEWER}),
        basis=GUIDANCE + ", return interviews: within {interview_hours} h of return",
    ),
    Rule(
        key=Duty.ANALYSIS,
        starts=_analysing,
        done=lambda case, start: case.facts.analysed_at,
        limits=("analysis_working_days",),
        who_can_act=WORKER,
        is_the_leads=True,
        basis="Local setting: within {analysis_working_days} working days of the interview",
    ),
    Rule(
        key=WallDuty.STRATEGY_DISCUSSION,
        starts=_discussing,
        done=_answered(WallDuty.STRATEGY_DISCUSSION),
        limits=("strategy_after_hours", "strategy_hours"),
        who_can_act="The allocated worker and their manager, with the police",
        is_the_leads=True,
        basis=f"Children Act 1989 s.47 and {WORKING_TOGETHER}, strategy discussions; "
        "within {strategy_hours} clock hours by local setting",
        soon=timedelta(hours=6),
    ),
    Rule(
        key=WallDuty.SENIOR_NOTICE,
        starts=_telling_a_manager,
        done=_answered(WallDuty.SENIOR_NOTICE),
        limits=("senior_notice_hours",),
        who_can_act=COORDINATORS,
        scopes=frozenset({Scope.COORDINATOR}),
        basis=PROTOCOL
        + ": a senior manager knows of every child missing for {senior_notice_hours} clock hours",
        soon=timedelta(hours=6),
        shown_before=timedelta(hours=6),
    ),
    Rule(
        key=WallDuty.HOST_NOTICE,
        starts=_telling_the_host,
        done=lambda case, start: start.done_at,
        limits=("host_notice_hours",),
        who_can_act=COORDINATORS,
        scopes=frozenset({Scope.COORDINATOR}),
        is_the_leads=True,
        basis=OUT_OF_AREA
        + ": the authority in which the child lives holds what is known there; within {host_notice_hours} clock hours"
        " by local setting",
        soon=timedelta(hours=6),
    ),
    Rule(
        key=WallDuty.PLACING_NOTICE,
        starts=_telling_the_placing,
        done=lambda case, start: start.done_at,
        limits=("placing_notice_hours",),
        who_can_act=COORDINATORS,
        scopes=frozenset({Scope.COORDINATOR}),
        basis=OUT_OF_AREA
        + ": the authority that placed the child stays responsible, also for the interview; within"
        " {placing_notice_hours} clock hours by local setting",
        soon=timedelta(hours=6),
    ),
    Rule(
        key=WallDuty.OFFER_AGAIN,
        starts=_offering_again,
        done=_answered(WallDuty.OFFER_AGAIN),
        who_can_act=INTERVIEWERS,
        scopes=frozenset({Scope.RETURN_INTERVIEWER}),
        basis=f"{GUIDANCE}, return interviews: a child who says no can still say yes",
    ),
)
RULE_OF: dict[str, Rule] = {rule.key: rule for rule in RULES}
