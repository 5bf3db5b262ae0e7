"""Triggers are looked for when a child is back, and a person decides about each."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode, TriggerHit
from wayhome.missing.rules.repeat import ChildFacts, Hit, hits, triggers_from
from wayhome.missing.vocabulary import TriggerAnswer
from wayhome.partnership.queries import settings_of, the_partnership
from wayhome.people import queries as people


class DecidedAlready(Refusal):
    """A colleague has decided about this return already. Look at what they wrote before you add anything."""


class DecisionMissing(Refusal):
    """Choose what follows from this."""

    field = "answer"


class ReasonForNothingMissing(Refusal):
    """Say why nothing more is needed. An inspector may ask in two years."""

    field = "note"


@transaction.atomic
def look_for_repeats(*, episode_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Write down which triggers this return and those after it meet, and take back what they no longer meet.

    Said twice it does nothing. One that somebody has decided about stays: the decision was made.
    """
    changed = Episode.objects.filter(pk=episode_id).first()
    if changed is None:
        return
    episodes = list(Episode.objects.select_for_update().filter(person_id=changed.person_id).order_by("pk"))
    partnership = the_partnership()
    numbers = triggers_from(settings_of(partnership.pk if partnership else None))
    child = _child(changed.person_id)
    for episode in episodes:
        if episode.last_seen_at >= changed.last_seen_at:
            _bring_up_to_date(episode, hits(episode, episodes, child, numbers), viewer=viewer, now=now)


def _child(person_id: UUID) -> ChildFacts:
    person = people.person(person_id)
    return ChildFacts(person.date_of_birth, person.birth_precision, tuple(people.placed_away_of(person_id)))


def _bring_up_to_date(episode: Episode, met: list[Hit], *, viewer: Viewer, now: datetime) -> None:
    # Of a trigger there can be two: one of this return, and one that was decided about before a merge.
    hits_held = list(TriggerHit.objects.filter(episode=episode))
    held = {hit.trigger for hit in hits_held}
    wanted = {hit.trigger.value: hit.because for hit in met}
    gone = [hit for hit in hits_held if hit.trigger not in wanted and not hit.answer]
    other = [hit for hit in hits_held if hit.trigger in wanted and not hit.answer]
    added = [
        TriggerHit(episode=episode, person_id=episode.person_id, trigger=trigger, because=because, hit_at=now)
        for trigger, because in wanted.items()
        if trigger not in held
    ]
    TriggerHit.objects.bulk_create(added)
    TriggerHit.objects.filter(pk__in=[hit.pk for hit in gone]).delete()
    for hit in other:
        if hit.because != wanted[hit.trigger]:
            TriggerHit.objects.filter(pk=hit.pk).update(because=wanted[hit.trigger])
    if added or gone:
        told = {"met": [hit.trigger for hit in added], "withdrawn": [hit.trigger for hit in gone]}
        _recorded(episode, "look for repeats", viewer=viewer, now=now, **told)


@transaction.atomic
def decide_repeat(*, episode_id: UUID, answer: str, note: str, viewer: Viewer, now: datetime) -> None:
    """Decide what follows from the triggers that a return met: one decision for all of them that wait.

    Raises NotFound, DecidedAlready, DecisionMissing, ReasonForNothingMissing.
    """
    require(viewer, Verb.DECIDE_REPEAT)
    if answer not in TriggerAnswer.values:
        raise DecisionMissing
    if answer == TriggerAnswer.NO_ACTION and not note.strip():
        raise ReasonForNothingMissing
    episode = Episode.objects.filter(pk=episode_id).first()
    if episode:
        require_for(viewer, Verb.DECIDE_REPEAT, episode.person_id)
    met = list(TriggerHit.objects.select_for_update().filter(episode_id=episode_id).order_by("pk"))
    if episode is None or not met:
        raise NotFound
    waiting = [hit.pk for hit in met if not hit.answer]
    if not waiting:
        raise DecidedAlready
    TriggerHit.objects.filter(pk__in=waiting).update(
        answer=answer, answer_note=note.strip(), answered_at=now, answered_by_id=viewer.user_id
    )
    record(
        viewer=viewer,
        now=now,
        verb="decide repeat",
        subject_kind="episode",
        subject_id=episode_id,
        person_id=episode.person_id,
        detail={"answer": answer, "triggers": [hit.trigger for hit in met if hit.pk in waiting]},
        changes={"answer_note": ("", note.strip())} if note.strip() else None,
    )


def _recorded(episode: Episode, verb: str, *, viewer: Viewer, now: datetime, **detail: list[str]) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="episode",
        subject_id=episode.pk,
        person_id=episode.person_id,
        detail=detail,
    )
