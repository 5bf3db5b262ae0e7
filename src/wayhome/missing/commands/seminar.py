"""Seminars for children who went missing for the first time, and for their parents: planned, asked to, attended."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode, Seminar, SeminarInvitation, TriggerHit
from wayhome.missing.queries.first_time import somebody_came
from wayhome.missing.vocabulary import Invited, OfferChannel, RepeatTrigger, TriggerAnswer
from wayhome.partnership.queries import the_partnership


class PlaceMissing(Refusal):
    """Say where the seminar is."""

    field = "place"


class SeminarIsCancelled(Refusal):
    """This seminar was cancelled. Choose another, or plan one."""

    field = "seminar"


class NobodyInvited(Refusal):
    """Choose whom you invite, and how you asked them."""

    field = "invited"


class InvitedAlready(Refusal):
    """They are invited to this seminar already. Look at who was asked."""

    field = "invited"


class NotTheFirstTime(Refusal):
    """This is not the child's first episode on record. The seminar is for children missing for the first time."""


class NotHeldYet(Refusal):
    """This seminar has not been held yet. Say who came once it is over."""


class CameAlready(Refusal):
    """Somebody came to this seminar, so it was held and cannot be cancelled."""


@transaction.atomic
def plan_seminar(*, held_at: datetime, place: str, note: str = "", viewer: Viewer, now: datetime) -> UUID:
    """Say when and where a seminar is. One that was held without this record is written down the same way."""
    require(viewer, Verb.PLAN_SEMINARS)
    partnership = the_partnership()
    if not place.strip():
        raise PlaceMissing
    if partnership is None:
        raise NotFound
    made = Seminar(
        partnership=partnership,
        held_at=held_at,
        place=place.strip(),
        note=note.strip(),
        planned_at=now,
        planned_by_id=viewer.user_id,
    )
    made.save(force_insert=True)
    _recorded(made.pk, "plan seminar", viewer=viewer, now=now)
    return made.pk


@transaction.atomic
def cancel_seminar(*, seminar_id: UUID, viewer: Viewer, now: datetime) -> None:
    """A seminar is not held. Its invitations stay: they were made. Raises CameAlready, also for one who came and whom
    the viewer does not see.
    """
    require(viewer, Verb.PLAN_SEMINARS)
    seminar = _locked(seminar_id)
    if somebody_came(seminar.pk):
        raise CameAlready
    Seminar.objects.filter(pk=seminar_id, cancelled_at=None).update(cancelled_at=now)
    _recorded(seminar_id, "cancel seminar", viewer=viewer, now=now)


@transaction.atomic
def invite_to_seminar(
    *,
    episode_id: UUID,
    seminar_id: UUID,
    invited: tuple[str, ...],
    channel: str,
    note: str = "",
    viewer: Viewer,
    now: datetime,
) -> None:
    """Ask the child, the parents or carers, or both: each is an invitation of its own. Answers the first-time trigger.

    Raises NotFound, NobodyInvited, InvitedAlready, NotTheFirstTime, SeminarIsCancelled.
    """
    require(viewer, Verb.PLAN_SEMINARS)
    if not invited or not set(invited) <= set(Invited.values) or channel not in OfferChannel.values:
        raise NobodyInvited
    episode = Episode.objects.filter(pk=episode_id).first()
    seminar = _locked(seminar_id)
    if episode is None:
        raise NotFound
    require_for(viewer, Verb.PLAN_SEMINARS, episode.person_id)
    if seminar.cancelled_at:
        raise SeminarIsCancelled
    earlier = Episode.objects.filter(person_id=episode.person_id, cancelled_at=None)
    if episode.cancelled_at or earlier.filter(last_seen_at__lt=episode.last_seen_at).exists():
        raise NotTheFirstTime
    made = [
        SeminarInvitation(
            seminar=seminar,
            episode=episode,
            person_id=episode.person_id,
            invited=who,
            channel=channel,
            invited_at=now,
            invited_by_id=viewer.user_id,
            note=note.strip(),
        )
        for who in invited
    ]
    try:
        with transaction.atomic():
            SeminarInvitation.objects.bulk_create(made)
    except IntegrityError as error:
        raise InvitedAlready from error
    TriggerHit.objects.filter(episode=episode, trigger=RepeatTrigger.FIRST_EVER, answer="").update(
        answer=TriggerAnswer.SEMINAR, answered_at=now, answered_by_id=viewer.user_id
    )
    _recorded(
        seminar_id,
        "invite to seminar",
        person_id=episode.person_id,
        viewer=viewer,
        now=now,
        invited=list(invited),
        channel=channel,
    )


@transaction.atomic
def record_attendance(
    *, seminar_id: UUID, came: Mapping[UUID, bool | None], viewer: Viewer, now: datetime
) -> None:
    """Say of each invitation whether they came; None takes it back. Only what differs is written. Raises NotHeldYet."""
    require(viewer, Verb.PLAN_SEMINARS)
    seminar = _locked(seminar_id)
    if seminar.held_at > now:
        raise NotHeldYet
    for invitation in SeminarInvitation.objects.select_for_update().filter(
        seminar=seminar, pk__in=list(came)
    ):
        before, after = invitation.attended, came[invitation.pk]
        if before == after:
            continue
        invitation.attended, invitation.attendance_at = after, None if after is None else now
        invitation.save(update_fields=["attended", "attendance_at"])
        _recorded(
            seminar_id,
            "record attendance",
            person_id=invitation.person_id,
            viewer=viewer,
            now=now,
            changes={invitation.invited: (before, after)},
        )


def _locked(seminar_id: UUID) -> Seminar:
    seminar = Seminar.objects.select_for_update().filter(pk=seminar_id).first()
    if seminar is None:
        raise NotFound
    return seminar


def _recorded(
    seminar_id: UUID,
    verb: str,
    *,
    viewer: Viewer,
    now: datetime,
    person_id: UUID | None = None,
    changes: Mapping[str, tuple[bool | None, bool | None]] | None = None,
    **detail: object,
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="seminar",
        subject_id=seminar_id,
        person_id=person_id,
        detail=detail,
        changes=changes,
    )
