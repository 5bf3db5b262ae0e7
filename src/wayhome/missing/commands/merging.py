"""Two episodes are one, and it is written so; or they were not, and are taken apart. Nothing is lost either way."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.close import SetAsideReasonMissing
from wayhome.missing.commands.episode import episode_to_work_on, open_to_teams, recorded, saved
from wayhome.missing.commands.found import open_to_interviewers
from wayhome.missing.events import EpisodesMerged, EpisodesParted
from wayhome.missing.models import (
    BreachReason,
    DutyAnswer,
    Episode,
    Notification,
    Report,
    RiskJudgement,
    SeminarInvitation,
    SubstanceScreen,
    TriggerHit,
)
from wayhome.missing.rules.sources import times_only_of
from wayhome.partnership.vocabulary import TeamKind


class StillMissingInDouble(Refusal):
    """The child is still missing in this episode, and back in the other. Record the return first, or keep this one."""


class DifferentChildren(Refusal):
    """These are not two episodes of one child, so they cannot be merged."""


class DoubleHasWork(Refusal):
    """Work on the return is written on the episode that would go, and stays with the return it answers. Keep that
    episode instead. If both have such work they stay two.
    """


class ReasonToPartMissing(Refusal):
    """Say how you know that they are two."""

    field = "reason"


class NotMerged(Refusal):
    """This episode is not merged into another, so there is nothing to take apart."""


class ReportsAreElsewhere(Refusal):
    """The reports of this episode were split off since, and have an episode of their own. There is nothing left here
    to bring back.
    """


class KeptIsOver(Refusal):
    """The episode they were merged into is closed, so they stay together. If the child was missing at another time as
    well, report that time: it gets an episode of its own.
    """


class KeptWentOn(Refusal):
    """The episode they were merged into was merged into another one itself, or set aside. Undo that first."""


class HeardSince(Refusal):
    """A return interview or an analysis was written after they were merged: it is about both, and they stay together.
    If the child was missing at another time as well, report that time: it gets an episode of its own.
    """


class TimesOverlap(Refusal):
    """The child would be missing twice at the same time. Look at when each of the two ended, correct the return that is
    wrong, and try again.
    """

    leads_to = ("correct_return", "Correct the return of this episode")


class TimesCount(Refusal):
    """The times of this episode are told by the reports that would go, and by no other. Choose first which of the
    reports that stay counts, on the page of the episode.
    """

    # The page on which that is done, and what its link says.
    leads_to = ("choose_fact", "Choose which report counts")


@transaction.atomic
def merge_episodes(*, double_id: UUID, into_id: UUID, reason: str, viewer: Viewer, now: datetime) -> None:
    """Two episodes are one: the reports of the double become sources of the other, marked with where they came from,
    and so do the risk, what was done about its duties, why one was late, what was decided about its triggers, and
    invitations.

    Only an episode on which nobody has worked since the child's return can be merged into another: a check or an
    interview stays with the return it answers. Nor can one in which the child is missing go into one that is over:
    the child would leave the board. The risk of the kept one is from now on the latest that was judged of either.
    Raises DifferentChildren, DoubleHasWork, StillMissingInDouble, SetAsideReasonMissing.
    """
    require(viewer, Verb.ANSWER_REPORTS)
    if not reason.strip():
        raise SetAsideReasonMissing
    # Always in the same order, so that two who merge both ways at once do not wait for each other for ever.
    ids = sorted((double_id, into_id))
    both = {each: episode_to_work_on(each, viewer, Verb.ANSWER_REPORTS) for each in ids}
    double, kept = both[double_id], both[into_id]
    if double_id == into_id or double.person_id != kept.person_id:
        raise DifferentChildren
    if has_work(double):
        raise DoubleHasWork
    if double.returned_at is None and kept.returned_at is not None:
        raise StillMissingInDouble
    fold(double, kept, reason=f"Merged: {reason}", viewer=viewer, now=now)
    recorded(kept, verb="merge", viewer=viewer, now=now, merged=double_id)
    publish(EpisodesMerged(episode_id=into_id, double_id=double_id), now=now)


@transaction.atomic
def unmerge_episodes(*, double_id: UUID, reason: str, viewer: Viewer, now: datetime) -> None:
    """They were two: what came from the double goes back to it, and it is an episode as before.

    What was written about the kept one since stays with it: further reports, checks, offers. Raises NotMerged,
    KeptIsOver, KeptWentOn, HeardSince, ReportsAreElsewhere, TimesCount, TimesOverlap, ReasonToPartMissing.
    """
    require(viewer, Verb.ANSWER_REPORTS)
    if not reason.strip():
        raise ReasonToPartMissing
    double, kept = _merged(double_id)
    require_for(viewer, Verb.ANSWER_REPORTS, double.person_id)
    if written_since(kept, double.cancelled_at or now):
        raise HeardSince
    family = _family_of(double)
    going = list(Report.objects.filter(episode=kept, merged_from__in=family))
    if not going:
        raise ReportsAreElsewhere
    refuse_times_that_count(kept, going)
    try:
        with transaction.atomic():
            changes = saved(double, cancelled_at=None, cancelled_reason="", merged_into_id=None)
    except IntegrityError as error:
        raise TimesOverlap from error
    _bring_back(double, kept, family, going)
    settle_risk(double)
    settle_risk(kept)
    recorded(
        double,
        verb="take apart",
        viewer=viewer,
        now=now,
        changes=changes | {"reason": (None, reason)},
        was=kept.pk,
    )
    recorded(kept, verb="take apart", viewer=viewer, now=now, parted=double_id)
    open_again(double, viewer, now)
    publish(EpisodesParted(episode_id=kept.pk, double_id=double_id), now=now)


def fold(double: Episode, kept: Episode, *, reason: str, viewer: Viewer, now: datetime) -> None:
    """What was told and judged of the double becomes the kept one's, marked with where it came from."""
    changes = saved(double, cancelled_at=now, cancelled_reason=reason, merged_into_id=kept.pk)
    for told in _written_of(double):
        # What was merged into the double before keeps its own mark: it goes back there.
        told.filter(merged_from=None).update(merged_from=double)
        told.update(episode=kept)
    Notification.objects.filter(episode=double).update(episode=kept)
    settle_risk(kept)
    recorded(double, verb="merge", viewer=viewer, now=now, changes=changes, into=kept.pk)


def has_work(episode: Episode) -> bool:
    """Whether anybody has worked on the child's return."""
    return any(
        (
            episode.safe_and_well_at,
            episode.safe_and_well_tried_at,
            episode.interview_offered_at,
            episode.interview_settled_at,
            episode.analysed_at,
            SubstanceScreen.objects.filter(episode=episode).exists(),
        )
    )


def written_since(episode: Episode, at: datetime) -> bool:
    """Whether the child was heard, or the plan looked at, since then."""
    return any(done and done >= at for done in (episode.interview_settled_at, episode.analysed_at))


def refuse_times_that_count(episode: Episode, going: Iterable[Report]) -> None:
    """Raise TimesCount if an episode would be left with times that none of its reports tells any more."""
    going = list(going)
    staying = episode.reports.exclude(pk__in=[report.pk for report in going])
    if times_only_of(episode, going, list(staying)):
        raise TimesCount


def move(reports: Iterable[Report], to: Episode) -> None:
    """Give reports, and the notifications they were made of, to an episode. Their marks stay."""
    moved = Report.objects.filter(pk__in=[report.pk for report in reports])
    Notification.objects.filter(pk__in=moved.values("notification_id")).update(episode=to)
    moved.update(episode=to)


def settle_risk(episode: Episode) -> None:
    """The risk of an episode is the latest that was judged for it."""
    latest = episode.risk_judgements.order_by("-judged_at", "-pk").first()
    reassess_by = latest.reassess_by if latest and episode.returned_at is None else None
    saved(episode, risk=latest.level if latest else "", risk_reassess_by=reassess_by)


def open_again(episode: Episode, viewer: Viewer, now: datetime) -> None:
    """Those who have work with an episode that is there again see the child."""
    for kind in (TeamKind.POLICE_DESK, TeamKind.COORDINATION):
        open_to_teams(
            person_id=episode.person_id,
            kind=kind,
            reason="The child is reported missing",
            viewer=viewer,
            now=now,
        )
    if episode.returned_at:
        open_to_interviewers(episode, viewer, now)


def _merged(double_id: UUID) -> tuple[Episode, Episode]:
    """The double and the one that has its reports, both locked."""
    found = Episode.objects.filter(pk=double_id).first()
    if found is None:
        raise NotFound
    if found.merged_into_id is None:
        raise NotMerged
    ids = sorted((double_id, found.merged_into_id))
    both = {each.pk: each for each in Episode.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    double, kept = both[double_id], both[found.merged_into_id]
    if double.merged_into_id != kept.pk:
        raise NotMerged
    if kept.closed_at:
        raise KeptIsOver
    if kept.cancelled_at:
        raise KeptWentOn
    return double, kept


def _family_of(double: Episode) -> set[UUID]:
    """The double and what was merged into it before, and into that before."""
    into = Episode.objects.filter(person_id=double.person_id, merged_into__isnull=False)
    parents = dict(into.values_list("pk", "merged_into_id"))
    family, last = {double.pk}, {double.pk}
    while last:
        last = {child for child, parent in parents.items() if parent in last} - family
        family |= last
    return family


def _bring_back(double: Episode, kept: Episode, family: set[UUID], going: list[Report]) -> None:
    move(going, double)
    for written in _written_of(kept):
        written.filter(merged_from__in=family).update(episode=double)
    for told in _written_of(double):
        told.filter(merged_from=double).update(merged_from=None)


def _written_of(episode: Episode) -> list[QuerySet[Any]]:
    """What goes with an episode when it is merged, and back. A trigger that nobody decided about is counted anew."""
    return [
        Report.objects.filter(episode=episode),
        RiskJudgement.objects.filter(episode=episode),
        DutyAnswer.objects.filter(episode=episode),
        BreachReason.objects.filter(episode=episode),
        TriggerHit.objects.filter(episode=episode).exclude(answer=""),
        SeminarInvitation.objects.filter(episode=episode),
    ]
