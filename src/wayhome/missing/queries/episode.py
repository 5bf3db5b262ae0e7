"""One episode with all that was written about it, and the episodes of one child."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from wayhome.access.about import about, about_each
from wayhome.access.queries import names_of
from wayhome.database.reading import Reading
from wayhome.database.written_once import AT_SOME_TIME, SOMEBODY, WrittenOnce
from wayhome.kernel.deadline import Deadline
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import (
    Analysis,
    BreachReason,
    DutyAnswer,
    Episode,
    InterviewOffer,
    Mark,
    Report,
    ReturnCorrection,
    ReturnInterview,
    RiskJudgement,
    SafeAndWellCheck,
    Seminar,
    SeminarInvitation,
    TriggerHit,
)
from wayhome.missing.queries.board import bank_holidays
from wayhome.missing.rules import Clocks, deadlines, stage
from wayhome.missing.vocabulary import Stage
from wayhome.people.rules import full_name


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


def episode(episode_id: UUID) -> Episode:
    """One episode. Raises NotFound if there is none the viewer may see."""
    found = Episode.objects.select_related("person").filter(pk=episode_id).first()
    if found is None:
        raise NotFound
    return found


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


def episodes_of(person_id: UUID) -> list[Episode]:
    """All episodes of a child, newest first, set aside ones too."""
    return _newest_first(about(Episode, person_id))


def _newest_first(found: list[Episode]) -> list[Episode]:
    return sorted(found, key=lambda e: (e.last_seen_at, e.pk), reverse=True)


def open_episode_of(person_id: UUID) -> Episode | None:
    """The episode in which the child is missing now."""
    return Episode.objects.filter(person_id=person_id, returned_at=None, cancelled_at=None).first()


def missing_now(person_ids: list[UUID]) -> dict[UUID, Episode]:
    """The episodes in which these children are missing now, by child, in one query."""
    found = Episode.objects.filter(person_id__in=person_ids, returned_at=None, cancelled_at=None)
    return {each.person_id: each for each in found}


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report that a user made, and how its episode stands."""

    episode_id: UUID
    person_id: UUID
    name: str
    stage: str
    recorded_at: datetime


@dataclass(slots=True)
class _Stands:
    """What tells where an episode stands (StageFacts)."""

    located_at: datetime | None
    returned_at: datetime | None
    return_method: str
    safe_and_well_at: datetime | None
    interview_settled_at: datetime | None
    analysed_at: datetime | None
    closed_at: datetime | None
    cancelled_at: datetime | None


def reported_by(viewer: Viewer, since: datetime) -> Reading[list[OwnReport]]:
    """What the viewer reported since then about children they may still see, the newest first. One query."""
    found = yield from _reported.reading(viewer.known_user_id, since)
    return [
        OwnReport(
            episode_id, person_id, full_name(given_name, family_name), stage(_Stands(*stands)).label, at
        )
        for episode_id, person_id, given_name, family_name, at, *stands in found
    ]


def _reported_by(user_id: UUID, since: datetime) -> QuerySet[Report, tuple[Any, ...]]:
    found = Report.objects.filter(recorded_by_id=user_id, recorded_at__gte=since)
    of_child = ("episode_id", "person_id", "person__given_name", "person__family_name", "recorded_at")
    stands = (f"episode__{each.name}" for each in fields(_Stands))
    return found.order_by("-recorded_at", "-pk").values_list(*of_child, *stands)[:10]


_reported = WrittenOnce(_reported_by, SOMEBODY, AT_SOME_TIME)


def people_of(episode_ids: set[UUID]) -> dict[UUID, UUID]:
    """Whose episodes these are, in one query."""
    return dict(Episode.objects.filter(pk__in=episode_ids).values_list("pk", "person_id"))


HAPPENED: dict[str, type[Model]] = {
    "episodes": Episode,
    "reports": Report,
    "risk_judgements": RiskJudgement,
    "corrections": ReturnCorrection,
    "checks": SafeAndWellCheck,
    "interviews": ReturnInterview,
    "analyses": Analysis,
    "duty_answers": DutyAnswer,
    "breach_reasons": BreachReason,
    "marks": Mark,
    "triggers": TriggerHit,
    "invitations": SeminarInvitation,
}


def happened_to(person_id: UUID) -> dict[str, list[Any]]:
    """Everything the chronology of a child shows from this module, in one query, and another if there were seminars."""
    found = dict(zip(HAPPENED, about_each([*HAPPENED.values()], person_id), strict=True))
    return found | {
        "episodes": _newest_first(found["episodes"]),
        "invitations": list(_with_seminars(found["invitations"])),
    }


def _with_seminars(invitations: list[SeminarInvitation]) -> Iterator[SeminarInvitation]:
    seminars = Seminar.objects.in_bulk({each.seminar_id for each in invitations})
    for each in invitations:
        if each.seminar_id in seminars:
            each.seminar = seminars[each.seminar_id]
            yield each


def likely_doubles(found: Episode, within: timedelta = timedelta(hours=12)) -> list[Episode]:
    """Other unfinished episodes of the same child that start or end close to this one: perhaps one and the same."""
    near = Q(
        last_seen_at__range=(found.last_seen_at - within, (found.returned_at or found.last_seen_at) + within)
    )
    near |= Q(returned_at__range=(found.last_seen_at - within, found.last_seen_at + within))
    others = Episode.objects.filter(near, person_id=found.person_id, closed_at=None, cancelled_at=None)
    return list(others.exclude(pk=found.pk).order_by("last_seen_at"))


def has_unfinished_episode(person_id: UUID) -> bool:
    """Whether teams work on an episode of the child. What it opened to them ends with it."""
    return Episode.objects.filter(person_id=person_id, closed_at=None, cancelled_at=None).exists()
