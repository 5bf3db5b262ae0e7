"""What was done about a duty that has no record of its own, and why a duty is late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import EpisodeIsOver, episode_to_work_on, recorded, saved
from wayhome.missing.events import DutyAnswered
from wayhome.missing.models import BreachReason, DutyAnswer, Episode
from wayhome.missing.queries.duties import case_of
from wayhome.missing.rules import InTheFuture, late, running
from wayhome.missing.vocabulary import NOTICES, DutyOutcome, WallDuty


class NotADuty(Refusal):
    """This is not a duty that is answered here. Open it from the clock wall."""


class AnsweredMeanwhile(Refusal):
    """A colleague has answered this duty already. Look at what they wrote."""


class SayWhatWasDone(Refusal):
    """Write what was agreed or told. If it is not needed, write why."""

    field = "note"


class SayWithWhom(Refusal):
    """Write who took part, or who was told."""

    field = "with_whom"


class DoneBeforeLastSeen(Refusal):
    """This was before the child was last seen. Check the date and time."""

    field = "done_at"


class ToldBeforeTheMove(Refusal):
    """The child was not placed there yet. Enter when they were told after the move."""

    field = "done_at"


class ReceivedBeforeTold(Refusal):
    """It cannot have been received before it was told. Check both dates and times."""

    field = "received_at"


class NoReceipt(Refusal):
    """There is no notice that waits for a receipt. Look at what is on the record."""


class NotLate(Refusal):
    """This duty is not late, or its reason is written already. Look at what is on the record."""


class SayWhyLate(Refusal):
    """Write why it was not done in time. It is kept with the duty."""

    field = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was done about a duty, or why it is not needed. A receipt is the other side's word that it has a notice."""

    outcome: str
    done_at: datetime
    note: str
    with_whom: str = ""
    received_at: datetime | None = None
    received_by: str = ""


@transaction.atomic
def answer_duty(*, episode_id: UUID, duty: str, answer: Answer, viewer: Viewer, now: datetime) -> UUID:
    """Write down what was done about a duty, once. Of two who answer at once the second is told.

    Raises AnsweredMeanwhile; of a notice to another authority after a move ToldBeforeTheMove.
    """
    require(viewer, Verb.ANSWER_DUTY)
    if duty not in WallDuty.values or answer.outcome not in DutyOutcome.values:
        raise NotADuty
    episode = episode_to_work_on(episode_id, viewer, Verb.ANSWER_DUTY)
    _check(episode, answer, now)
    _refuse_answered(episode, duty, answer, viewer, now)
    made = DutyAnswer(
        episode=episode,
        person_id=episode.person_id,
        duty=duty,
        outcome=answer.outcome,
        done_at=answer.done_at,
        with_whom=answer.with_whom.strip(),
        note=answer.note.strip(),
        received_at=answer.received_at,
        received_by=answer.received_by.strip(),
        recorded_at=now,
        recorded_by_id=viewer.user_id,
    )
    made.save(force_insert=True)
    saved(episode)
    words = {"note": (None, made.note), "with_whom": (None, made.with_whom), "done_at": (None, made.done_at)}
    recorded(
        episode, verb="answer duty", viewer=viewer, now=now, changes=words, duty=duty, outcome=answer.outcome
    )
    publish(DutyAnswered(episode_id=episode_id, duty=duty), now=now)
    return made.pk


def _check(episode: Episode, answer: Answer, now: datetime) -> None:
    if not answer.note.strip():
        raise SayWhatWasDone
    if answer.outcome == DutyOutcome.DONE and not answer.with_whom.strip():
        raise SayWithWhom
    if answer.done_at > now:
        raise InTheFuture(field="done_at")
    if answer.done_at < episode.last_seen_at:
        raise DoneBeforeLastSeen
    _check_receipt(answer.received_at, answer.done_at, now)


def _refuse_answered(episode: Episode, duty: str, answer: Answer, viewer: Viewer, now: datetime) -> None:
    """A duty is answered once; a notice once more after a move brought the child to another authority."""
    if not episode.duty_answers.filter(duty=duty).exists():
        return
    again = next((run for run in running(case_of(episode, viewer, now).case) if run.rule.key == duty), None)
    if again is None:
        raise AnsweredMeanwhile
    if answer.done_at < again.start.at:
        raise ToldBeforeTheMove


def _check_receipt(received_at: datetime | None, done_at: datetime, now: datetime) -> None:
    if received_at and received_at > now:
        raise InTheFuture(field="received_at")
    if received_at and received_at < done_at:
        raise ReceivedBeforeTold


@transaction.atomic
def note_receipt(
    *, episode_id: UUID, duty: str, received_at: datetime, received_by: str, viewer: Viewer, now: datetime
) -> None:
    """The other side says that it has a notice. Raises NoReceipt if none waits for it."""
    require(viewer, Verb.ANSWER_DUTY)
    if not received_by.strip():
        raise SayWithWhom(field="received_by")
    episode = episode_to_work_on(episode_id, viewer, Verb.ANSWER_DUTY)
    answers = episode.duty_answers.filter(duty=duty, outcome=DutyOutcome.DONE, received_at=None)
    answer = answers.order_by("done_at", "pk").first()
    if answer is None or duty not in NOTICES:
        raise NoReceipt
    _check_receipt(received_at, answer.done_at, now)
    answer.received_at, answer.received_by = received_at, received_by.strip()
    answer.save(update_fields=["received_at", "received_by"])
    saved(episode)
    changes = {"received_at": (None, received_at), "received_by": (None, answer.received_by)}
    recorded(episode, verb="note receipt", viewer=viewer, now=now, changes=changes, duty=duty)


@transaction.atomic
def explain_late(*, episode_id: UUID, duty: str, reason: str, viewer: Viewer, now: datetime) -> UUID:
    """Write why a duty was not done in time; of several of a kind, the first that nobody explained.

    Also after the episode is closed: that it was late never goes away. Raises NotLate.
    """
    require(viewer, Verb.ANSWER_DUTY)
    if not reason.strip():
        raise SayWhyLate
    episode = (
        Episode.objects.select_for_update(of=("self",)).select_related("person").filter(pk=episode_id).first()
    )
    if episode is None:
        raise NotFound
    require_for(viewer, Verb.ANSWER_DUTY, episode.person_id)
    if episode.cancelled_at:
        raise EpisodeIsOver
    due_at = _first_unexplained(episode, duty, viewer, now)
    made = BreachReason(
        episode=episode,
        person_id=episode.person_id,
        duty=duty,
        due_at=due_at,
        reason=reason.strip(),
        written_at=now,
        written_by_id=viewer.user_id,
    )
    made.save(force_insert=True)
    saved(episode)
    recorded(
        episode,
        verb="explain late duty",
        viewer=viewer,
        now=now,
        changes={"reason": (None, made.reason)},
        duty=duty,
    )
    return made.pk


def _first_unexplained(episode: Episode, duty: str, viewer: Viewer, now: datetime) -> datetime:
    found = case_of(episode, viewer, now)
    for run in late(found.case, now):
        if run.rule.key == duty and not found.reason(run):
            return run.start.due_at
    raise NotLate
