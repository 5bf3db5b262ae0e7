"""Reports of one episode are of two times: those of the other time get an episode of their own; and back again."""

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.correcting import keep_as_written
from wayhome.missing.commands.episode import episode_to_work_on, locked_episode, recorded, saved
from wayhome.missing.commands.found import Return, back
from wayhome.missing.commands.merging import (
    ReasonToPartMissing,
    fold,
    has_work,
    move,
    open_again,
    refuse_times_that_count,
    settle_risk,
)
from wayhome.missing.commands.report import SHARED_FIELDS
from wayhome.missing.events import EpisodesMerged, EpisodesParted
from wayhome.missing.models import Episode, Report
from wayhome.missing.rules import check_returned
from wayhome.people.queries import placement_on


class NoReportChosen(Refusal):
    """Choose the reports that are of another time."""

    field = "reports"


class AllReportsChosen(Refusal):
    """At least one report stays. If all of them are of another time, choose the right time on the episode's page."""

    field = "reports"


class OtherTimeOverlaps(Refusal):
    """The child would be missing twice at the same time. Say when they came back from the other time; or, if this
    episode goes on too long, record or correct its return first.
    """

    field = "returned_at"


class NotSplit(Refusal):
    """This episode was not split off from another, or that one is set aside, so there is nothing to put back."""


class WorkOnTheOtherTime(Refusal):
    """A safe and well check, an offer, an interview or an analysis is written on this episode. It belongs to this
    return, so the two stay apart.
    """


class WorkOnTheReturnBetween(Refusal):
    """A safe and well check, an offer, an interview or an analysis is written on the return between the two, so they
    stay apart. If the child was not back then, ask for that work to be looked at first.
    """


@transaction.atomic
def split_episode(
    *,
    episode_id: UUID,
    report_ids: Iterable[UUID],
    back_already: Return | None,
    reason: str,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Some reports of an episode are of another time: they get an episode of that time. Returns its id.

    Its facts are those of the first of them; `back_already` is when the child came back from it, if they did.
    Raises NoReportChosen, AllReportsChosen, TimesCount, OtherTimeOverlaps, and the Refusals of check_returned.
    """
    require(viewer, Verb.ANSWER_REPORTS)
    if not reason.strip():
        raise ReasonToPartMissing
    episode = episode_to_work_on(episode_id, viewer, Verb.ANSWER_REPORTS)
    going = list(episode.reports.filter(pk__in=list(report_ids)).order_by("recorded_at", "pk"))
    if not going:
        raise NoReportChosen
    if len(going) == episode.reports.count():
        raise AllReportsChosen
    refuse_times_that_count(episode, going)
    other = _of_the_other_time(episode, going[0], back_already, now)
    move(going, other)
    # They are of this one now, whichever they once came from: a merge and its undoing have to find them here again.
    other.reports.update(merged_from=None)
    recorded(
        other,
        verb="split off",
        viewer=viewer,
        now=now,
        changes={"reason": (None, reason), **_first_values(other)},
        was=episode.pk,
    )
    recorded(episode, verb="split", viewer=viewer, now=now, split_off=other.pk, reports=len(going))
    open_again(other, viewer, now)
    publish(EpisodesParted(episode_id=episode.pk, double_id=other.pk), now=now)
    if back_already:
        back(other, back_already, viewer=viewer, now=now)
    return other.pk


@transaction.atomic
def undo_split(*, episode_id: UUID, reason: str, viewer: Viewer, now: datetime) -> UUID:
    """It was one time after all: the reports go back, and the child was missing until the later return.

    Returns the id of the episode they go back to. Raises NotSplit, WorkOnTheOtherTime, WorkOnTheReturnBetween.
    """
    require(viewer, Verb.ANSWER_REPORTS)
    if not reason.strip():
        raise ReasonToPartMissing
    other, episode = _both(episode_id)
    require_for(viewer, Verb.ANSWER_REPORTS, episode.person_id)
    if has_work(other):
        raise WorkOnTheOtherTime
    is_later = other.last_seen_at >= episode.last_seen_at
    if is_later and has_work(episode):
        raise WorkOnTheReturnBetween
    fold(other, episode, reason=f"Not another time: {reason}", viewer=viewer, now=now)
    changes = _goes_on_until(other, episode, reason, viewer, now) if is_later else {}
    settle_risk(episode)
    recorded(episode, verb="undo split", viewer=viewer, now=now, changes=changes, merged=other.pk)
    publish(EpisodesMerged(episode_id=episode.pk, double_id=other.pk), now=now)
    return episode.pk


def _both(episode_id: UUID) -> tuple[Episode, Episode]:
    """The one that was split off and the one it came from, locked."""
    from_id = Episode.objects.filter(pk=episode_id).values_list("split_from_id", flat=True).first()
    if from_id is None or not Episode.objects.filter(pk=from_id, cancelled_at=None).exists():
        raise NotSplit
    both = {each: locked_episode(each) for each in sorted((episode_id, from_id))}
    return both[episode_id], both[from_id]


def _of_the_other_time(
    episode: Episode, first: Report, back_already: Return | None, now: datetime
) -> Episode:
    placement = placement_on(episode.person_id, london_day(first.last_seen_at))
    other = Episode(
        person_id=episode.person_id,
        recorded_at=now,
        home_team_id=placement.home_team_id if placement else None,
        split_from=episode,
        **{field: getattr(first, field) for field in SHARED_FIELDS},
    )
    if back_already:
        check_returned(other, back_already.placed_after(other).returned_at, now)
        back_already.write_to(other)
    try:
        with transaction.atomic():
            other.save(force_insert=True)
    except IntegrityError as error:
        raise OtherTimeOverlaps from error
    return other


# What an episode takes over from the one that goes on after it.
_END = (
    "located_at",
    "located_certainty",
    "located_place",
    "returned_at",
    "returned_certainty",
    "returned_to",
    "return_method",
)


def _goes_on_until(
    other: Episode, episode: Episode, reason: str, viewer: Viewer, now: datetime
) -> dict[str, tuple[Any, Any]]:
    """The end of the later one is the end of both. The return in between is kept as it was written."""
    before = copy(episode)
    try:
        with transaction.atomic():
            changes = saved(episode, **{field: getattr(other, field) for field in _END})
    except IntegrityError as error:
        raise WorkOnTheReturnBetween(
            "Another time missing lies between the two. Merge that one first, or set it aside if it was an error."
        ) from error
    if before.returned_at:
        keep_as_written(before, episode.returned_at, reason, viewer, now)
    return changes


def _first_values(episode: Episode) -> dict[str, tuple[Any, Any]]:
    return {field: (None, getattr(episode, field)) for field in SHARED_FIELDS if getattr(episode, field)}
