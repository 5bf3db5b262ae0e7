"""Reads of episodes. Row security has already left out the children the viewer may not see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from wayhome.access.queries import names_of
from wayhome.kernel.deadline import Deadline, DeadlineState
from wayhome.kernel.refusal import NotFound
from wayhome.missing.models import (
    Analysis,
    Episode,
    InterviewOffer,
    Report,
    ReturnCorrection,
    ReturnInterview,
    RiskJudgement,
    SafeAndWellCheck,
)
from wayhome.missing.rules import Clocks, deadlines, english_bank_holidays, stage
from wayhome.missing.vocabulary import EpisodeKind, MissingFrom, Stage
from wayhome.partnership.queries import settings_of

bank_holidays = cache(english_bank_holidays)
NOT_FROM_CARE = frozenset({MissingFrom.HOME, MissingFrom.SCHOOL, MissingFrom.OTHER})


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """An unfinished episode as the duty board and the worklist show it."""

    episode: Episode
    person_id: UUID
    stage: Stage
    duties: tuple[Deadline, ...]

    @property
    def next_duty(self) -> Deadline | None:
        """The duty that falls due first."""
        return self.duties[0] if self.duties else None

    def is_late(self, now: datetime) -> bool:
        """Whether any duty is past its time."""
        return any(duty.state(now) == DeadlineState.LATE for duty in self.duties)


@dataclass(frozen=True, slots=True)
class EpisodeFile:
    """One episode with all that was written about it. Staff of a home get empty lists for what is not theirs."""

    episode: Episode
    stage: Stage
    duties: tuple[Deadline, ...]
    reports: list[Report]
    risk_judgements: list[RiskJudgement]
    corrections: list[ReturnCorrection]
    checks: list[SafeAndWellCheck]
    offers: list[InterviewOffer]
    interview: ReturnInterview | None
    analysis: Analysis | None
    user_names: dict[UUID, str]


def clocks_of(partnership_id: UUID | None) -> Clocks:
    """The clocks of a partnership: its own settings, or the defaults of rules.Clocks."""
    chosen = settings_of(partnership_id) if partnership_id else {}
    return Clocks(**{key: value for key, value in chosen.items() if key in Clocks.__dataclass_fields__})


def episode(episode_id: UUID) -> Episode:
    """One episode. Raises NotFound if there is none the viewer may see."""
    found = Episode.objects.select_related("person").filter(pk=episode_id).first()
    if found is None:
        raise NotFound
    return found


def unfinished() -> QuerySet[Episode]:
    """Episodes that still need something, with their children, the longest missing first.

    Long texts are left where they are: a board holds hundreds of episodes and shows none of them.
    """
    return (
        Episode.objects.filter(closed_at=None, cancelled_at=None)
        .select_related("person")
        .defer("circumstances", "companions", "returned_to", "cancelled_reason")
        .order_by("last_seen_at", "pk")
    )


def board(clocks: Clocks, *, at_most: int = 1000) -> list[EpisodeRow]:
    """Every unfinished episode the viewer may see, with its duties. One query.

    Where there are more than `at_most`, those left out are the longest back: nobody missing now is ever left out
    for them.
    """
    first = unfinished().order_by(F("returned_at").desc(nulls_first=True), "last_seen_at", "pk")
    return [row(found, clocks) for found in first[:at_most]]


def unfinished_of(episodes: list[Episode], child: Any, clocks: Clocks) -> list[EpisodeRow]:
    """The unfinished ones among a child's episodes, with their duties, in the same order."""
    found = [each for each in episodes if each.closed_at is None and each.cancelled_at is None]
    for each in found:
        each.person = child
    return [row(each, clocks) for each in found]


def row(found: Episode, clocks: Clocks) -> EpisodeRow:
    """An episode with its stage and duties."""
    return EpisodeRow(found, found.person_id, stage(found), tuple(deadlines(found, clocks, bank_holidays())))


def episode_file(episode_id: UUID, clocks: Clocks) -> EpisodeFile:
    """One episode with everything about it, in ten queries however much there is. Raises NotFound."""
    found = episode(episode_id)
    reports = list(found.reports.order_by("recorded_at", "pk"))
    judgements = list(found.risk_judgements.order_by("-judged_at", "-pk"))
    corrections = list(found.corrections.order_by("corrected_at", "pk"))
    checks = list(found.checks.order_by("checked_at", "pk"))
    offers = list(found.offers.order_by("offered_at", "pk"))
    interview = ReturnInterview.objects.filter(episode=found).first()
    analysis = Analysis.objects.filter(episode=found).first()
    users: set[UUID | None] = {
        *(report.recorded_by_id for report in reports),
        *(judgement.judged_by_id for judgement in judgements),
        *(correction.corrected_by_id for correction in corrections),
        *(check.recorded_by_id for check in checks),
        *(offer.offered_by_id for offer in offers),
        interview.interviewer_id if interview else None,
        analysis.written_by_id if analysis else None,
        found.closed_by_id,
    }
    return EpisodeFile(
        episode=found,
        stage=stage(found),
        duties=tuple(deadlines(found, clocks, bank_holidays())),
        reports=reports,
        risk_judgements=judgements,
        corrections=corrections,
        checks=checks,
        offers=offers,
        interview=interview,
        analysis=analysis,
        user_names=names_of(users),
    )


class PossiblyRestricted(NamedTuple):
    """A report may be about a child whose record is restricted: the side of it that the viewer may know."""

    noticed_at: datetime
    episode_id: UUID | None
    person_id: UUID | None


def possibly_restricted() -> list[PossiblyRestricted]:
    """What those named on a restricted record and the coordinators have to look at, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM missing_possible_matches()")
        return [PossiblyRestricted(*row) for row in cursor.fetchall()]


def episodes_of(person_id: UUID) -> list[Episode]:
    """All episodes of a child, newest first, set aside ones too."""
    return list(Episode.objects.filter(person_id=person_id).order_by("-last_seen_at", "-pk"))


def open_episode_of(person_id: UUID) -> Episode | None:
    """The episode in which the child is missing now."""
    return Episode.objects.filter(person_id=person_id, returned_at=None, cancelled_at=None).first()


def missing_now(person_ids: list[UUID]) -> dict[UUID, Episode]:
    """The episodes in which these children are missing now, by child, in one query."""
    found = Episode.objects.filter(person_id__in=person_ids, returned_at=None, cancelled_at=None)
    return {each.person_id: each for each in found}


def reported_by(user_id: UUID | None, since: datetime, *, at_most: int = 10) -> list[Report]:
    """What a user reported since then about children they may still see, with the episodes, newest first."""
    return list(
        Report.objects.filter(recorded_by_id=user_id, recorded_at__gte=since)
        .select_related("episode", "person")
        .order_by("-recorded_at", "-pk")[:at_most]
    )


def people_of(episode_ids: set[UUID]) -> dict[UUID, UUID]:
    """Whose episodes these are, in one query."""
    return dict(Episode.objects.filter(pk__in=episode_ids).values_list("pk", "person_id"))


def happened_to(person_id: UUID) -> dict[str, list[Any]]:
    """Everything the chronology of a child shows from this module, in seven queries."""
    return {
        "episodes": episodes_of(person_id),
        "reports": list(Report.objects.filter(person_id=person_id)),
        "risk_judgements": list(RiskJudgement.objects.filter(person_id=person_id)),
        "corrections": list(ReturnCorrection.objects.filter(person_id=person_id)),
        "checks": list(SafeAndWellCheck.objects.filter(person_id=person_id)),
        "interviews": list(ReturnInterview.objects.filter(person_id=person_id)),
        "analyses": list(Analysis.objects.filter(person_id=person_id)),
    }


def episodes_between(start: datetime, end: datetime) -> QuerySet[Episode]:
    """Episodes that share time with [start, end), for returns; set aside ones left out."""
    return (
        Episode.objects.filter(
            Q(returned_at=None) | Q(returned_at__gte=start), cancelled_at=None, last_seen_at__lt=end
        )
        .select_related("person")
        .order_by("person_id", "last_seen_at")
    )


def people_missing_between(start: datetime, end: datetime) -> list[UUID]:
    """Whose episodes share time with [start, end), set aside ones left out."""
    return list(episodes_between(start, end).order_by().values_list("person_id", flat=True).distinct())


def times_of_many(
    person_ids: list[UUID], start: datetime, end: datetime
) -> dict[UUID, list[tuple[datetime, datetime | None, str]]]:
    """When these people were missing in episodes that share time with [start, end): from, to, kind. One query.

    The kinds of the looked-after return are about care: one who went missing from elsewhere has none ("").
    """
    rows = episodes_between(start, end).filter(person_id__in=person_ids)
    found: dict[UUID, list[tuple[datetime, datetime | None, str]]] = {}
    columns = ("person_id", "last_seen_at", "returned_at", "kind", "missing_from")
    for person_id, since, until, kind, place in rows.values_list(*columns):
        is_elsewhere = kind == EpisodeKind.MISSING and place in NOT_FROM_CARE
        found.setdefault(person_id, []).append((since, until, "" if is_elsewhere else kind))
    return found


def likely_doubles(found: Episode, within: timedelta = timedelta(hours=12)) -> list[Episode]:
    """Other unfinished episodes of the same child that start or end close to this one: perhaps one and the same."""
    near = Q(
        last_seen_at__range=(found.last_seen_at - within, (found.returned_at or found.last_seen_at) + within)
    )
    near |= Q(returned_at__range=(found.last_seen_at - within, found.last_seen_at + within))
    others = Episode.objects.filter(near, person_id=found.person_id, closed_at=None, cancelled_at=None)
    return list(others.exclude(pk=found.pk).order_by("last_seen_at"))
