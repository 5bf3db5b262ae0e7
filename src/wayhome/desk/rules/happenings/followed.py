"""What followed from the episodes: duties done and late, marked sentences, reasons to look again, seminars, and the
missing pack that is kept for the next one. Pure.

Each thing is one line; what belongs to one act is told in one: all mentions of an interview, all triggers of a return,
all that one person changed in the pack on one day.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from wayhome.audit.queries import Deed
from wayhome.desk.rules.chronology import Happening, Kind
from wayhome.desk.rules.happenings.facts import Facts
from wayhome.desk.rules.happenings.words import QUOTE, sentences, shortened, signature
from wayhome.kernel.clock import london_day
from wayhome.missing.rules.repeat import title_of
from wayhome.missing.vocabulary import (
    Duty,
    DutyOutcome,
    Invited,
    MarkKind,
    MarkState,
    PrintPurpose,
    TriggerAnswer,
    WallDuty,
)
from wayhome.web.showing import moment

T = TypeVar("T")
DUTIES = dict([*Duty.choices, *WallDuty.choices])
STANDING = frozenset({MarkState.WAITING, MarkState.TAKEN_UP})
FOR_ACTION = {
    MarkKind.PLAN_CHANGE: "Marked in the return interview: a change to the plan",
    MarkKind.INTELLIGENCE: "Marked in the return interview: draft intelligence",
}
COUNTED = "Counted by this system"
# What was done with the missing pack, by the verb of its entry on the record.
PACK_READ = "check description"
PACK_CHANGED = {
    "describe": "How to know the child",
    "add known place": "A place where they may go",
    "judge known place": "A place where they may go",
    "end known place": "A place where they may go",
    "add photo": "The picture",
    "take photo away": "The picture",
}
PACK_PRINTED = "print"
PACK_VERBS = (PACK_PRINTED, PACK_READ, *PACK_CHANGED)
PACK_KINDS = ("missing_pack", "description", "known_place", "photo")


def of_what_followed(facts: Facts) -> Iterator[Happening]:
    """Everything that was done because of an episode, or for the next one."""
    yield from (_answer(each, facts) for each in facts.missing["duty_answers"])
    yield from (_late(each, facts) for each in facts.missing["breach_reasons"])
    yield from _marks(facts)
    triggers = _together(facts.missing["triggers"], lambda hit: (hit.episode_id, hit.answered_at))
    yield from (_triggers(met, facts) for met in triggers)
    asked = _together(facts.missing["invitations"], lambda each: each.seminar_id)
    yield from (_seminar(each, facts) for each in asked)
    yield from (_printed(deed) for deed in facts.pack if deed.verb == PACK_PRINTED)
    changed = (deed for deed in facts.pack if deed.verb != PACK_PRINTED)
    by_day = _together(changed, lambda deed: (london_day(deed.at), deed.writer, deed.agency))
    yield from (_pack_changed(deeds) for deeds in by_day)


def _together(things: Iterable[T], by: Callable[[T], Hashable]) -> list[list[T]]:
    """Things that are told in one line."""
    found: dict[Hashable, list[T]] = {}
    for each in things:
        found.setdefault(by(each), []).append(each)
    return list(found.values())


def _answer(answer: Any, facts: Facts) -> Happening:
    outcome = DutyOutcome(answer.outcome)
    receipt = f"Received {moment(answer.received_at)} by {answer.received_by}" if answer.received_at else ""
    return Happening(
        kind=Kind.DUTY,
        at=answer.done_at,
        title=f"{DUTIES[answer.duty]}: {_lower(outcome.label)}",
        text=sentences(
            answer.with_whom and f"With: {answer.with_whom}", shortened(answer.note, QUOTE), receipt
        ),
        is_done=outcome == DutyOutcome.DONE,
        episode_id=answer.episode_id,
        **facts.by(answer.recorded_by_id, answer.recorded_at),
    )


def _late(breach: Any, facts: Facts) -> Happening:
    """It stands where the time ran out, and says why."""
    return Happening(
        kind=Kind.DUTY,
        at=breach.due_at,
        title=f"Not done in time: {_lower(DUTIES.get(breach.duty, breach.duty))}",
        text=sentences(shortened(breach.reason, QUOTE)),
        is_done=False,
        episode_id=breach.episode_id,
        **facts.by(breach.written_by_id, breach.written_at),
    )


def _marks(facts: Facts) -> Iterator[Happening]:
    """Each sentence that calls for action; of what is only mentioned, how much there is. What was dismissed is not."""
    episodes = {each.pk: each.episode_id for each in facts.missing["interviews"]}
    standing = [each for each in facts.missing["marks"] if each.state in STANDING]
    for mark in standing:
        if mark.kind in FOR_ACTION:
            yield _for_action(mark, episodes.get(mark.interview_id), facts)
    mentioned = [each for each in standing if each.kind not in FOR_ACTION]
    for marks in _together(mentioned, lambda mark: mark.interview_id):
        yield _mentioned(marks, episodes.get(marks[0].interview_id), facts)


def _for_action(mark: Any, episode_id: UUID | None, facts: Facts) -> Happening:
    state = MarkState(mark.state).label
    return Happening(
        kind=Kind.MARK,
        at=mark.marked_at,
        title=FOR_ACTION[MarkKind(mark.kind)],
        text=sentences(mark.note, f"{state}: {mark.state_note}" if mark.state_note else state),
        words=shortened(mark.quote, QUOTE),
        is_done=mark.state == MarkState.TAKEN_UP,
        episode_id=episode_id,
        **facts.by(mark.marked_by_id, mark.marked_at),
    )


def _mentioned(marks: list[Any], episode_id: UUID | None, facts: Facts) -> Happening:
    counts = Counter(MarkKind(each.kind) for each in marks)
    said = [_lower(kind.label) + (f" ({n})" if n > 1 else "") for kind in MarkKind if (n := counts[kind])]
    last = max(marks, key=lambda mark: mark.marked_at)
    return Happening(
        kind=Kind.MARK,
        at=last.marked_at,
        title=f"Marked in the return interview: {', '.join(said)}",
        episode_id=episode_id,
        **facts.by(last.marked_by_id, last.marked_at),
    )


def _triggers(met: list[Any], facts: Facts) -> Happening:
    """The reasons for which somebody was to look at a return again, and what they decided."""
    first = min(met, key=lambda hit: hit.hit_at)
    titles = dict.fromkeys(_lower(title_of(hit.trigger, facts.numbers)) for hit in met)
    answer = TriggerAnswer(first.answer).label if first.answer else "Nobody has decided yet"
    decided = facts.by(first.answered_by_id, first.answered_at) if first.answer else {}
    return Happening(
        kind=Kind.TRIGGER,
        at=first.hit_at,
        title=f"To be looked at again: {', '.join(titles)}",
        text=sentences(f"{answer}: {first.answer_note}" if first.answer_note else answer),
        is_done=bool(first.answer),
        episode_id=first.episode_id,
        **{"writer": COUNTED, "written_at": first.hit_at, **decided},
    )


def _seminar(asked: list[Any], facts: Facts) -> Happening:
    first = min(asked, key=lambda each: each.invited_at)
    seminar = first.seminar
    when = f"{moment(seminar.held_at)}, {seminar.place}"
    came = [_came(each) for each in sorted(asked, key=lambda each: Invited.values.index(each.invited))]
    said = ["It was cancelled"] if seminar.cancelled_at else came
    return Happening(
        kind=Kind.SEMINAR,
        at=first.invited_at,
        title="Invited to the first-time seminar",
        text=sentences(when, *said),
        episode_id=first.episode_id,
        **facts.by(first.invited_by_id, first.invited_at),
    )


def _came(invitation: Any) -> str:
    who = Invited(invitation.invited).label
    if invitation.attended is None:
        return f"{who}: invited"
    return f"{who} came" if invitation.attended else f"{who} did not come"


def _printed(deed: Deed) -> Happening:
    purpose = deed.detail.get("purpose", "")
    known = str(PrintPurpose(purpose).label) if purpose in PrintPurpose.values else ""
    hidden = "With the places that are kept hidden" if deed.detail.get("with_masked_places") else ""
    return _of_pack([deed], "Missing pack printed", sentences(known, hidden))


def _pack_changed(deeds: list[Deed]) -> Happening:
    """What stands in it is in the pack, which is not open to everybody who reads the chronology."""
    parts = dict.fromkeys(PACK_CHANGED[deed.verb] for deed in deeds if deed.verb in PACK_CHANGED)
    title = "Missing pack changed" if parts else "Missing pack read through and found right"
    return _of_pack(deeds, title, sentences(*parts))


def _of_pack(deeds: list[Deed], title: str, text: str) -> Happening:
    last: datetime = max(deed.at for deed in deeds)
    return Happening(
        kind=Kind.PACK,
        at=last,
        title=title,
        text=text,
        agency=deeds[0].agency,
        writer=signature(deeds[0].writer, deeds[0].agency),
        written_at=last,
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
