"""A child is reported missing. The first report opens an episode; every further one is kept as another source."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.commands import REPORT_OPENS_FOR, Opening, grant
from wayhome.access.policies import require
from wayhome.access.queries import sees
from wayhome.access.roles import Verb
from wayhome.access.vocabulary import Basis
from wayhome.events.outbox import publish
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import open_to_teams, recorded
from wayhome.missing.events import EpisodeOpened, ReportAdded
from wayhome.missing.models import Episode, Report
from wayhome.missing.rules import ReportTimes, check_report_times
from wayhome.partnership.vocabulary import TeamKind
from wayhome.people.commands.person import locked_person


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
    returned_at: datetime | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Open an episode with its first report. Returns the episode's id.

    The reporter's teams, the police desk and the coordinators may see the child from now on. Raises AlreadyMissing
    with the episode that overlaps, and the Refusals of rules.check_report_times for times that cannot be.
    `returned_at` is for an episode that was over before anyone wrote it down.
    """
    require(viewer, Verb.REPORT_MISSING)
    _open_to_reporter(person_id, viewer, now)
    child = locked_person(person_id)
    check_report_times(_times(new, child), now)
    overlapping = overlapping_episode(person_id, new.last_seen_at, returned_at)
    if overlapping:
        raise AlreadyMissing(overlapping)
    episode = Episode(
        person_id=person_id,
        recorded_at=now,
        home_team_id=home_team_id,
        **{field: getattr(new, field) for field in SHARED_FIELDS},
    )
    episode.save(force_insert=True)
    _report(episode, new, viewer, now)
    for kind in (TeamKind.POLICE_DESK, TeamKind.COORDINATION):
        open_to_teams(
            person_id=person_id, kind=kind, reason="The child is reported missing", viewer=viewer, now=now
        )
    recorded(
        episode, verb="report missing", viewer=viewer, now=now, changes=_first_values(new), source=new.source
    )
    publish(EpisodeOpened(episode_id=episode.pk, person_id=person_id), now=now)
    return episode.pk


@transaction.atomic
def add_report(*, episode_id: UUID, person_id: UUID, new: NewReport, viewer: Viewer, now: datetime) -> UUID:
    """Keep what another source tells of an episode that is known already. Its own times stay with the report."""
    require(viewer, Verb.REPORT_MISSING)
    _open_to_reporter(person_id, viewer, now)
    child = locked_person(person_id)
    check_report_times(_times(new, child), now)
    episode = Episode.objects.get(pk=episode_id, person_id=person_id)
    report = _report(episode, new, viewer, now)
    recorded(
        episode, verb="add report", viewer=viewer, now=now, changes=_first_values(new), source=new.source
    )
    publish(ReportAdded(episode_id=episode_id, report_id=report.pk), now=now)
    return report.pk


def overlapping_episode(person_id: UUID, last_seen_at: datetime, returned_at: datetime | None) -> UUID | None:
    """The episode of this child that shares time with the given one, if any."""
    found = Episode.objects.filter(person_id=person_id, cancelled_at=None).order_by("last_seen_at")
    for episode in found:
        ended_before = episode.returned_at is not None and episode.returned_at <= last_seen_at
        starts_after = returned_at is not None and returned_at <= episode.last_seen_at
        if not (ended_before or starts_after):
            return episode.pk
    return None


def _open_to_reporter(person_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Who reports a child missing may see the child, by their teams, for 31 days."""
    if viewer.user_id is None or sees(person_id):
        return
    until = now + REPORT_OPENS_FOR
    holders: list[dict[str, Any]] = [{"team_id": team} for team in sorted(viewer.team_ids)]
    for holder in holders or [{"user_id": viewer.user_id}]:
        opening = Opening(basis=Basis.REPORT, reason="Reported the child missing", until=until, **holder)
        grant(person_id=person_id, opening=opening, viewer=viewer, now=now)


def _times(new: NewReport, child: Any) -> ReportTimes:
    return ReportTimes(
        last_seen_at=new.last_seen_at,
        reported_at=new.reported_at,
        noticed_at=new.noticed_at,
        date_of_birth=child.date_of_birth,
        birth_precision=child.birth_precision,
    )


def _report(episode: Episode, new: NewReport, viewer: Viewer, now: datetime) -> Report:
    report = Report(
        id=new_id(),
        episode=episode,
        person_id=episode.person_id,
        source=new.source,
        told_by=new.told_by,
        contact=new.contact,
        recorded_at=now,
        recorded_by_id=viewer.user_id,
        **{field: getattr(new, field) for field in SHARED_FIELDS},
    )
    report.save(force_insert=True)
    return report


def _first_values(new: NewReport) -> dict[str, tuple[Any, Any]]:
    return {field: (None, getattr(new, field)) for field in SHARED_FIELDS if getattr(new, field)}
