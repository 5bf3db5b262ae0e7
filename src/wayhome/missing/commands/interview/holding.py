"""A return interview was held. It may answer several returns of the same child, and each is counted for itself."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import episode_to_work_on
from wayhome.missing.commands.interview.independence import check_independent
from wayhome.missing.commands.interview.settling import InterviewSettledAlready, put, settle
from wayhome.missing.models import Episode, ReturnInterview
from wayhome.missing.rules import BeforeReturn, NotBackYet, check_after_return
from wayhome.missing.rules.answering import may_be_answered_too
from wayhome.missing.rules.independence import NotIndependent
from wayhome.missing.vocabulary import Independence, InterviewOutcome


class OwnWordsMissing(Refusal):
    """Write what the child said, in their own words. If they said nothing, write that."""

    field = "own_words"


class IndependenceMissing(Refusal):
    """Say for whom the interviewer works."""

    field = "independent_as"


class AskedForInWords(Refusal):
    """Write how the child asked for somebody they know."""

    field = "independence"


class AnotherReturnNotAnswered(Refusal):
    """One of the other returns is not this child's, is answered already, or came after the talk. Look at them again."""

    field = "also_about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a return interview brought: the child's account, reasons, and what would help."""

    held_at: datetime
    place: str
    independent_as: str
    own_words: str
    independence: str = ""
    child_seen_alone: bool | None = None
    language: str = ""
    had_interpreter: bool | None = None
    used_easy_read: bool | None = None
    before: str = ""
    during: str = ""
    where_been: str = ""
    with_whom: str = ""
    travel: str = ""
    after: str = ""
    since_return: str = ""
    harm: str = ""
    substances: str = ""
    would_help: str = ""
    carer_view: str = ""
    push_reasons: tuple[str, ...] = ()
    pull_reasons: tuple[str, ...] = ()
    in_part: bool = False


@transaction.atomic
def hold_interview(
    *,
    episode_id: UUID,
    account: Account,
    also_about: tuple[UUID, ...] = (),
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Record a return interview that was held. Only when all of it is there; until then it is a draft.

    Counts as offered and accepted, whether or not that was recorded before. `also_about`: other returns of the same
    child that it answers; each is settled with it, and held in time or late by its own 72 hours. Raises
    OwnWordsMissing, IndependenceMissing, NotIndependent, AnotherReturnNotAnswered, and the Refusals of
    rules.check_after_return (an interview before the return).
    """
    require(viewer, Verb.HOLD_INTERVIEW)
    main, *others = _to_answer(episode_id, also_about, viewer)
    if main.interview_settled_at:
        raise InterviewSettledAlready
    check_after_return(main, account.held_at, now, field="held_at")
    _check_said(account)
    for other in others:
        _check_answers_too(main, other, account.held_at, now)
    check_independent([main, *others], viewer, now)
    said = {field: value for field, value in asdict(account).items() if field != "in_part"}
    said |= {"push_reasons": list(account.push_reasons), "pull_reasons": list(account.pull_reasons)}
    outcome = InterviewOutcome.PARTIAL if account.in_part else InterviewOutcome.COMPLETED
    held: dict[str, Any] = {
        "outcome": outcome,
        "interviewer_id": viewer.user_id,
        "settled_at": now,
        "retry_on": None,
    }
    interview = put(main, **held, **said)
    _settle(main, account.held_at, outcome, viewer, now, said)
    for other in others:
        _answer_too(other, interview, held, viewer, now)
    return interview.pk


def _to_answer(episode_id: UUID, also_about: tuple[UUID, ...], viewer: Viewer) -> list[Episode]:
    """The episodes, the one whose interview it is first. Locked in one order, so that two never wait for each other."""
    wanted = dict.fromkeys((episode_id, *also_about))
    locked = {each: episode_to_work_on(each, viewer, Verb.HOLD_INTERVIEW) for each in sorted(wanted)}
    return [locked[each] for each in wanted]


def _check_said(account: Account) -> None:
    if not account.own_words.strip():
        raise OwnWordsMissing
    if account.independent_as not in Independence.values:
        raise IndependenceMissing
    if account.independent_as == Independence.PLACEMENT:
        raise NotIndependent
    if account.independent_as == Independence.ASKED_FOR and not account.independence.strip():
        raise AskedForInWords


def _check_answers_too(main: Episode, other: Episode, held_at: datetime, now: datetime) -> None:
    if other.person_id != main.person_id or not may_be_answered_too(other):
        raise AnotherReturnNotAnswered
    try:
        check_after_return(other, held_at, now, field="also_about")
    except (BeforeReturn, NotBackYet) as early:
        raise AnotherReturnNotAnswered from early


def _answer_too(
    other: Episode, interview: ReturnInterview, held: dict[str, Any], viewer: Viewer, now: datetime
) -> None:
    """The child's words stay in the one interview; this return points to it and counts for itself."""
    shared = {
        field: getattr(interview, field)
        for field in ("held_at", "place", "independent_as", "independence", "child_seen_alone")
    }
    put(other, **held, **shared, answered_in=interview)
    said = {"answered_in": interview.pk}
    _settle(other, interview.held_at or now, held["outcome"], viewer, now, said)


def _settle(
    episode: Episode, held_at: datetime, outcome: str, viewer: Viewer, now: datetime, said: dict[str, Any]
) -> None:
    settle(
        episode,
        outcome,
        viewer,
        now,
        said,
        interview_held_at=held_at,
        interview_offered_at=episode.interview_offered_at or held_at,
        interview_accepted_at=episode.interview_accepted_at or held_at,
    )
