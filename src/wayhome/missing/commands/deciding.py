"""What becomes of a notification: it opens an episode, joins one, repeats another, or is none of it, with why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require_for
from wayhome.access.queries import sees
from wayhome.access.roles import Verb
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.found import Return
from wayhome.missing.commands.notification import noted
from wayhome.missing.commands.report import AlreadyMissing, NewReport, add_report, report_missing
from wayhome.missing.models import Episode, Notification
from wayhome.missing.rules.notification import is_of_an_earlier_time
from wayhome.missing.vocabulary import OF_AN_EPISODE, SETTLED_WITHOUT_EPISODE, NotificationOutcome


class DecidedMeanwhile(Refusal):
    """A colleague decided about this notification while you were reading. Look at what they decided first."""


class BelongsToAnEpisode(Refusal):
    """This notification is part of an episode already. If that is wrong, go to the episode: its reports can be moved to
    a time of their own, and an episode opened by mistake can be set aside.
    """


class NobodyNamed(Refusal):
    """Say first who it is about."""


class OfAnEarlierTime(Refusal):
    """This tells of an earlier day than the episode that the child has. Say whether it is about that same time. If it
    is a time of its own, say when they were back from it, and it gets an episode of its own.
    """

    field = "is_same_time"


class DecisionReasonMissing(Refusal):
    """Say why. Whoever asks later has only your words."""

    field = "reason"


class NotADecision(Refusal):
    """Choose what it is."""

    field = "outcome"


class NotTheSameMessage(Refusal):
    """Choose the notification that this one repeats."""

    field = "repeats"


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The episode a notification belongs to now, and whether it opened it."""

    episode_id: UUID
    has_opened: bool


@transaction.atomic
def name_child(
    *,
    notification_id: UUID,
    person_id: UUID,
    outcome_read: str | None = None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Say who a notification is about. Raises NotFound for a child the viewer does not see."""
    note = _undecided(notification_id, outcome_read, viewer)
    if viewer.user_id is not None and not sees(person_id):
        raise NotFound
    require_for(viewer, Verb.ANSWER_REPORTS, person_id)
    changes = _saved(note, person_id=person_id)
    noted(note, verb="name child of notification", viewer=viewer, now=now, changes=changes)


@transaction.atomic
def take_up(
    *,
    notification_id: UUID,
    told: NewReport,
    back_already: Return | None = None,
    is_same_time: bool = False,
    outcome_read: str | None = None,
    viewer: Viewer,
    now: datetime,
) -> TakenUp:
    """Make a report of a notification: it opens an episode, or joins the one its child has for that time.

    `told` is what the desk makes of what was told; the notification itself stays as it was received. What tells of an
    earlier day joins a later episode only where somebody said that it is about the same time. Raises NobodyNamed,
    DecidedMeanwhile, OfAnEarlierTime and what report_missing and add_report raise.
    """
    note = _undecided(notification_id, outcome_read, viewer)
    if note.person_id is None:
        raise NobodyNamed
    common: dict[str, Any] = {"new": told, "back_already": back_already, "notification_id": note.pk}
    common |= {"person_id": note.person_id, "viewer": viewer, "now": now}
    try:
        with transaction.atomic():
            taken = TakenUp(report_missing(**common), has_opened=True)
    except AlreadyMissing as known:
        if not is_same_time and begins_before(told.last_seen_at, told.reported_at, known.episode_id):
            raise OfAnEarlierTime from known
        add_report(episode_id=known.episode_id, **common)
        taken = TakenUp(known.episode_id, has_opened=False)
    outcome = NotificationOutcome.OPENED if taken.has_opened else NotificationOutcome.ADDED
    _decide(note, outcome, "", viewer, now, episode_id=taken.episode_id)
    return taken


@transaction.atomic
def settle(
    *,
    notification_id: UUID,
    outcome: str,
    reason: str = "",
    repeats_id: UUID | None = None,
    outcome_read: str | None = None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Decide that no episode comes of it: the same once more, not missing, not a child, nobody could say who.

    It can be decided again until it belongs to an episode. `outcome_read` is what stood there when the page was
    opened. Raises DecidedMeanwhile, BelongsToAnEpisode, DecisionReasonMissing, NotTheSameMessage.
    """
    require_for(viewer, Verb.ANSWER_REPORTS, None)
    if outcome not in SETTLED_WITHOUT_EPISODE:
        raise NotADecision
    note = _undecided(notification_id, outcome_read, viewer)
    first = _repeated(note, repeats_id) if outcome == NotificationOutcome.REPEATED else None
    if first is None and not reason.strip():
        raise DecisionReasonMissing
    person_id = note.person_id or (first.person_id if first else None)
    _decide(note, outcome, reason.strip(), viewer, now, repeats_id=first and first.pk, person_id=person_id)


def begins_before(last_seen_at: datetime, reported_at: datetime, episode_id: UUID) -> bool:
    """Whether what is told seems to be of an earlier time than the episode."""
    began_at = Episode.objects.values_list("last_seen_at", flat=True).get(pk=episode_id)
    return is_of_an_earlier_time(last_seen_at=last_seen_at, reported_at=reported_at, began_at=began_at)


def told_back(note: Notification) -> Return | None:
    """The return that a notification tells, if it does."""
    return Return(returned_at=note.returned_at) if note.returned_at else None


def _undecided(notification_id: UUID, outcome_read: str | None, viewer: Viewer) -> Notification:
    require_for(viewer, Verb.ANSWER_REPORTS, None)
    # Not against those who only refer to it: who writes down its repeat at this moment would wait for us with the
    # child's row in hand, and we for that row.
    note = Notification.objects.select_for_update(no_key=True).filter(pk=notification_id).first()
    if note is None:
        raise NotFound
    require_for(viewer, Verb.ANSWER_REPORTS, note.person_id)
    if outcome_read not in (None, note.outcome):
        raise DecidedMeanwhile
    if note.outcome in OF_AN_EPISODE:
        raise BelongsToAnEpisode
    return note


def _repeated(note: Notification, repeats_id: UUID | None) -> Notification:
    """The message that came first: of the same child, or of nobody named yet."""
    first = Notification.objects.filter(pk=repeats_id).first() if repeats_id else None
    if first and first.repeats_id:
        first = Notification.objects.filter(pk=first.repeats_id).first()
    if first is None or first.pk == note.pk:
        raise NotTheSameMessage
    if note.person_id and first.person_id and note.person_id != first.person_id:
        raise NotTheSameMessage
    return first


def _decide(
    note: Notification, outcome: str, reason: str, viewer: Viewer, now: datetime, **facts: Any
) -> None:
    facts |= {
        "repeats_id": facts.get("repeats_id"),
        "outcome": outcome,
        "outcome_reason": reason,
        "decided_at": now,
        "decided_by_id": viewer.user_id,
    }
    changes = _saved(note, **facts)
    noted(note, verb="decide notification", viewer=viewer, now=now, changes=changes)


def _saved(note: Notification, **facts: Any) -> dict[str, tuple[Any, Any]]:
    changes = {field: (getattr(note, field), value) for field, value in facts.items()}
    for field, value in facts.items():
        setattr(note, field, value)
    note.save(update_fields=[*facts])
    return {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
