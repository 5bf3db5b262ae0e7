"""A child is reported missing. The first report opens an episode; every further one is kept as another source."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.commands import GrantRefused, call_as_viewer, end_grants, open_by_report
from wayhome.access.policies import require
from wayhome.access.queries import sees
from wayhome.access.roles import Verb
from wayhome.access.vocabulary import Basis
from wayhome.events.outbox import publish
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import EpisodeIsOver, open_to_teams, recorded
from wayhome.missing.commands.found import Return, back, record_returned
from wayhome.missing.commands.notification import NewNotification, keep
from wayhome.missing.events import EpisodeOpened, ReportAdded
from wayhome.missing.models import Episode, Report
from wayhome.missing.rules import ReportTimes, check_report_times, check_returned, earliest_that_can_be
from wayhome.missing.vocabulary import Certainty, NotificationChannel, NotificationOutcome
from wayhome.partnership.vocabulary import TeamKind
from wayhome.people.commands.person import locked_person
from wayhome.people.queries import placement_on


class AlreadyMissing(Refusal):
    """This child is already reported missing for that time. Add your report to the open episode: both are kept."""

    def __init__(self, episode_id: UUID) -> None:
        super().__init__()
        self.episode_id = episode_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """What a source tells. Instants are aware, in UTC; codes are those of vocabulary.py."""

    source: str
    kind: str
    last_seen_at: datetime
    reported_at: datetime
    noticed_at: datetime | None = None
    last_seen_certainty: str = Certainty.EXACT
    noticed_certainty: str = Certainty.EXACT
    told_by: str = ""
    contact: str = ""
    last_seen_place: str = ""
    missing_from: str = ""
    circumstances: str = ""
    companions: str = ""
    police_reference: str = ""


SHARED_FIELDS = (
    "kind",
    "last_seen_at",
    "last_seen_certainty",
    "noticed_at",
    "noticed_certainty",
    "reported_at",
    "last_seen_place",
    "missing_from",
    "circumstances",
    "companions",
    "police_reference",
)

# What a notification has in the same words.
AS_TOLD = (
    "told_by",
    "contact",
    "last_seen_at",
    "noticed_at",
    "reported_at",
    "last_seen_place",
    "missing_from",
    "circumstances",
    "companions",
    "police_reference",
)


@transaction.atomic
def report_missing(
    *,
    person_id: UUID,
    new: NewReport,
    home_team_id: UUID | None = None,
    back_already: Return | None = None,
    notification_id: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Open an episode with its first report. Returns the episode's id.

    The reporter, the police desk and the coordinators may see the child from now on. Raises AlreadyMissing
    with the episode that overlaps, and the Refusals of rules.check_report_times for times that cannot be.
    `back_already` is for an episode that was over before anyone wrote it down: the interviewers are told at once.
    `home_team_id` is looked up from the child's placement if it is not given; `notification_id` is the message the
    report is made of, and one is written down where there was none.
    """
    require(viewer, Verb.REPORT_MISSING)
    new = _placed(new)
    child = _child_of_reporter(person_id, viewer, now)
    check_report_times(_times(new, child), now)
    episode = Episode(
        person_id=person_id,
        recorded_at=now,
        home_team_id=home_team_id or _home_of(person_id, new.last_seen_at),
        **{field: getattr(new, field) for field in SHARED_FIELDS},
    )
    if back_already:
        check_returned(episode, back_already.placed_after(episode).returned_at, now)
    _open(episode, back_already)
    notification_id = notification_id or _noted(episode, new, NotificationOutcome.OPENED, viewer, now)
    _report(episode, new, back_already, notification_id, viewer, now)
    for kind in (TeamKind.POLICE_DESK, TeamKind.COORDINATION):
        open_to_teams(
            person_id=person_id, kind=kind, reason="The child is reported missing", viewer=viewer, now=now
        )
    recorded(
        episode, verb="report missing", viewer=viewer, now=now, changes=_first_values(new), source=new.source
    )
    publish(EpisodeOpened(episode_id=episode.pk, person_id=person_id), now=now)
    _notice_restricted(episode, viewer)
    if back_already:
        back(episode, back_already, viewer=viewer, now=now)
    return episode.pk


@transaction.atomic
def add_report(
    *,
    episode_id: UUID,
    person_id: UUID,
    new: NewReport,
    back_already: Return | None = None,
    notification_id: UUID | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Keep what another source tells of an episode that is known already. Its own times stay with the report.

    If it tells that the child is back, and nobody has recorded that, the return is recorded too. A closed episode
    takes a report: a late source is still a source; but it has no more work, so it opens the record to nobody. Raises
    NotFound if the episode is not this child's, EpisodeIsOver if it was set aside.
    """
    require(viewer, Verb.REPORT_MISSING)
    new = _placed(new)
    saw_before = viewer.user_id is None or sees(person_id)
    child = _child_of_reporter(person_id, viewer, now)
    check_report_times(_times(new, child), now)
    # Locked, so that a merge at the same moment either takes this report along or is seen here.
    episode = Episode.objects.select_for_update().filter(pk=episode_id, person_id=person_id).first()
    if episode is None:
        raise NotFound
    if episode.cancelled_at:
        raise EpisodeIsOver
    notification_id = notification_id or _noted(episode, new, NotificationOutcome.ADDED, viewer, now)
    report = _report(episode, new, back_already, notification_id, viewer, now)
    recorded(
        episode, verb="add report", viewer=viewer, now=now, changes=_first_values(new), source=new.source
    )
    publish(ReportAdded(episode_id=episode_id, report_id=report.pk), now=now)
    if back_already and episode.returned_at is None:
        record_returned(episode_id=episode_id, **asdict(back_already), viewer=viewer, now=now)
    if episode.closed_at and not saw_before:
        end_grants(
            person_id=person_id, holder=viewer.known_user_id, basis=Basis.REPORT, viewer=viewer, now=now
        )
    return report.pk


def overlapping_episode(person_id: UUID, last_seen_at: datetime, returned_at: datetime | None) -> UUID | None:
    """The episode of this child that shares time with the given one: of several, the one that begins nearest."""
    found = Episode.objects.filter(person_id=person_id, cancelled_at=None)
    for episode in sorted(found, key=lambda each: abs(each.last_seen_at - last_seen_at)):
        ended_before = episode.returned_at is not None and episode.returned_at <= last_seen_at
        starts_after = returned_at is not None and returned_at <= episode.last_seen_at
        if not (ended_before or starts_after):
            return episode.pk
    return None


def _open(episode: Episode, back_already: Return | None) -> None:
    """Save the episode unless the child is known to be missing for that time: asked first, and then held by the
    database, against those who write at this moment and do not wait for the child's row (an import).
    """
    if back_already:
        back_already.write_to(episode)
    overlapping = overlapping_episode(episode.person_id, episode.last_seen_at, episode.returned_at)
    if overlapping:
        raise AlreadyMissing(overlapping)
    try:
        with transaction.atomic():
            episode.save(force_insert=True)
    except IntegrityError as error:
        overlapping = overlapping_episode(episode.person_id, episode.last_seen_at, episode.returned_at)
        if overlapping is None:
            raise
        raise AlreadyMissing(overlapping) from error


def _child_of_reporter(person_id: UUID, viewer: Viewer, now: datetime) -> Any:
    """The child, locked, opened to the reporter if need be. A restricted child is not there, like one unknown."""
    try:
        _open_to_reporter(person_id, viewer, now)
    except GrantRefused as refused:
        raise NotFound from refused
    return locked_person(person_id)


def _open_to_reporter(person_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Who reports a child missing may see the child for 31 days, and reviewers see that they may."""
    if viewer.user_id is not None and not sees(person_id):
        open_by_report(person_id=person_id, viewer=viewer, now=now)


def _notice_restricted(episode: Episode, viewer: Viewer) -> None:
    """A child made known by this report may be one whose record is restricted: those who may know are told."""
    if viewer.user_id is not None:
        call_as_viewer("SELECT missing_notice_restricted(%s)", [episode.pk])


def _home_of(person_id: UUID, at: datetime) -> UUID | None:
    placement = placement_on(person_id, london_day(at))
    return placement.home_team_id if placement else None


def _placed(new: NewReport) -> NewReport:
    if new.noticed_at is None:
        return new
    noticed_at = earliest_that_can_be(new.noticed_at, new.noticed_certainty, not_before=new.last_seen_at)
    return replace(new, noticed_at=noticed_at)


def _times(new: NewReport, child: Any) -> ReportTimes:
    return ReportTimes(
        last_seen_at=new.last_seen_at,
        reported_at=new.reported_at,
        noticed_at=new.noticed_at,
        date_of_birth=child.date_of_birth,
        birth_precision=child.birth_precision,
    )


def _noted(episode: Episode, new: NewReport, outcome: str, viewer: Viewer, now: datetime) -> UUID:
    """The log has every report, also one that was typed into this system and never was a message."""
    told = NewNotification(
        source=new.source,
        channel=NotificationChannel.PAGE,
        received_at=now,
        kind_told=new.kind,
        **{field: getattr(new, field) for field in AS_TOLD},
    )
    became: dict[str, Any] = {"outcome": outcome, "episode_id": episode.pk}
    became |= {"decided_at": now, "decided_by_id": viewer.user_id}
    return keep(told, person_id=episode.person_id, viewer=viewer, now=now, **became).pk


def _report(
    episode: Episode,
    new: NewReport,
    back_already: Return | None,
    notification_id: UUID,
    viewer: Viewer,
    now: datetime,
) -> Report:
    told_back = back_already.placed_after(episode) if back_already else None
    report = Report(
        id=new_id(),
        episode=episode,
        person_id=episode.person_id,
        source=new.source,
        told_by=new.told_by,
        contact=new.contact,
        recorded_at=now,
        recorded_by_id=viewer.user_id,
        notification_id=notification_id,
        returned_at=told_back.returned_at if told_back else None,
        returned_certainty=told_back.certainty if told_back else Certainty.EXACT,
        **{field: getattr(new, field) for field in SHARED_FIELDS},
    )
    report.save(force_insert=True)
    return report


def _first_values(new: NewReport) -> dict[str, tuple[Any, Any]]:
    return {field: (None, getattr(new, field)) for field in SHARED_FIELDS if getattr(new, field)}
