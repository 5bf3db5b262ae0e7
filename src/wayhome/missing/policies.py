"""What can be done next with an episode, and by whom. The first step that is open is the one the page is for."""

from dataclasses import dataclass

from wayhome.access.policies import is_kept_from_home, may
from wayhome.access.roles import FOR_WHO_REPORTED, Verb
from wayhome.kernel.viewer import Viewer
from wayhome.missing.rules import EpisodeFacts, has_died, stage
from wayhome.missing.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done with an episode. `name` is the address's, `who` those whose work it is."""

    name: str
    words: str
    verb: Verb
    who: str


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What the viewer can do, the most needed first; and what is most needed, if that is for others."""

    mine: tuple[Step, ...]
    for_others: Step | None

    @property
    def primary(self) -> Step | None:
        """The one thing the page is for."""
        return self.mine[0] if self.mine else None

    @property
    def also(self) -> tuple[Step, ...]:
        """What else the viewer can do."""
        return self.mine[1:]


POLICE = "The police missing desk"
INTERVIEWERS = "Return interviewers"
WORKER = "The allocated worker"
JUDGE = Step("judge_risk", "Judge the risk", Verb.JUDGE_RISK, POLICE)
JUDGE_AGAIN = Step("judge_risk", "Judge the risk again", Verb.JUDGE_RISK, POLICE)
RETURNED = Step(
    "record_returned",
    "Record that the child is back",
    Verb.RECORD_RETURN,
    "Everyone who works with the child",
)
LOCATED = Step("record_located", "Record where the child is", Verb.RECORD_RETURN, RETURNED.who)
LOCATED_AGAIN = Step("record_located", "Correct where the child is", Verb.RECORD_RETURN, RETURNED.who)
CHECK = Step("record_safe_and_well", "Record the safe and well check", Verb.CHECK_SAFE_AND_WELL, POLICE)
CHECK_AGAIN = Step("record_safe_and_well", "Record another safe and well check", CHECK.verb, POLICE)
OFFER = Step("offer_interview", "Offer the return interview", Verb.OFFER_INTERVIEW, INTERVIEWERS)
OFFER_AGAIN = Step("offer_interview", "Record another offer or answer", Verb.OFFER_INTERVIEW, INTERVIEWERS)
HOLD = Step("hold_interview", "Write up the return interview", Verb.HOLD_INTERVIEW, INTERVIEWERS)
WRITE_NO = Step(
    "interview_not_held",
    "Record that it was declined, and what was offered instead",
    Verb.OFFER_INTERVIEW,
    INTERVIEWERS,
)
NOT_HELD = Step("interview_not_held", "Say why there is no interview", Verb.OFFER_INTERVIEW, INTERVIEWERS)
CHECK_TRIED = Step("record_safe_and_well", "Record the next try to see the child", CHECK.verb, POLICE)
CORRECT = Step("correct_return", "Correct the return", Verb.RECORD_RETURN, RETURNED.who)
UNDO = Step("undo_return", "Not back after all", Verb.RECORD_RETURN, RETURNED.who)
ANALYSE = Step("analyse_return", "Write the analysis", Verb.ANALYSE_RETURN, WORKER)
LAST_WORDS = Step("analyse_return", "Write the last words to this episode", Verb.ANALYSE_RETURN, WORKER)
CLOSE = Step("close_episode", "Close the episode", Verb.CLOSE_EPISODE, WORKER)

# Closing is not among them: its page says itself what is missing.
ALL_STEPS = frozenset(step.name for step in (JUDGE, LOCATED, RETURNED, CHECK, OFFER, HOLD, NOT_HELD, ANALYSE))


def open_steps(facts: EpisodeFacts) -> tuple[Step, ...]:
    """Everything that can be done with the episode now, the most needed first."""
    match stage(facts):
        case Stage.CLOSED | Stage.CANCELLED:
            return ()
        case Stage.MISSING:
            return (RETURNED, LOCATED, JUDGE_AGAIN) if facts.risk else (JUDGE, RETURNED, LOCATED)
        case Stage.LOCATED:
            return RETURNED, LOCATED_AGAIN, JUDGE_AGAIN if facts.risk else JUDGE
        case Stage.DIED:
            return (LAST_WORDS,)
        case Stage.READY_TO_CLOSE:
            return (CLOSE,) if has_died(facts) else (CLOSE, CHECK_AGAIN)
    return _after_return(facts)


def _after_return(facts: EpisodeFacts) -> tuple[Step, ...]:
    due = CHECK_TRIED if facts.safe_and_well_tried_at else CHECK
    check = (due,) if facts.safe_and_well_at is None else ()
    again = () if check else (CHECK_AGAIN,)
    if facts.interview_settled_at is None:
        return (*check, *_interview(facts), *again)
    return (*check, ANALYSE, *again) if facts.analysed_at is None else (*check, *again)


def _interview(facts: EpisodeFacts) -> tuple[Step, ...]:
    if facts.interview_declined_at:
        return WRITE_NO, OFFER_AGAIN, HOLD
    if facts.interview_accepted_at:
        return HOLD, OFFER_AGAIN, NOT_HELD
    if facts.interview_offered_at:
        return OFFER_AGAIN, HOLD, NOT_HELD
    return OFFER, HOLD, NOT_HELD


def is_open_to(viewer: Viewer, verb: Verb, *, only_reported: bool) -> bool:
    """Whether the viewer may do it: not everything, where they see the child by their own report alone, or are staff
    of a home.
    """
    is_kept = only_reported and verb not in FOR_WHO_REPORTED
    return bool(may(viewer, verb)) and not is_kept and not is_kept_from_home(viewer, verb)


def corrections(facts: EpisodeFacts, viewer: Viewer) -> tuple[Step, ...]:
    """How a return that was written wrong can be set right, as long as nothing was built on it."""
    is_over = facts.closed_at or facts.cancelled_at
    if facts.returned_at is None or is_over or facts.interview_held_at or not may(viewer, CORRECT.verb):
        return ()
    if not (facts.interview_settled_at or facts.analysed_at):
        return CORRECT, UNDO
    return () if has_died(facts) else (CORRECT,)


def next_steps(facts: EpisodeFacts, viewer: Viewer, *, only_reported: bool = False) -> NextSteps:
    """The open steps, sorted into those the viewer's role allows and the most needed one of others."""
    steps = open_steps(facts)
    mine = tuple(step for step in steps if is_open_to(viewer, step.verb, only_reported=only_reported))
    is_for_others = bool(steps) and steps[0] not in mine
    return NextSteps(mine, steps[0] if is_for_others else None)
