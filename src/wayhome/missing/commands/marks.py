"""Sentences of a return interview are marked, and what was marked is taken up or withdrawn.

What a mark leads to can be traced to its words; the words themselves stand in the mark alone. They go into no notice
and no event: they may say who told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Mark, ReturnInterview
from wayhome.missing.queries.marks import answers_of, interview_of
from wayhome.missing.rules.marked import check_answer, check_kind, words_at
from wayhome.missing.vocabulary import MarkState


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMark:
    """What to mark: where the words are in which answer, what they are, and what is to be known of them."""

    field: str
    start: int
    end: int
    kind: str
    note: str = ""
    value: str = ""


@transaction.atomic
def mark_sentence(*, episode_id: UUID, new: NewMark, viewer: Viewer, now: datetime) -> UUID:
    """Mark words of the interview after an episode. Raises NothingToMark, WordsNotThere, MarkKindMissing.

    The same words may be marked again, as something else or by somebody else.
    """
    require(viewer, Verb.MARK_SENTENCE)
    return _marked(interview_of(episode_id), new, MarkState.WAITING, viewer, now)


@transaction.atomic
def decide_mentions(
    *,
    episode_id: UUID,
    confirmed: Iterable[NewMark],
    dismissed: Iterable[NewMark],
    viewer: Viewer,
    now: datetime,
) -> None:
    """Say of mentions that the rules found which are what they look like. One dismissed is not suggested again."""
    require(viewer, Verb.MARK_SENTENCE)
    interview = interview_of(episode_id)
    for new in confirmed:
        _marked(interview, new, MarkState.WAITING, viewer, now)
    for new in dismissed:
        _marked(interview, new, MarkState.DISMISSED, viewer, now)


def _marked(
    interview: ReturnInterview, new: NewMark, state: MarkState, viewer: Viewer, now: datetime
) -> UUID:
    answers = answers_of(interview)
    span = words_at(answers, new.field, new.start, new.end)
    check_kind(new.kind)
    made = Mark(
        interview=interview,
        person_id=interview.person_id,
        kind=new.kind,
        field=new.field,
        start=span.start,
        end=span.end,
        quote=span.of(answers[new.field]),
        note=new.note.strip(),
        value=new.value.strip(),
        state=state,
        marked_at=now,
        marked_by_id=viewer.user_id,
    )
    if state == MarkState.DISMISSED:
        made.state_at, made.state_by_id = now, viewer.user_id
    made.save(force_insert=True)
    said = {"kind": made.kind, "note": made.note, "value": made.value}
    verb = "mark sentence" if state == MarkState.WAITING else "dismiss mention"
    _recorded(made, verb, {field: (None, value) for field, value in said.items() if value}, viewer, now)
    return made.pk


@transaction.atomic
def take_up_mark(*, mark_id: UUID, note: str, viewer: Viewer, now: datetime) -> None:
    """Write down that a mark was taken up, and how. Raises NotFound, MarkAnsweredAlready, AnswerMissing."""
    require(viewer, Verb.TAKE_UP_MARK)
    _answered(mark_id, MarkState.TAKEN_UP, note, viewer, now)


@transaction.atomic
def withdraw_mark(*, mark_id: UUID, note: str, viewer: Viewer, now: datetime) -> None:
    """Write down that nothing is to be done about a mark after all, and why. The same Refusals."""
    require(viewer, Verb.MARK_SENTENCE)
    _answered(mark_id, MarkState.WITHDRAWN, note, viewer, now)


def _answered(mark_id: UUID, state: MarkState, note: str, viewer: Viewer, now: datetime) -> None:
    mark = Mark.objects.select_for_update().filter(pk=mark_id).first()
    if mark is None:
        raise NotFound
    check_answer(mark.state, to=state, note=note)
    changes = {"state": (mark.state, state.value), "state_note": (mark.state_note, note.strip())}
    mark.state, mark.state_note = state, note.strip()
    mark.state_at, mark.state_by_id = now, viewer.user_id
    mark.save(update_fields=["state", "state_note", "state_at", "state_by"])
    verb = "take up mark" if state == MarkState.TAKEN_UP else "withdraw mark"
    _recorded(mark, verb, changes, viewer, now)


def _recorded(
    mark: Mark, verb: str, changes: Mapping[str, tuple[str | None, str]], viewer: Viewer, now: datetime
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="mark",
        subject_id=mark.pk,
        person_id=mark.person_id,
        changes=changes,
    )
